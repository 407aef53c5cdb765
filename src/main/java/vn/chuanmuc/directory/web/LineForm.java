package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;

/**
 * One of the forms of a page about lines, as it was sent: kept as it came, so that nothing entered is lost.
 *
 * @param name which form it is; empty where none was sent
 */
record LineForm(String name, Map<String, String> values, FormErrors errors) {
    static final String SUPERIOR = "cap-tren";
    static final LineForm NONE = new LineForm("", Map.of(), FormErrors.NONE);

    static LineForm sent(String name, Map<String, String> values) {
        return new LineForm(name, values, FormErrors.NONE);
    }

    LineForm with(FormErrors wrong) {
        return new LineForm(name, values, wrong);
    }

    LineForm refused(Saved.Refused refused) {
        return with(FormErrors.of(refused.field(), refused.why()));
    }

    /** Where the form asks for its one day under another name than the command does. */
    LineForm refusedOnDay(Saved.Refused refused) {
        boolean day = refused.field().equals("tu-ngay") || refused.field().equals("ngay-thoi");
        return with(FormErrors.of(day ? "ngay" : refused.field(), refused.why()));
    }

    boolean is(String form) {
        return name.equals(form);
    }

    FormErrors errors(String form) {
        return is(form) ? errors : FormErrors.NONE;
    }

    String text(String field) {
        String value = values.getOrDefault(field, "");
        return value.length() > 1_000 ? value.substring(0, 1_000) : value;
    }

    String kept(String form, String field, @Nullable String otherwise) {
        return is(form) && values.containsKey(field) ? text(field) : otherwise == null ? "" : otherwise;
    }

    /** The unit the form names, picked or searched for. */
    UnitChoice choice(UnitChoices choices, Scope scope) {
        return choices.of(scope, id(UnitChoice.ID), values.get(UnitChoice.TYPED));
    }

    /** The superior the form names among the units of the line, or {@code otherwise} where this form was not sent. */
    UnitChoice superior(Lines lines, Scope scope, UUID line, LocalDate day, @Nullable UUID otherwise) {
        boolean sent = values.containsKey(SUPERIOR) || values.containsKey(SUPERIOR + UnitChoice.SEARCH);
        return lines.superior(
                scope,
                line,
                day,
                sent ? id(SUPERIOR) : otherwise,
                sent ? values.get(SUPERIOR + UnitChoice.SEARCH) : null);
    }

    @Nullable
    UUID id(String field) {
        return Ids.read(text(field));
    }

    int number(String field) {
        String value = text(field).strip();
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    }

    /** The days of the form, or what is wrong with them. */
    Days days(String... fields) {
        var days = new LinkedHashMap<String, LocalDate>();
        FormErrors wrong = FormErrors.NONE;
        for (String field : fields) {
            switch (VietnameseDates.parse(text(field))) {
                case VietnameseDates.Parsed.Read(var day) -> days.put(field, day);
                case VietnameseDates.Parsed.Refused _ ->
                    wrong = wrong.and(field, Reason.of("directory.person.refused.date"));
            }
        }
        return new Days(days, wrong);
    }

    record Days(Map<String, LocalDate> byField, FormErrors wrong) {
        LocalDate get(String field) {
            return java.util.Objects.requireNonNull(byField.get(field));
        }
    }
}
