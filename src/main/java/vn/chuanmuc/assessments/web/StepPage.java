package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import vn.chuanmuc.assessments.Forms.Named;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * A step out of the ordinary that is just being taken.
 *
 * @param key of the words: its title; {@code .lead} says what it does, {@code .do} names the button
 * @param about the cycle or the person
 * @param stageName of the one stage it is about; empty where it is about the whole, or where {@code stages} are to choose from
 * @param units null where no unit is asked for
 * @param stands to choose from, where an account is asked for; another one can be typed
 */
record StepPage(
        String at,
        String back,
        String place,
        String key,
        String about,
        String stageName,
        List<Choice> stages,
        @Nullable UnitChoice units,
        boolean asksDay,
        boolean asksAccount,
        List<Named> stands,
        Typed typed,
        FormErrors errors)
        implements View {
    record Choice(String code, String name, LocalDate due) {}

    /** As it was typed. @param unitTyped null when no search field was sent */
    record Typed(
            String stage,
            String unit,
            @Nullable String unitTyped,
            String day,
            String username,
            String reason,
            String basis) {
        private static final int LONGEST = 2_000;
        static final Typed NOTHING = of("");

        static Typed of(String stage) {
            return new Typed(stage, "", null, "", "", "", "");
        }

        static Typed of(MultiValueMap<String, String> fields) {
            return new Typed(
                    text(fields, "buoc"),
                    text(fields, UnitChoice.ID),
                    fields.getFirst(UnitChoice.TYPED),
                    text(fields, "ngay"),
                    text(fields, "tai-khoan"),
                    text(fields, "ly-do"),
                    text(fields, "can-cu"));
        }

        private static String text(MultiValueMap<String, String> fields, String name) {
            String value = fields.getFirst(name);
            return value == null ? "" : value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        }
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
