package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Figure;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Own;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Stage;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Window;
import vn.chuanmuc.rules.Rules.Problem;

/** Says what a book lacks before it can be entered: nothing that computing or a cycle would stumble over later. */
final class BookCheck {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,29}");
    private static final Pattern PLACE = Pattern.compile("[\\p{L}\\p{N}]{1,10}(\\.[\\p{L}\\p{N}]{1,5}){0,2}");
    private static final BigDecimal MOST_POINTS = new BigDecimal(10_000);
    private static final BigDecimal MOST_WEIGHT = new BigDecimal(1_000);
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final int MOST_DECIMALS = 6;
    private static final int MOST_DAYS = 120;

    private final RuleBook book;
    private final List<Problem> problems = new ArrayList<>();

    private BookCheck(RuleBook book) {
        this.book = book;
    }

    /** Everything that is wrong; empty for a book that is whole. */
    static List<Problem> problems(RuleBook book) {
        var check = new BookCheck(book);
        check.words();
        check.scale();
        check.weights();
        check.figures();
        check.grades();
        check.whole();
        check.disqualifiers();
        check.quotas();
        check.stages();
        check.days();
        return check.problems;
    }

    private void wrong(String field, String key, Object... arguments) {
        problems.add(new Problem(field, Reason.of(key, arguments)));
    }

    private void words() {
        text("name", book.name(), 200);
        if (book.basis().length() > 500) {
            wrong("basis", "rules.check.long", 500);
        }
        if (book.clocks().basis().length() > 500) {
            wrong("clocks", "rules.check.long", 500);
        }
    }

    private void text(String field, String text, int most) {
        if (text.isBlank()) {
            wrong(field, "rules.check.words");
        } else if (text.length() > most) {
            wrong(field, "rules.check.long", most);
        }
    }

    private static boolean number(BigDecimal number, BigDecimal least, BigDecimal most) {
        return number.compareTo(least) >= 0
                && number.compareTo(most) <= 0
                && RuleBookJson.plain(number).scale() <= MOST_DECIMALS;
    }

    private void code(String field, String code, HashSet<String> seen) {
        if (!CODE.matcher(code).matches()) {
            wrong(field, "rules.check.code", code);
        } else if (!seen.add(code)) {
            wrong(field, "rules.check.twice", code);
        }
    }

    private void scale() {
        List<Level> scale = book.scale();
        if (scale.size() < 2 || scale.size() > 12) {
            wrong("scale", "rules.check.scale.size", 2, 12);
        }
        if (scale.stream().noneMatch(Level::counts)) {
            wrong("scale", "rules.check.scale.none");
        }
        long with = scale.stream()
                .filter(Level::counts)
                .filter(level -> level.points() != null)
                .count();
        var seen = new HashSet<String>();
        for (int at = 0; at < scale.size(); at++) {
            Level level = scale.get(at);
            String field = "scale." + (at + 1);
            code(field, level.code(), seen);
            text(field, level.words(), 60);
            BigDecimal points = level.points();
            if (!level.counts() && points != null) {
                wrong(field, "rules.check.scale.points-of-none", level.words());
            } else if (points != null && !number(points, MOST_POINTS.negate(), MOST_POINTS)) {
                wrong(field, "rules.check.number", MOST_DECIMALS);
            } else if (level.counts() && points == null && with > 0) {
                wrong(field, "rules.check.scale.points-missing", level.words());
            }
        }
    }

    private void weights() {
        List<Own> own = book.weights().own();
        if (book.weights().weighting() != Weighting.OWN) {
            if (!own.isEmpty()) {
                wrong("weights", "rules.check.weights.not-own");
            }
            return;
        }
        if (own.isEmpty() || own.size() > 200) {
            wrong("weights", "rules.check.weights.size", 200);
        }
        var seen = new HashSet<String>();
        for (int at = 0; at < own.size(); at++) {
            Own one = own.get(at);
            String field = "weights." + (at + 1);
            if (!PLACE.matcher(one.place()).matches()) {
                wrong(field, "rules.check.weights.place", one.place());
            } else if (!seen.add(one.audience() + " " + one.place())) {
                wrong(field, "rules.check.twice", one.place());
            }
            if (one.weight().signum() <= 0 || !number(one.weight(), BigDecimal.ZERO, MOST_WEIGHT)) {
                wrong(field, "rules.check.weights.number");
            }
            if (one.source().length() > 300) {
                wrong(field, "rules.check.long", 300);
            }
        }
    }

    private void figures() {
        if (book.figures().size() > 20) {
            wrong("figures", "rules.check.many", 20);
        }
        var seen = new HashSet<String>();
        for (int at = 0; at < book.figures().size(); at++) {
            Figure figure = book.figures().get(at);
            String field = "figures." + (at + 1);
            code(field, figure.code(), seen);
            text(field, figure.words(), 200);
            if (!number(figure.least(), MOST_POINTS.negate(), MOST_POINTS)
                    || !number(figure.most(), MOST_POINTS.negate(), MOST_POINTS)
                    || figure.least().compareTo(figure.most()) >= 0) {
                wrong(field, "rules.check.figures.range");
            }
        }
    }

    private void grades() {
        if (book.grades().size() < 2 || book.grades().size() > 12) {
            wrong("grades", "rules.check.grades.size", 2, 12);
        }
        var seen = new HashSet<String>();
        BigDecimal above = null;
        for (int at = 0; at < book.grades().size(); at++) {
            Grade grade = book.grades().get(at);
            String field = "grades." + (at + 1);
            code(field, grade.code(), seen);
            text(field, grade.words(), 100);
            BigDecimal bound = grade.atLeast();
            if (bound == null) {
                continue;
            }
            if (!number(bound, MOST_POINTS.negate(), MOST_POINTS)) {
                wrong(field, "rules.check.number", MOST_DECIMALS);
            } else if (above != null && bound.compareTo(above) >= 0) {
                wrong(field, "rules.check.grades.order");
            }
            above = bound;
        }
    }

    private void whole() {
        var whole = book.whole();
        if (whole.rounding().decimals() < 0 || whole.rounding().decimals() > MOST_DECIMALS) {
            wrong("rounding", "rules.check.decimals", MOST_DECIMALS);
        }
        boolean bounded = book.grades().stream().anyMatch(grade -> grade.atLeast() != null);
        if (whole.method() != Method.FORMULA && !whole.formula().isBlank()) {
            wrong("formula", "rules.check.formula.unused");
        }
        if (whole.method() == Method.NONE && bounded) {
            wrong("grades", "rules.check.grades.no-result");
        }
        if (whole.method() == Method.MEAN && !book.points()) {
            wrong("method", "rules.check.mean-without-points");
        }
        if (whole.method() == Method.FORMULA) {
            var checked = Formulas.check(whole.formula(), book);
            checked.errors().forEach(error -> problems.add(new Problem("formula", error.why())));
            if (checked.unit() == Unit.TRUTH) {
                wrong("formula", "rules.check.formula.condition");
            } else if (checked.unit() == Unit.GRADE && bounded) {
                wrong("grades", "rules.check.grades.by-formula");
            } else if (checked.good() && !checked.text().equals(whole.formula())) {
                wrong("formula", "rules.check.formula.line");
            }
        }
    }

    private void disqualifiers() {
        if (book.disqualifiers().size() > 30) {
            wrong("disqualifiers", "rules.check.many", 30);
        }
        var seen = new HashSet<String>();
        for (int at = 0; at < book.disqualifiers().size(); at++) {
            Disqualifier rule = book.disqualifiers().get(at);
            String field = "disqualifiers." + (at + 1);
            code(field, rule.code(), seen);
            text(field, rule.words(), 300);
            if (book.rank(rule.highest()) == 0) {
                wrong(field, "rules.check.grade", rule.highest());
            }
            if (!rule.formula().isBlank()) {
                var checked = Formulas.check(rule.formula(), book);
                checked.errors().forEach(error -> problems.add(new Problem(field, error.why())));
                if (checked.good() && checked.unit() != Unit.TRUTH) {
                    wrong(field, "rules.check.formula.no-condition");
                }
            }
        }
    }

    private void quotas() {
        if (book.quotas().size() > 12) {
            wrong("quotas", "rules.check.many", 12);
        }
        for (int at = 0; at < book.quotas().size(); at++) {
            Quota quota = book.quotas().get(at);
            String field = "quotas." + (at + 1);
            if (book.rank(quota.grade()) == 0) {
                wrong(field, "rules.check.grade", quota.grade());
            }
            String of = quota.of();
            boolean needs =
                    quota.denominator() == Denominator.GRADE || quota.denominator() == Denominator.GRADE_OR_BETTER;
            if (needs && (of == null || book.rank(of) == 0)) {
                wrong(field, "rules.check.grade", of == null ? "" : of);
            }
            if (!needs && of != null) {
                wrong(field, "rules.check.quotas.of");
            }
            if (!number(quota.percent(), BigDecimal.ZERO, HUNDRED)) {
                wrong(field, "rules.check.percent");
            }
        }
    }

    private void stages() {
        List<Stage> stages = book.stages();
        if (stages.isEmpty() || stages.size() > 12) {
            wrong("stages", "rules.check.stages.size", 12);
            return;
        }
        var seen = new HashSet<String>();
        for (int at = 0; at < stages.size(); at++) {
            Stage stage = stages.get(at);
            String field = "stages." + (at + 1);
            if (!STAGE.matcher(stage.code()).matches()) {
                wrong(field, "rules.check.stages.code", stage.code());
            } else if (!seen.add(stage.code())) {
                wrong(field, "rules.check.twice", stage.code());
            }
            text(field, stage.words(), 100);
            if (stage.order() < 1 || stage.order() > 12) {
                wrong(field, "rules.check.stages.order", 12);
            }
            if (stage.days() < 1 || stage.days() > MOST_DAYS) {
                wrong(field, "rules.check.days", MOST_DAYS);
            }
        }
        for (boolean head : List.of(true, false)) {
            route(head);
        }
    }

    /** Who rates and who approves must be somebody, and another than the person; approval stands at the end and alone. */
    private void route(boolean head) {
        String who = head ? "heads" : "others";
        List<Stage> route = book.route(head);
        if (route.stream()
                .noneMatch(stage ->
                        stage.actor() == Actor.PANEL || stage.actor() == (head ? Actor.SUPERIOR : Actor.HEAD))) {
            wrong("stages", "rules.check.stages.rater." + who);
        }
        if (head && route.stream().anyMatch(stage -> stage.actor() == Actor.HEAD)) {
            wrong("stages", "rules.check.stages.own-head");
        }
        List<Stage> approvals =
                route.stream().filter(stage -> stage.actor() == Actor.APPROVAL).toList();
        if (approvals.size() != 1) {
            wrong("stages", "rules.check.stages.approval." + who);
            return;
        }
        int order = approvals.getFirst().order();
        if (route.stream().anyMatch(stage -> stage.actor() != Actor.APPROVAL && stage.order() >= order)) {
            wrong("stages", "rules.check.stages.approval-last");
        }
        for (Actor actor : Actor.values()) {
            if (actor != Actor.APPROVAL
                    && route.stream().filter(stage -> stage.actor() == actor).count() > 1) {
                wrong(
                        "stages",
                        "rules.check.stages.actor-twice." + who,
                        Reason.of("rules.actor." + actor.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
    }

    /** Days that the shortest window has: who was there on all of them has been there long enough. */
    private static int shortest(RuleBook book) {
        if (book.presence().window() == Window.YEAR) {
            return 365;
        }
        return switch (book.purpose()) {
            case MONTH -> 28;
            case QUARTER -> 90;
            case YEAR -> 365;
        };
    }

    private void days() {
        if (book.deadlines().day() < 1 || book.deadlines().day() > 31) {
            wrong("deadlines", "rules.check.day");
        }
        if (book.deadlines().tellDays() < 1 || book.deadlines().tellDays() > MOST_DAYS) {
            wrong("deadlines", "rules.check.days", MOST_DAYS);
        }
        var clocks = book.clocks();
        if (clocks.file() < 1 || clocks.file() > MOST_DAYS || clocks.answer() < 1 || clocks.answer() > MOST_DAYS) {
            wrong("clocks", "rules.check.days", MOST_DAYS);
        } else if (clocks.remind() < 0 || clocks.remind() >= Math.min(clocks.file(), clocks.answer())) {
            wrong("clocks", "rules.check.remind");
        }
        int reachable = shortest(book);
        if (book.presence().leastDays() < 0 || book.presence().leastDays() > reachable) {
            wrong(
                    "presence",
                    book.presence().window() == Window.YEAR ? "rules.check.presence" : "rules.check.presence.cycle",
                    reachable);
        }
    }
}
