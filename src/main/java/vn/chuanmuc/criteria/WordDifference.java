package vn.chuanmuc.criteria;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import vn.chuanmuc.criteria.ItemChange.Segment;
import vn.chuanmuc.criteria.ItemChange.Segment.Fate;

/** The difference of two texts in words and signs (longest common subsequence). */
final class WordDifference {
    /** Beyond this many comparisons the differing middle is shown as a whole: two items of more than 2,000 words. */
    private static final long MOST_CELLS = 4_000_000;

    private WordDifference() {}

    static List<Segment> of(String before, String after) {
        var old = tokens(Normalizer.normalize(before, Normalizer.Form.NFC));
        var now = tokens(Normalizer.normalize(after, Normalizer.Form.NFC));
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        var segments = new Segments();
        old.subList(0, head).forEach(token -> segments.add(Fate.KEPT, token));
        middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), segments);
        old.subList(old.size() - tail, old.size()).forEach(token -> segments.add(Fate.KEPT, token));
        return segments.close();
    }

    private static void middle(List<String> old, List<String> now, Segments segments) {
        int i = 0;
        int j = 0;
        if ((long) old.size() * now.size() <= MOST_CELLS) {
            var common = commonLengths(old, now);
            while (i < old.size() && j < now.size()) {
                if (old.get(i).equals(now.get(j))) {
                    segments.add(Fate.KEPT, old.get(i));
                    i++;
                    j++;
                } else if (common[i + 1][j] >= common[i][j + 1]) {
                    segments.add(Fate.REMOVED, old.get(i++));
                } else {
                    segments.add(Fate.ADDED, now.get(j++));
                }
            }
        }
        old.subList(i, old.size()).forEach(token -> segments.add(Fate.REMOVED, token));
        now.subList(j, now.size()).forEach(token -> segments.add(Fate.ADDED, token));
    }

    /** [i][j]: how many tokens the ends from i and from j have in common. */
    private static int[][] commonLengths(List<String> old, List<String> now) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Words and single signs, each with the blanks before it, so that the tokens together are the text. */
    private static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            while (at < text.length() && Line.isBlank(text.charAt(at))) {
                at++;
            }
            int word = at;
            while (at < text.length() && inWord(text.charAt(at))) {
                at++;
            }
            if (at == word && at < text.length()) {
                at++;
            }
            tokens.add(text.substring(start, at));
            start = at;
        }
        return tokens;
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static final class Segments {
        private final List<Segment> done = new ArrayList<>();
        private final StringBuilder kept = new StringBuilder();
        private final StringBuilder removed = new StringBuilder();
        private final StringBuilder added = new StringBuilder();

        void add(Fate fate, String token) {
            switch (fate) {
                case KEPT -> {
                    flushChange();
                    kept.append(token);
                }
                case REMOVED -> {
                    flush(Fate.KEPT, kept);
                    removed.append(token);
                }
                case ADDED -> {
                    flush(Fate.KEPT, kept);
                    added.append(token);
                }
            }
        }

        List<Segment> close() {
            flush(Fate.KEPT, kept);
            flushChange();
            return done;
        }

        private void flushChange() {
            flush(Fate.REMOVED, removed);
            flush(Fate.ADDED, added);
        }

        private void flush(Fate fate, StringBuilder run) {
            if (!run.isEmpty()) {
                done.add(new Segment(fate, run.toString()));
                run.setLength(0);
            }
        }
    }
}
