package vn.chuanmuc.criteria;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.ItemChange.Entry;
import vn.chuanmuc.criteria.ItemChange.Kind;
import vn.chuanmuc.criteria.ItemChange.Segment;
import vn.chuanmuc.criteria.ItemChange.Segment.Fate;

/**
 * Compares the items of two sets, or of two versions of a set.
 *
 * <p>Two items are the same when their words are: a comma for a semicolon, straight for curved quotation marks, a capital
 * after a full stop make no other item, but {@link ItemChange#printedAlike} tells them apart. Items are paired in four
 * passes: same words at the same path, same words elsewhere, alike at the same path, alike elsewhere (best first).
 */
final class ItemComparison {
    static final int MOST_ITEMS = 2_000;
    /** Shares of common words (Dice), in thousandths: less is asked where the place already speaks for a pair. */
    private static final int ALIKE_IN_PLACE = 300;

    private static final int ALIKE_ELSEWHERE = 500;
    private static final int NONE = -1;
    private static final char MINUS = '\u2212';

    private final List<Entry> before;
    private final List<Entry> after;
    private final List<String> oldWords;
    private final List<String> newWords;
    private final int[] newOf;
    private final int[] oldOf;

    private ItemComparison(List<Entry> before, List<Entry> after) {
        this.before = before;
        this.after = after;
        this.oldWords = before.stream().map(entry -> words(entry.text())).toList();
        this.newWords = after.stream().map(entry -> words(entry.text())).toList();
        this.newOf = new int[before.size()];
        this.oldOf = new int[after.size()];
        Arrays.fill(newOf, NONE);
        Arrays.fill(oldOf, NONE);
    }

    /**
     * Every item of both lists exactly once, in the order of {@code before}, added items after the item they follow.
     *
     * @throws IllegalArgumentException if a list has more than {@link #MOST_ITEMS} items, which no set has
     */
    static List<ItemChange> compare(List<Entry> before, List<Entry> after) {
        if (before.size() > MOST_ITEMS || after.size() > MOST_ITEMS) {
            throw new IllegalArgumentException("more than " + MOST_ITEMS + " items");
        }
        var comparison = new ItemComparison(List.copyOf(before), List.copyOf(after));
        comparison.pairSameWords();
        comparison.pairAlike();
        return comparison.changes();
    }

    static List<Entry> entries(List<ReadGroup> groups) {
        var entries = new ArrayList<Entry>();
        for (var group : groups) {
            for (var criterion : group.criteria()) {
                for (var item : criterion.items()) {
                    entries.add(new Entry(
                            "group[%d].criterion[%d].item[%d]"
                                    .formatted(group.position(), criterion.position(), item.position()),
                            item.text()));
                }
            }
        }
        return entries;
    }

    /**
     * Lower case, NFC, only letters, digits and signs that mean something (≥, +, %, ₫, the minus of a number; each a word of its own), with
     * single blanks between the words.
     */
    static String words(String text) {
        var out = new StringBuilder(text.length());
        var lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        boolean gap = false;
        for (int at = 0; at < lower.length(); ) {
            int c = lower.codePointAt(at);
            boolean minus = minus(lower, at);
            at += Character.charCount(c);
            if (minus || means(c)) {
                out.append(out.isEmpty() ? "" : " ").appendCodePoint(minus ? MINUS : c);
                gap = true;
                continue;
            }
            if (!Character.isLetterOrDigit(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
                gap = true;
                continue;
            }
            if (gap && !out.isEmpty()) {
                out.append(' ');
            }
            gap = false;
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    /** Signs that one says when reading aloud: mathematical, of money, per cent and per mille. */
    private static boolean means(int c) {
        return switch (Character.getType(c)) {
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL -> true;
            default -> c == '%' || c == '‰';
        };
    }

    /** A hyphen or dash right before a digit and not right after a word: "-5", but neither "2020-2025" nor "- 5". */
    private static boolean minus(String text, int at) {
        char c = text.charAt(at);
        return (c == '-' || c == '–')
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private void pair(int old, int now) {
        newOf[old] = now;
        oldOf[now] = old;
    }

    private void pairSameWords() {
        var byPath = indexByPath();
        for (int old = 0; old < before.size(); old++) {
            int now = byPath.getOrDefault(before.get(old).path(), NONE);
            if (now != NONE && oldOf[now] == NONE && oldWords.get(old).equals(newWords.get(now))) {
                pair(old, now);
            }
        }
        var byWords = new HashMap<String, ArrayDeque<Integer>>();
        for (int now = 0; now < after.size(); now++) {
            if (oldOf[now] == NONE) {
                byWords.computeIfAbsent(newWords.get(now), any -> new ArrayDeque<>())
                        .add(now);
            }
        }
        for (int old = 0; old < before.size(); old++) {
            var left = newOf[old] == NONE ? byWords.get(oldWords.get(old)) : null;
            if (left != null && !left.isEmpty()) {
                pair(old, left.remove());
            }
        }
    }

    private Map<String, Integer> indexByPath() {
        var byPath = new HashMap<String, Integer>();
        for (int now = 0; now < after.size(); now++) {
            byPath.putIfAbsent(after.get(now).path(), now);
        }
        return byPath;
    }

    private void pairAlike() {
        var numbers = new HashMap<String, Integer>();
        var oldSets = oldWords.stream().map(words -> numbered(words, numbers)).toList();
        var newSets = newWords.stream().map(words -> numbered(words, numbers)).toList();
        var byPath = indexByPath();
        for (int old = 0; old < before.size(); old++) {
            int now = byPath.getOrDefault(before.get(old).path(), NONE);
            if (newOf[old] == NONE
                    && now != NONE
                    && oldOf[now] == NONE
                    && alike(oldSets.get(old), newSets.get(now)) >= ALIKE_IN_PLACE) {
                pair(old, now);
            }
        }
        for (long candidate : candidates(oldSets, newSets, numbers.size())) {
            int old = (int) (candidate >> 12) & 0xFFF;
            int now = (int) candidate & 0xFFF;
            if (newOf[old] == NONE && oldOf[now] == NONE) {
                pair(old, now);
            }
        }
    }

    /** The different words of an item, as sorted numbers. */
    private static int[] numbered(String words, Map<String, Integer> numbers) {
        return words.isEmpty()
                ? new int[0]
                : Arrays.stream(words.split(" "))
                        .mapToInt(word -> numbers.computeIfAbsent(word, any -> numbers.size()))
                        .distinct()
                        .sorted()
                        .toArray();
    }

    private static int alike(int[] one, int[] other) {
        int shared = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            if (one[i] == other[j]) {
                shared++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return dice(shared, one.length, other.length);
    }

    private static int dice(int shared, int one, int other) {
        return one + other == 0 ? 0 : 2_000 * shared / (one + other);
    }

    /**
     * Pairs still open that are alike enough, best first: likeness, then nearness, then order. Packed into longs
     * (10 bits unlikeness, 12 distance, 12 old, 12 new) because there can be four million of them.
     */
    private long[] candidates(List<int[]> oldSets, List<int[]> newSets, int words) {
        var having = new ArrayList<List<Integer>>();
        for (int word = 0; word < words; word++) {
            having.add(new ArrayList<>());
        }
        for (int now = 0; now < after.size(); now++) {
            if (oldOf[now] == NONE) {
                for (int word : newSets.get(now)) {
                    having.get(word).add(now);
                }
            }
        }
        var found = LongStream.builder();
        var shared = new int[after.size()];
        for (int old = 0; old < before.size(); old++) {
            if (newOf[old] != NONE) {
                continue;
            }
            Arrays.fill(shared, 0);
            for (int word : oldSets.get(old)) {
                for (int now : having.get(word)) {
                    shared[now]++;
                }
            }
            for (int now = 0; now < after.size(); now++) {
                int alike = dice(shared[now], oldSets.get(old).length, newSets.get(now).length);
                if (shared[now] > 0 && alike >= ALIKE_ELSEWHERE) {
                    found.add((1_000L - alike) << 36 | (long) Math.abs(old - now) << 24 | (long) old << 12 | now);
                }
            }
        }
        return found.build().sorted().toArray();
    }

    private List<ItemChange> changes() {
        var inOrder = longestOrderedRun();
        var criteria = matchingCriteria();
        var changes = new ArrayList<ItemChange>(before.size() + after.size());
        addAddedFrom(0, changes);
        for (int old = 0; old < before.size(); old++) {
            int now = newOf[old];
            if (now == NONE) {
                var text = before.get(old).text();
                changes.add(new ItemChange(
                        Kind.REMOVED, before.get(old), null, false, false, segments(Fate.REMOVED, text)));
            } else {
                boolean moved =
                        !inOrder[old] || !Objects.equals(criteria.get(parent(before.get(old))), parent(after.get(now)));
                changes.add(paired(old, now, moved));
                addAddedFrom(now + 1, changes);
            }
        }
        return List.copyOf(changes);
    }

    private ItemChange paired(int old, int now, boolean moved) {
        var one = before.get(old);
        var other = after.get(now);
        boolean sameWords = oldWords.get(old).equals(newWords.get(now));
        boolean printedAlike = inPrint(one.text()).equals(inPrint(other.text()));
        var kind = !sameWords ? Kind.REWORDED : moved ? Kind.MOVED : Kind.SAME;
        return new ItemChange(kind, one, other, moved, printedAlike, WordDifference.of(one.text(), other.text()));
    }

    private static String inPrint(String text) {
        return Line.squeeze(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private void addAddedFrom(int from, List<ItemChange> changes) {
        for (int now = from; now < after.size() && oldOf[now] == NONE; now++) {
            var text = after.get(now).text();
            changes.add(new ItemChange(Kind.ADDED, null, after.get(now), false, false, segments(Fate.ADDED, text)));
        }
    }

    private static List<Segment> segments(Fate fate, String text) {
        return text.isEmpty() ? List.of() : List.of(new Segment(fate, Normalizer.normalize(text, Normalizer.Form.NFC)));
    }

    private static String parent(Entry entry) {
        int dot = entry.path().lastIndexOf('.');
        return dot < 0 ? "" : entry.path().substring(0, dot);
    }

    /** For each criterion before, the criterion after that most of its items are in: not every shift is a move. */
    private Map<String, @Nullable String> matchingCriteria() {
        var votes = new LinkedHashMap<String, Map<String, Integer>>();
        for (int old = 0; old < before.size(); old++) {
            if (newOf[old] != NONE) {
                votes.computeIfAbsent(parent(before.get(old)), any -> new LinkedHashMap<>())
                        .merge(parent(after.get(newOf[old])), 1, Integer::sum);
            }
        }
        var matching = new HashMap<String, @Nullable String>();
        votes.forEach((criterion, targets) -> {
            String most = null;
            int best = 0;
            for (var target : targets.entrySet()) {
                if (target.getValue() > best) {
                    most = target.getKey();
                    best = target.getValue();
                }
            }
            matching.put(criterion, most);
        });
        return matching;
    }

    /** Which pairs belong to a longest run that kept its order; the others were moved. */
    private boolean[] longestOrderedRun() {
        var last = new int[before.size()];
        var previous = new int[before.size()];
        int length = 0;
        for (int old = 0; old < before.size(); old++) {
            if (newOf[old] == NONE) {
                continue;
            }
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (newOf[last[middle]] < newOf[old]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[old] = low == 0 ? NONE : last[low - 1];
            last[low] = old;
            length = Math.max(length, low + 1);
        }
        var inRun = new boolean[before.size()];
        for (int old = length == 0 ? NONE : last[length - 1]; old != NONE; old = previous[old]) {
            inRun[old] = true;
        }
        return inRun;
    }
}
