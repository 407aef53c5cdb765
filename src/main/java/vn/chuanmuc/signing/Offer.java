package vn.chuanmuc.signing;

import java.util.List;
import vn.chuanmuc.kernel.Reason;

/** What became of a signed file that was handed in. */
public sealed interface Offer {
    /** It is checked, kept and passed on to whoever asked for it. */
    record Accepted() implements Offer {}

    /** Everything is right; whose certificate it is must be confirmed by somebody of the office once. */
    record ToIdentify() implements Offer {}

    /** Kept, and checked again when what is missing is there. */
    record Undecided(List<Reason> missing) implements Offer {}

    /** Nothing of it is kept but the report. */
    record Refused(List<Reason> why) implements Offer {}
}
