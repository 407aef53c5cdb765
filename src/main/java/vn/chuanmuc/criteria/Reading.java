package vn.chuanmuc.criteria;

import java.util.List;

/** What came of reading a text: a decision with everything a person must still confirm, or the reasons why not. */
public sealed interface Reading {

    /** The text is a decision; {@code doubts} are in the order of their lines, those about no line (line 0) first. */
    record Read(ReadDecision decision, List<Doubt> doubts) implements Reading {
        public Read {
            doubts = List.copyOf(doubts);
        }
    }

    /** The text cannot be imported; {@code errors} has at least one entry, in the order of the lines. */
    record Unreadable(List<ReadError> errors) implements Reading {
        public Unreadable {
            errors = List.copyOf(errors);
        }
    }
}
