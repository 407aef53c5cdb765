package vn.chuanmuc.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;

/**
 * The signs beside a number: of the type of paper, the same for the whole body, and of the unit that issues it. Both hold from a day on
 * and name their basis, or that none is known.
 */
@Component
class NumberSigns {
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final List<Shipped> shipped;

    NumberSigns(JdbcClient jdbc, Ledger ledger, Clock clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
        try (InputStream in = NumberSigns.class.getResourceAsStream("/paper-types.json")) {
            this.shipped = List.of(json.readValue(Objects.requireNonNull(in), Shipped[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What ships with the program. @param verified whether somebody has compared it with the original document */
    private record Shipped(
            String kind, Layout.Line line, LocalDate validFrom, String sign, String legalBasis, boolean verified) {}

    /** @param legalBasis empty: none is known; {@code setBy} and {@code setAt} null for what ships */
    record TypeSign(
            Layout.Line line,
            PaperKind kind,
            LocalDate validFrom,
            String sign,
            String legalBasis,
            @Nullable UUID setBy,
            @Nullable Instant setAt) {}

    record IssuerSign(
            Layout.Line line,
            LocalDate validFrom,
            String sign,
            String place,
            String legalBasis,
            UUID setBy,
            Instant setAt) {}

    /** The sign of a type of paper on a day: the body's own where it has one of that day, or else what ships. */
    Optional<TypeSign> type(UUID tenantId, Layout.Line line, PaperKind kind, LocalDate day) {
        return own(tenantId).stream()
                .filter(one -> one.line() == line
                        && one.kind() == kind
                        && !one.validFrom().isAfter(day))
                .max(Comparator.comparing(TypeSign::validFrom))
                .or(() -> shipped().stream()
                        .filter(one -> one.line() == line
                                && one.kind() == kind
                                && !one.validFrom().isAfter(day))
                        .max(Comparator.comparing(TypeSign::validFrom)));
    }

    List<TypeSign> shipped() {
        return shipped.stream()
                .map(one -> new TypeSign(
                        one.line(),
                        PaperKind.of(one.kind()),
                        one.validFrom(),
                        one.sign(),
                        one.legalBasis(),
                        null,
                        null))
                .toList();
    }

    /** The body's own signs of types, the newest first. */
    List<TypeSign> own(UUID tenantId) {
        return jdbc.sql("""
                        select line, kind, valid_from, sign, legal_basis, set_by, set_at
                        from documents.type_sign
                        where tenant_id = ?
                        order by valid_from desc, line, kind
                        limit ?
                        """)
                .params(tenantId, MOST)
                .query((row, n) -> new TypeSign(
                        line(row.getString("line")),
                        PaperKind.of(row.getString("kind")),
                        row.getObject("valid_from", LocalDate.class),
                        row.getString("sign"),
                        row.getString("legal_basis"),
                        row.getObject("set_by", UUID.class),
                        row.getTimestamp("set_at").toInstant()))
                .list();
    }

    /** How a unit signs on a day; empty while nobody has entered it. */
    Optional<IssuerSign> issuer(UUID tenantId, UUID unitId, Layout.Line line, LocalDate day) {
        return issuers(tenantId, unitId).stream()
                .filter(one -> one.line() == line && !one.validFrom().isAfter(day))
                .findFirst();
    }

    /** All that were entered for a unit, the newest first. */
    List<IssuerSign> issuers(UUID tenantId, UUID unitId) {
        return jdbc.sql("""
                        select line, valid_from, sign, place, legal_basis, set_by, set_at
                        from documents.issuer_sign
                        where tenant_id = ? and unit_id = ?
                        order by valid_from desc, line
                        limit ?
                        """)
                .params(tenantId, unitId, MOST)
                .query((row, n) -> new IssuerSign(
                        line(row.getString("line")),
                        row.getObject("valid_from", LocalDate.class),
                        row.getString("sign"),
                        row.getString("place"),
                        row.getString("legal_basis"),
                        row.getObject("set_by", UUID.class),
                        row.getTimestamp("set_at").toInstant()))
                .list();
    }

    /** False when there is one of that day: it is never changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean setType(
            UUID tenantId, Layout.Line line, PaperKind kind, LocalDate validFrom, String sign, String basis, UUID by) {
        boolean set = jdbc.sql("""
                                insert into documents.type_sign (tenant_id, line, kind, valid_from, sign, legal_basis, set_by, set_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, line, kind, valid_from) do nothing
                                """)
                        .params(
                                tenantId,
                                Numbering.code(line),
                                kind.code(),
                                Date.valueOf(validFrom),
                                sign,
                                basis,
                                by,
                                Timestamp.from(now()))
                        .update()
                == 1;
        if (set) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("line", Numbering.code(line));
            facts.put("kind", kind.code());
            facts.put("validFrom", validFrom.toString());
            facts.put("sign", sign);
            facts.put("legalBasis", basis);
            ledger.append(new Act(tenantId, "documents.type-sign-set", tenantId, by, facts)
                    .with(Piece.of(
                            ContentEvidence.TYPE_SIGN, Numbering.code(line), kind.code(), Date.valueOf(validFrom))));
        }
        return set;
    }

    /** False when there is one of that day: it is never changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean setIssuer(
            UUID tenantId,
            UUID unitId,
            Layout.Line line,
            LocalDate validFrom,
            String sign,
            String place,
            String basis,
            UUID by) {
        boolean set = jdbc.sql("""
                                insert into documents.issuer_sign
                                    (tenant_id, unit_id, line, valid_from, sign, place, legal_basis, set_by, set_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, unit_id, line, valid_from) do nothing
                                """)
                        .params(
                                tenantId,
                                unitId,
                                Numbering.code(line),
                                Date.valueOf(validFrom),
                                sign,
                                place,
                                basis,
                                by,
                                Timestamp.from(now()))
                        .update()
                == 1;
        if (set) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("unit", unitId.toString());
            facts.put("line", Numbering.code(line));
            facts.put("validFrom", validFrom.toString());
            facts.put("sign", sign);
            facts.put("place", place);
            facts.put("legalBasis", basis);
            ledger.append(new Act(tenantId, "documents.issuer-sign-set", unitId, by, facts)
                    .with(Piece.of(
                            ContentEvidence.ISSUER_SIGN, unitId, Numbering.code(line), Date.valueOf(validFrom))));
        }
        return set;
    }

    static Layout.Line line(String code) {
        return Layout.Line.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
