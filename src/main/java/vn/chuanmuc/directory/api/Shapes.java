package vn.chuanmuc.directory.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON that is answered; each record is a schema of the same name in {@code openapi-v1.yaml}. */
final class Shapes {
    private Shapes() {}

    record Unit(
            String code, String name, String kind, @Nullable String parent) {}

    /** @param next what to give as {@code after} for the next page; null behind the last */
    record UnitPage(List<Unit> units, @Nullable UUID next) {}

    record Person(
            @Nullable String staffCode,
            String fullName,
            @Nullable LocalDate birthDate,
            String unit,
            String unitName,
            String position,
            String bloc,
            String kind,
            boolean main,
            int order,
            String note,
            LocalDate from,
            @Nullable LocalDate to) {}

    record PersonPage(
            LocalDate asOf, List<Person> people, @Nullable UUID next) {}

    record Change(String field, String from, String to) {}

    /** @param outcome {@code added}, {@code changed} or {@code unchanged} */
    record SentPerson(String staffCode, String outcome, List<Change> changes) {}

    record SentPeople(UUID importId, int added, int changed, int unchanged, List<SentPerson> people) {}

    /**
     * @param state {@code reading}, {@code unreadable}, {@code read} (waits for a person), {@code applying}, {@code applied},
     *     {@code dropped}, {@code failed}
     * @param detail why it could not be read; null otherwise
     * @param changesSha256 of the record of changes, as the ledger has it; null before it is applied
     */
    record ImportState(
            UUID importId,
            String state,
            @Nullable String detail,
            int good,
            int bad,
            int added,
            int changed,
            int unchanged,
            int gone,
            int ended,
            @Nullable ImportWork work,
            @Nullable String changesSha256,
            Instant sentAt,
            @Nullable Instant appliedAt) {}

    /** The job at work: {@code done} of {@code total} people; a total of 0 is not known yet. */
    record ImportWork(String state, long done, long total) {}

    /** @param line of the NDJSON that was sent, from 1 */
    record ImportProblem(int line, String field, String detail) {}

    record ImportProblemPage(
            List<ImportProblem> problems, @Nullable Integer next) {}
}
