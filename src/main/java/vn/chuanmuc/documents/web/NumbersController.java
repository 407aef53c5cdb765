package vn.chuanmuc.documents.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.documents.NumberBook.Entered;
import vn.chuanmuc.documents.NumberBook.RuleLine;
import vn.chuanmuc.documents.NumberBook.TermLine;
import vn.chuanmuc.documents.web.NumbersPage.RuleForm;
import vn.chuanmuc.documents.web.NumbersPage.TermForm;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** How papers are numbered: rules, terms of committees, and the last number of each run. */
@Controller
class NumbersController {
    private static final String ADDRESS = "/danh-so";

    private final NumberBook book;
    private final UnitChoices choices;
    private final Units units;
    private final Accounts accounts;

    NumbersController(NumberBook book, UnitChoices choices, Units units, Accounts accounts) {
        this.book = book;
        this.choices = choices;
        this.units = units;
        this.accounts = accounts;
    }

    @GetMapping(ADDRESS)
    @Allowed({Permission.MANAGE_UNITS, Permission.READ_LEDGER})
    View show(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed) {
        return page(
                viewer, asOf, Ids.read(unit), typed, TermForm.EMPTY, RuleForm.EMPTY, FormErrors.NONE, FormErrors.NONE);
    }

    private View page(
            Viewer viewer,
            AsOf asOf,
            @Nullable UUID wanted,
            @Nullable String typed,
            TermForm term,
            RuleForm rule,
            FormErrors wrongTerm,
            FormErrors wrongRule) {
        UUID[] managed = viewer.unitsWith(Permission.MANAGE_UNITS);
        UUID[] held = managed.length > 0 ? managed : viewer.unitsWith(Permission.READ_LEDGER);
        UUID first = wanted == null && (typed == null || typed.isBlank()) && held.length > 0 ? held[0] : wanted;
        UnitChoice choice = choices.of(new Scope(viewer.tenantId(), viewer.accountId(), List.of(held)), first, typed);
        UUID unit = choice.unit();
        List<RuleLine> rules = book.rules(viewer.tenantId(), asOf.past() ? asOf.day() : null);
        List<TermLine> terms = unit == null ? List.of() : book.terms(viewer, unit, asOf.past() ? asOf.day() : null);
        return new NumbersPage(
                rules,
                choice,
                unit,
                unit == null
                        ? ""
                        : units.names(viewer.tenantId(), List.of(unit)).getOrDefault(unit, ""),
                terms,
                unit == null ? List.of() : book.runs(viewer, unit, asOf.pastEnd()),
                accounts.names(
                        viewer.tenantId(),
                        Stream.concat(
                                        rules.stream().map(RuleLine::setBy),
                                        terms.stream().map(TermLine::setBy))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                !asOf.past() && book.maySetRules(viewer),
                !asOf.past() && unit != null && book.mayEnterTerms(viewer, unit),
                term,
                rule,
                wrongTerm,
                wrongRule,
                asOf);
    }

    @PostMapping(ADDRESS + "/nhiem-ky")
    @Allowed(Permission.MANAGE_UNITS)
    Object enterTerm(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = "ten", defaultValue = "") String name,
            @RequestParam(name = "tu-ngay", defaultValue = "") String begins,
            @RequestParam(name = "den-ngay", defaultValue = "") String ends,
            @RequestParam(name = "can-cu", defaultValue = "") String basis,
            @RequestParam(name = "khong-can-cu", defaultValue = "") String noBasis) {
        UUID unitId = Optional.ofNullable(Ids.read(unit)).orElseThrow(() -> new NotFound("unit"));
        var form = new TermForm(name, begins, ends, basis, noBasis.equals("co"));
        var wrong = new LinkedHashMap<String, Reason>();
        LocalDate first = day("tu-ngay", begins, wrong);
        LocalDate last = ends.isBlank() ? null : day("den-ngay", ends, wrong);
        Entered entered = first == null || !wrong.isEmpty()
                ? new Entered.Refused(wrong)
                : book.enterTerm(viewer, unitId, name, first, last, basis, form.noBasis());
        return switch (entered) {
            case Entered.Done done -> Answer.done(ADDRESS + "?don-vi=" + unitId, "term-entered");
            case Entered.Refused(var why) ->
                page(viewer, today, unitId, null, form, RuleForm.EMPTY, new FormErrors(why), FormErrors.NONE);
        };
    }

    @PostMapping(ADDRESS + "/quy-dinh")
    @Allowed(Permission.MANAGE_UNITS)
    Object setRule(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = "tuyen", defaultValue = "") String line,
            @RequestParam(name = "hieu-luc", defaultValue = "") String validFrom,
            @RequestParam(name = "ky", defaultValue = "") String period,
            @RequestParam(name = "can-cu", defaultValue = "") String basis,
            @RequestParam(name = "khong-can-cu", defaultValue = "") String noBasis) {
        var form = new RuleForm(line, validFrom, period, basis, noBasis.equals("co"));
        var wrong = new LinkedHashMap<String, Reason>();
        LocalDate day = day("hieu-luc", validFrom, wrong);
        Entered entered = day == null
                ? new Entered.Refused(wrong)
                : book.setRule(viewer, line, day, period, basis, form.noBasis());
        return switch (entered) {
            case Entered.Done done -> Answer.done(ADDRESS, "number-rule-set");
            case Entered.Refused(var why) ->
                page(viewer, today, Ids.read(unit), null, TermForm.EMPTY, form, FormErrors.NONE, new FormErrors(why));
        };
    }

    private static @Nullable LocalDate day(String field, String text, Map<String, Reason> wrong) {
        if (VietnameseDates.parse(text) instanceof VietnameseDates.Parsed.Read(var day)) {
            return day;
        }
        wrong.put(field, Reason.of("documents.date.wrong"));
        return null;
    }
}
