package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.kernel.Reason;

/** The quarters people are assessed in, for those who look after people's records: that there is one, never what it says. */
@Component
class AssessmentRecords implements PersonRecords {
    private final JdbcClient jdbc;

    AssessmentRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> of(UUID tenantId, Collection<UUID> people) {
        return jdbc.sql("""
                        select f.person_id, f.period, f.unit_name, f.state, c.opens_on, c.state = 'open' as running
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                        where f.tenant_id = ? and f.person_id = any (?) and f.state <> 'cancelled' and c.state in ('open', 'closed')
                        order by f.period desc, f.segment desc, f.id
                        limit 100
                        """)
                .param(tenantId)
                .param(people.toArray(UUID[]::new))
                .query((row, n) -> {
                    Period period = Period.of(row.getInt("period"));
                    boolean told = row.getString("state").equals("told");
                    return new Held(
                            Reason.of(
                                    told ? "assessments.person.told" : "assessments.person.form",
                                    period.numeral(),
                                    String.valueOf(period.year()),
                                    row.getString("unit_name")),
                            row.getObject("opens_on", LocalDate.class),
                            told ? "/danh-gia/lich-su/" + row.getObject("person_id", UUID.class) : null,
                            !told && row.getBoolean("running"));
                })
                .list();
    }

    /**
     * While a cycle runs its forms and figures are of the record they were made for: so the record that is given up must have none in
     * it. When only that one has, the other can be given up for it instead.
     */
    @Override
    public Optional<Reason> objection(UUID tenantId, UUID kept, UUID givenUp) {
        return jdbc.sql("""
                        select c.title, exists (
                                   select from assessments.form k
                                   where k.tenant_id = f.tenant_id and k.person_id = ? and k.cycle_id = f.cycle_id
                                     and k.state <> 'cancelled') as both_in
                        from assessments.form f
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                        where f.tenant_id = ? and f.person_id = ? and f.state <> 'cancelled' and c.state = 'open'
                        order by both_in desc, f.period desc
                        limit 1
                        """)
                .params(kept, tenantId, givenUp)
                .query((row, n) -> Reason.of(
                        row.getBoolean("both_in")
                                ? "assessments.person.both-in-cycle"
                                : "assessments.person.keep-that-one",
                        row.getString("title")))
                .optional();
    }
}
