package vn.chuanmuc.assessments;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Figures of units as they are added up: whole numbers only, so that taking away undoes adding to the last digit. */
final class RollupSums {
    /** Of a form: running, ready to decide, decided, approved, told, not assessed, called off. */
    static final int STATES = 7;
    /** Of a stage: expected, handed in. */
    static final int TURNS = 2;

    final Map<Key, Sum> units = new HashMap<>();
    final Map<Part, Sum> parts = new HashMap<>();

    /** @param stage empty for the forms themselves */
    record Key(UUID unit, UUID set, String stage) {
        Key in(UUID other) {
            return new Key(other, set, stage);
        }
    }

    /** @param kind {@code position} or {@code line} */
    record Part(UUID unit, UUID set, String stage, String kind, String key) {
        Part in(UUID other) {
            return new Part(other, set, stage, kind, key);
        }
    }

    static final class Sum {
        int n;
        int[] hist = new int[0];
        int[] counts = new int[0];

        void add(Sum other, int sign) {
            n += sign * other.n;
            hist = plus(hist, other.hist, sign);
            counts = plus(counts, other.counts, sign);
        }

        void count(int at, int size, int many) {
            counts = grown(counts, size);
            counts[at] += many;
        }

        void level(int at, int many) {
            hist = grown(hist, at + 1);
            hist[at] += many;
        }

        /** Room for a histogram of so many cells, whether there is anything in them or not. */
        void room(int cells) {
            hist = grown(hist, cells);
        }

        boolean zero() {
            return n == 0
                    && Arrays.stream(hist).allMatch(x -> x == 0)
                    && Arrays.stream(counts).allMatch(x -> x == 0);
        }

        private static int[] plus(int[] to, int[] what, int sign) {
            int[] sum = grown(to, what.length);
            for (int i = 0; i < what.length; i++) {
                sum[i] += sign * what[i];
            }
            return sum;
        }

        private static int[] grown(int[] numbers, int size) {
            return numbers.length >= size ? numbers : Arrays.copyOf(numbers, size);
        }
    }

    Sum of(Key key) {
        return units.computeIfAbsent(key, any -> new Sum());
    }

    Sum of(Part part) {
        return parts.computeIfAbsent(part, any -> new Sum());
    }

    void add(RollupSums other, int sign) {
        other.units.forEach((key, sum) -> of(key).add(sum, sign));
        other.parts.forEach((key, sum) -> of(key).add(sum, sign));
    }

    /** What every unit adds, added to it and to all that is above it. */
    RollupSums upwards(UnaryOperator<@Nullable UUID> parent) {
        var sums = new RollupSums();
        units.forEach((key, sum) -> {
            for (@Nullable UUID at = key.unit(); at != null; at = parent.apply(at)) {
                sums.of(key.in(at)).add(sum, 1);
            }
        });
        parts.forEach((key, sum) -> {
            for (@Nullable UUID at = key.unit(); at != null; at = parent.apply(at)) {
                sums.of(key.in(at)).add(sum, 1);
            }
        });
        return sums;
    }

    /** The same with every unit in place of another: what children have, seen as their parent's. */
    RollupSums moved(UnaryOperator<@Nullable UUID> to) {
        var sums = new RollupSums();
        units.forEach((key, sum) -> {
            @Nullable UUID at = to.apply(key.unit());
            if (at != null) {
                sums.of(key.in(at)).add(sum, 1);
            }
        });
        parts.forEach((key, sum) -> {
            @Nullable UUID at = to.apply(key.unit());
            if (at != null) {
                sums.of(key.in(at)).add(sum, 1);
            }
        });
        return sums;
    }

    RollupSums withoutZeros() {
        units.values().removeIf(Sum::zero);
        parts.values().removeIf(Sum::zero);
        return this;
    }
}
