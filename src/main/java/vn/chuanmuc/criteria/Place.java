package vn.chuanmuc.criteria;

import java.util.List;

/**
 * A place of a decision that a proof-reader can look at, settle and correct.
 *
 * @param where path as in {@link Doubt}: {@code decision.number}, {@code set[1].group[2].criterion[1].item[3]} …
 * @param printed what was read, character for character; empty if nothing was
 * @param line 1-based source line, 0 if it stands in no single line
 * @param value what holds now; dates as dd/MM/yyyy, an audience by its name
 * @param corrected whether a person changed it
 * @param doubts what the reader was not sure of here
 * @param settled whether a person has looked at the doubts here
 * @param candidates values to choose from, the likeliest first
 */
public record Place(
        String where,
        Kind kind,
        String printed,
        int line,
        String value,
        boolean corrected,
        List<Doubt> doubts,
        boolean settled,
        List<String> candidates) {
    public Place {
        doubts = List.copyOf(doubts);
        candidates = List.copyOf(candidates);
    }

    /** What may stand at a place. */
    public enum Kind {
        NUMBER(100),
        DATE(20),
        /** A title or a name, in one line. */
        LINE(1_000),
        /** Running words, in one or several lines. */
        WORDS(20_000),
        AUDIENCE(20),
        /** Nothing to correct, only something to look at. */
        REMARK(0);

        private final int most;

        Kind(int most) {
            this.most = most;
        }

        /** How many characters may stand there. */
        public int most() {
            return most;
        }
    }

    /** Whether a person must still settle it. */
    public boolean open() {
        return !doubts.isEmpty() && !settled;
    }

    /** The source lines to look at, from the top. */
    public List<Integer> lines() {
        var lines =
                doubts.stream().map(Doubt::line).filter(at -> at > 0).distinct().toList();
        return lines.isEmpty() && line > 0 ? List.of(line) : lines;
    }

    /** The place as an address within a page. */
    public String anchor() {
        return anchor(where);
    }

    static String anchor(String where) {
        return "o-" + where.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }
}
