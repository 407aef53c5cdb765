package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.kernel.Reason;

/** The rosters people stand on, for those who look after people's records. */
@Component
class RosterRecords implements PersonRecords {
    private final JdbcClient jdbc;

    RosterRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> of(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select r.campaign_id, c.title, c.year, r.unit_name, r.joined_on, r.left_on,
                               c.state = 'launched' and r.left_on is null as running
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        where r.tenant_id = ? and r.person_id = any (?)
                        order by r.year desc, r.campaign_id
                        limit 100
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> new Held(
                        row.getObject("left_on") == null
                                ? Reason.of(
                                        "campaigns.person.on-roster",
                                        row.getString("title"),
                                        row.getString("unit_name"))
                                : Reason.of(
                                        "campaigns.person.left-roster",
                                        row.getString("title"),
                                        row.getString("unit_name"),
                                        row.getObject("left_on", LocalDate.class)),
                        row.getObject("joined_on", LocalDate.class),
                        "/dot/" + row.getObject("campaign_id", UUID.class) + "/danh-sach-chot",
                        row.getBoolean("running")))
                .list();
    }

    /**
     * While a campaign runs its roster counts the record by its id: so the record that is given up must not be on it. When only
     * that one is, the other can be given up for it instead.
     */
    @Override
    public Optional<Reason> objection(UUID tenantId, UUID kept, UUID givenUp) {
        return jdbc.sql("""
                        select c.title, exists (
                                   select from campaigns.roster_entry k
                                   where k.tenant_id = r.tenant_id and k.person_id = ? and k.left_on is null
                                     and (k.campaign_id = r.campaign_id or k.year = r.year)) as both_on
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        where r.tenant_id = ? and r.person_id = ? and r.left_on is null and c.state = 'launched'
                        order by both_on desc, c.year desc
                        limit 1
                        """)
                .params(kept, tenantId, givenUp)
                .query((row, n) -> Reason.of(
                        row.getBoolean("both_on")
                                ? "campaigns.person.both-on-roster"
                                : "campaigns.person.keep-that-one",
                        row.getString("title")))
                .optional();
    }
}
