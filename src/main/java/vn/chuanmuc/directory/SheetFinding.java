package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.PersonName;

/** What {@link PeopleSheetReader} makes of one row, in the order of the rows. */
sealed interface SheetFinding {

    /** The number the row has in the sheet, from 1. */
    int row();

    /**
     * A person. Texts are on one line in NFC; null is "not entered". Unit, bloc and position are as written, to be matched by
     * {@link UnitNames#matchKey}.
     *
     * @param unit from the row itself, or else from the section heading above
     * @param bloc from the row itself, or else from the section heading above
     * @param order the rank order the office gave
     * @param warnings none of them an error
     */
    record PersonRow(
            int row,
            PersonName name,
            @Nullable LocalDate birthDate,
            @Nullable String position,
            @Nullable String unit,
            @Nullable String bloc,
            @Nullable PersonKind kind,
            @Nullable String staffCode,
            @Nullable Integer order,
            @Nullable String note,
            List<CellReason> warnings)
            implements SheetFinding {}

    /**
     * A row that cannot be taken.
     *
     * @param name what stands for a name, as far as there is one
     * @param reasons from left to right; at least one is an error
     */
    record BadRow(int row, String name, List<CellReason> reasons) implements SheetFinding {}

    /** A line between the people that names the bloc or the unit of the rows below. */
    record SectionRow(int row, Section section, String text) implements SheetFinding {}

    enum Section {
        BLOC,
        UNIT;

        /** Arguments: row, text. */
        String messageKey() {
            return "directory.import.section." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** A row that is no person. */
    record IgnoredRow(int row, Ignored why, String text) implements SheetFinding {}

    enum Ignored {
        REPEATED_HEADING,
        COLUMN_NUMBERS,
        TOTAL,
        FOOTER,
        SERIAL_ONLY,
        UNCLEAR;

        /** Arguments: row, text. */
        String messageKey() {
            return "directory.import.ignored." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The sheet as a whole cannot be read, or not any further. */
    record SheetRefused(int row, ImportReason reason, List<String> args) implements SheetFinding {}

    /**
     * A reason and the cell it is about.
     *
     * @param cell as a spreadsheet names it, "D12"
     * @param args what the message says besides the cell
     */
    record CellReason(String cell, ImportReason reason, List<String> args) {

        /** What {@link ImportReason#messageKey} takes: the cell, then the other arguments. */
        Object[] messageArguments() {
            var all = new Object[args.size() + 1];
            all[0] = cell;
            for (var i = 0; i < args.size(); i++) {
                all[i + 1] = args.get(i);
            }
            return all;
        }
    }
}
