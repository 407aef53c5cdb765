package vn.chuanmuc.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Own;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Weights;
import vn.chuanmuc.rules.SetShape.Place;

/**
 * What each item of a set weighs, of those that count: who does not count drops out and the others beside it share its part; a
 * criterion or group of which nothing counts drops out whole.
 */
final class Weighing {
    private final SetShape shape;
    private final Weighting weighting;
    private final boolean[] counts;
    private final List<Place> places;
    private final Map<String, Own> own = new HashMap<>();

    Weighing(SetShape shape, Weights weights, boolean[] counts) {
        Check.that(counts.length == shape.items(), "one answer for each item");
        this.shape = shape;
        this.weighting = weights.weighting();
        this.counts = counts.clone();
        this.places = shape.places();
        if (weighting == Weighting.OWN) {
            weights.own().stream()
                    .filter(one -> one.audience() == Audience.ALL || one.audience() == shape.audience())
                    .sorted((a, b) -> Boolean.compare(b.audience() == Audience.ALL, a.audience() == Audience.ALL))
                    .forEach(one -> own.put(one.place(), one)); // a set's own weight comes before that for all
        }
    }

    /** The same items under another weighting. */
    Weighing under(Weights other) {
        return new Weighing(shape, other, counts);
    }

    List<Place> places() {
        return places;
    }

    boolean counts(int position) {
        return counts[position - 1];
    }

    Fraction beside(String place) {
        Own given = own.get(place);
        return given == null ? Fraction.ONE : Fraction.of(given.weight());
    }

    Reason source(String place) {
        if (weighting != Weighting.OWN) {
            return Reason.of("rules.weight.source." + weighting.name().toLowerCase(java.util.Locale.ROOT));
        }
        Own given = own.get(place);
        if (given == null) {
            return Reason.of("rules.weight.source.even");
        }
        return given.source().isBlank()
                ? Reason.of("rules.weight.source.none", given.weight())
                : Reason.of("rules.weight.source.given", given.weight(), given.source());
    }

    /** Where an item's weight comes from: the nearest thing above it that has one of its own. */
    Reason sourceOf(Place place) {
        for (String name : List.of(place.name(), place.criterionName(), place.groupName())) {
            if (own.containsKey(name)) {
                return source(name);
            }
        }
        return source(place.name());
    }

    /** A mean of values with weights, and what it was taken of. */
    record Mean(Fraction value, List<Fraction> of, List<Fraction> weights) {
        static @Nullable Mean of(List<Fraction> values, List<Fraction> weights) {
            if (values.isEmpty()) {
                return null;
            }
            Fraction sum = Fraction.ZERO;
            Fraction total = Fraction.ZERO;
            for (int at = 0; at < values.size(); at++) {
                sum = sum.plus(values.get(at).times(weights.get(at)));
                total = total.plus(weights.get(at));
            }
            return new Mean(sum.over(total), List.copyOf(values), List.copyOf(weights));
        }
    }

    /**
     * Means of criteria ({@code I.2}) and groups ({@code I}) in the set's order, and of the whole.
     *
     * @param whole null when nothing counts
     */
    record Means(
            Map<String, @Nullable Mean> parts, @Nullable Mean whole) {}

    /**
     * @param values of each item; those that do not count are not looked at
     * @param step what is done to the mean of a criterion or group before it goes on
     */
    Means means(List<@Nullable Fraction> values, UnaryOperator<Fraction> step) {
        var parts = new java.util.LinkedHashMap<String, @Nullable Mean>();
        var every = new Pool();
        var everyCriterion = new Pool();
        var everyGroup = new Pool();
        int at = 0;
        for (SetShape.Group group : shape.groups()) {
            var items = new Pool();
            var criteria = new Pool();
            for (SetShape.Criterion criterion : group.criteria()) {
                String place = group.numeral() + "." + criterion.numeral();
                var inside = new Pool();
                for (int i = 1; i <= criterion.items(); i++, at++) {
                    Fraction value = values.get(at);
                    if (counts[at] && value != null) {
                        inside.add(value, beside(place + "." + i));
                        items.add(value, Fraction.ONE);
                        every.add(value, Fraction.ONE);
                    }
                }
                Mean mean = stepped(inside.mean(), step);
                parts.put(place, mean);
                if (mean != null) {
                    criteria.add(mean.value(), beside(place));
                    everyCriterion.add(mean.value(), Fraction.ONE);
                }
            }
            Mean mean = stepped(weighting == Weighting.ITEMS ? items.mean() : criteria.mean(), step);
            parts.put(group.numeral(), mean);
            if (mean != null) {
                everyGroup.add(mean.value(), beside(group.numeral()));
            }
        }
        return new Means(
                parts,
                switch (weighting) {
                    case ITEMS -> every.mean();
                    case CRITERIA -> everyCriterion.mean();
                    case GROUPS, OWN -> everyGroup.mean();
                });
    }

    private static @Nullable Mean stepped(@Nullable Mean mean, UnaryOperator<Fraction> step) {
        return mean == null ? null : new Mean(step.apply(mean.value()), mean.of(), mean.weights());
    }

    private static final class Pool {
        private final List<Fraction> values = new ArrayList<>();
        private final List<Fraction> weights = new ArrayList<>();

        void add(Fraction value, Fraction weight) {
            values.add(value);
            weights.add(weight);
        }

        @Nullable
        Mean mean() {
            return Mean.of(values, weights);
        }
    }

    /** The part of the whole that each item is; together 1, or 0 when nothing counts. */
    List<Fraction> shares() {
        var own = new Fraction[places.size()];
        Fraction items = Fraction.ZERO;
        Fraction criteria = Fraction.ZERO;
        Fraction groups = Fraction.ZERO;
        int at = 0;
        for (SetShape.Group group : shape.groups()) {
            int begin = at;
            Fraction inGroup = Fraction.ZERO;
            for (SetShape.Criterion criterion : group.criteria()) {
                String place = group.numeral() + "." + criterion.numeral();
                Fraction inCriterion = Fraction.ZERO;
                for (int i = 0; i < criterion.items(); i++) {
                    own[at + i] = counts[at + i] ? beside(place + "." + (i + 1)) : Fraction.ZERO;
                    inCriterion = inCriterion.plus(own[at + i]);
                }
                items = items.plus(inCriterion);
                if (!inCriterion.isZero()) {
                    Fraction weight = beside(place);
                    if (weighting != Weighting.ITEMS) {
                        scale(own, at, at + criterion.items(), weight.over(inCriterion));
                    }
                    inGroup = inGroup.plus(weight);
                    criteria = criteria.plus(Fraction.ONE);
                }
                at += criterion.items();
            }
            if (!inGroup.isZero()) {
                Fraction weight = beside(group.numeral());
                if (weighting == Weighting.GROUPS || weighting == Weighting.OWN) {
                    scale(own, begin, at, weight.over(inGroup));
                }
                groups = groups.plus(weight);
            }
        }
        Fraction whole = switch (weighting) {
            case ITEMS -> items;
            case CRITERIA -> criteria;
            case GROUPS, OWN -> groups;
        };
        if (!whole.isZero()) {
            scale(own, 0, own.length, Fraction.ONE.over(whole));
        }
        return List.of(own);
    }

    private static void scale(Fraction[] values, int from, int to, Fraction by) {
        for (int at = from; at < to; at++) {
            values[at] = values[at].times(by);
        }
    }
}
