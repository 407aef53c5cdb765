package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.AssignmentMode;
import vn.chuanmuc.directory.Assignments;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;

/** What somebody typed into a form, field by field, just as it was sent: shown again when something is wrong. */
record Typed(Map<String, String> values) {
    static final Typed NOTHING = new Typed(Map.of());
    private static final int LONGEST = 2_000;

    Typed {
        values = Map.copyOf(values);
    }

    String value(String field) {
        String value = values.getOrDefault(field, "");
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** What stands in the field: what was typed, or what stood there before anything was sent. */
    String or(String field, String otherwise) {
        return values.isEmpty() ? otherwise : value(field);
    }

    boolean checked(String field) {
        return value(field).equals("true");
    }

    @Nullable
    UUID id(String field) {
        return Ids.read(value(field));
    }

    /** The unit the form names, picked or searched for. */
    UnitChoice unit(UnitChoices choices, Scope scope) {
        return choices.of(scope, id(UnitChoice.ID), values.get(UnitChoice.TYPED));
    }

    static FormErrors unitErrors(FormErrors errors, UnitChoice choice) {
        Reason why = choice.problem();
        return choice.unit() != null
                ? errors
                : errors.and(UnitChoice.ID, why == null ? Reason.of("ui.unit-choice.empty") : why);
    }

    int number(String field) {
        String text = value(field).strip();
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    boolean blank(String field) {
        return value(field).isBlank();
    }

    /** A day of the form, or null where none can be read; {@link #dayErrors} says so. */
    @Nullable
    LocalDate day(String field) {
        return VietnameseDates.parse(value(field)) instanceof VietnameseDates.Parsed.Read(var day) ? day : null;
    }

    FormErrors dayErrors(FormErrors errors, String field, boolean required) {
        return day(field) == null && (required || !blank(field))
                ? errors.and(field, Reason.of("directory.person.refused.date"))
                : errors;
    }

    FormErrors workErrors(FormErrors errors) {
        FormErrors found = errors;
        if (number("thu-tu") < 0 && !blank("thu-tu")) {
            found = found.and("thu-tu", Reason.of("directory.person.refused.rank"));
        }
        if (number("phan") < 1 || number("phan") > 100) {
            found = found.and("phan", Reason.of("directory.assignment.refused.percent"));
        }
        return found;
    }

    /** Post, mode and share as the form's fields say; to be asked once {@link #workErrors} finds nothing. */
    Assignments.Work work() {
        return new Assignments.Work(
                new People.Post(
                        value("chuc-vu"),
                        checked("lanh-dao"),
                        value("khoi"),
                        PersonKind.of(value("loai")).orElse(PersonKind.CIVIL_SERVANT),
                        number("thu-tu") < 0 ? null : number("thu-tu"),
                        value("ghi-chu")),
                AssignmentMode.of(value("hinh-thuc")).orElse(AssignmentMode.REGULAR),
                Math.max(1, number("phan")),
                checked("vuot"));
    }

    static FormErrors errors(String field, Reason why) {
        return field.isEmpty() ? FormErrors.whole(why) : FormErrors.of(field, why);
    }
}
