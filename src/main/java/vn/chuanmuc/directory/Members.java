package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is or was in units on a day, as lists show them. */
@Component
public class Members {
    private final MembersStore store;

    Members(MembersStore store) {
        this.store = store;
    }

    /**
     * Which people of a scope to list.
     *
     * @param words beginnings of words of the name, with or without marks; blank for all
     * @param unitId only this unit and below, as it is today; null for the whole scope
     * @param byRank by rank instead of by name
     * @param day whose assignments held on it; names of units are those of that day
     */
    public record Filter(
            String words, @Nullable UUID unitId, @Nullable UUID blocId, boolean byRank, LocalDate day) {}

    /** A member as a list shows them. */
    public record Listed(UUID assignmentId, People.Member member) {}

    /**
     * Part of a list.
     *
     * @param total how many there are, counted no further than {@link #MOST_COUNTED} + 1
     */
    public record Page(List<Listed> people, int total) {
        public boolean uncounted() {
            return total > MOST_COUNTED;
        }
    }

    /** Counting further would cost more than the page itself. */
    public static final int MOST_COUNTED = 1_000;

    /** Rows further down are not paged to: search instead. */
    public static final int DEEPEST = 10_000;

    /** A part of the list. With words, names that have them with just these marks come first. */
    public Page list(Scope scope, Filter filter, int offset, int limit) {
        return store.list(scope, filter, Math.min(offset, DEEPEST), Math.min(limit, 200));
    }
}
