package vn.chuanmuc.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/** What is wrong with a form, by field name; the empty name stands for the form as a whole. */
public record FormErrors(Map<String, Reason> byField) {
    public static final FormErrors NONE = new FormErrors(Map.of());
    private static final String WHOLE = "";

    public static FormErrors whole(Reason reason) {
        return new FormErrors(Map.of(WHOLE, reason));
    }

    public static FormErrors of(String field, Reason reason) {
        return new FormErrors(Map.of(field, reason));
    }

    public FormErrors and(String field, Reason reason) {
        var all = new LinkedHashMap<>(byField);
        all.putIfAbsent(field, reason);
        return new FormErrors(all);
    }

    public @Nullable Reason on(String field) {
        return byField.get(field);
    }

    public @Nullable Reason onWhole() {
        return byField.get(WHOLE);
    }

    public boolean none() {
        return byField.isEmpty();
    }
}
