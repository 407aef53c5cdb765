package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Sha256;

/**
 * The SHA-256 that stands in the ledger for a roster as it was frozen: one line per person, ordered by the person's id as
 * text; fields separated by U+001F, lines ended by a line feed, UTF-8.
 */
final class RosterHash {
    private static final char FIELD = '\u001F';

    private RosterHash() {}

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
        static Line of(RosterRow row) {
            var member = row.member();
            return new Line(
                    member.personId(),
                    member.unitId(),
                    member.unitName(),
                    member.blocId(),
                    member.blocName(),
                    member.fullName(),
                    member.birthDate(),
                    member.positionName(),
                    member.rankOrder(),
                    row.setId());
        }

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

    static byte[] of(List<Line> lines) {
        var hash = new Sha256();
        lines.stream()
                .sorted(Comparator.comparing(line -> line.personId().toString()))
                .forEach(line -> hash.add(line.text()));
        return hash.digest();
    }
}
