package vn.chuanmuc.assessments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Elsewhere;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.assessments.LevelDecisions.State;
import vn.chuanmuc.assessments.LevelDecisions.UnitGrade;
import vn.chuanmuc.assessments.LevelDecisions.Words;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.QuotaState;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;

/** What the product suggests for a case by the rule book, what it does not know, and how the quotas of a desk stand. */
@Component
class Suggestions {
    private final UnitGradeStore unitGrades;
    private final Criteria criteria;

    Suggestions(UnitGradeStore unitGrades, Criteria criteria) {
        this.unitGrades = unitGrades;
        this.criteria = criteria;
    }

    Shown shown(UUID tenantId, Desk desk, Case about, Map<String, Boolean> facts) {
        return shown(tenantId, desk, about, facts, new Formality(desk.book(), desk.signs(), desk.cases()));
    }

    List<Shown> shown(UUID tenantId, Desk desk, List<Case> cases, Map<UUID, Words> words) {
        var formality = new Formality(desk.book(), desk.signs(), desk.cases());
        return cases.stream()
                .map(one -> shown(
                        tenantId,
                        desk,
                        one,
                        words.getOrDefault(one.formId(), Words.NONE).facts(),
                        formality))
                .toList();
    }

    Shown shown(UUID tenantId, Desk desk, Case about, Map<String, Boolean> facts, Formality formality) {
        RuleBook book = desk.book();
        Map<String, Boolean> known = asked(book).stream()
                .map(Disqualifier::code)
                .filter(facts::containsKey)
                .collect(Collectors.toMap(code -> code, facts::get));
        Computation computation = compute(tenantId, book, about, known);
        var unknown = new ArrayList<Reason>();
        if (computation.notAssessed() > 0) {
            unknown.add(Reason.of("assessments.unknown.not-assessed", computation.notAssessed(), about.items()));
        }
        book.figures().stream()
                .filter(figure -> !about.figures().containsKey(figure.code()))
                .forEach(figure -> unknown.add(Reason.of("assessments.unknown.figure", figure.words())));
        computation.caps().stream()
                .filter(cap -> cap.struck() == Computation.Struck.UNKNOWN)
                .forEach(cap -> unknown.add(
                        Reason.of("assessments.unknown.disqualifier", cap.rule().words())));
        unknown.add(Reason.of("assessments.unknown.outside"));
        UnitGrade unitGrade = about.leads() && book.headNotAboveUnit()
                ? unitGrades.newest(tenantId, about.cycleId(), about.formUnit()).orElse(null)
                : null;
        return new Shown(about, computation, unknown, formality.of(about), known, unitGrade);
    }

    static List<Disqualifier> asked(RuleBook book) {
        return book.disqualifiers().stream()
                .filter(rule -> rule.formula().isBlank())
                .toList();
    }

    private Computation compute(UUID tenantId, RuleBook book, Case about, Map<String, Boolean> facts) {
        List<@Nullable Integer> levels =
                about.base().map(Given::levels).orElseGet(() -> LevelDecisionFile.nothing(about.items()));
        return Scoring.compute(
                book,
                SetShape.of(about.audience(), criteria.text(tenantId, about.setId())),
                new Answers(levels, about.figures(), facts));
    }

    static Map<UUID, String> grades(Desk desk, Map<UUID, String> thought) {
        var grades = new LinkedHashMap<UUID, String>();
        for (Case one : desk.cases()) {
            Result result = one.result();
            if (result != null && result.state() != State.SENT_BACK) {
                grades.put(one.formId(), result.grade());
            }
        }
        thought.forEach((form, grade) -> {
            if (desk.book().rank(grade) > 0) {
                grades.put(form, grade);
            }
        });
        return grades;
    }

    static List<QuotaView> quotas(Desk desk, Map<UUID, String> grades) {
        var views = new ArrayList<QuotaView>();
        for (Quota quota : desk.book().quotas()) {
            Grade grade = desk.book().grade(quota.grade()).orElseThrow();
            String agency = quota.among().agency() ? desk.elsewhere().unitName() : null;
            if (quota.among().likeTasks()) {
                desk.cases().stream()
                        .map(Case::setId)
                        .distinct()
                        .sorted()
                        .forEach(set -> views.add(new QuotaView(state(desk, quota, grades, set), grade, set, agency)));
            } else {
                views.add(new QuotaView(state(desk, quota, grades, null), grade, null, agency));
            }
        }
        return views;
    }

    private static QuotaState state(Desk desk, Quota quota, Map<UUID, String> grades, @Nullable UUID set) {
        var given = new HashMap<String, Integer>();
        int roster = 0;
        for (Case one : desk.cases()) {
            if (set == null || set.equals(one.setId())) {
                roster++;
                String grade = grades.get(one.formId());
                if (grade != null) {
                    given.merge(grade, 1, Integer::sum);
                }
            }
        }
        for (Elsewhere.Group group : desk.elsewhere().groups()) {
            if (quota.among().agency() && (set == null || set.equals(group.set()))) {
                roster += group.people();
                if (group.grade() != null) {
                    given.merge(group.grade(), group.people(), Integer::sum);
                }
            }
        }
        return QuotaState.of(desk.book(), quota, given, roster);
    }

    static int allBest(Desk desk, Map<UUID, String> grades) {
        return Formality.allBest(desk.book(), grades, desk.signs().people()) ? grades.size() : 0;
    }

    /** Whether a quota would be exceeded by this grade. */
    static boolean over(List<QuotaView> quotas, Case about, String grade) {
        return quotas.stream()
                .anyMatch(view -> view.grade().code().equals(grade)
                        && (view.set() == null || view.set().equals(about.setId()))
                        && view.state().over());
    }
}
