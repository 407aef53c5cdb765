package vn.chuanmuc.assessments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What every form begins with: of which cycle it is, whose, where, and of which days. Names are as they were at the opening.
 *
 * @param personId the record that stands for the person now: the one the form was made for, or the one that took it over
 * @param segment of {@code segments}: each unit of somebody who moved rates its own days
 */
public record FormHead(
        UUID formId,
        Period period,
        UUID cycleId,
        String cycleTitle,
        UUID personId,
        String fullName,
        String positionName,
        UUID unitId,
        String unitName,
        int segment,
        int segments,
        LocalDate dayFrom,
        LocalDate dayTo) {
    /** Of {@code assessments.form f}: who the person is now, should their record have been given up for another since. */
    static final String PERSON = present("f.person_id");

    /** Who somebody is now. @param record of a person in the tenant of {@code f}; null gives null */
    static String present(String record) {
        return "coalesce((select m.merged_into from directory.person m where m.tenant_id = f.tenant_id and m.id = %1$s), %1$s)"
                .formatted(record);
    }

    /** {@code :person}, as the record the form was made for when it is about them. */
    static final String ASKING =
            "case when " + PERSON + " = cast(:person as uuid) then f.person_id else cast(:person as uuid) end";

    /** Every record of {@code :person}; of nobody, none. */
    static final String RECORDS =
            "any (array(select r.id from directory.records_of(:tenant, cast(:person as uuid)) as r (id)))";

    /** Of {@code assessments.form f} with its {@code assessments.cycle c}; what {@link #of} reads. */
    static final String COLUMNS = columns(PERSON);

    /** The same. @param person an expression for who the person is now, where the statement has one at hand */
    static String columns(String person) {
        return """
            f.id, f.period, f.cycle_id, c.title, %s as person_id, f.full_name, f.position_name, f.unit_id, f.unit_name, f.segment, f.segments,
            f.day_from, f.day_to
            """.formatted(person);
    }

    static FormHead of(ResultSet row) throws SQLException {
        return new FormHead(
                row.getObject("id", UUID.class),
                Period.of(row.getInt("period")),
                row.getObject("cycle_id", UUID.class),
                row.getString("title"),
                row.getObject("person_id", UUID.class),
                row.getString("full_name"),
                row.getString("position_name"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getInt("segment"),
                row.getInt("segments"),
                row.getObject("day_from", LocalDate.class),
                row.getObject("day_to", LocalDate.class));
    }

    /** Whatever is told of a form after its head. */
    public interface Bearer {
        FormHead head();

        default UUID formId() {
            return head().formId();
        }

        default Period period() {
            return head().period();
        }

        default UUID cycleId() {
            return head().cycleId();
        }

        default String cycleTitle() {
            return head().cycleTitle();
        }

        default UUID personId() {
            return head().personId();
        }

        default String fullName() {
            return head().fullName();
        }

        default String positionName() {
            return head().positionName();
        }

        default UUID unitId() {
            return head().unitId();
        }

        default String unitName() {
            return head().unitName();
        }

        default int segment() {
            return head().segment();
        }

        default int segments() {
            return head().segments();
        }

        default LocalDate dayFrom() {
            return head().dayFrom();
        }

        default LocalDate dayTo() {
            return head().dayTo();
        }
    }
}
