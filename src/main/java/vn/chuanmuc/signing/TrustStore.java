package vn.chuanmuc.signing;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Kind;
import vn.chuanmuc.signing.TrustList.RevocationFile;

@Component
class TrustStore {
    private static final int MOST = 500;
    /** OCSP responses are about one certificate each; the newest count. */
    private static final int MOST_RESPONSES = 300;

    private static final String COLUMNS = """
            t.id, t.kind, t.name, t.certificate, t.address, t.person_id, t.unit_id, t.key_alias, t.valid_from, t.valid_to, t.basis, t.state,
            t.proposed_by, t.proposed_at, t.decided_by, t.decided_at, t.ended_by, t.ended_at, t.end_reason
            """;

    private final JdbcClient jdbc;

    TrustStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Item item(ResultSet row) throws SQLException {
        Date to = row.getDate("valid_to");
        return new Item(
                row.getObject("id", UUID.class),
                Kind.of(row.getString("kind")),
                row.getString("name"),
                row.getBytes("certificate"),
                row.getString("address"),
                row.getObject("person_id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getString("key_alias"),
                row.getDate("valid_from").toLocalDate(),
                to == null ? null : to.toLocalDate(),
                row.getString("basis"),
                TrustList.ItemState.of(row.getString("state")),
                row.getObject("proposed_by", UUID.class),
                row.getTimestamp("proposed_at").toInstant(),
                row.getObject("decided_by", UUID.class),
                instant(row.getTimestamp("decided_at")),
                row.getObject("ended_by", UUID.class),
                instant(row.getTimestamp("ended_at")),
                row.getString("end_reason"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    List<Item> list(UUID tenantId, Kind kind) {
        return jdbc.sql("select " + COLUMNS
                        + "from signing.trusted t where t.tenant_id = ? and t.kind = ? order by t.id desc limit "
                        + MOST)
                .params(tenantId, kind.code())
                .query((row, n) -> item(row))
                .list();
    }

    /** Certificates of people of these units and below. */
    List<Item> ofPeople(UUID tenantId, UUID[] units) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.trusted t
                        where t.tenant_id = ? and t.kind = 'nguoi-ky' and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = t.tenant_id and c.descendant_id = t.unit_id and c.ancestor_id = any (?))
                        order by t.id desc limit 500
                        """)
                .params(tenantId, units)
                .query((row, n) -> item(row))
                .list();
    }

    /** Certificates of these units and of those below, the newest first. */
    List<Item> ofAgencies(UUID tenantId, UUID[] units) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.trusted t
                        where t.tenant_id = ? and t.kind = 'co-quan' and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = t.tenant_id and c.descendant_id = t.unit_id and c.ancestor_id = any (?))
                        order by t.id desc limit 500
                        """)
                .params(tenantId, units)
                .query((row, n) -> item(row))
                .list();
    }

    /** Confirmed certificates of the unit that hold on the day, the newest first. */
    List<Item> ofAgency(UUID tenantId, UUID unitId, LocalDate day) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.trusted t
                        where t.tenant_id = ? and t.kind = 'co-quan' and t.unit_id = ? and t.state = 'confirmed'
                          and t.valid_from <= ? and (t.valid_to is null or t.valid_to > ?)
                        order by t.valid_from desc, t.id desc limit 50
                        """)
                .params(tenantId, unitId, day, day)
                .query((row, n) -> item(row))
                .list();
    }

    Optional<Item> find(UUID tenantId, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from signing.trusted t where t.tenant_id = ? and t.id = ?")
                .params(tenantId, id)
                .query((row, n) -> item(row))
                .optional();
    }

    /** Confirmed ones of the kind that hold on the day. */
    List<Item> holding(UUID tenantId, Kind kind, LocalDate day) {
        return jdbc.sql("select " + COLUMNS + """
                        from signing.trusted t
                        where t.tenant_id = ? and t.kind = ? and t.state = 'confirmed'
                          and t.valid_from <= ? and (t.valid_to is null or t.valid_to > ?)
                        order by t.name, t.id limit 500
                        """)
                .params(tenantId, kind.code(), day, day)
                .query((row, n) -> item(row))
                .list();
    }

    enum Link {
        NONE,
        PROPOSED,
        CONFIRMED
    }

    /** Whether the certificate is known as the person's on the day. */
    Link link(UUID tenantId, UUID personId, byte[] certificateHash, LocalDate day) {
        return jdbc.sql("""
                        select state from signing.trusted
                        where tenant_id = ? and kind = 'nguoi-ky' and person_id = ? and certificate_hash = ?
                          and state <> 'rejected' and ended_at is null
                          and valid_from <= ? and (valid_to is null or valid_to > ?)
                        """)
                .params(tenantId, personId, certificateHash, day, day)
                .query((row, n) -> row.getString("state").equals("confirmed") ? Link.CONFIRMED : Link.PROPOSED)
                .optional()
                .orElse(Link.NONE);
    }

    /** Whether somebody said that the certificate is not this person's. */
    boolean rejected(UUID tenantId, UUID personId, byte[] certificateHash) {
        return jdbc.sql("""
                        select exists (select from signing.trusted where tenant_id = ? and kind = 'nguoi-ky' and person_id = ?
                            and certificate_hash = ? and (state = 'rejected' or ended_at is not null))
                        """)
                .params(tenantId, personId, certificateHash)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Whether the certificate is known as an official's own. */
    boolean isPersons(UUID tenantId, byte[] certificateHash) {
        return jdbc.sql("""
                        select exists (select from signing.trusted where tenant_id = ? and kind = 'nguoi-ky' and certificate_hash = ?
                            and state = 'confirmed')
                        """)
                .params(tenantId, certificateHash)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** What is said of the certificate is decided by one at a time, until the transaction ends. */
    void hold(UUID tenantId, byte[] certificateHash) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || encode(?, 'hex'), 0))")
                .params(tenantId.toString(), certificateHash)
                .query((row, n) -> 1)
                .single();
    }

    /** Another unit whose seal the certificate is on some day of the period. @param to the first day after it, or null */
    Optional<UUID> agencyBeside(
            UUID tenantId, byte[] certificateHash, @Nullable UUID unitId, LocalDate from, @Nullable LocalDate to) {
        return jdbc.sql("""
                        select unit_id from signing.trusted
                        where tenant_id = ? and kind = 'co-quan' and certificate_hash = ? and state = 'confirmed'
                          and unit_id is distinct from ? and valid_from < coalesce(?::date, 'infinity')
                          and coalesce(valid_to, 'infinity') > greatest(?::date, valid_from)
                        order by id desc limit 1
                        """)
                .param(tenantId)
                .param(certificateHash)
                .param(unitId)
                .param(to)
                .param(from)
                .query((row, n) -> row.getObject("unit_id", UUID.class))
                .optional();
    }

    /** Of proposed links: the unit whose seal the certificate is already on some day of the period, by the link's id. */
    Map<UUID, UUID> linkedBeside(UUID tenantId, UUID[] ids) {
        return jdbc
                .sql("""
                        select distinct on (t.id) t.id, o.unit_id
                        from signing.trusted t
                        join signing.trusted o on o.tenant_id = t.tenant_id and o.certificate_hash = t.certificate_hash
                          and o.kind = 'co-quan' and o.state = 'confirmed' and o.unit_id <> t.unit_id
                          and o.valid_from < coalesce(t.valid_to, 'infinity')
                          and coalesce(o.valid_to, 'infinity') > greatest(t.valid_from, o.valid_from)
                        where t.tenant_id = ? and t.id = any (?) and t.kind = 'co-quan' and t.state = 'proposed' and t.ended_at is null
                        order by t.id, o.id desc limit 500
                        """)
                .params(tenantId, ids)
                .query((row, n) -> Map.entry(row.getObject("id", UUID.class), row.getObject("unit_id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Those of the items whose unit is one of these or below, and not only kept there. */
    Set<UUID> within(UUID tenantId, UUID[] ids, UUID[] units) {
        return Set.copyOf(jdbc.sql("""
                        select t.id from signing.trusted t
                        where t.tenant_id = ? and t.id = any (?) and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = t.tenant_id and c.descendant_id = t.unit_id and c.ancestor_id = any (?)
                              and not c.custody)
                        limit 500
                        """)
                .params(tenantId, ids, units)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /** How many others proposed that nobody decided on. */
    long waiting(UUID tenantId, UUID account, Kind... kinds) {
        return jdbc.sql("""
                        select count(*) from signing.trusted
                        where tenant_id = ? and kind = any (?) and state = 'proposed' and ended_at is null and proposed_by <> ?
                        """)
                .params(tenantId, Arrays.stream(kinds).map(Kind::code).toArray(String[]::new), account)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** How many certificates of people of these units and below wait for somebody else's look. */
    long waitingOfPeople(UUID tenantId, UUID account, UUID[] units) {
        return jdbc.sql("""
                        select count(*) from signing.trusted t
                        where t.tenant_id = ? and t.kind = 'nguoi-ky' and t.state = 'proposed' and t.ended_at is null
                          and t.proposed_by <> ? and exists (
                            select from directory.unit_closure c
                            where c.tenant_id = t.tenant_id and c.descendant_id = t.unit_id and c.ancestor_id = any (?))
                        """)
                .params(tenantId, account, units)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    /** False when the same is there already. */
    boolean insert(UUID tenantId, Item item) {
        LocalDate to = item.validTo();
        byte[] certificate = item.certificate();
        return jdbc.sql("""
                                insert into signing.trusted
                                    (tenant_id, id, kind, name, certificate, certificate_hash, address, person_id, unit_id, key_alias,
                                     valid_from, valid_to, basis, proposed_by, proposed_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict do nothing
                                """)
                        .param(tenantId)
                        .param(item.id())
                        .param(item.kind().code())
                        .param(item.name())
                        .param(certificate)
                        .param(certificate == null ? null : vn.chuanmuc.kernel.Sha256.of(certificate))
                        .param(item.address())
                        .param(item.personId())
                        .param(item.unitId())
                        .param(item.keyAlias())
                        .param(Date.valueOf(item.validFrom()))
                        .param(to == null ? null : Date.valueOf(to))
                        .param(item.basis())
                        .param(item.proposedBy())
                        .param(Timestamp.from(item.proposedAt()))
                        .update()
                == 1;
    }

    boolean decide(UUID tenantId, UUID id, boolean confirmed, UUID by, Instant at) {
        return jdbc.sql("""
                                update signing.trusted set state = ?, decided_by = ?, decided_at = ?
                                where tenant_id = ? and id = ? and state = 'proposed' and proposed_by <> ?
                                """)
                        .params(confirmed ? "confirmed" : "rejected", by, Timestamp.from(at), tenantId, id, by)
                        .update()
                == 1;
    }

    /** A last day that is past stays: ending makes nothing longer. */
    boolean end(UUID tenantId, UUID id, LocalDate from, String reason, UUID by, Instant at) {
        return jdbc.sql("""
                                update signing.trusted
                                set valid_to = least(valid_to, greatest(cast(? as date), valid_from)), ended_by = ?, ended_at = ?, end_reason = ?
                                where tenant_id = ? and id = ? and state <> 'rejected' and ended_at is null
                                """)
                        .params(Date.valueOf(from), by, Timestamp.from(at), reason, tenantId, id)
                        .update()
                == 1;
    }

    /** False when the same file is there. */
    boolean insert(
            UUID tenantId,
            UUID id,
            String kind,
            String issuer,
            Instant thisUpdate,
            @Nullable Instant nextUpdate,
            byte[] hash,
            UUID by,
            Instant at) {
        return jdbc.sql("""
                                insert into signing.revocation
                                    (tenant_id, id, kind, issuer, this_update, next_update, content_hash, brought_by, brought_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, content_hash) do nothing
                                """)
                        .param(tenantId)
                        .param(id)
                        .param(kind)
                        .param(issuer)
                        .param(Timestamp.from(thisUpdate))
                        .param(nextUpdate == null ? null : Timestamp.from(nextUpdate))
                        .param(hash)
                        .param(by)
                        .param(Timestamp.from(at))
                        .update()
                == 1;
    }

    List<RevocationFile> revocations(UUID tenantId) {
        return jdbc.sql("""
                        select id, kind, issuer, this_update, next_update, brought_by, brought_at
                        from signing.revocation where tenant_id = ? order by id desc limit 100
                        """)
                .params(tenantId)
                .query((row, n) -> new RevocationFile(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("issuer"),
                        row.getTimestamp("this_update").toInstant(),
                        instant(row.getTimestamp("next_update")),
                        row.getObject("brought_by", UUID.class),
                        row.getTimestamp("brought_at").toInstant()))
                .list();
    }

    record Data(boolean list, byte[] bytes) {}

    /** The newest lists of each issuer, for two authorities may bear one name, and the newest responses. */
    List<Data> data(UUID tenantId) {
        return jdbc.sql("""
                        select r.kind, c.bytes from (
                            (select kind, content_hash, tenant_id from (
                                select kind, content_hash, tenant_id,
                                       row_number() over (partition by issuer order by this_update desc, brought_at desc) as nth
                                from signing.revocation where tenant_id = :tenant and kind = 'crl') lists
                             where nth <= 3)
                            union all
                            (select kind, content_hash, tenant_id from signing.revocation
                             where tenant_id = :tenant and kind = 'ocsp' order by this_update desc limit :most)) r
                        join documents.content c on c.tenant_id = r.tenant_id and c.hash = r.content_hash
                        """)
                .param("tenant", tenantId)
                .param("most", MOST_RESPONSES)
                .query((row, n) -> new Data(row.getString("kind").equals("crl"), row.getBytes("bytes")))
                .list();
    }
}
