package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.LeaveKind;

/**
 * All rules that an assessment goes by, as one value. It is written as canonical JSON ({@link RuleBookJson}); nothing here is a
 * constant of the program. {@link BookCheck} says what makes a book whole.
 *
 * @param basis the document it stands on, in its own language; empty: “cấu hình của đơn vị, chưa có căn cứ”
 * @param scale what an item may be given, the best first; a rating's ordinal counts from 1 in this list
 * @param figures numbers that are brought in from elsewhere, with where they come from
 * @param grades what the whole may be given, the best first
 * @param disqualifiers what keeps the whole from being better than a grade
 * @param headNotAboveUnit whether a head's grade may not be above the unit's own
 */
public record RuleBook(
        String name,
        Purpose purpose,
        String basis,
        List<Level> scale,
        Weights weights,
        Whole whole,
        List<Figure> figures,
        List<Grade> grades,
        List<Disqualifier> disqualifiers,
        List<Quota> quotas,
        List<Stage> stages,
        Deadlines deadlines,
        Clocks clocks,
        Presence presence,
        boolean headNotAboveUnit) {

    public RuleBook {
        scale = List.copyOf(scale);
        figures = List.copyOf(figures);
        grades = List.copyOf(grades);
        disqualifiers = List.copyOf(disqualifiers);
        quotas = List.copyOf(quotas);
        stages = List.copyOf(stages);
    }

    /** What is assessed. At one unit one book of each purpose is in force on a day. */
    public enum Purpose {
        /** The professionalism criteria, every quarter. */
        QUARTER,
        /** Monthly rules of a city. */
        MONTH,
        /** The statutory rating of the year: a different object, of which the criteria are evidence only. */
        YEAR
    }

    /**
     * What an item may be given.
     *
     * @param code of letters, digits and low lines; formulas name it
     * @param words as people read them
     * @param counts false for “không áp dụng”: the item then drops out, and is not zero
     * @param points null where the scale has words only; either all levels that count have points or none
     */
    public record Level(
            String code,
            String words,
            boolean counts,
            @Nullable BigDecimal points) {}

    /** How much an item weighs in the whole. The sets are uneven, so each gives another result. */
    public enum Weighting {
        /** Every item the same: the mean over all items. */
        ITEMS,
        /** Every criterion the same: the mean of the criteria's means. */
        CRITERIA,
        /** Every group the same, and in it every criterion. */
        GROUPS,
        /** As {@link Own} says; what is not named weighs 1 among its neighbours. */
        OWN
    }

    /**
     * @param own weights of groups ({@code I}), criteria ({@code I.2}) and items ({@code I.2.3}) among those beside them; only with
     *     {@link Weighting#OWN}
     */
    public record Weights(Weighting weighting, List<Own> own) {
        public Weights {
            own = List.copyOf(own);
        }
    }

    /**
     * @param audience the set it is about; ALL for every set
     * @param place {@code I}, {@code I.2} or {@code I.2.3}
     * @param source where the weight comes from; empty: chưa có căn cứ
     */
    public record Own(Audience audience, String place, BigDecimal weight, String source) {}

    /** How the whole comes of the items. */
    public enum Method {
        /** It does not: only how many of each level there are is shown, and nothing is suggested. */
        NONE,
        /** The weighted mean of the points. */
        MEAN,
        FORMULA
    }

    /** What happens while items are not assessed. They are never zero. */
    public enum Unassessed {
        /** There is no result. */
        WITHHOLD,
        /** The result is of those that are assessed, and says how many. */
        LEAVE_OUT
    }

    /** @param formula {@code ""} unless the method is FORMULA */
    public record Whole(Method method, String formula, Unassessed unassessed, Rounding rounding) {}

    /**
     * @param decimals of the result, 0 to 6; of a share those of the percentage
     * @param everyStep whether the means of criteria and groups are rounded too; otherwise only the result is
     */
    public record Rounding(int decimals, Mode mode, boolean everyStep) {}

    public enum Mode {
        HALF_UP(RoundingMode.HALF_UP),
        HALF_EVEN(RoundingMode.HALF_EVEN),
        DOWN(RoundingMode.DOWN);

        private final RoundingMode java;

        Mode(RoundingMode java) {
            this.java = java;
        }

        RoundingMode java() {
            return java;
        }
    }

    /** What a figure counts in. */
    public enum Measure {
        POINTS,
        SHARE,
        COUNT
    }

    /**
     * A number brought in: the 70 points of results, a share of work done in time.
     *
     * @param least and {@code most}: in points, in per cent, or how many
     */
    public record Figure(String code, String words, Measure measure, BigDecimal least, BigDecimal most) {}

    /**
     * What the whole may be given.
     *
     * @param atLeast the result it takes at least, in the unit of the result (points, or per cent); null where no bound is set,
     *     and for the lowest
     */
    public record Grade(String code, String words, @Nullable BigDecimal atLeast) {}

    /**
     * @param formula true when it strikes; empty: a person says whether it does, as a fact of this code
     * @param highest code of the best grade that is left
     */
    public record Disqualifier(String code, String words, String formula, String highest) {}

    /** What a quota's share is taken of. Agencies dispute it, so it is a parameter. */
    public enum Denominator {
        /** Those with the grade {@link Quota#of} only. */
        GRADE,
        /** Those with that grade or a better one. */
        GRADE_OR_BETTER,
        /** All who have a grade. */
        ASSESSED,
        /** All on the roster. */
        ROSTER
    }

    /** Within what a quota is counted. */
    public enum Among {
        /** Those one head decides about. */
        UNIT,
        /** People of like tasks among them. */
        LIKE_TASKS,
        /** Everybody of the unit that holds the cycle and of those below it, whoever decides about them; heads too. */
        AGENCY,
        /** People of like tasks among these. */
        AGENCY_LIKE_TASKS;

        public boolean agency() {
            return this == AGENCY || this == AGENCY_LIKE_TASKS;
        }

        public boolean likeTasks() {
            return this == LIKE_TASKS || this == AGENCY_LIKE_TASKS;
        }
    }

    /** What becomes of a part of a person. */
    public enum Part {
        DOWN,
        HALF_UP,
        UP
    }

    /**
     * At most so many per cent.
     *
     * @param grade whose number is limited
     * @param percent 0 to 100
     * @param of the grade the denominator is about; null for ASSESSED and ROSTER
     */
    public record Quota(
            String grade,
            BigDecimal percent,
            Denominator denominator,
            @Nullable String of,
            Among among,
            Part part) {}

    public enum Actor {
        SELF,
        COLLEAGUES,
        PANEL,
        HEAD,
        SUPERIOR,
        APPROVAL
    }

    public enum Whose {
        ALL,
        HEADS,
        OTHERS;

        public boolean includes(boolean head) {
            return this == ALL || (this == HEADS) == head;
        }
    }

    /**
     * @param code unique in the book, at most 30 letters, digits and hyphens
     * @param order stages of one order run side by side
     * @param blind sees no other stage of its own order before all of that order are handed in
     * @param days working days it may take
     */
    public record Stage(String code, String words, Actor actor, Whose whose, int order, boolean blind, int days) {}

    /**
     * @param day of the period's last month on which assessment begins (25: of the quarter's last month)
     * @param tellDays working days from approval to telling the person
     */
    public record Deadlines(int day, int tellDays) {}

    /**
     * @param file working days to file a petition, from the day after the result was told
     * @param answer working days to answer it, from the day after it was filed
     * @param remind working days before its end that a clock reminds who must act
     * @param basis where the numbers come from; empty: chưa có căn cứ
     */
    public record Clocks(int file, int answer, int remind, String basis) {}

    /** Over what presence is counted. YEAR: the twelve months up to the end of the period, not since January. */
    public enum Window {
        CYCLE,
        YEAR
    }

    /**
     * Who was there too short to be assessed.
     *
     * @param leastDays calendar days a person must have been there; 0: nobody is left out by rule
     * @param notCounted kinds of leave whose days are not days there
     */
    public record Presence(int leastDays, Window window, Set<LeaveKind> notCounted) {
        public Presence {
            notCounted = Set.copyOf(notCounted);
        }

        /** @param days in the window without those of leave that is not counted */
        public boolean enough(int days) {
            return days >= leastDays;
        }
    }

    /** The level of an ordinal from 1. */
    public Level level(int ordinal) {
        return scale.get(ordinal - 1);
    }

    /** Of a level's code, from 1. */
    public Optional<Integer> ordinal(String code) {
        for (int at = 0; at < scale.size(); at++) {
            if (scale.get(at).code().equals(code)) {
                return Optional.of(at + 1);
            }
        }
        return Optional.empty();
    }

    public Optional<Grade> grade(String code) {
        return grades.stream().filter(grade -> grade.code().equals(code)).findFirst();
    }

    /** Place of a grade from 1, the best; 0 where it is none of the book's. */
    public int rank(String code) {
        for (int at = 0; at < grades.size(); at++) {
            if (grades.get(at).code().equals(code)) {
                return at + 1;
            }
        }
        return 0;
    }

    /** The stages that somebody's form goes through, by their order. */
    public List<Stage> route(boolean head) {
        return stages.stream()
                .filter(stage -> stage.whose().includes(head))
                .sorted(Comparator.comparingInt(Stage::order))
                .toList();
    }

    /** The stages of a route that run side by side, one list for each order. */
    public List<List<Stage>> steps(boolean head) {
        List<Stage> route = route(head);
        var steps = new ArrayList<List<Stage>>();
        for (int order : new TreeSet<>(route.stream().map(Stage::order).toList())) {
            steps.add(route.stream().filter(stage -> stage.order() == order).toList());
        }
        return steps;
    }

    /** Whether the levels have points. */
    public boolean points() {
        return scale.stream().anyMatch(level -> level.points() != null);
    }

    /** Whether the book names a document. */
    public boolean named() {
        return !basis.isBlank();
    }
}
