package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;

/**
 * The SHA-256 that stands in the ledger for a roster as it was frozen: one line per person, ordered by the person's id as
 * text; fields separated by U+001F, lines ended by a line feed, UTF-8. Lines are given one by one, so that memory does not
 * grow with them.
 */
final class RosterHash {
    private static final char FIELD = '\u001F';

    private final Sha256 hash = new Sha256();
    private String last = "";
    private int lines;

    record Line(
            UUID personId,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            int rankOrder,
            UUID setId) {
        private String text() {
            return personId.toString()
                    + FIELD
                    + unitId
                    + FIELD
                    + unitName
                    + FIELD
                    + blocId
                    + FIELD
                    + blocName
                    + FIELD
                    + fullName
                    + FIELD
                    + (birthDate == null ? "" : birthDate)
                    + FIELD
                    + positionName
                    + FIELD
                    + rankOrder
                    + FIELD
                    + setId
                    + '\n';
        }
    }

    /** The next line; its person comes after those before. */
    void add(Line line) {
        String person = line.personId().toString();
        Check.that(last.compareTo(person) < 0, "lines come in the order of the people's ids, each once");
        last = person;
        lines++;
        hash.add(line.text());
    }

    int lines() {
        return lines;
    }

    /** The hash over the lines so far; nothing can be added afterwards. */
    byte[] finish() {
        return hash.digest();
    }
}
