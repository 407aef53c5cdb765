package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Units and people piece by piece, for other systems: each piece goes on behind the last id of the one before. */
@Component
public class DirectoryFeed {
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    DirectoryFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param parent code of the unit above, within the scope */
    public record FedUnit(
            UUID id,
            String code,
            String name,
            String kind,
            @Nullable String parent) {}

    /** The units of a scope that are not dissolved, by id. */
    public List<FedUnit> units(Scope scope, UUID after, int limit) {
        return jdbc.sql("""
                        select v.unit_id, v.code, v.name, v.kind,
                               (select p.code from directory.unit_version p
                                where p.tenant_id = v.tenant_id and p.unit_id = v.parent_id and p.valid_to is null
                                  and exists (select from directory.unit_closure c
                                              where c.tenant_id = p.tenant_id and c.ancestor_id = any (:tops)
                                                and c.descendant_id = p.unit_id)) as parent
                        from directory.unit_version v
                        where v.tenant_id = :tenant and v.valid_to is null and v.unit_id > :after
                          and v.unit_id in (select descendant_id from directory.unit_closure
                                            where tenant_id = :tenant and ancestor_id = any (:tops) and not custody)
                        order by v.unit_id limit :limit
                        """)
                .param("tenant", scope.tenantId())
                .param("tops", scope.tops())
                .param("after", after)
                .param("limit", Math.min(limit, MOST))
                .query((row, n) -> new FedUnit(
                        row.getObject("unit_id", UUID.class),
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("parent")))
                .list();
    }

    /** The unit that bears the code today, or did last, as far as the scope may read it. */
    public Optional<UUID> unit(Scope scope, String code) {
        return jdbc.sql("""
                        select v.unit_id from directory.unit_version v
                        where v.tenant_id = :tenant and lower(v.code) = lower(:code)
                          and exists (select from directory.unit_closure c
                                      where c.tenant_id = v.tenant_id and c.ancestor_id = any (:tops)
                                        and c.descendant_id = v.unit_id)
                        order by v.valid_to is null desc, v.valid_from desc limit 1
                        """)
                .param("tenant", scope.tenantId())
                .param("code", code)
                .param("tops", scope.tops())
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** An assignment on a day, with whom it is of. {@code to} is the first day on which it no longer holds. */
    public record FedPerson(
            UUID assignmentId,
            @Nullable String staffCode,
            String fullName,
            @Nullable LocalDate birthDate,
            String unit,
            String unitName,
            String position,
            String bloc,
            String kind,
            boolean main,
            int order,
            String note,
            LocalDate from,
            @Nullable LocalDate to) {}

    /**
     * The assignments in a unit on a day, by id.
     *
     * @param below with those of all units that were below it on that day, as far as the scope reaches today
     */
    public List<FedPerson> people(Scope scope, UUID unitId, boolean below, LocalDate day, UUID after, int limit) {
        return jdbc.sql("""
                        with page as (
                            select a.id, a.person_id, a.unit_id, a.position_id, a.bloc_id, a.kind, a.main, a.rank_order, a.note,
                                   a.valid_from, a.valid_to
                            from directory.assignment a
                            where a.tenant_id = :tenant and a.id > :after
                              and a.valid_from <= :day and (a.valid_to is null or a.valid_to > :day)
                              and a.unit_id in (
                                  select p.descendant_id from directory.unit_path p
                                  where p.tenant_id = :tenant and p.ancestor_id = :unit and (:below or p.depth = 0)
                                    and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day))
                              and a.unit_id in (
                                  select c.descendant_id from directory.unit_closure c
                                  where c.tenant_id = :tenant and c.ancestor_id = any (:tops))
                            order by a.id limit :limit
                        )
                        select g.id, p.staff_code, p.full_name, p.birth_date, v.code, v.name as unit_name, o.name as position_name,
                               b.name as bloc_name, g.kind, g.main, g.rank_order, g.note, g.valid_from, g.valid_to
                        from page g
                        join directory.person p on p.tenant_id = :tenant and p.id = g.person_id
                        join directory.unit_version v on v.tenant_id = :tenant and v.unit_id = g.unit_id
                            and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                        join directory.position o on o.tenant_id = :tenant and o.id = g.position_id
                        join directory.bloc b on b.tenant_id = :tenant and b.id = g.bloc_id
                        order by g.id
                        """)
                .param("tenant", scope.tenantId())
                .param("tops", scope.tops())
                .param("unit", unitId)
                .param("below", below)
                .param("day", day)
                .param("after", after)
                .param("limit", Math.min(limit, MOST))
                .query((row, n) -> new FedPerson(
                        row.getObject("id", UUID.class),
                        row.getString("staff_code"),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("code"),
                        row.getString("unit_name"),
                        row.getString("position_name"),
                        row.getString("bloc_name"),
                        row.getString("kind"),
                        row.getBoolean("main"),
                        row.getInt("rank_order"),
                        row.getString("note"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }
}
