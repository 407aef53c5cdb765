package vn.chuanmuc.panels.web;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.panels.PanelRule;
import vn.chuanmuc.panels.PanelRule.Base;
import vn.chuanmuc.panels.PanelRule.Hands;
import vn.chuanmuc.panels.PanelRule.Share;
import vn.chuanmuc.ui.FormErrors;

/** A rule of meetings as it was entered. An empty share is not ruled. */
record RuleForm(Map<String, String> typed) {
    private String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    Optional<FormErrors> unread() {
        FormErrors errors = FormErrors.NONE;
        for (String field : new String[] {"so-nguoi", "da-so"}) {
            boolean empty =
                    text(field + "-phan").isEmpty() && text(field + "-tren").isEmpty();
            if (!empty && (number(field + "-phan") < 0 || number(field + "-tren") < 0)) {
                errors = errors.and(field, Reason.of("panels.rule.share"));
            }
        }
        if (number("kin") < 0) {
            errors = errors.and("kin", Reason.of("panels.rule.secret.wrong", 2, 100));
        }
        if (day().isEmpty()) {
            errors = errors.and("tu-ngay", Reason.of("panels.plan.day"));
        }
        return errors.none() ? Optional.empty() : Optional.of(errors);
    }

    private Optional<LocalDate> day() {
        return VietnameseDates.parse(text("tu-ngay")) instanceof VietnameseDates.Parsed.Read(var read)
                ? Optional.of(read)
                : Optional.empty();
    }

    private int number(String field) {
        String text = text(field);
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }

    private @Nullable Share share(String field) {
        return text(field + "-phan").isEmpty()
                ? null
                : new Share(
                        number(field + "-phan"),
                        number(field + "-tren"),
                        text(field + "-qua").equals("qua"));
    }

    PanelRule rule() {
        Base base = java.util.Arrays.stream(Base.values())
                .filter(one -> one.code().equals(text("tren")))
                .findFirst()
                .orElse(Base.RETURNED);
        return new PanelRule(
                null,
                day().orElseThrow(),
                share("so-nguoi"),
                share("da-so"),
                base,
                !text("tranh").equals("khong"),
                text("gio-tay").equals(Hands.CONFIRMED.code()) ? Hands.CONFIRMED : Hands.COUNTED,
                number("kin"),
                text("can-cu"));
    }
}
