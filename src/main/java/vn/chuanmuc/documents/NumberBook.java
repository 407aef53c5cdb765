package vn.chuanmuc.documents;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;

/**
 * The book of numbers, for those who keep it: which rule holds for which line from when, the signs beside a number, the terms of a unit's
 * committee, every number of every run, and numbers that were given on paper. A rule or a term from a day on for which numbers were given
 * already is refused: those numbers would be of another run than they say. A basis is empty where none is known.
 */
@Component
public class NumberBook {
    private static final int LONGEST_BASIS = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SIGN = 40;
    private static final int LONGEST_TYPE = 20;
    private static final int LONGEST_PLACE = 60;
    private static final int LONGEST_REASON = 1_000;
    private static final int MOST_NUMBER = 1_000_000;
    private static final int MOST = 200;

    /** Any of these opens the book of a unit. */
    public static final List<Permission> READERS =
            List.of(Permission.MANAGE_UNITS, Permission.READ_LEDGER, Permission.COMPILE_LIST, Permission.APPROVE_LIST);

    private final Numbering numbering;
    private final NumberSigns signs;
    private final Ledger ledger;
    private final Access access;
    private final Units units;
    private final JdbcClient jdbc;
    private final Clock clock;

    NumberBook(
            Numbering numbering,
            NumberSigns signs,
            Ledger ledger,
            Access access,
            Units units,
            JdbcClient jdbc,
            Clock clock) {
        this.numbering = numbering;
        this.signs = signs;
        this.ledger = ledger;
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

    /** The sign of a type of paper. @param now whether it holds today, {@code own} whether it is the body's; the setter is null for what ships */
    public record TypeLine(
            Layout.Line line,
            PaperKind kind,
            LocalDate validFrom,
            String sign,
            String legalBasis,
            boolean now,
            boolean own,
            @Nullable UUID setBy,
            @Nullable Instant setAt) {}

    /** How a unit signs. */
    public record IssuerLine(
            Layout.Line line,
            LocalDate validFrom,
            String sign,
            String place,
            String legalBasis,
            boolean now,
            UUID setBy,
            Instant setAt) {}

    /**
     * One run of numbers of a unit.
     *
     * @param period the year, or the name of the term
     * @param last the last number that is used, 0 before any was; {@code lastAt} when the product gave one last, {@code lastDay} on a paper of which day: null
     *     where it gave none, or the day was not kept
     * @param cancelled how many of its numbers are on papers that count no more
     * @param onPaper how many were given on paper
     */
    public record Run(
            UUID id,
            UUID unitId,
            Layout.Line line,
            String documentType,
            String period,
            int last,
            @Nullable Instant lastAt,
            @Nullable LocalDate lastDay,
            int cancelled,
            int onPaper) {}

    /**
     * A line of the book: one number, or several that were given on paper.
     *
     * @param bearing of the paper that bears it; null where it was given on paper, or before such things were kept
     * @param note why it counts no more, or why it is not in the product; empty otherwise
     */
    public record BookLine(
            int first,
            int last,
            boolean onPaper,
            @Nullable Bearing bearing,
            String note,
            @Nullable LocalDate day,
            UUID by,
            Instant at) {}

    /** The book of one run. @param all how many lines there are */
    public record Book(Run run, String unitName, List<BookLine> lines, long all) {}

    /**
     * Numbers that somebody says were given on paper.
     *
     * @param period the year, or the name of the term
     * @param answeredBy null while it waits; {@code first} null unless it was confirmed
     */
    public record Reservation(
            UUID id,
            UUID unitId,
            Layout.Line line,
            String documentType,
            String period,
            int upTo,
            String reason,
            UUID askedBy,
            Instant askedAt,
            @Nullable UUID answeredBy,
            @Nullable Instant answeredAt,
            @Nullable Integer first,
            String answer) {
        public boolean waits() {
            return answeredBy == null;
        }
    }

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

    private static final String RUN = """
            select s.id, s.unit_id, s.line, s.document_type, coalesce(t.name, s.period) as period,
                   greatest(n.number, p.last) as last, n.taken_at, n.day, p.numbers as on_paper,
                   (select count(*) from documents.number_cancellation c
                    where c.tenant_id = s.tenant_id and c.series_id = s.id
                      and c.cancelled_at < coalesce(cast(:end as timestamptz), 'infinity')) as cancelled
            from documents.number_series s
            left join lateral (
                select g.number, g.taken_at, g.day from documents.number g
                where g.tenant_id = s.tenant_id and g.series_id = s.id
                  and g.taken_at < coalesce(cast(:end as timestamptz), 'infinity')
                order by g.number desc
                limit 1) n on true
            cross join lateral (
                select max(a.last) as last, coalesce(sum(a.last - a.first + 1), 0) as numbers
                from documents.number_reservation_answer a
                where a.tenant_id = s.tenant_id and a.series_id = s.id
                  and a.answered_at < coalesce(cast(:end as timestamptz), 'infinity')) p
            left join documents.term t on t.tenant_id = s.tenant_id and t.id::text = s.period
            """;

    private static Run run(ResultSet row, int n) throws SQLException {
        Timestamp at = row.getTimestamp("taken_at");
        return new Run(
                row.getObject("id", UUID.class),
                row.getObject("unit_id", UUID.class),
                NumberSigns.line(row.getString("line")),
                row.getString("document_type"),
                row.getString("period"),
                row.getInt("last"),
                at == null ? null : at.toInstant(),
                row.getObject("day", LocalDate.class),
                row.getInt("cancelled"),
                row.getInt("on_paper"));
    }

    /** Every run of numbers of a unit, the one used last first. */
    public List<Run> runs(Viewer viewer, UUID unitId) {
        return runs(viewer, unitId, null);
    }

    /** @param end as they stood before that moment; null for now */
    public List<Run> runs(Viewer viewer, UUID unitId, @Nullable Instant end) {
        requireRead(viewer, unitId);
        return jdbc.sql(RUN + """
                        where s.tenant_id = :tenant and s.unit_id = :unit and greatest(n.number, p.last) is not null
                        order by n.taken_at desc nulls last, s.id
                        limit :limit
                        """)
                .param("tenant", viewer.tenantId())
                .param("unit", unitId)
                .param("limit", MOST)
                .param("end", end == null ? null : Timestamp.from(end))
                .query(NumberBook::run)
                .list();
    }

    /** The book of a run, the newest number first. @param end as it stood before that moment; null for now */
    @Transactional(readOnly = true)
    public Book book(Viewer viewer, UUID runId, @Nullable Instant end, int offset, int limit) {
        UUID tenant = viewer.tenantId();
        Timestamp until = end == null ? null : Timestamp.from(end);
        Run run = jdbc.sql(RUN + "where s.tenant_id = :tenant and s.id = :run")
                .param("tenant", tenant)
                .param("run", runId)
                .param("end", until)
                .query(NumberBook::run)
                .optional()
                .orElseThrow(() -> new NotFound("run of numbers"));
        if (!mayRead(viewer, run.unitId())) {
            throw new NotFound("run of numbers");
        }
        record Row(
                int first,
                int last,
                @Nullable UUID subject,
                String note,
                @Nullable LocalDate day,
                UUID by,
                Instant at) {}
        List<Row> rows = jdbc.sql("""
                        select n.number as first, n.number as last, n.subject_id, coalesce(c.reason, '') as note, n.day,
                               n.taken_by as done_by, n.taken_at as done_at
                        from documents.number n
                        left join documents.number_cancellation c
                            on c.tenant_id = n.tenant_id and c.series_id = n.series_id and c.number = n.number
                               and c.cancelled_at < coalesce(cast(:end as timestamptz), 'infinity')
                        where n.tenant_id = :tenant and n.series_id = :run
                          and n.taken_at < coalesce(cast(:end as timestamptz), 'infinity')
                        union all
                        select a.first, a.last, null, r.reason, null, r.asked_by, a.answered_at
                        from documents.number_reservation_answer a
                        join documents.number_reservation r on r.tenant_id = a.tenant_id and r.id = a.reservation_id
                        where a.tenant_id = :tenant and a.series_id = :run
                          and a.answered_at < coalesce(cast(:end as timestamptz), 'infinity')
                        order by first desc
                        limit :limit offset :offset
                        """)
                .param("tenant", tenant)
                .param("run", runId)
                .param("end", until)
                .param("limit", Math.min(limit, MOST))
                .param("offset", offset)
                .query((row, n) -> new Row(
                        row.getInt("first"),
                        row.getInt("last"),
                        row.getObject("subject_id", UUID.class),
                        row.getString("note"),
                        row.getObject("day", LocalDate.class),
                        row.getObject("done_by", UUID.class),
                        row.getTimestamp("done_at").toInstant()))
                .list();
        Map<Integer, Bearing> bearings =
                numbering.inRun(tenant, runId, rows.stream().map(Row::first).toList());
        List<BookLine> lines = rows.stream()
                .map(row -> new BookLine(
                        row.first(),
                        row.last(),
                        row.subject() == null,
                        row.subject() == null ? null : bearings.get(row.first()),
                        row.note(),
                        row.day(),
                        row.by(),
                        row.at()))
                .toList();
        long all = jdbc.sql("""
                        select (select count(*) from documents.number n where n.tenant_id = :tenant and n.series_id = :run
                                  and n.taken_at < coalesce(cast(:end as timestamptz), 'infinity'))
                             + (select count(*) from documents.number_reservation_answer a
                                where a.tenant_id = :tenant and a.series_id = :run
                                  and a.answered_at < coalesce(cast(:end as timestamptz), 'infinity'))
                        """)
                .param("tenant", tenant)
                .param("run", runId)
                .param("end", until)
                .query((row, n) -> row.getLong(1))
                .single();
        return new Book(run, units.names(tenant, List.of(run.unitId())).getOrDefault(run.unitId(), ""), lines, all);
    }

    private boolean mayRead(Viewer viewer, UUID unitId) {
        return READERS.stream().anyMatch(permission -> access.covers(viewer, permission, unitId));
    }

    private void requireRead(Viewer viewer, UUID unitId) {
        if (!mayRead(viewer, unitId)) {
            access.require(viewer, Permission.READ_LEDGER, unitId);
        }
    }

    /** Whether the viewer keeps the unit's book: says how it signs, and which numbers were given on paper. */
    public boolean mayKeep(Viewer viewer, UUID unitId) {
        return access.covers(viewer, Permission.COMPILE_LIST, unitId)
                || access.covers(viewer, Permission.MANAGE_UNITS, unitId);
    }

    private void requireKeep(Viewer viewer, UUID unitId) {
        if (!mayKeep(viewer, unitId)) {
            access.require(viewer, Permission.COMPILE_LIST, unitId);
        }
    }

    /** Whether the viewer says yes or no to numbers that somebody else says were given on paper. */
    public boolean mayAnswer(Viewer viewer, UUID unitId) {
        return access.covers(viewer, Permission.APPROVE_LIST, unitId)
                || access.covers(viewer, Permission.MANAGE_UNITS, unitId);
    }

    /** The signs of the types of papers, those of one type together, the newest first. */
    public List<TypeLine> types(UUID tenantId) {
        return types(tenantId, null);
    }

    /** @param day those that held on it or before; null for today, with what is to come */
    public List<TypeLine> types(UUID tenantId, @Nullable LocalDate day) {
        LocalDate today = day == null ? today() : day;
        List<NumberSigns.TypeSign> own = signs.own(tenantId);
        var lines = new ArrayList<TypeLine>();
        for (Layout.Line line : Layout.Line.values()) {
            for (PaperKind kind : PaperKind.values()) {
                NumberSigns.TypeSign now =
                        signs.type(tenantId, line, kind, today).orElse(null);
                Stream.concat(own.stream(), signs.shipped().stream())
                        .filter(one -> one.line() == line && one.kind() == kind)
                        .filter(one -> day == null || !one.validFrom().isAfter(day))
                        .map(one -> new TypeLine(
                                line,
                                kind,
                                one.validFrom(),
                                one.sign(),
                                one.legalBasis(),
                                one.equals(now),
                                one.setBy() != null,
                                one.setBy(),
                                one.setAt()))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /** How a unit signs its papers, the newest first. */
    public List<IssuerLine> issuers(Viewer viewer, UUID unitId) {
        return issuers(viewer, unitId, null);
    }

    /** @param day those that held on it or before; null for today, with what is to come */
    public List<IssuerLine> issuers(Viewer viewer, UUID unitId, @Nullable LocalDate day) {
        requireRead(viewer, unitId);
        LocalDate today = day == null ? today() : day;
        List<NumberSigns.IssuerSign> all = signs.issuers(viewer.tenantId(), unitId);
        return all.stream()
                .filter(one -> day == null || !one.validFrom().isAfter(day))
                .map(one -> new IssuerLine(
                        one.line(),
                        one.validFrom(),
                        one.sign(),
                        one.place(),
                        one.legalBasis(),
                        signs.issuer(viewer.tenantId(), unitId, one.line(), today)
                                .filter(one::equals)
                                .isPresent(),
                        one.setBy(),
                        one.setAt()))
                .toList();
    }

    /** Says how a unit signs its papers of a line from a day on, and where it issues them. @param place empty: the pen fills it in */
    @Transactional
    public Entered setIssuer(
            Viewer viewer,
            UUID unitId,
            String lineCode,
            LocalDate validFrom,
            String sign,
            String place,
            String legalBasis,
            boolean noBasis) {
        requireKeep(viewer, unitId);
        var wrong = new LinkedHashMap<String, Reason>();
        Layout.Line line = line(lineCode, "kh-tuyen", wrong);
        String written = Texts.oneLine(sign);
        if (written.isEmpty() || written.length() > LONGEST_SIGN) {
            wrong.put("kh-ky-hieu", Reason.of("documents.sign.wrong", LONGEST_SIGN));
        }
        String at = Texts.oneLine(place);
        if (at.length() > LONGEST_PLACE) {
            wrong.put("kh-dia-danh", Reason.of("documents.place.wrong", LONGEST_PLACE));
        }
        String basis = basis(legalBasis, noBasis, wrong);
        if (line == null || !wrong.isEmpty()) {
            return new Entered.Refused(wrong);
        }
        return signs.setIssuer(viewer.tenantId(), unitId, line, validFrom, written, at, basis, viewer.accountId())
                ? new Entered.Done()
                : new Entered.Refused(Map.of("kh-tu-ngay", Reason.of("documents.sign.twice", validFrom)));
    }

    /** Sets the body's own sign of a type of paper from a day on. */
    @Transactional
    public Entered setType(
            Viewer viewer,
            String lineCode,
            String kindCode,
            LocalDate validFrom,
            String sign,
            String legalBasis,
            boolean noBasis) {
        access.require(viewer, Permission.MANAGE_UNITS, units.root(viewer.tenantId()));
        var wrong = new LinkedHashMap<String, Reason>();
        Layout.Line line = line(lineCode, "lo-tuyen", wrong);
        PaperKind kind = PaperKind.find(kindCode).orElse(null);
        if (kind == null) {
            wrong.put("lo-loai", Reason.of("documents.type.kind.wrong"));
        }
        String written = Texts.oneLine(sign);
        if (written.isEmpty() || written.length() > LONGEST_TYPE) {
            wrong.put("lo-ky-hieu", Reason.of("documents.sign.wrong", LONGEST_TYPE));
        }
        String basis = basis(legalBasis, noBasis, wrong);
        if (line == null || kind == null || !wrong.isEmpty()) {
            return new Entered.Refused(wrong);
        }
        return signs.setType(viewer.tenantId(), line, kind, validFrom, written, basis, viewer.accountId())
                ? new Entered.Done()
                : new Entered.Refused(Map.of("lo-tu-ngay", Reason.of("documents.type.twice", validFrom)));
    }

    private static Layout.@Nullable Line line(String code, String field, Map<String, Reason> wrong) {
        Layout.Line line = Arrays.stream(Layout.Line.values())
                .filter(one -> Numbering.code(one).equals(code))
                .findFirst()
                .orElse(null);
        if (line == null) {
            wrong.put(field, Reason.of("documents.rule.line.wrong"));
        }
        return line;
    }

    /** What the run of today would give next, for each line and type of paper of a unit that has one. */
    public Optional<Integer> last(Viewer viewer, UUID unitId, Layout.Line line, PaperKind kind) {
        return numbering.prospect(viewer.tenantId(), unitId, line, kind, today())
                        instanceof Numbering.Prospect.Ready(var outlook)
                ? Optional.of(outlook.next() - 1)
                : Optional.empty();
    }

    /**
     * Says that the numbers of today's run up to one were given outside the product. They count as used once another person confirms it.
     *
     * @param upTo as it is typed
     */
    @Transactional
    public Entered reserve(Viewer viewer, UUID unitId, String lineCode, String kindCode, String upTo, String reason) {
        requireKeep(viewer, unitId);
        UUID tenant = viewer.tenantId();
        var wrong = new LinkedHashMap<String, Reason>();
        Layout.Line line = line(lineCode, "gs-tuyen", wrong);
        PaperKind kind = PaperKind.find(kindCode).orElse(null);
        if (kind == null) {
            wrong.put("gs-loai", Reason.of("documents.type.kind.wrong"));
        }
        int number = upTo.strip().matches("[0-9]{1,7}") ? Integer.parseInt(upTo.strip()) : 0;
        if (number < 1 || number > MOST_NUMBER) {
            wrong.put("gs-den-so", Reason.of("documents.reserve.number.wrong"));
        }
        String why = Texts.nfc(reason).strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            wrong.put("gs-ly-do", Reason.of("documents.reserve.reason.wrong", LONGEST_REASON));
        }
        if (line == null || kind == null || !wrong.isEmpty()) {
            return new Entered.Refused(wrong);
        }
        LocalDate today = today();
        Optional<Integer> last = last(viewer, unitId, line, kind);
        Optional<Rule> rule = numbering.rule(tenant, line, today);
        Optional<NumberSigns.TypeSign> type = signs.type(tenant, line, kind, today);
        Optional<String> period = rule.flatMap(one -> numbering.period(tenant, unitId, one, today));
        if (last.isEmpty() || type.isEmpty() || period.isEmpty()) {
            return new Entered.Refused(Map.of(
                    "gs-loai",
                    rule.isEmpty()
                            ? Reason.of("documents.numbering.no-rule", today)
                            : Reason.of("documents.numbering.no-term", today)));
        }
        if (number <= last.get()) {
            return new Entered.Refused(
                    Map.of("gs-den-so", Reason.of("documents.reserve.given", String.valueOf(last.get()))));
        }
        boolean waiting = reservations(viewer, unitId).stream()
                .anyMatch(one -> one.waits()
                        && one.line() == line
                        && one.documentType().equals(type.get().sign())
                        && one.upTo() == number);
        if (waiting) {
            return new Entered.Done(); // a second click
        }
        UUID id = Ids.next();
        int rows = jdbc.sql("""
                        insert into documents.number_reservation
                            (tenant_id, id, unit_id, line, document_type, period, up_to, reason, asked_by, asked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        tenant,
                        id,
                        unitId,
                        lineCode,
                        type.get().sign(),
                        period.get(),
                        number,
                        why,
                        viewer.accountId(),
                        Timestamp.from(now()))
                .update();
        Check.that(rows == 1, "a reservation is one row");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", unitId.toString());
        facts.put("line", lineCode);
        facts.put("type", type.get().sign());
        facts.put("period", period.get());
        facts.put("upTo", number);
        facts.put("reason", why);
        ledger.append(new Act(tenant, "documents.numbers-reported", id, viewer.accountId(), facts)
                .with(Piece.of(ContentEvidence.RESERVATION, id)));
        return new Entered.Done();
    }

    private static final String RESERVED = """
            select r.id, r.unit_id, r.line, r.document_type, coalesce(t.name, r.period) as period, r.up_to, r.reason, r.asked_by,
                   r.asked_at, a.answered_by, a.answered_at, a.first, coalesce(a.reason, '') as answer
            from documents.number_reservation r
            left join documents.number_reservation_answer a
                on a.tenant_id = r.tenant_id and a.reservation_id = r.id and a.answered_at < coalesce(cast(:end as timestamptz), 'infinity')
            left join documents.term t on t.tenant_id = r.tenant_id and t.id::text = r.period
            """;

    private static Reservation reservation(ResultSet row, int n) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        return new Reservation(
                row.getObject("id", UUID.class),
                row.getObject("unit_id", UUID.class),
                NumberSigns.line(row.getString("line")),
                row.getString("document_type"),
                row.getString("period"),
                row.getInt("up_to"),
                row.getString("reason"),
                row.getObject("asked_by", UUID.class),
                row.getTimestamp("asked_at").toInstant(),
                row.getObject("answered_by", UUID.class),
                answered == null ? null : answered.toInstant(),
                row.getObject("first", Integer.class),
                row.getString("answer"));
    }

    /** Numbers of a unit that somebody says were given on paper, the newest first. */
    public List<Reservation> reservations(Viewer viewer, UUID unitId) {
        return reservations(viewer, unitId, null);
    }

    /** @param end as they stood before that moment; null for now */
    public List<Reservation> reservations(Viewer viewer, UUID unitId, @Nullable Instant end) {
        requireRead(viewer, unitId);
        return jdbc.sql(RESERVED + """
                        where r.tenant_id = :tenant and r.unit_id = :unit
                          and r.asked_at < coalesce(cast(:end as timestamptz), 'infinity')
                        order by r.asked_at desc, r.id
                        limit :limit
                        """)
                .param("tenant", viewer.tenantId())
                .param("unit", unitId)
                .param("limit", MOST)
                .param("end", end == null ? null : Timestamp.from(end))
                .query(NumberBook::reservation)
                .list();
    }

    /** Those that wait for the viewer, who may not have asked themselves; the oldest first. */
    List<Reservation> waiting(Viewer viewer) {
        UUID[] held = Stream.of(Permission.APPROVE_LIST, Permission.MANAGE_UNITS)
                .flatMap(permission -> Arrays.stream(viewer.unitsWith(permission)))
                .distinct()
                .toArray(UUID[]::new);
        return held.length == 0
                ? List.of()
                : jdbc.sql(RESERVED + """
                                where r.tenant_id = :tenant and a.reservation_id is null and r.asked_by <> :account
                                  and r.unit_id in (select d.descendant_id from directory.unit_closure d
                                                    where d.tenant_id = :tenant and d.ancestor_id = any (:held))
                                order by r.asked_at, r.id
                                limit :most
                                """)
                        .param("tenant", viewer.tenantId())
                        .param("account", viewer.accountId())
                        .param("held", held)
                        .param("most", MOST)
                        .param("end", null)
                        .query(NumberBook::reservation)
                        .list();
    }

    private record Used(UUID series, int first) {}

    /** Moves the run behind the numbers that were given on paper; empty when it is there already. */
    private Optional<Used> useUp(UUID tenantId, UUID reservationId) {
        UUID id = Ids.next();
        int begun = jdbc.sql("""
                        insert into documents.number_series (tenant_id, id, unit_id, line, document_type, period, last)
                        select r.tenant_id, ?, r.unit_id, r.line, r.document_type, r.period, r.up_to
                        from documents.number_reservation r
                        where r.tenant_id = ? and r.id = ?
                        on conflict (tenant_id, unit_id, line, document_type, period) do nothing
                        """).params(id, tenantId, reservationId).update();
        if (begun == 1) {
            return Optional.of(new Used(id, 1));
        }
        // Whoever takes a number of the run waits for its row from here on, as in Numbering.take.
        record Run(UUID id, int last) {}
        Run run = jdbc.sql("""
                        select s.id, s.last
                        from documents.number_series s
                        join documents.number_reservation r on r.tenant_id = s.tenant_id and r.unit_id = s.unit_id and r.line = s.line
                            and r.document_type = s.document_type and r.period = s.period
                        where r.tenant_id = ? and r.id = ?
                        for update of s
                        """)
                .params(tenantId, reservationId)
                .query((row, n) -> new Run(row.getObject("id", UUID.class), row.getInt("last")))
                .single();
        int moved = jdbc.sql("""
                        update documents.number_series s set last = r.up_to
                        from documents.number_reservation r
                        where s.tenant_id = ? and s.id = ? and r.tenant_id = s.tenant_id and r.id = ? and s.last < r.up_to
                        """).params(tenantId, run.id(), reservationId).update();
        return moved == 1 ? Optional.of(new Used(run.id(), run.last() + 1)) : Optional.empty();
    }

    /**
     * Confirms that numbers were given on paper, which uses them up, or refuses it. Another person than who said so.
     *
     * @param reason needed to refuse
     */
    @Transactional
    public Entered answer(Viewer viewer, UUID reservationId, boolean confirmed, String reason) {
        UUID tenant = viewer.tenantId();
        jdbc.sql(
                        "select pg_advisory_xact_lock_shared(documents.numbering_lock(?)), pg_advisory_xact_lock(documents.numbering_lock(?))")
                .params(tenant, reservationId)
                .query((row, n) -> n)
                .single();
        Reservation asked = jdbc.sql(RESERVED + "where r.tenant_id = :tenant and r.id = :id")
                .param("tenant", tenant)
                .param("id", reservationId)
                .param("end", null)
                .query(NumberBook::reservation)
                .optional()
                .filter(one -> mayRead(viewer, one.unitId()))
                .orElseThrow(() -> new NotFound("numbers given on paper"));
        if (!mayAnswer(viewer, asked.unitId())) {
            access.require(viewer, Permission.APPROVE_LIST, asked.unitId());
        }
        if (viewer.accountId().equals(asked.askedBy())) {
            return new Entered.Refused(Map.of("", Reason.of("documents.reserve.own")));
        }
        if (!asked.waits()) {
            return viewer.accountId().equals(asked.answeredBy()) && confirmed == (asked.first() != null)
                    ? new Entered.Done()
                    : new Entered.Refused(Map.of("", Reason.of("documents.reserve.answered")));
        }
        String why = Texts.nfc(reason).strip();
        if (why.length() > LONGEST_REASON || !confirmed && why.isEmpty()) {
            return new Entered.Refused(
                    Map.of("gs-tra-loi", Reason.of("documents.reserve.refusal.wrong", LONGEST_REASON)));
        }
        @Nullable Used used = null;
        if (confirmed) {
            used = useUp(tenant, reservationId).orElse(null);
            if (used == null) {
                return new Entered.Refused(
                        Map.of("", Reason.of("documents.reserve.overtaken", String.valueOf(asked.upTo()))));
            }
        }
        int rows = jdbc.sql("""
                        insert into documents.number_reservation_answer
                            (tenant_id, reservation_id, series_id, first, last, reason, answered_by, answered_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tenant)
                .param(reservationId)
                .param(used == null ? null : used.series())
                .param(used == null ? null : used.first())
                .param(used == null ? null : asked.upTo())
                .param(why)
                .param(viewer.accountId())
                .param(Timestamp.from(now()))
                .update();
        Check.that(rows == 1, "an answer is one row");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", asked.unitId().toString());
        facts.put("type", asked.documentType());
        facts.put("first", used == null ? "" : String.valueOf(used.first()));
        facts.put("last", used == null ? "" : String.valueOf(asked.upTo()));
        facts.put("reason", why);
        ledger.append((confirmed
                        ? new Act(tenant, "documents.numbers-confirmed", reservationId, viewer.accountId(), facts)
                        : new Act(tenant, "documents.numbers-refused", reservationId, viewer.accountId(), facts))
                .with(Piece.of(ContentEvidence.ANSWER, reservationId)));
        return new Entered.Done();
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
        Layout.Line line = line(lineCode, "tuyen", wrong);
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
            return "";
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

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
