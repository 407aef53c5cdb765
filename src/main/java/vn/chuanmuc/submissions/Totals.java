package vn.chuanmuc.submissions;

import java.util.Collection;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.kernel.Check;

/** Counts of a list; {@code 0 ≤ signed + declined + excused ≤ expected} holds of every one that exists. */
public record Totals(int expected, int signed, int declined, int excused) {
    public static final Totals NONE = new Totals(0, 0, 0, 0);

    public Totals {
        Check.that(
                signed >= 0 && declined >= 0 && excused >= 0 && signed + declined + excused <= expected,
                "more people stand somewhere than are expected");
    }

    /** Those who have neither signed nor declined nor been recorded with a reason. */
    public int open() {
        return expected - signed - declined - excused;
    }

    public static Totals of(Collection<ListRow> rows) {
        int[] counts = new int[Standing.values().length];
        for (ListRow row : rows) {
            counts[row.standing().ordinal()]++;
        }
        return new Totals(
                rows.size(),
                counts[Standing.SIGNED.ordinal()],
                counts[Standing.DECLINED.ordinal()],
                counts[Standing.EXCUSED.ordinal()]);
    }
}
