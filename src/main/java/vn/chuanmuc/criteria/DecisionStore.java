package vn.chuanmuc.criteria;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.criteria.Decisions.Document;
import vn.chuanmuc.criteria.Decisions.Listed;
import vn.chuanmuc.criteria.Decisions.State;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;

/** Decisions from draft to publication. A draft is one row; the words of a published one are rows of their own, written once. */
@Component
class DecisionStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SELECT = """
            select id, state, version, source_name, source_hash, imported_by, imported_at, published_by,
                   published_at, supersedes_id, superseded_from, content
            from criteria.decision
            where tenant_id = ? and id = ?
            """;
    private static final RowMapper<Document> DOCUMENT = (row, n) -> new Document(
            row.getObject("id", UUID.class),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            row.getInt("version"),
            row.getString("source_name"),
            row.getBytes("source_hash"),
            row.getObject("imported_by", UUID.class),
            row.getTimestamp("imported_at").toInstant(),
            row.getObject("published_by", UUID.class),
            instant(row.getTimestamp("published_at")),
            row.getObject("supersedes_id", UUID.class),
            day(row.getDate("superseded_from")),
            JSON.readValue(row.getString("content"), Proof.class));

    private final JdbcClient jdbc;

    DecisionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable LocalDate day(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }

    private static @Nullable Date date(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    void insert(
            UUID tenantId, UUID id, byte[] sourceHash, String sourceName, UUID importedBy, Instant at, Proof proof) {
        int rows = jdbc.sql("""
                        insert into criteria.decision
                            (tenant_id, id, state, version, source_hash, source_name, content, imported_by, imported_at)
                        values (?, ?, 'draft', 0, ?, ?, '{}', ?, ?)
                        """)
                .params(tenantId, id, sourceHash, sourceName, importedBy, Timestamp.from(at))
                .update();
        Check.that(rows == 1 && save(tenantId, id, 0, proof), "an import is one draft");
    }

    /** Writes a draft whole and counts its version up; false if it is no draft any more or somebody was faster. */
    boolean save(UUID tenantId, UUID id, int version, Proof proof) {
        Map<String, Place> places = proof.places();
        Place number = Proof.place(places, Proof.NUMBER);
        Place date = Proof.place(places, Proof.DATE);
        return jdbc.sql("""
                                update criteria.decision
                                set version = version + 1, content = cast(:content as jsonb), open_doubts = :open,
                                    number_printed = :numberPrinted, number_normalised = :number,
                                    date_printed = :datePrinted, signed_on = :signedOn, issuer = :issuer,
                                    subject = :subject, signature_authority = :authority, signer_title = :signerTitle,
                                    signer_name = :signer, effective_from = :effective
                                where tenant_id = :tenant and id = :id and state = 'draft' and version = :version
                                """)
                        .param("content", JSON.writeValueAsString(proof))
                        .param(
                                "open",
                                places.values().stream().filter(Place::open).count())
                        .param("numberPrinted", number.printed())
                        .param("number", number.value())
                        .param("datePrinted", date.printed())
                        .param("signedOn", date(Proof.day(places, Proof.DATE)))
                        .param("issuer", Proof.place(places, Proof.ISSUER).value())
                        .param("subject", Proof.place(places, Proof.SUBJECT).value())
                        .param("authority", Proof.place(places, Proof.AUTHORITY).value())
                        .param(
                                "signerTitle",
                                Proof.place(places, Proof.SIGNER_TITLE).value())
                        .param("signer", Proof.place(places, Proof.SIGNER).value())
                        .param("effective", date(Proof.day(places, Proof.EFFECT)))
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    boolean drop(UUID tenantId, UUID id, int version, Proof proof) {
        return jdbc.sql("""
                                update criteria.decision set state = 'dropped', content = cast(? as jsonb)
                                where tenant_id = ? and id = ? and state = 'draft' and version = ?
                                """)
                        .params(JSON.writeValueAsString(proof), tenantId, id, version)
                        .update()
                == 1;
    }

    /** Publishes exactly this version of a draft that somebody else imported; false if it is no longer that. */
    boolean publish(UUID tenantId, UUID id, int version, UUID publishedBy, Instant at, @Nullable UUID supersedes) {
        return jdbc.sql("""
                                update criteria.decision
                                set state = 'published', published_by = ?, published_at = ?, supersedes_id = ?
                                where tenant_id = ? and id = ? and state = 'draft' and version = ? and imported_by <> ?
                                """)
                        .param(publishedBy)
                        .param(Timestamp.from(at))
                        .param(supersedes)
                        .param(tenantId)
                        .param(id)
                        .param(version)
                        .param(publishedBy)
                        .update()
                == 1;
    }

    /** Ends an earlier decision from the day on which the later one takes effect; false if it was ended already. */
    boolean supersede(UUID tenantId, UUID id, LocalDate from) {
        return jdbc.sql("""
                                update criteria.decision set state = 'superseded', superseded_from = ?
                                where tenant_id = ? and id = ? and state = 'published' and effective_from < ?
                                """)
                        .params(Date.valueOf(from), tenantId, id, Date.valueOf(from))
                        .update()
                == 1;
    }

    Optional<Document> find(UUID tenantId, UUID id) {
        return jdbc.sql(SELECT).params(tenantId, id).query(DOCUMENT).optional();
    }

    /** The same, and nobody else changes it until this transaction ends. */
    Optional<Document> lock(UUID tenantId, UUID id) {
        return jdbc.sql(SELECT + " for update")
                .params(tenantId, id)
                .query(DOCUMENT)
                .optional();
    }

    /** The newest first; drafts and dropped ones only if asked for. */
    List<Listed> list(UUID tenantId, boolean drafts) {
        return jdbc.sql("""
                        select id, state, source_name, number_normalised, number_printed, signed_on, issuer, subject,
                               effective_from, superseded_from, imported_by, imported_at, open_doubts,
                               content ->> 'dropReason' as drop_reason
                        from criteria.decision
                        where tenant_id = ? and (? or state in ('published', 'superseded'))
                        order by id desc
                        limit 200
                        """)
                .params(tenantId, drafts)
                .query((row, n) -> new Listed(
                        row.getObject("id", UUID.class),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("source_name"),
                        row.getString("number_normalised"),
                        row.getString("number_printed"),
                        day(row.getDate("signed_on")),
                        row.getString("issuer"),
                        row.getString("subject"),
                        day(row.getDate("effective_from")),
                        day(row.getDate("superseded_from")),
                        row.getObject("imported_by", UUID.class),
                        row.getTimestamp("imported_at").toInstant(),
                        row.getInt("open_doubts"),
                        row.getString("drop_reason")))
                .list();
    }

    /** Others that were imported from the same bytes and not dropped. */
    List<UUID> ofSameSource(UUID tenantId, UUID id, byte[] sourceHash) {
        return jdbc.sql("""
                        select id from criteria.decision
                        where tenant_id = ? and source_hash = ? and id <> ? and state <> 'dropped'
                        order by id
                        limit 20
                        """)
                .params(tenantId, sourceHash, id)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Drafts that this account did not import itself: those it may proof-read. */
    int draftsOfOthers(UUID tenantId, UUID account) {
        return jdbc.sql("""
                        select count(*) from criteria.decision
                        where tenant_id = ? and state = 'draft' and imported_by <> ?
                        """)
                .params(tenantId, account)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** Writes the words of a set; they are never changed afterwards. Returns the set's id. */
    UUID insertSet(UUID tenantId, UUID decisionId, SetWords set) {
        UUID setId = Ids.next();
        int items = set.items().size();
        int rows = jdbc.sql("""
                        insert into criteria.criteria_set
                            (tenant_id, id, decision_id, ordinal, title, issued_with, audience, items)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenantId,
                        setId,
                        decisionId,
                        set.ordinal(),
                        set.title(),
                        set.issuedWith(),
                        set.audience().name().toLowerCase(Locale.ROOT),
                        items)
                .update();
        rows += jdbc.sql("""
                        insert into criteria.criteria_group (tenant_id, set_id, ordinal, numeral, title)
                        select ?, ?, g.ordinal, g.numeral, g.title
                        from unnest(cast(? as int[]), cast(? as text[]), cast(? as text[])) as g (ordinal, numeral, title)
                        """)
                .params(
                        tenantId,
                        setId,
                        ints(set.groups().stream().map(SetWords.Group::ordinal).toList()),
                        texts(set.groups().stream().map(SetWords.Group::numeral).toList()),
                        texts(set.groups().stream().map(SetWords.Group::title).toList()))
                .update();
        rows += jdbc.sql("""
                        insert into criteria.criterion (tenant_id, set_id, group_ordinal, ordinal, numeral, title)
                        select ?, ?, c.group_ordinal, c.ordinal, c.numeral, c.title
                        from unnest(cast(? as int[]), cast(? as int[]), cast(? as text[]), cast(? as text[]))
                            as c (group_ordinal, ordinal, numeral, title)
                        """)
                .params(
                        tenantId,
                        setId,
                        ints(set.criteria().stream()
                                .map(SetWords.Criterion::group)
                                .toList()),
                        ints(set.criteria().stream()
                                .map(SetWords.Criterion::ordinal)
                                .toList()),
                        texts(set.criteria().stream()
                                .map(SetWords.Criterion::numeral)
                                .toList()),
                        texts(set.criteria().stream()
                                .map(SetWords.Criterion::title)
                                .toList()))
                .update();
        rows += jdbc.sql("""
                        insert into criteria.item
                            (tenant_id, id, set_id, position, group_ordinal, criterion_ordinal, ordinal, words, source_line)
                        select ?, i.id, ?, i.position, i.group_ordinal, i.criterion_ordinal, i.ordinal, i.words, i.line
                        from unnest(cast(? as uuid[]), cast(? as int[]), cast(? as int[]), cast(? as int[]),
                                cast(? as int[]), cast(? as text[]), cast(? as int[]))
                            as i (id, position, group_ordinal, criterion_ordinal, ordinal, words, line)
                        """)
                .params(
                        tenantId,
                        setId,
                        set.items().stream().map(item -> Ids.next()).toArray(UUID[]::new),
                        ints(set.items().stream().map(SetWords.Item::position).toList()),
                        ints(set.items().stream().map(SetWords.Item::group).toList()),
                        ints(set.items().stream().map(SetWords.Item::criterion).toList()),
                        ints(set.items().stream().map(SetWords.Item::ordinal).toList()),
                        texts(set.items().stream().map(SetWords.Item::words).toList()),
                        ints(set.items().stream().map(SetWords.Item::line).toList()))
                .update();
        Check.that(
                rows == 1 + set.groups().size() + set.criteria().size() + items,
                "a set is written with all its groups, criteria and items");
        return setId;
    }

    private static Integer[] ints(List<Integer> values) {
        return values.toArray(Integer[]::new);
    }

    private static String[] texts(List<String> values) {
        return values.toArray(String[]::new);
    }
}
