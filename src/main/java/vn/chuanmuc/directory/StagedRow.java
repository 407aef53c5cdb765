package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;

/**
 * A row of an uploaded sheet: what its cells say, and what would come of it.
 *
 * @param readable whether the cells by themselves make a person
 * @param cells the texts of the columns that are read, in their order, so that a bad row can be given back to be mended
 * @param problems errors and warnings
 * @param unitId where it goes, as far as that is clear
 * @param assignmentId the open assignment it speaks of
 */
record StagedRow(
        int number,
        boolean readable,
        Outcome outcome,
        String name,
        @Nullable LocalDate birthDate,
        @Nullable String position,
        @Nullable String unit,
        @Nullable String bloc,
        @Nullable PersonKind kind,
        @Nullable String staffCode,
        @Nullable Integer order,
        @Nullable String note,
        List<String> cells,
        List<Change> changes,
        List<Problem> problems,
        @Nullable UUID unitId,
        @Nullable UUID assignmentId) {

    enum Outcome {
        ADD,
        CHANGE,
        SAME,
        BAD;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Outcome of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** What becomes different of somebody who is known. {@code field} is the last part of a message key. */
    record Change(String field, String from, String to) {}

    /**
     * @param settled whether it depends on what is stored, and may be gone when the row is looked at again
     * @param at which field of sent data it is about, as a pointer; null when the arguments or the key tell
     */
    record Problem(
            String key,
            List<String> arguments,
            boolean error,
            boolean settled,
            @Nullable String at) {
        Problem(String key, List<String> arguments, boolean error, boolean settled) {
            this(key, arguments, error, settled, null);
        }

        Reason reason() {
            return Reason.of(key, arguments.toArray());
        }
    }

    StagedRow with(
            Outcome nowOutcome,
            List<Change> nowChanges,
            List<Problem> nowProblems,
            @Nullable UUID nowUnit,
            @Nullable UUID nowAssignment) {
        return new StagedRow(
                number,
                readable,
                nowOutcome,
                name,
                birthDate,
                position,
                unit,
                bloc,
                kind,
                staffCode,
                order,
                note,
                cells,
                nowChanges,
                nowProblems,
                nowUnit,
                nowAssignment);
    }

    StagedRow withNote(String other) {
        return new StagedRow(
                number,
                readable,
                outcome,
                name,
                birthDate,
                position,
                unit,
                bloc,
                kind,
                staffCode,
                order,
                other,
                cells,
                changes,
                problems,
                unitId,
                assignmentId);
    }

    /** The name as it is recognised; that of a row without a name is empty. */
    String foldedKey() {
        return PersonName.parse(name) instanceof PersonName.Parsed.Read(var read) ? read.foldedKey() : "";
    }
}
