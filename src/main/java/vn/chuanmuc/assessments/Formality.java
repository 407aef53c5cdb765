package vn.chuanmuc.assessments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;

/** Signs that somebody filled in forms without looking: shown to whoever decides, and never a verdict by themselves. */
final class Formality {
    /** Answers that the setting's seconds are about; fewer answers take proportionally less. */
    private static final int ANSWERS = 27;
    /** With fewer answers, one level for all says nothing. */
    private static final int LEAST_ANSWERS = 3;

    private final RuleBook book;
    private final LevelDecisions.SignRule rule;
    /** How many forms of the unit have the same levels in the same stage. */
    private final Map<String, Integer> alike = new HashMap<>();

    private final boolean allAtTheTop;
    private final int rated;

    /** @param unit all forms of one deciding unit */
    Formality(RuleBook book, LevelDecisions.SignRule rule, List<Case> unit) {
        this.book = book;
        this.rule = rule;
        List<Given> base = new ArrayList<>();
        for (Case one : unit) {
            for (Given given : one.rated()) {
                alike.merge(key(one, given), 1, Integer::sum);
            }
            one.base().ifPresent(base::add);
        }
        this.rated = base.size();
        this.allAtTheTop = rated >= rule.people() && base.stream().allMatch(this::atTheTop);
    }

    private static String key(Case one, Given given) {
        return one.setId() + "/" + given.stage() + "/" + given.levels();
    }

    /** Every item that counts has the best level, and at least one does. */
    private boolean atTheTop(Given given) {
        List<Integer> counted = given.levels().stream()
                .filter(Objects::nonNull)
                .filter(level -> book.level(level).counts())
                .toList();
        return !counted.isEmpty() && counted.stream().allMatch(level -> level == 1);
    }

    List<Reason> of(Case one) {
        var signs = new ArrayList<Reason>();
        List<Given> stages = one.rated();
        for (Given given : stages) {
            Integer level = uniform(given.levels());
            if (level != null) {
                signs.add(Reason.of(
                        "assessments.sign.uniform",
                        given.name(),
                        given.levels().size(),
                        book.level(level).words()));
            }
            Integer seconds = given.seconds();
            if (seconds != null
                    && (long) seconds * ANSWERS
                            < (long) rule.seconds() * given.levels().size()) {
                signs.add(Reason.of(
                        "assessments.sign.quick",
                        given.name(),
                        given.levels().size(),
                        seconds,
                        rule.seconds(),
                        ANSWERS));
            }
            int same = alike.getOrDefault(key(one, given), 0);
            if (given.actor() != RuleBook.Actor.SELF && same >= rule.people()) {
                signs.add(Reason.of("assessments.sign.alike", given.name(), same));
            }
        }
        if (stages.size() > 1 && stages.stream().map(Given::levels).distinct().count() == 1) {
            signs.add(Reason.of(
                    "assessments.sign.same", stages.stream().map(Given::name).collect(Collectors.joining(" = "))));
        }
        if (allAtTheTop) {
            signs.add(Reason.of("assessments.sign.unit-top", rated));
        }
        return List.copyOf(signs);
    }

    /** The one level that all items have; null when they differ, or are too few to say. */
    private static @Nullable Integer uniform(List<@Nullable Integer> levels) {
        return levels.size() >= LEAST_ANSWERS && levels.stream().distinct().count() == 1 ? levels.getFirst() : null;
    }

    /** Grades that are all the best one. @param grades of the people of a unit who have one, by form */
    static boolean allBest(RuleBook book, Map<UUID, String> grades, int least) {
        return grades.size() >= least && grades.values().stream().allMatch(code -> book.rank(code) == 1);
    }
}
