package vn.chuanmuc.directory;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Transfer.Kind;
import vn.chuanmuc.directory.Transfer.Side;
import vn.chuanmuc.directory.Transfer.State;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;

@Component
class TransferStore {
    private static final RowMapper<Transfer> TRANSFER = (row, n) -> {
        Timestamp decided = row.getTimestamp("decided_at");
        Timestamp done = row.getTimestamp("done_at");
        String trouble = row.getString("trouble");
        return new Transfer(
                row.getObject("id", UUID.class),
                Kind.of(row.getString("kind")),
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getObject("birth_date", LocalDate.class),
                row.getObject("assignment_id", UUID.class),
                row.getObject("from_unit", UUID.class),
                row.getString("from_name"),
                row.getObject("to_unit", UUID.class),
                row.getString("to_name"),
                row.getString("elsewhere"),
                new Assignments.Work(
                        new People.Post(
                                row.getString("position_name"),
                                row.getBoolean("leads"),
                                row.getString("bloc_name"),
                                PersonKind.of(row.getString("person_kind")).orElseThrow(),
                                null,
                                ""),
                        AssignmentMode.of(row.getString("mode")).orElseThrow(),
                        row.getInt("share"),
                        row.getBoolean("over")),
                row.getObject("effective", LocalDate.class),
                row.getString("basis"),
                row.getString("reason"),
                Side.of(row.getString("side")),
                State.of(row.getString("state")),
                row.getObject("proposed_by", UUID.class),
                row.getTimestamp("proposed_at").toInstant(),
                row.getObject("decided_by", UUID.class),
                decided == null ? null : decided.toInstant(),
                row.getString("decision"),
                done == null ? null : done.toInstant(),
                trouble == null ? null : Reason.of(trouble),
                row.getBoolean("follow_up"),
                row.getInt("version"),
                row.getBoolean("of_from"),
                row.getBoolean("of_to"));
    };

    /** Names of units as they are called now or were last. */
    private static final String NAME = """
            coalesce((select v.name from directory.unit_version v
                      where v.tenant_id = t.tenant_id and v.unit_id = t.%1$s order by v.valid_from desc limit 1), '')
            """;

    private static final String COVERED = """
            exists (select from directory.unit_closure c
                    where c.tenant_id = t.tenant_id and c.descendant_id = t.%1$s and c.ancestor_id = any (:tops))
            """;
    /**
     * The orders as they stood before a moment: what was done later is left out. When an agreed order was taken back, the day it
     * had been agreed on is not kept: it is then shown as proposed until that day.
     */
    private static final String THEN = """
            (select x.tenant_id, x.id, x.kind, case when x.done_at < :end then x.person_id else x.was_person end as person_id,
                    x.newcomer, x.newcomer_born, x.assignment_id, x.from_unit, x.to_unit, x.elsewhere, x.position_name, x.leads,
                    x.bloc_name, x.person_kind, x.mode, x.share, x.over, x.effective, x.basis, x.reason, x.side, x.state,
                    x.proposed_by, x.proposed_at, case when x.decided then x.decided_by end as decided_by,
                    case when x.decided then x.decided_at end as decided_at,
                    case when x.decided then x.decision else '' end as decision,
                    case when x.done_at < :end then x.done_at end as done_at,
                    case when x.state = 'failed' then x.trouble end as trouble, false as follow_up, x.version
             from (
                select o.*, o.decided_at < :end as decided, case when o.kind = 'in' then null else o.person_id end as was_person,
                       case
                           when o.done_at < :end then 'done'
                           when o.now_state in ('declined', 'withdrawn') and o.decided_at < :end then o.now_state
                           when o.now_state = 'failed' and o.effective::timestamp at time zone 'Asia/Ho_Chi_Minh' < :end
                               then 'failed'
                           when o.side = 'both' or o.now_state not in ('declined', 'withdrawn') and o.decided_at < :end
                               then 'agreed'
                           else 'proposed'
                       end as state
                from (
                    select tenant_id, id, kind, person_id, newcomer, newcomer_born, assignment_id, from_unit, to_unit, elsewhere,
                           position_name, leads, bloc_name, person_kind, mode, share, over, effective, basis, reason, side,
                           state as now_state, proposed_by, proposed_at, decided_by, decided_at, decision, done_at, trouble,
                           version
                    from directory.transfer
                    where tenant_id = :tenant and proposed_at < :end) o) x)
            """;

    private static final String NOW = "directory.transfer";

    private static final String SELECT = """
            select t.id, t.kind, t.person_id, coalesce(p.full_name, t.newcomer) as full_name,
                   coalesce(p.birth_date, t.newcomer_born) as birth_date, t.assignment_id, t.from_unit, %s as from_name,
                   t.to_unit, %s as to_name, t.elsewhere, t.position_name, t.leads, t.bloc_name, t.person_kind, t.mode, t.share,
                   t.over, t.effective, t.basis, t.reason, t.side, t.state, t.proposed_by, t.proposed_at, t.decided_by,
                   t.decided_at, t.decision, t.done_at, t.trouble, t.follow_up, t.version, %s as of_from, %s as of_to
            from %%s t
            left join directory.person p on p.tenant_id = t.tenant_id and p.id = t.person_id
            where t.tenant_id = :tenant
            """.formatted(
                    NAME.formatted("from_unit"),
                    NAME.formatted("to_unit"),
                    COVERED.formatted("from_unit"),
                    COVERED.formatted("to_unit"));

    private final JdbcClient jdbc;

    TransferStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private JdbcClient.StatementSpec select(Scope scope, String where) {
        return select(scope, where, null);
    }

    /** @param end what was known before it; null for now */
    private JdbcClient.StatementSpec select(Scope scope, String where, @Nullable Instant end) {
        return then(
                jdbc.sql(SELECT.formatted(end == null ? NOW : THEN) + where)
                        .param("tenant", scope.tenantId())
                        .param("tops", scope.tops()),
                end);
    }

    private static JdbcClient.StatementSpec then(JdbcClient.StatementSpec statement, @Nullable Instant end) {
        return end == null ? statement : statement.param("end", Timestamp.from(end));
    }

    Optional<Transfer> find(Scope scope, UUID id, @Nullable Instant end) {
        return select(scope, " and t.id = :id", end)
                .param("id", id)
                .query(TRANSFER)
                .optional();
    }

    /** The same, and nobody else decides on it until the end of the transaction. */
    Optional<Transfer> lock(Scope scope, UUID id) {
        return select(scope, " and t.id = :id for update of t")
                .param("id", id)
                .query(TRANSFER)
                .optional();
    }

    List<Transfer> of(Scope scope, UUID personId) {
        return select(scope, " and t.person_id = :person order by t.effective desc, t.id desc limit 100")
                .param("person", personId)
                .query(TRANSFER)
                .list();
    }

    /** Which orders a list shows; both sides see them. */
    private static String where(Transfers.Part part) {
        String seen = " and (%s or %s)".formatted(COVERED.formatted("from_unit"), COVERED.formatted("to_unit"));
        return switch (part) {
            case WAITING ->
                " and t.state = 'proposed' and case t.side when 'from' then %s else %s end"
                        .formatted(COVERED.formatted("to_unit"), COVERED.formatted("from_unit"));
            case OPEN -> " and t.state in ('proposed', 'agreed', 'failed')" + seen;
            case FOLLOW_UP -> " and t.follow_up" + seen;
            case ENDED -> " and t.state in ('done', 'declined', 'withdrawn')" + seen;
        };
    }

    List<Transfer> list(Scope scope, Transfers.Part part, @Nullable Instant end, int offset, int limit) {
        String order =
                part == Transfers.Part.ENDED ? " order by t.effective desc, t.id desc" : " order by t.effective, t.id";
        return select(scope, where(part) + order + " limit :limit offset :offset", end)
                .param("limit", limit)
                .param("offset", offset)
                .query(TRANSFER)
                .list();
    }

    int count(Scope scope, Transfers.Part part, @Nullable Instant end) {
        return count(scope, where(part), end);
    }

    int countFailed(Scope scope) {
        return count(
                scope,
                " and t.state = 'failed' and (%s or %s)"
                        .formatted(COVERED.formatted("from_unit"), COVERED.formatted("to_unit")),
                null);
    }

    private int count(Scope scope, String where, @Nullable Instant end) {
        return then(
                        jdbc.sql("""
                        select count(*) from (select from %s t where t.tenant_id = :tenant %s limit 1000) as counted
                        """.formatted(end == null ? NOW : THEN, where))
                                .param("tenant", scope.tenantId())
                                .param("tops", scope.tops()),
                        end)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** Orders whose day has come. */
    List<UUID> due(UUID tenantId, LocalDate today, int limit) {
        return jdbc.sql("""
                        select id from directory.transfer
                        where tenant_id = ? and state = 'agreed' and effective <= ?
                        order by effective, id limit ?
                        """)
                .params(tenantId, Date.valueOf(today), limit)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** False when there is a live order about the person already. */
    boolean insert(
            UUID tenantId,
            UUID id,
            Transfers.Order order,
            @Nullable UUID fromUnit,
            Side side,
            State state,
            UUID actor,
            Instant now) {
        return jdbc.sql("""
                        insert into directory.transfer
                            (tenant_id, id, kind, person_id, newcomer, newcomer_born, assignment_id, from_unit, to_unit, elsewhere,
                             position_name, leads, bloc_name, person_kind, mode, share, over, effective, basis, reason, side,
                             state, proposed_by, proposed_at)
                        values (?, ?, ?, cast(? as uuid), ?, cast(? as date), cast(? as uuid), cast(? as uuid), cast(? as uuid), ?,
                                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                        .param(tenantId)
                        .param(id)
                        .param(order.kind().code())
                        .param(order.personId())
                        .param(
                                order.newcomer() == null
                                        ? null
                                        : order.newcomer().name().display())
                        .param(
                                order.newcomer() == null || order.newcomer().birthDate() == null
                                        ? null
                                        : Date.valueOf(order.newcomer().birthDate()))
                        .param(order.assignmentId())
                        .param(fromUnit)
                        .param(order.toUnit())
                        .param(order.elsewhere())
                        .param(order.work().post().position())
                        .param(order.work().post().leads())
                        .param(order.work().post().bloc())
                        .param(order.work().post().kind().code())
                        .param(order.work().mode().code())
                        .param(order.work().share())
                        .param(order.work().over())
                        .param(Date.valueOf(order.effective()))
                        .param(order.basis())
                        .param(order.reason())
                        .param(side.code())
                        .param(state.code())
                        .param(actor)
                        .param(Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Somebody answers; the order is locked. */
    void decide(UUID tenantId, UUID id, State from, State to, UUID actor, Instant now, String decision) {
        hold(jdbc.sql("""
                        update directory.transfer
                        set state = ?, decided_by = ?, decided_at = ?, decision = ?, version = version + 1
                        where tenant_id = ? and id = ? and state = ?
                        """)
                .params(to.code(), actor, Timestamp.from(now), decision, tenantId, id, from.code())
                .update());
    }

    void done(UUID tenantId, UUID id, UUID personId, Instant now, boolean followUp) {
        hold(jdbc.sql("""
                        update directory.transfer
                        set state = 'done', person_id = ?, done_at = ?, follow_up = ?, version = version + 1
                        where tenant_id = ? and id = ? and state = 'agreed'
                        """)
                .params(personId, Timestamp.from(now), followUp, tenantId, id)
                .update());
    }

    void failed(UUID tenantId, UUID id, String trouble) {
        hold(jdbc.sql("""
                        update directory.transfer set state = 'failed', trouble = ?, version = version + 1
                        where tenant_id = ? and id = ? and state = 'agreed'
                        """).params(trouble, tenantId, id).update());
    }

    /** Somebody has looked after the roster; false when somebody had before. */
    boolean followedUp(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        update directory.transfer set follow_up = false, version = version + 1
                        where tenant_id = ? and id = ? and follow_up
                        """).params(tenantId, id).update() == 1;
    }

    private static void hold(int rows) {
        Check.that(rows == 1, "a locked order is one row");
    }

    /** Whether there is a live order about any of these people. */
    boolean live(UUID tenantId, UUID... people) {
        return jdbc.sql("""
                        select exists (select from directory.transfer
                                       where tenant_id = ? and person_id = any (?) and state in ('proposed', 'agreed'))
                        """)
                .param(tenantId)
                .param(people)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Everybody of this name and birth date, those who work somewhere first. */
    List<Transfers.Known> known(UUID tenantId, PersonName name, @Nullable LocalDate birthDate) {
        return jdbc.sql("""
                        select p.id, p.full_name, p.birth_date, a.id as assignment_id, a.unit_id, a.valid_to,
                               coalesce((select v.name from directory.unit_version v
                                         where v.tenant_id = p.tenant_id and v.unit_id = a.unit_id
                                         order by v.valid_from desc limit 1), '') as unit_name
                        from directory.person p
                        left join lateral (
                            select a.id, a.unit_id, a.valid_to from directory.assignment a
                            where a.tenant_id = p.tenant_id and a.person_id = p.id
                            order by a.valid_to is not null, a.main desc, a.valid_to desc, a.valid_from desc
                            limit 1
                        ) as a on true
                        where p.tenant_id = ? and p.folded_key = ? and p.merged_into is null
                          and p.birth_date is not distinct from cast(? as date)
                        order by a.valid_to is not null, p.id
                        limit 20
                        """)
                .param(tenantId)
                .param(name.foldedKey())
                .param(birthDate == null ? null : Date.valueOf(birthDate))
                .query((row, n) -> new Transfers.Known(
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getObject("birth_date", LocalDate.class),
                        row.getString("unit_name"),
                        row.getObject("valid_to", LocalDate.class),
                        row.getObject("assignment_id", UUID.class)))
                .list();
    }

    /** Units that are called so or bear this code; at most 20. */
    List<Transfers.Place> places(UUID tenantId, String code, String matchKey) {
        return jdbc.sql("""
                        select v.unit_id, v.code, v.name, coalesce(u.name, '') as above
                        from directory.unit_version v
                        left join directory.unit_version u
                            on u.tenant_id = v.tenant_id and u.unit_id = v.parent_id and u.valid_to is null
                        where v.tenant_id = ? and v.valid_to is null and (lower(v.code) = lower(?) or v.match_key = ?)
                        order by lower(v.code) = lower(?) desc, v.name, v.code
                        limit 20
                        """)
                .params(tenantId, code, matchKey, code)
                .query((row, n) -> new Transfers.Place(
                        row.getObject("unit_id", UUID.class),
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("above")))
                .list();
    }
}
