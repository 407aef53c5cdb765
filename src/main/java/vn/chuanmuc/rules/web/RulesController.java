package vn.chuanmuc.rules.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.rules.RuleVersion.State;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Rules.Problem;
import vn.chuanmuc.rules.Rules.Saved;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Rule books: read, entered, confirmed by a second person, compared, withdrawn. */
@Controller
class RulesController {
    static final String RULES = "/quy-tac";
    private static final int MOST_UNITS = 5;

    private final Rules rules;
    private final Shapes shapes;
    private final Access access;
    private final Accounts accounts;
    private final Units units;
    private final UnitChoices choices;
    private final Clock clock;

    RulesController(
            Rules rules,
            Shapes shapes,
            Access access,
            Accounts accounts,
            Units units,
            UnitChoices choices,
            Clock clock) {
        this.rules = rules;
        this.shapes = shapes;
        this.access = access;
        this.accounts = accounts;
        this.units = units;
        this.choices = choices;
        this.clock = clock;
    }

    @GetMapping(RULES)
    @Allowed(Permission.READ_RULES)
    View list(Viewer viewer, AsOf asOf, @RequestParam(name = "loc", defaultValue = "") String filter) {
        boolean waiting = filter.equals("cho");
        var inForce = new ArrayList<RulesPage.InForce>();
        for (UUID unit : Stream.of(viewer.unitsWith(Permission.READ_RULES))
                .limit(MOST_UNITS)
                .toList()) {
            for (Purpose purpose : Purpose.values()) {
                rules.inForce(viewer.tenantId(), unit, purpose, asOf.day())
                        .ifPresent(version -> inForce.add(new RulesPage.InForce(unit, purpose, version)));
            }
        }
        List<RuleVersion> versions = rules.list(viewer).stream()
                .flatMap(version -> on(version, asOf).stream())
                .filter(version -> !waiting || version.state() == State.ENTERED)
                .toList();
        return new RulesPage(
                inForce,
                versions,
                Examples.all(),
                units.names(
                        viewer.tenantId(),
                        Stream.concat(
                                        versions.stream().map(RuleVersion::unitId),
                                        inForce.stream()
                                                .flatMap(one -> Stream.of(
                                                        one.unit(),
                                                        one.version().unitId())))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                accounts.names(
                        viewer.tenantId(),
                        versions.stream().map(RuleVersion::enteredBy).distinct().toList()),
                waiting,
                !asOf.past() && viewer.may(Permission.ENTER_RULES),
                asOf);
    }

    private static Optional<RuleVersion> on(RuleVersion version, AsOf asOf) {
        return !asOf.past() || version.shipped() ? Optional.of(version) : version.on(asOf.day(), asOf.end());
    }

    /** Whoever is assessed reads the rules they are assessed by. */
    @GetMapping(RULES + "/{id}")
    @Allowed({Permission.READ_RULES, Permission.RATE_SELF})
    View version(Viewer viewer, AsOf asOf, @PathVariable("id") UUID id) {
        RuleVersion version = rules.get(viewer, id);
        return on(version, asOf)
                .<View>map(then -> version(viewer, asOf, then, "", FormErrors.NONE))
                .orElseGet(() -> new NotYet(version.book().name(), RULES, "rules.back", "rules.not-entered", asOf));
    }

    private View version(Viewer viewer, UUID id, String reason, FormErrors errors) {
        return version(viewer, AsOf.today(LocalDate.now(clock)), rules.get(viewer, id), reason, errors);
    }

    private View version(Viewer viewer, AsOf asOf, RuleVersion version, String reason, FormErrors errors) {
        UUID id = version.id();
        UUID unit = version.unitId();
        boolean confirmer = !asOf.past() && unit != null && access.covers(viewer, Permission.CONFIRM_RULES, unit);
        boolean enterer = !asOf.past() && unit != null && access.covers(viewer, Permission.ENTER_RULES, unit);
        boolean entered = version.state() == State.ENTERED;
        boolean own = version.enteredBy().equals(viewer.accountId());
        boolean inForce = unit != null
                && rules.inForce(viewer.tenantId(), unit, version.book().purpose(), asOf.day())
                        .filter(now -> now.id().equals(id))
                        .isPresent();
        return new VersionPage(
                version,
                unit == null
                        ? null
                        : units.names(viewer.tenantId(), List.of(unit)).get(unit),
                inForce,
                accounts.names(
                        viewer.tenantId(),
                        Stream.of(version.enteredBy(), version.decidedBy(), version.withdrawnBy())
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                BookText.of(version.book()),
                shapes.shapes(viewer.tenantId()).stream()
                        .map(shape -> WeightTable.of(shape, version.book().weights()))
                        .toList(),
                viewer.may(Permission.READ_RULES) ? others(viewer, version) : List.of(),
                viewer.may(Permission.READ_RULES),
                entered && confirmer && !own,
                entered && own && !asOf.past(),
                entered && enterer,
                version.state() == State.CONFIRMED && confirmer && unit != null,
                !asOf.past() && viewer.may(Permission.ENTER_RULES),
                reason,
                errors,
                asOf);
    }

    /** What it may be compared with: the default, and versions of the same purpose. */
    private List<RuleVersion> others(Viewer viewer, RuleVersion version) {
        return Stream.concat(Stream.of(Rules.shipped()), rules.list(viewer).stream())
                .filter(other -> !other.id().equals(version.id()))
                .filter(other -> other.shipped()
                        || other.book().purpose() == version.book().purpose())
                .limit(50)
                .toList();
    }

    @PostMapping(RULES + "/{id}/xac-nhan")
    @Allowed(Permission.CONFIRM_RULES)
    Object confirm(Viewer viewer, @PathVariable("id") UUID id) {
        return after(viewer, id, "", "rules-confirmed", rules.confirm(viewer, id));
    }

    @PostMapping(RULES + "/{id}/khong")
    @Allowed(Permission.ENTER_RULES)
    Object refuse(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return after(viewer, id, reason, "rules-refused", rules.refuse(viewer, id, reason));
    }

    @PostMapping(RULES + "/{id}/rut")
    @Allowed(Permission.CONFIRM_RULES)
    Object withdraw(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return after(viewer, id, reason, "rules-withdrawn", rules.withdraw(viewer, id, reason));
    }

    private Object after(Viewer viewer, UUID id, String reason, String code, Saved saved) {
        return switch (saved) {
            case Saved.Done done -> Answer.done(RULES + "/" + id, code);
            case Saved.Refused(var problems) -> version(viewer, id, reason, errors(problems, Map.of()));
        };
    }

    private static FormErrors errors(List<Problem> problems, Map<String, Integer> rowsOf) {
        var byField = new LinkedHashMap<String, Reason>();
        problems.forEach(problem -> byField.putIfAbsent(
                problem.field().isEmpty() ? "" : RuleForm.place(problem.field(), rowsOf), problem.why()));
        return new FormErrors(byField);
    }

    @GetMapping(RULES + "/{id}/so-sanh/{other}")
    @Allowed(Permission.READ_RULES)
    View compare(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("other") UUID other) {
        RuleVersion one = rules.get(viewer, id);
        RuleVersion two = rules.get(viewer, other);
        return new DifferencePage(one, two, BookText.compare(one.book(), two.book()));
    }

    /** The choice of the other version, as a form sends it. */
    @GetMapping(RULES + "/{id}/so-sanh")
    @Allowed(Permission.READ_RULES)
    String chosen(
            Viewer viewer, @PathVariable("id") UUID id, @RequestParam(name = "voi", defaultValue = "") String other) {
        rules.get(viewer, id);
        UUID two = Ids.read(other);
        return "redirect:" + RULES + "/" + id + (two == null ? "" : "/so-sanh/" + two);
    }

    /**
     * @param from the version or example it is begun with
     */
    @GetMapping(RULES + "/moi")
    @Allowed(Permission.ENTER_RULES)
    View form(Viewer viewer, @RequestParam(name = "tu", defaultValue = "") String from) {
        Examples.Example example = Examples.find(from).orElse(null);
        RuleForm form = example != null ? example.form() : null;
        UUID unit = null;
        if (form == null) {
            UUID id = Ids.read(from);
            RuleVersion version = id == null ? Rules.shipped() : rules.get(viewer, id);
            form = RuleForm.of(version);
            unit = version.unitId();
        }
        return new FormPage(form, unit(viewer, unit, null), from, example, null, FormErrors.NONE, FormErrors.NONE);
    }

    private UnitChoice unit(Viewer viewer, @Nullable UUID id, @Nullable String typed) {
        var scope = new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.ENTER_RULES)));
        UnitChoice choice = choices.of(scope, id, typed);
        return choice.chosen() == null && choice.few() && !choice.options().isEmpty() && id == null
                ? choices.of(scope, choice.options().getFirst().id(), null)
                : choice;
    }

    /** Saves the form, or only checks it; with what is wrong everything typed stays. */
    @PostMapping(RULES + "/moi")
    @Allowed(Permission.ENTER_RULES)
    Object enter(Viewer viewer, @RequestParam Map<String, String> sent) {
        var form = new RuleForm(sent);
        String from = form.value("tu-mau");
        UnitChoice unit = unit(viewer, Ids.read(form.value(UnitChoice.ID)), sent.get(UnitChoice.TYPED));
        RuleForm.Parsed parsed = form.parse();
        RuleBook book = Objects.requireNonNull(parsed.book());
        List<Problem> problems = new ArrayList<>(parsed.problems());
        boolean checking = !form.value("viec").equals("luu");
        UUID unitId = unit.unit();
        LocalDate day = parsed.from();
        if (problems.isEmpty() && !checking && unitId != null && day != null) {
            Saved saved = rules.enter(viewer, unitId, book, day, parsed.to(), origin(from));
            if (saved instanceof Saved.Done(var id)) {
                return Answer.done(RULES + "/" + id, "rules-entered");
            }
            problems.addAll(((Saved.Refused) saved).problems());
        } else {
            problems.addAll(Rules.problems(book));
        }
        if (unitId == null) {
            Reason why = unit.problem();
            problems.add(new Problem(UnitChoice.ID, why == null ? Reason.of("ui.unit-choice.empty") : why));
        }
        return new FormPage(
                form,
                unit,
                from,
                Examples.find(from).orElse(null),
                book.whole().method() == Method.FORMULA ? check(viewer, book) : null,
                errors(problems, parsed.rowsOf()),
                errors(
                        problems.stream()
                                .map(problem -> named(problem, parsed.rowsOf()))
                                .toList(),
                        parsed.rowsOf()));
    }

    private static Problem named(Problem problem, Map<String, Integer> rowsOf) {
        Reason label = RuleForm.label(problem.field(), rowsOf);
        return label == null
                ? problem
                : new Problem(problem.field(), Reason.of("rules.form.named", label, problem.why()));
    }

    private static String origin(String from) {
        return from.matches("[a-z0-9-]{1,60}") ? from : "";
    }

    /** While somebody types: the same check as the button does, as a part of the page. */
    @PostMapping(RULES + "/moi/cong-thuc")
    @Allowed(Permission.ENTER_RULES)
    View formula(Viewer viewer, @RequestParam Map<String, String> sent) {
        return check(viewer, Objects.requireNonNull(new RuleForm(sent).parse().book()));
    }

    private FormulaCheck check(Viewer viewer, RuleBook book) {
        Rules.Checked checked = Rules.checked(book.whole().formula(), book);
        List<SetShape> known = shapes.shapes(viewer.tenantId());
        // A trial needs levels and grades that are whole; what is wrong with them is said at their own rows.
        boolean whole = checked.good() && Rules.problems(book).isEmpty();
        if (!whole || known.isEmpty()) {
            return new FormulaCheck(checked.text(), checked.unit(), checked.errors(), null, null, "");
        }
        SetShape shape = known.getFirst();
        Computation trial = Scoring.compute(book, shape, Shapes.answers(book, shape.items()));
        return new FormulaCheck(checked.text(), checked.unit(), checked.errors(), trial, book, shape.title());
    }
}
