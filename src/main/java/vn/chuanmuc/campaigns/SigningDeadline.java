package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/**
 * Until when a commitment is to be signed, as a document says for some years: dated data ({@code campaigns/deadlines.json}), never
 * a constant. A proposal only: the plan of the year decides.
 *
 * @param fromYear first year it holds for
 * @param untilYear last year it holds for, null while no later one is known
 * @param basis the document it stands on, in its own language
 * @param seen where the basis was seen: {@code source}, {@code public} or {@code report}, as domain.md marks it
 */
public record SigningDeadline(int fromYear, @Nullable Integer untilYear, MonthDay signBy, String basis, String seen) {
    boolean holdsFor(int year) {
        return year >= fromYear && (untilYear == null || year <= untilYear);
    }

    /** The last day to sign in a year it holds for. */
    public LocalDate in(int year) {
        return signBy.atYear(year);
    }
}
