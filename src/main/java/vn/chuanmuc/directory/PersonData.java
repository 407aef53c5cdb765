package vn.chuanmuc.directory;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What another system says about a person. Null is "not said": what is stored stays.
 *
 * @param unit by its code
 * @param note empty to clear it
 */
public record PersonData(
        String staffCode,
        @Nullable String fullName,
        @Nullable LocalDate birthDate,
        @Nullable String unit,
        @Nullable String position,
        @Nullable String bloc,
        @Nullable PersonKind kind,
        @Nullable Integer order,
        @Nullable String note) {}
