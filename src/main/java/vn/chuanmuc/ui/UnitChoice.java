package vn.chuanmuc.ui;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * One unit chosen out of many: a list to pick from where there are few, a field to search with where there are many, with what
 * matches to pick from when that was not one unit.
 *
 * @param few whether {@code options} are all there are
 * @param options all, or those that match what was typed
 * @param typed what stands in the search field
 * @param chosen the unit that was picked or found; null when none was wanted or none was found
 * @param problem why no unit was found for what was typed
 */
public record UnitChoice(
        boolean few,
        List<Option> options,
        String typed,
        @Nullable Option chosen,
        @Nullable Reason problem) {
    /** Name of the parameter that holds the id. */
    public static final String ID = "don-vi";
    /** Stands behind the name of a choice where it names what was typed. */
    public static final String SEARCH = "-tim";
    /** Name of the parameter that holds what was typed. */
    public static final String TYPED = ID + SEARCH;

    /**
     * @param depth how far below the highest of those offered
     * @param path names of what is above it, the highest first; empty where the depth says it
     */
    public record Option(UUID id, String name, String code, int depth, String path) {
        /** How it is written where only text can be: the code makes it the one. */
        public String label() {
            return name + " (" + code + ")";
        }
    }

    public @Nullable UUID unit() {
        return chosen == null ? null : chosen.id();
    }

    public boolean is(Option option) {
        return chosen != null && chosen.id().equals(option.id());
    }

    /** Whether there is anything to choose at all. */
    public boolean needed() {
        return !few || options.size() > 1;
    }

    /** Options to pick one from because what was typed fits several. */
    public boolean several() {
        return !few && !options.isEmpty();
    }
}
