package vn.chuanmuc.panels;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meeting.Witness;

/** Rounds of votes, urns, counts and what those say who counted. */
@Component
class RoundStore {
    private static final String COLUMNS = """
            select r.id, r.meeting_id, r.number, r.way, r.state, r.members, r.present, r.entitled, r.issued, r.prints, r.count, r.reason,
                   r.opened_by, r.opened_at, r.ended_at,
                   (select array_agg(f.form_id order by a.ord)
                    from panels.round_form f
                    join panels.agenda a on a.tenant_id = f.tenant_id and a.form_id = f.form_id and a.meeting_id = r.meeting_id
                    where f.tenant_id = r.tenant_id and f.round_id = r.id) as forms,
                   coalesce((select u.cast_n from panels.urn u where u.tenant_id = r.tenant_id and u.round_id = r.id), 0) as cast_n
            from panels.round r
            """;

    private static final RowMapper<Round> ROUND = (row, n) -> new Round(
            row.getObject("id", UUID.class),
            row.getObject("meeting_id", UUID.class),
            row.getInt("number"),
            MeetingStore.of(Way.class, row.getString("way")),
            MeetingStore.of(RoundState.class, row.getString("state")),
            row.getInt("members"),
            row.getInt("present"),
            row.getInt("entitled"),
            row.getInt("issued"),
            row.getInt("prints"),
            row.getInt("count"),
            row.getString("reason"),
            row.getObject("opened_by", UUID.class),
            row.getTimestamp("opened_at").toInstant(),
            MeetingStore.moment(row, "ended_at"),
            Arrays.asList((UUID[]) row.getArray("forms").getArray()),
            row.getInt("cast_n"));

    private final JdbcClient jdbc;

    RoundStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Round> rounds(UUID tenantId, UUID meetingId) {
        return jdbc.sql(COLUMNS + "where r.tenant_id = ? and r.meeting_id = ? order by r.number limit 500")
                .params(tenantId, meetingId)
                .query(ROUND)
                .list();
    }

    Optional<Round> find(UUID tenantId, UUID roundId) {
        return jdbc.sql(COLUMNS + "where r.tenant_id = ? and r.id = ?")
                .params(tenantId, roundId)
                .query(ROUND)
                .optional();
    }

    void insert(UUID tenantId, Round round) {
        int rows = jdbc.sql("""
                        insert into panels.round (tenant_id, id, meeting_id, number, way, state, members, present, entitled, issued,
                            opened_by, opened_at)
                        values (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        round.id(),
                        round.meetingId(),
                        (short) round.number(),
                        round.way().code(),
                        (short) round.members(),
                        (short) round.present(),
                        (short) round.entitled(),
                        (short) round.issued(),
                        round.openedBy(),
                        Timestamp.from(round.openedAt()))
                .update();
        Check.that(rows == 1, "a round is one row");
        for (UUID form : round.forms()) {
            jdbc.sql("insert into panels.round_form (tenant_id, round_id, form_id) values (?, ?, ?)")
                    .params(tenantId, round.id(), form)
                    .update();
        }
    }

    /** An empty urn and the hashes of its codes, in the order of the hashes. */
    void fill(UUID tenantId, UUID roundId, byte[] sealed, List<byte[]> hashes) {
        jdbc.sql("insert into panels.urn (tenant_id, round_id, sealed, cast_n) values (?, ?, ?, 0)")
                .params(tenantId, roundId, sealed)
                .update();
        List<byte[]> sorted = hashes.stream().sorted(Arrays::compareUnsigned).toList();
        for (byte[] hash : sorted) {
            jdbc.sql("insert into panels.code (tenant_id, hash, round_id) values (?, ?, ?)")
                    .params(tenantId, hash, roundId)
                    .update();
        }
    }

    /** Where a code belongs to, whatever body; empty when it is none of an open round. */
    record Place(UUID tenantId, UUID roundId) {}

    Optional<Place> place(byte[] hash) {
        return jdbc.sql("select tenant_id, round_id from panels.code where hash = ?")
                .param(hash)
                .query((row, n) ->
                        new Place(row.getObject("tenant_id", UUID.class), row.getObject("round_id", UUID.class)))
                .optional();
    }

    /** The urn as it is, without holding it. */
    Optional<byte[]> urn(UUID tenantId, UUID roundId) {
        return jdbc.sql("select sealed from panels.urn where tenant_id = ? and round_id = ?")
                .params(tenantId, roundId)
                .query((row, n) -> row.getBytes("sealed"))
                .optional();
    }

    /** The urn, held until the transaction ends; empty when the round has ended. */
    Optional<byte[]> holdUrn(UUID tenantId, UUID roundId) {
        return jdbc.sql("select sealed from panels.urn where tenant_id = ? and round_id = ? for update")
                .params(tenantId, roundId)
                .query((row, n) -> row.getBytes("sealed"))
                .optional();
    }

    /** The one row that a vote writes. */
    void putUrn(UUID tenantId, UUID roundId, byte[] sealed, int cast) {
        int rows = jdbc.sql(
                        "update panels.urn set sealed = ?, cast_n = ? where tenant_id = ? and round_id = ? and cast_n = ?")
                .params(sealed, (short) cast, tenantId, roundId, (short) (cast - 1))
                .update();
        Check.that(rows == 1, "an urn that is held takes one more ballot");
    }

    void removeUrn(UUID tenantId, UUID roundId) {
        jdbc.sql("delete from panels.code where tenant_id = ? and round_id = ?")
                .params(tenantId, roundId)
                .update();
        jdbc.sql("delete from panels.urn where tenant_id = ? and round_id = ?")
                .params(tenantId, roundId)
                .update();
    }

    /** Rounds of all bodies whose urn is there. */
    List<UUID> openUrns() {
        return jdbc.sql("select round_id from panels.urn limit 100000")
                .query((row, n) -> row.getObject("round_id", UUID.class))
                .list();
    }

    boolean end(UUID tenantId, UUID roundId, RoundState to, String reason, UUID account, Instant now) {
        return jdbc.sql("""
                        update panels.round set state = ?, reason = ?, ended_by = ?, ended_at = ?
                        where tenant_id = ? and id = ? and state = 'open'
                        """)
                        .params(to.code(), reason, account, Timestamp.from(now), tenantId, roundId)
                        .update()
                == 1;
    }

    /** A count is put in question: the round is open again until both say that it is right. */
    boolean reopen(UUID tenantId, UUID roundId) {
        return jdbc.sql("""
                        update panels.round set state = 'open', ended_by = null, ended_at = null
                        where tenant_id = ? and id = ? and state = 'counted'
                        """).params(tenantId, roundId).update() == 1;
    }

    void printed(UUID tenantId, UUID roundId) {
        int rows = jdbc.sql(
                        "update panels.round set prints = prints + 1 where tenant_id = ? and id = ? and state = 'open'")
                .params(tenantId, roundId)
                .update();
        Check.that(rows == 1, "slips are printed of an open round");
    }

    void insertCount(UUID tenantId, List<Count> counts) {
        Count first = counts.getFirst();
        int rows = jdbc.sql("update panels.round set count = ? where tenant_id = ? and id = ? and count = ?")
                .params((short) first.version(), tenantId, first.roundId(), (short) (first.version() - 1))
                .update();
        Check.that(rows == 1, "the next count of a round that is held");
        for (Count count : counts) {
            jdbc.sql("""
                            insert into panels.count (tenant_id, round_id, version, form_id, issued, returned, invalid, votes, reason,
                                entered_by, entered_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            tenantId,
                            count.roundId(),
                            (short) count.version(),
                            count.formId(),
                            (short) count.issued(),
                            (short) count.returned(),
                            (short) count.invalid(),
                            count.votes().toArray(Integer[]::new),
                            count.reason(),
                            count.enteredBy(),
                            Timestamp.from(count.enteredAt()))
                    .update();
        }
    }

    List<Count> counts(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select c.round_id, c.version, c.form_id, c.issued, c.returned, c.invalid, c.votes, c.reason, c.entered_by,
                               c.entered_at
                        from panels.count c
                        join panels.round r on r.tenant_id = c.tenant_id and r.id = c.round_id and r.meeting_id = :meeting
                        where c.tenant_id = :tenant
                        order by r.number, c.version, c.form_id
                        limit 10000
                        """)
                .param("tenant", tenantId)
                .param("meeting", meetingId)
                .query((row, n) -> new Count(
                        row.getObject("round_id", UUID.class),
                        row.getInt("version"),
                        row.getObject("form_id", UUID.class),
                        row.getInt("issued"),
                        row.getInt("returned"),
                        row.getInt("invalid"),
                        MeetingStore.numbers(row.getArray("votes")),
                        row.getString("reason"),
                        row.getObject("entered_by", UUID.class),
                        row.getTimestamp("entered_at").toInstant()))
                .list();
    }

    List<Witness> witnesses(UUID tenantId, UUID meetingId) {
        return jdbc.sql("""
                        select w.round_id, w.version, w.person_id, w.agrees, w.note, w.account_id, w.at
                        from panels.witness w
                        join panels.round r on r.tenant_id = w.tenant_id and r.id = w.round_id and r.meeting_id = :meeting
                        where w.tenant_id = :tenant
                        order by r.number, w.version, w.at
                        limit 2000
                        """)
                .param("tenant", tenantId)
                .param("meeting", meetingId)
                .query((row, n) -> new Witness(
                        row.getObject("round_id", UUID.class),
                        row.getInt("version"),
                        row.getObject("person_id", UUID.class),
                        row.getBoolean("agrees"),
                        row.getString("note"),
                        row.getObject("account_id", UUID.class),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    boolean witness(UUID tenantId, Witness witness) {
        return jdbc.sql("""
                        insert into panels.witness (tenant_id, round_id, version, person_id, agrees, note, account_id, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, round_id, version, person_id) do nothing
                        """)
                        .params(
                                tenantId,
                                witness.roundId(),
                                (short) witness.version(),
                                witness.personId(),
                                witness.agrees(),
                                witness.note(),
                                witness.accountId(),
                                Timestamp.from(witness.at()))
                        .update()
                == 1;
    }
}
