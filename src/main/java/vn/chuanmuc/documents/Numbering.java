package vn.chuanmuc.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;

/**
 * The numbers of papers: one run per unit, line and type of document, through a calendar year or through a committee's term, as
 * the rule in force on the paper's day says. A number is taken in the transaction that uses it and is gone with it: no gap, and no
 * double. Who may take one is for the module to say whose paper it is.
 */
@Component
public class Numbering {
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Clock clock;
    private final List<Rule> shipped;

    Numbering(JdbcClient jdbc, Ledger ledger, Clock clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.clock = clock;
        try (InputStream in = Numbering.class.getResourceAsStream("/numbering.json")) {
            this.shipped = List.of(json.readValue(java.util.Objects.requireNonNull(in), Rule[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far one run of numbers goes. */
    public enum Period {
        YEAR,
        TERM;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param verified whether somebody has compared it with the original document; never true of what ships */
    public record Rule(Layout.Line line, LocalDate validFrom, Period period, String legalBasis, boolean verified) {}

    /**
     * A committee's term of office. It ends the day before the next one of the unit begins, or earlier.
     *
     * @param ends its last day where that was entered; null: until the next one begins
     */
    public record Term(
            UUID id,
            UUID unitId,
            String name,
            LocalDate begins,
            @Nullable LocalDate ends,
            String legalBasis) {}

    /** @param documentType as it stands in the paper's number: {@code DS}, {@code BC} */
    public record Request(
            UUID tenantId,
            UUID unitId,
            Layout.Line line,
            String documentType,
            LocalDate day,
            UUID subject,
            UUID account) {}

    /** What came of asking for a number. */
    public sealed interface Taking {
        record Taken(UUID series, int number) implements Taking {}

        /** No rule or no term is known for that day. */
        record Refused(Reason why) implements Taking {}
    }

    /** The rule of a line in force on a day: the body's own where it has one of that day, or else what ships. */
    public Optional<Rule> rule(UUID tenantId, Layout.Line line, LocalDate day) {
        Optional<Rule> own = jdbc.sql("""
                        select valid_from, period, legal_basis
                        from documents.number_rule
                        where tenant_id = ? and line = ? and valid_from <= ?
                        order by valid_from desc
                        limit 1
                        """)
                .params(tenantId, code(line), Date.valueOf(day))
                .query((row, n) -> new Rule(
                        line,
                        row.getDate("valid_from").toLocalDate(),
                        Period.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                        row.getString("legal_basis"),
                        true))
                .optional();
        return own.or(() -> shipped.stream()
                .filter(rule -> rule.line() == line && !rule.validFrom().isAfter(day))
                .max(Comparator.comparing(Rule::validFrom)));
    }

    /** Sets the body's own rule from a day on. False when that day has one already: a rule is never changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean setRule(UUID tenantId, Rule rule, UUID account) {
        Check.that(!rule.legalBasis().isBlank(), "a rule has a legal basis");
        holdAlone(tenantId);
        boolean set = jdbc.sql("""
                                insert into documents.number_rule
                                    (tenant_id, line, valid_from, period, legal_basis, set_by, set_at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict (tenant_id, line, valid_from) do nothing
                                """)
                        .params(
                                tenantId,
                                code(rule.line()),
                                Date.valueOf(rule.validFrom()),
                                rule.period().code(),
                                Texts.oneLine(rule.legalBasis()),
                                account,
                                Timestamp.from(now()))
                        .update()
                == 1;
        if (set) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("line", code(rule.line()));
            facts.put("validFrom", rule.validFrom().toString());
            facts.put("period", rule.period().code());
            facts.put("legalBasis", Texts.oneLine(rule.legalBasis()));
            ledger.append(new Act(tenantId, "documents.number-rule-set", tenantId, account, facts)
                    .with(Piece.of(ContentEvidence.RULE, code(rule.line()), Date.valueOf(rule.validFrom()))));
        }
        return set;
    }

    /** The term of a unit's committee that a day is in. */
    public Optional<Term> term(UUID tenantId, UUID unitId, LocalDate day) {
        return jdbc.sql("""
                        select id, name, begins, ends, legal_basis
                        from documents.term
                        where tenant_id = ? and unit_id = ? and begins <= ?
                        order by begins desc
                        limit 1
                        """)
                .params(tenantId, unitId, Date.valueOf(day))
                .query((row, n) -> term(row, unitId))
                .optional()
                .filter(term -> term.ends() == null || !term.ends().isBefore(day));
    }

    static Term term(ResultSet row, UUID unitId) throws SQLException {
        return new Term(
                row.getObject("id", UUID.class),
                unitId,
                row.getString("name"),
                row.getDate("begins").toLocalDate(),
                row.getObject("ends", LocalDate.class),
                row.getString("legal_basis"));
    }

    /** Enters a term that lasts until the next one begins. Empty when the unit has one that begins that day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Term> addTerm(
            UUID tenantId, UUID unitId, String name, LocalDate begins, String legalBasis, UUID account) {
        return addTerm(tenantId, unitId, name, begins, null, legalBasis, account);
    }

    /**
     * Waits for those who are just taking numbers in the body and keeps the others waiting until the transaction ends. Look at what
     * was taken in a statement after this one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdAlone(UUID tenantId) {
        jdbc.sql("select pg_advisory_xact_lock(documents.numbering_lock(?))")
                .param(tenantId)
                .query((row, n) -> n)
                .single();
    }

    /** Enters a term. Empty when the unit has one that begins that day. @param ends its last day; null while nobody knows it */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Term> addTerm(
            UUID tenantId,
            UUID unitId,
            String name,
            LocalDate begins,
            @Nullable LocalDate ends,
            String legalBasis,
            UUID account) {
        Check.that(!name.isBlank() && !legalBasis.isBlank(), "a term has a name and a legal basis");
        holdAlone(tenantId);
        var term = new Term(Ids.next(), unitId, Texts.oneLine(name), begins, ends, Texts.oneLine(legalBasis));
        int rows = jdbc.sql("""
                        insert into documents.term (tenant_id, id, unit_id, name, begins, ends, legal_basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, unit_id, begins) do nothing
                        """)
                .param(tenantId)
                .param(term.id())
                .param(unitId)
                .param(term.name())
                .param(Date.valueOf(begins))
                .param(ends == null ? null : Date.valueOf(ends))
                .param(term.legalBasis())
                .param(account)
                .param(Timestamp.from(now()))
                .update();
        if (rows == 0) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("unit", unitId.toString());
        facts.put("name", term.name());
        facts.put("begins", begins.toString());
        facts.put("ends", ends == null ? "" : ends.toString());
        facts.put("legalBasis", term.legalBasis());
        ledger.append(new Act(tenantId, "documents.term-entered", term.id(), account, facts)
                .with(Piece.of(ContentEvidence.TERM, term.id())));
        return Optional.of(term);
    }

    /**
     * Takes the next number of the run, or tells the one the subject already bears in it. Everybody else who wants one of the same
     * run waits until the open transaction ends: take it late.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Taking take(Request request) {
        jdbc.sql("select pg_advisory_xact_lock_shared(documents.numbering_lock(?))")
                .param(request.tenantId())
                .query((row, n) -> n)
                .single();
        Optional<Rule> rule = rule(request.tenantId(), request.line(), request.day());
        if (rule.isEmpty()) {
            return new Taking.Refused(Reason.of("documents.numbering.no-rule", request.day()));
        }
        String period;
        if (rule.get().period() == Period.YEAR) {
            period = String.valueOf(request.day().getYear());
        } else {
            Optional<Term> term = term(request.tenantId(), request.unitId(), request.day());
            if (term.isEmpty()) {
                return new Taking.Refused(Reason.of("documents.numbering.no-term", request.day()));
            }
            period = term.get().id().toString();
        }
        record Run(UUID id, int last) {}
        Run run = jdbc.sql("""
                        insert into documents.number_series as s
                            (tenant_id, id, unit_id, line, document_type, period, last)
                        values (?, ?, ?, ?, ?, ?, 1)
                        on conflict (tenant_id, unit_id, line, document_type, period) do update set last = s.last + 1
                        returning id, last
                        """)
                .params(
                        request.tenantId(),
                        Ids.next(),
                        request.unitId(),
                        code(request.line()),
                        Texts.oneLine(request.documentType()),
                        period)
                .query((row, n) -> new Run(row.getObject("id", UUID.class), row.getInt("last")))
                .single();
        Optional<Integer> borne = number(request.tenantId(), run.id(), request.subject());
        if (borne.isPresent()) {
            int rows = jdbc.sql("update documents.number_series set last = last - 1 where tenant_id = ? and id = ?")
                    .params(request.tenantId(), run.id())
                    .update();
            Check.that(rows == 1, "a run of numbers is one row");
            return new Taking.Taken(run.id(), borne.get());
        }
        int rows = jdbc.sql("""
                        insert into documents.number (tenant_id, series_id, number, subject_id, taken_by, taken_at, day)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        request.tenantId(),
                        run.id(),
                        run.last(),
                        request.subject(),
                        request.account(),
                        Timestamp.from(now()),
                        Date.valueOf(request.day()))
                .update();
        Check.that(rows == 1, "a number is one row");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("series", run.id().toString());
        facts.put("unit", request.unitId().toString());
        facts.put("line", code(request.line()));
        facts.put("type", Texts.oneLine(request.documentType()));
        facts.put("period", period);
        facts.put("number", run.last());
        ledger.append(new Act(request.tenantId(), "documents.number-taken", request.subject(), request.account(), facts)
                .with(Piece.of(ContentEvidence.NUMBER, run.id(), run.last())));
        return new Taking.Taken(run.id(), run.last());
    }

    private Optional<Integer> number(UUID tenantId, UUID series, UUID subject) {
        return jdbc.sql("""
                        select n.number
                        from documents.number n
                        where n.tenant_id = ? and n.series_id = ? and n.subject_id = ?
                          and not exists (
                              select from documents.number_cancellation c
                              where c.tenant_id = n.tenant_id and c.series_id = n.series_id and c.number = n.number)
                        order by n.number desc
                        limit 1
                        """)
                .params(tenantId, series, subject)
                .query((row, n) -> row.getInt("number"))
                .optional();
    }

    /** Says that a number is not used, and why; it is never given again. False when it was cancelled before or never taken. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean cancel(UUID tenantId, UUID series, int number, String reason, UUID account) {
        String words = Texts.nfc(reason).strip();
        Check.that(!words.isEmpty() && words.length() <= 1_000, "who cancels a number says why");
        List<UUID> subject = jdbc.sql("""
                        with cancelled as (
                            insert into documents.number_cancellation
                                (tenant_id, series_id, number, reason, cancelled_by, cancelled_at)
                            select n.tenant_id, n.series_id, n.number, :reason, :account, :now
                            from documents.number n
                            where n.tenant_id = :tenant and n.series_id = :series and n.number = :number
                            on conflict (tenant_id, series_id, number) do nothing
                            returning tenant_id, series_id, number)
                        select n.subject_id
                        from documents.number n
                        join cancelled c
                            on c.tenant_id = n.tenant_id and c.series_id = n.series_id and c.number = n.number
                        """)
                .param("reason", words)
                .param("account", account)
                .param("now", Timestamp.from(now()))
                .param("tenant", tenantId)
                .param("series", series)
                .param("number", number)
                .query((row, n) -> row.getObject("subject_id", UUID.class))
                .list();
        if (subject.isEmpty()) {
            return false;
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("series", series.toString());
        facts.put("number", number);
        facts.put("reason", words);
        ledger.append(new Act(tenantId, "documents.number-cancelled", subject.getFirst(), account, facts)
                .with(Piece.of(ContentEvidence.CANCELLATION, series, number)));
        return true;
    }

    /** The rules that ship with the program, for bodies that set none of their own. */
    List<Rule> shipped() {
        return shipped;
    }

    static String code(Layout.Line line) {
        return line.name().toLowerCase(Locale.ROOT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
