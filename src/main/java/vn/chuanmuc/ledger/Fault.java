package vn.chuanmuc.ledger;

/**
 * Something that is not as it was recorded.
 *
 * @param kind of the record: a kind of evidence, or {@code ledger.…} for the ledger itself
 * @param key which record
 * @param fault code of what is wrong; the words are {@code ledger.fault.<code>}
 */
public record Fault(String kind, String key, String fault) {
    /** It is not what its record says. */
    public static final String CHANGED = "changed";
    /** There is a record of it, and it is gone. */
    public static final String MISSING = "missing";
    /** It is there, and no act names it. */
    public static final String UNRECORDED = "unrecorded";
    /** It does not agree with what it was counted or made from. */
    public static final String DISAGREES = "disagrees";
    /** It waits for its place in the tree longer than it should. */
    public static final String LATE = "late";
}
