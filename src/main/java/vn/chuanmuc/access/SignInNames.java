package vn.chuanmuc.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sign-in names that are still free, for as long as the transaction holds {@link AccountStore#lockNames}: the name wished for or,
 * when it is taken, the name with the smallest number from 2 behind it. What is taken is read once for all.
 */
final class SignInNames {
    private static final String NAMELESS = "tai-khoan";

    private final Set<String> taken;
    /** Where the search for a free number goes on: a thousand people of one name are not counted through each time. */
    private final Map<String, Integer> numbers = new HashMap<>();

    SignInNames(AccountStore store, Collection<String> wished) {
        taken = wished.isEmpty()
                ? new HashSet<>()
                : store.namesLike(
                        wished.stream().map(SignInNames::stem).distinct().toList());
    }

    boolean taken(String name) {
        return taken.contains(name);
    }

    String next(String wished) {
        String base = base(wished);
        String name = base;
        int number = numbers.getOrDefault(base, 1);
        while (!taken.add(name)) {
            name = base + ++number;
        }
        numbers.put(base, number);
        return name;
    }

    private static String base(String wished) {
        return wished.isEmpty() ? NAMELESS : wished;
    }

    private static String stem(String wished) {
        return base(wished).replaceAll("[0-9]+$", "");
    }
}
