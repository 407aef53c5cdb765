package vn.chuanmuc.sheets;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;

/** SQL of witnesses: whom a clerk named for a paper, and what they said. */
@Component
class WitnessStore {
    private static final int MOST = 100;

    private final JdbcClient jdbc;

    WitnessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whom a clerk named for a paper.
     *
     * @param asked SHA-256 of what they are to compare; null before the clerk is done
     * @param saidOf SHA-256 of what they spoke of last, with {@code agrees} and {@code words}; null before
     */
    record Named(
            UUID clerk,
            UUID witness,
            String name,
            String reason,
            byte @Nullable [] asked,
            byte @Nullable [] saidOf,
            boolean agrees,
            String words,
            @Nullable UUID said,
            @Nullable Instant at) {
        boolean agreedTo(byte[] hash) {
            return agrees && java.util.Arrays.equals(saidOf, hash);
        }

        /** Whether they are to say something of what was entered. */
        boolean waits() {
            return asked != null && !java.util.Arrays.equals(saidOf, asked);
        }
    }

    private static final String NAMED = """
            select w.paper_id, w.clerk_id, w.witness_id, a.display_name, w.reason, w.asked_hash, s.id, s.read_hash, s.agrees, s.words, s.at
            from sheets.witness w
            join sheets.reading r on r.tenant_id = w.tenant_id and r.paper_id = w.paper_id
            join access.account a on a.tenant_id = w.tenant_id and a.id = w.witness_id
            left join lateral (
                select g.id, g.read_hash, g.agrees, g.words, g.at
                from sheets.witnessing g
                where g.tenant_id = w.tenant_id and g.paper_id = w.paper_id and g.clerk_id = w.clerk_id and g.witness_id = w.witness_id
                order by g.id desc
                limit 1) s on true
            """;

    private static Named named(java.sql.ResultSet row) throws java.sql.SQLException {
        Timestamp at = row.getTimestamp("at");
        return new Named(
                row.getObject("clerk_id", UUID.class),
                row.getObject("witness_id", UUID.class),
                row.getString("display_name"),
                row.getString("reason"),
                row.getBytes("asked_hash"),
                row.getBytes("read_hash"),
                row.getBoolean("agrees"),
                row.getString("words") == null ? "" : row.getString("words"),
                row.getObject("id", UUID.class),
                at == null ? null : at.toInstant());
    }

    Optional<Named> of(UUID tenant, UUID paper, UUID clerk) {
        return jdbc.sql(NAMED + "where w.tenant_id = ? and w.paper_id = ? and w.clerk_id = ?")
                .params(tenant, paper, clerk)
                .query((row, n) -> named(row))
                .optional();
    }

    /** The same, as whoever was named finds it: the paper's that waits for them, or was said something of last. */
    Optional<Named> ofWitness(UUID tenant, UUID paper, UUID witness) {
        return jdbc.sql(NAMED
                        + "where w.tenant_id = ? and w.paper_id = ? and w.witness_id = ? and w.asked_hash is not null"
                        + " order by w.named_at desc limit 1")
                .params(tenant, paper, witness)
                .query((row, n) -> named(row))
                .optional();
    }

    /** Papers that wait for a witness to compare them, or for the clerk after the witness said something. */
    record Waiting(UUID paper, String fullName) {}

    List<Waiting> toCompare(UUID tenant, UUID witness) {
        return waiting("w.witness_id = ? and (s.read_hash is null or s.read_hash <> w.asked_hash)", tenant, witness);
    }

    List<Waiting> compared(UUID tenant, UUID clerk) {
        return waiting("w.clerk_id = ? and s.read_hash = w.asked_hash", tenant, clerk);
    }

    private List<Waiting> waiting(String which, UUID tenant, UUID account) {
        return jdbc.sql("select q.paper_id, f.full_name from (" + NAMED
                        + "where w.tenant_id = ? and w.asked_hash is not null and r.handed_at is null and " + which
                        + """
                        ) q
                        join sheets.reading r on r.tenant_id = ? and r.paper_id = q.paper_id
                        join sheets.sheet s on s.tenant_id = r.tenant_id and s.id = r.sheet_id
                        join assessments.form f on f.tenant_id = s.tenant_id and f.period = s.period and f.id = s.form_id
                        order by f.sort_key, q.paper_id
                        limit ?
                        """)
                .params(tenant, account, tenant, MOST)
                .query((row, n) -> new Waiting(row.getObject("paper_id", UUID.class), row.getString("full_name")))
                .list();
    }

    /** Names somebody; who was named before is not asked any more. */
    void name(UUID tenant, UUID paper, UUID clerk, UUID witness, String reason, Instant at) {
        int rows = jdbc.sql("""
                        insert into sheets.witness (tenant_id, paper_id, clerk_id, witness_id, reason, named_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, paper_id, clerk_id) do update
                            set witness_id = excluded.witness_id, reason = excluded.reason, named_at = excluded.named_at, asked_hash = null
                        """)
                .params(tenant, paper, clerk, witness, reason, Timestamp.from(at))
                .update();
        Check.that(rows == 1, "a clerk has one witness for a paper");
    }

    void ask(UUID tenant, UUID paper, UUID clerk, byte[] hash) {
        int rows = jdbc.sql("""
                        update sheets.witness set asked_hash = ? where tenant_id = ? and paper_id = ? and clerk_id = ?
                        """).param(hash).params(tenant, paper, clerk).update();
        Check.that(rows == 1, "who is asked was named");
    }

    void say(UUID tenant, UUID id, UUID paper, Named named, boolean agrees, String words, byte[] hash, Instant at) {
        int rows = jdbc.sql("""
                        insert into sheets.witnessing
                            (tenant_id, id, paper_id, clerk_id, witness_id, reason, agrees, words, read_hash, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(tenant, id, paper, named.clerk(), named.witness(), named.reason(), agrees, words)
                .param(hash)
                .param(Timestamp.from(at))
                .update();
        Check.that(rows == 1, "what a witness says is one row");
    }

    /** The active account of somebody of the body, by its sign-in name. */
    Optional<UUID> account(UUID tenant, String username) {
        return jdbc.sql("""
                        select id from access.account
                        where tenant_id = ? and username = ? and state = 'active' and person_id is not null
                        """)
                .params(tenant, username)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    /**
     * Officials with an account, by name: those of a unit, and whoever has the words in their name.
     *
     * @param words as a search key; empty: of the unit alone
     * @param shown an account that is among them in any case; null: none
     */
    List<Candidate> candidates(UUID tenant, UUID unit, String words, @Nullable UUID shown, LocalDate day) {
        return jdbc.sql("""
                        select distinct on (p.sort_key, a.id) a.id, a.username, p.full_name, o.name as position_name, v.name as unit_name
                        from directory.assignment x
                        join directory.person p on p.tenant_id = x.tenant_id and p.id = x.person_id
                        join access.account a on a.tenant_id = p.tenant_id and a.person_id = p.id and a.state = 'active'
                        join directory.position o on o.tenant_id = x.tenant_id and o.id = x.position_id
                        join directory.unit_version v on v.tenant_id = x.tenant_id and v.unit_id = x.unit_id
                            and v.valid_from <= :day and (v.valid_to is null or v.valid_to > :day)
                        where x.tenant_id = :tenant and x.valid_from <= :day and (x.valid_to is null or x.valid_to > :day)
                          and (:words = '' and x.unit_id = :unit or :words <> '' and p.search_key like '%' || :words || '%' or a.id = :shown)
                        order by p.sort_key, a.id, x.unit_id = :unit desc, x.main desc
                        limit :most
                        """)
                .param("tenant", tenant)
                .param("unit", unit)
                .param("words", words)
                .param("shown", shown, Types.OTHER)
                .param("day", day)
                .param("most", MOST)
                .query((row, n) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getString("unit_name")))
                .list();
    }

    record Candidate(UUID account, String username, String fullName, String positionName, String unitName) {}

    /** Others who enter papers in the very units in which the viewer does, and from there down in the form's. */
    List<UUID> otherClerks(UUID tenant, UUID clerk, UUID[] units, UUID formUnit) {
        return jdbc.sql("""
                        select distinct a.id
                        from access.role_grant g
                        join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                        join directory.unit_closure d on d.tenant_id = g.tenant_id and d.ancestor_id = g.unit_id and d.descendant_id = ?
                        where g.tenant_id = ? and g.role = 'CLERK' and g.valid_to is null and g.unit_id = any (?) and a.id <> ?
                        limit ?
                        """)
                .param(formUnit)
                .param(tenant)
                .param(units)
                .param(clerk)
                .param(MOST)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }
}
