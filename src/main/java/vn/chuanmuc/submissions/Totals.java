package vn.chuanmuc.submissions;

import vn.chuanmuc.kernel.Check;

/** Counts of a list; {@code 0 ≤ signed + declined + excused ≤ expected} holds of every one that exists. */
public record Totals(int expected, int signed, int declined, int excused) {
    public Totals {
        Check.that(
                signed >= 0 && declined >= 0 && excused >= 0 && signed + declined + excused <= expected,
                "more people stand somewhere than are expected");
    }

    /** Those who have neither signed nor declined nor been recorded with a reason. */
    public int open() {
        return expected - signed - declined - excused;
    }
}
