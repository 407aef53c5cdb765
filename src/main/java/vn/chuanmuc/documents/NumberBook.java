package vn.chuanmuc.documents;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Numbering.Period;
import vn.chuanmuc.documents.Numbering.Rule;
import vn.chuanmuc.documents.Numbering.Term;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.office.Layout;

/**
 * The book of numbers, for those who keep it: which rule holds for which line from when, the terms of a unit's committee, and the last
 * number of every run. A rule or a term from a day on for which numbers were given already is refused: those numbers would be of
 * another run than they say.
 */
@Component
public class NumberBook {
    /** What stands as a rule's or a term's basis while no document is known. */
    public static final String NO_BASIS = "Chưa có căn cứ";

    private static final Timestamp FOR_EVER = Timestamp.from(Instant.parse("9999-01-01T00:00:00Z"));
    private static final int LONGEST_BASIS = 500;
    private static final int LONGEST_NAME = 100;
    private static final int MOST = 200;

    private final Numbering numbering;
    private final Access access;
    private final Units units;
    private final JdbcClient jdbc;
    private final Clock clock;

    NumberBook(Numbering numbering, Access access, Units units, JdbcClient jdbc, Clock clock) {
        this.numbering = numbering;
        this.access = access;
        this.units = units;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param now whether it holds today; {@code own}: the body's, not one that ships; the setter is null for what ships */
    public record RuleLine(
            Rule rule,
            boolean now,
            boolean own,
            @Nullable UUID setBy,
            @Nullable Instant setAt) {}

    /** @param lastDay its last day as it follows from what was entered; null while it is open */
    public record TermLine(Term term, @Nullable LocalDate lastDay, boolean now, UUID setBy, Instant setAt) {}

    /**
     * One run of numbers of a unit.
     *
     * @param period the year, or the name of the term
     * @param last the last number given, {@code lastAt} when, {@code lastDay} on a paper of which day; null where it was not kept
     * @param cancelled how many of its numbers are not used
     */
    public record Run(
            Layout.Line line,
            String documentType,
            String period,
            int last,
            Instant lastAt,
            @Nullable LocalDate lastDay,
            int cancelled) {}

    /** What came of entering something. */
    public sealed interface Entered {
        record Done() implements Entered {}

        record Refused(Map<String, Reason> byField) implements Entered {}
    }

    /** The rules of both lines, the newest of each first. */
    public List<RuleLine> rules(UUID tenantId) {
        return rules(tenantId, null);
    }

    /** @param day those that held on it or before; null for today, with what is to come */
    public List<RuleLine> rules(UUID tenantId, @Nullable LocalDate day) {
        LocalDate today = day == null ? today() : day;
        var all = new ArrayList<RuleLine>();
        for (Layout.Line line : Layout.Line.values()) {
            Rule now = numbering.rule(tenantId, line, today).orElse(null);
            List<RuleLine> lines = new ArrayList<>(own(tenantId, line, now));
            numbering.shipped().stream()
                    .filter(rule -> rule.line() == line)
                    .forEach(rule -> lines.add(new RuleLine(rule, rule.equals(now), false, null, null)));
            lines.removeIf(one -> day != null && one.rule().validFrom().isAfter(day));
            lines.sort(Comparator.comparing((RuleLine one) -> one.rule().validFrom())
                    .reversed());
            all.addAll(lines);
        }
        return all;
    }

    private List<RuleLine> own(UUID tenantId, Layout.Line line, @Nullable Rule now) {
        return jdbc.sql("""
                        select valid_from, period, legal_basis, set_by, set_at
                        from documents.number_rule
                        where tenant_id = ? and line = ?
                        order by valid_from desc
                        limit ?
                        """)
                .params(tenantId, Numbering.code(line), MOST)
                .query((row, n) -> {
                    var rule = new Rule(
                            line,
                            row.getDate("valid_from").toLocalDate(),
                            Period.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                            row.getString("legal_basis"),
                            true);
                    return new RuleLine(
                            rule,
                            rule.equals(now),
                            true,
                            row.getObject("set_by", UUID.class),
                            row.getTimestamp("set_at").toInstant());
                })
                .list();
    }

    /** The terms of a unit's committee, the newest first. */
    public List<TermLine> terms(Viewer viewer, UUID unitId) {
        return terms(viewer, unitId, null);
    }

    /** @param day those that began by it, ended as far as they had then; null for today, with what is to come */
    public List<TermLine> terms(Viewer viewer, UUID unitId, @Nullable LocalDate day) {
        requireRead(viewer, unitId);
        record Row(Term term, UUID by, Instant at) {}
        List<Row> rows = jdbc.sql("""
                        select id, name, begins, ends, legal_basis, set_by, set_at
                        from documents.term
                        where tenant_id = ? and unit_id = ? and begins <= coalesce(cast(? as date), 'infinity')
                        order by begins desc
                        limit ?
                        """)
                .params(viewer.tenantId(), unitId)
                .param(day == null ? null : Date.valueOf(day))
                .param(MOST)
                .query((row, n) -> new Row(
                        Numbering.term(row, unitId),
                        row.getObject("set_by", UUID.class),
                        row.getTimestamp("set_at").toInstant()))
                .list();
        LocalDate today = day == null ? today() : day;
        Optional<UUID> now = numbering.term(viewer.tenantId(), unitId, today).map(Term::id);
        var terms = new ArrayList<TermLine>();
        LocalDate next = null;
        for (Row row : rows) {
            LocalDate ends = row.term().ends();
            LocalDate before = next == null ? null : next.minusDays(1);
            LocalDate last = ends == null || before != null && before.isBefore(ends) ? before : ends;
            terms.add(new TermLine(
                    row.term(), last, now.filter(row.term().id()::equals).isPresent(), row.by(), row.at()));
            next = row.term().begins();
        }
        return terms;
    }

    /** Every run of numbers of a unit, the one used last first. */
    public List<Run> runs(Viewer viewer, UUID unitId) {
        return runs(viewer, unitId, null);
    }

    /** @param end as they stood before that moment; null for now */
    public List<Run> runs(Viewer viewer, UUID unitId, @Nullable Instant end) {
        requireRead(viewer, unitId);
        return jdbc.sql("""
                        select s.line, s.document_type, coalesce(t.name, s.period) as period, n.number as last, n.taken_at, n.day,
                               (select count(*) from documents.number_cancellation c
                                where c.tenant_id = s.tenant_id and c.series_id = s.id and c.cancelled_at < :end) as cancelled
                        from documents.number_series s
                        cross join lateral (
                            select n.number, n.taken_at, n.day from documents.number n
                            where n.tenant_id = s.tenant_id and n.series_id = s.id and n.taken_at < :end
                            order by n.number desc limit 1) n
                        left join documents.term t on t.tenant_id = s.tenant_id and t.id::text = s.period
                        where s.tenant_id = :tenant and s.unit_id = :unit
                        order by n.taken_at desc, s.id
                        limit :limit
                        """)
                .param("tenant", viewer.tenantId())
                .param("unit", unitId)
                .param("limit", MOST)
                .param("end", end == null ? FOR_EVER : Timestamp.from(end))
                .query((row, n) -> new Run(
                        Layout.Line.valueOf(row.getString("line").toUpperCase(Locale.ROOT)),
                        row.getString("document_type"),
                        row.getString("period"),
                        row.getInt("last"),
                        row.getTimestamp("taken_at").toInstant(),
                        row.getObject("day", LocalDate.class),
                        row.getInt("cancelled")))
                .list();
    }

    private void requireRead(Viewer viewer, UUID unitId) {
        if (!access.covers(viewer, Permission.MANAGE_UNITS, unitId)) {
            access.require(viewer, Permission.READ_LEDGER, unitId);
        }
    }

    /** Whether the viewer sets rules, which hold for the whole body. */
    public boolean maySetRules(Viewer viewer) {
        return access.covers(viewer, Permission.MANAGE_UNITS, units.root(viewer.tenantId()));
    }

    /** Whether the viewer enters terms of the unit's committee. */
    public boolean mayEnterTerms(Viewer viewer, UUID unitId) {
        return access.covers(viewer, Permission.MANAGE_UNITS, unitId);
    }

    /**
     * Enters a term of a unit's committee.
     *
     * @param ends its last day; null while nobody knows it
     * @param legalBasis the document; blank only with {@code noBasis}
     */
    @Transactional
    public Entered enterTerm(
            Viewer viewer,
            UUID unitId,
            String name,
            LocalDate begins,
            @Nullable LocalDate ends,
            String legalBasis,
            boolean noBasis) {
        access.require(viewer, Permission.MANAGE_UNITS, unitId);
        UUID tenant = viewer.tenantId();
        var wrong = new LinkedHashMap<String, Reason>();
        String called = Texts.oneLine(name);
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            wrong.put("ten", Reason.of("documents.term.name.wrong", LONGEST_NAME));
        }
        if (ends != null && ends.isBefore(begins)) {
            wrong.put("den-ngay", Reason.of("documents.term.ends.early", begins));
        }
        String basis = basis(legalBasis, noBasis, wrong);
        if (!wrong.isEmpty()) {
            return new Entered.Refused(wrong);
        }
        numbering.holdAlone(tenant);
        Optional<LocalDate> last = lastDay(tenant, unitId, begins);
        if (last.isPresent()) {
            return new Entered.Refused(Map.of("tu-ngay", Reason.of("documents.term.numbers-given", last.get())));
        }
        return numbering
                        .addTerm(tenant, unitId, called, begins, ends, basis, viewer.accountId())
                        .isPresent()
                ? new Entered.Done()
                : new Entered.Refused(Map.of("tu-ngay", Reason.of("documents.term.twice", begins)));
    }

    /** The last day of a paper that bears a number of a term and whose day the new term would take. */
    private Optional<LocalDate> lastDay(UUID tenantId, UUID unitId, LocalDate begins) {
        return jdbc.sql("""
                        select max(coalesce(n.day, (n.taken_at at time zone 'Asia/Ho_Chi_Minh')::date)) as last
                        from documents.number_series s
                        join documents.term t on t.tenant_id = s.tenant_id and t.id::text = s.period
                        join documents.number n on n.tenant_id = s.tenant_id and n.series_id = s.id
                        where s.tenant_id = :tenant and s.unit_id = :unit
                          and coalesce(n.day, (n.taken_at at time zone 'Asia/Ho_Chi_Minh')::date) >= :begins
                          and t.begins < :begins
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("begins", Date.valueOf(begins))
                .query((row, n) -> Optional.ofNullable(row.getObject("last", LocalDate.class)))
                .single();
    }

    /** Sets the body's own rule for a line from a day on. */
    @Transactional
    public Entered setRule(
            Viewer viewer,
            String lineCode,
            LocalDate validFrom,
            String periodCode,
            String legalBasis,
            boolean noBasis) {
        access.require(viewer, Permission.MANAGE_UNITS, units.root(viewer.tenantId()));
        UUID tenant = viewer.tenantId();
        var wrong = new LinkedHashMap<String, Reason>();
        Layout.Line line = Arrays.stream(Layout.Line.values())
                .filter(one -> Numbering.code(one).equals(lineCode))
                .findFirst()
                .orElse(null);
        if (line == null) {
            wrong.put("tuyen", Reason.of("documents.rule.line.wrong"));
        }
        Period period = Arrays.stream(Period.values())
                .filter(one -> one.code().equals(periodCode))
                .findFirst()
                .orElse(null);
        if (period == null) {
            wrong.put("ky", Reason.of("documents.rule.period.wrong"));
        }
        String basis = basis(legalBasis, noBasis, wrong);
        if (line == null || period == null || !wrong.isEmpty()) {
            return new Entered.Refused(wrong);
        }
        numbering.holdAlone(tenant);
        Optional<LocalDate> last = jdbc.sql("""
                        select max(coalesce(n.day, (n.taken_at at time zone 'Asia/Ho_Chi_Minh')::date)) as last
                        from documents.number_series s
                        join documents.number n on n.tenant_id = s.tenant_id and n.series_id = s.id
                        where s.tenant_id = ? and s.line = ?
                        """)
                .params(tenant, lineCode)
                .query((row, n) -> Optional.ofNullable(row.getObject("last", LocalDate.class)))
                .single()
                .filter(day -> !day.isBefore(validFrom));
        if (last.isPresent()) {
            return new Entered.Refused(Map.of("hieu-luc", Reason.of("documents.rule.numbers-given", last.get())));
        }
        return numbering.setRule(tenant, new Rule(line, validFrom, period, basis, true), viewer.accountId())
                ? new Entered.Done()
                : new Entered.Refused(Map.of("hieu-luc", Reason.of("documents.rule.twice", validFrom)));
    }

    private static String basis(String legalBasis, boolean noBasis, Map<String, Reason> wrong) {
        String basis = Texts.oneLine(legalBasis);
        if (noBasis && basis.isEmpty()) {
            return NO_BASIS;
        }
        if (noBasis) {
            wrong.put("can-cu", Reason.of("documents.basis.both"));
        } else if (basis.isEmpty() || basis.length() > LONGEST_BASIS) {
            wrong.put("can-cu", Reason.of("documents.basis.missing", LONGEST_BASIS));
        }
        return basis;
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
