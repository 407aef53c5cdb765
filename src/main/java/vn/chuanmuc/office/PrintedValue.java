package vn.chuanmuc.office;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a value as printed back into a value, if nothing is lost by it. */
final class PrintedValue {
    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,10})?");
    private static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}(,\\d{3}){1,4}(\\.\\d{1,10})?");

    private PrintedValue() {}

    /** @param format the spreadsheet's number format that prints it the same again */
    record Numeral(BigDecimal value, String format) {}

    /** Absent for anything that is not plainly a number: a blank, a dash, a code with leading zeros, over 15 digits. */
    static @Nullable Numeral number(String printed, String language) {
        String text = printed.strip();
        boolean percent = text.endsWith("%");
        if (percent) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        if (!language.equals("en")) {
            text = text.replace(',', '\0').replace('.', ',').replace('\0', '.');
        }
        boolean grouped = GROUPED.matcher(text).matches();
        if (!grouped && !PLAIN.matcher(text).matches()) {
            return null;
        }
        var value = new BigDecimal(text.replace(",", ""));
        if (value.precision() > 15) {
            return null;
        }
        String decimals = value.scale() > 0 ? "." + "0".repeat(value.scale()) : "";
        return new Numeral(
                percent ? value.movePointLeft(2) : value, (grouped ? "#,##0" : "0") + decimals + (percent ? "%" : ""));
    }

    static @Nullable LocalDate day(String printed) {
        try {
            var day = LocalDate.parse(printed.strip(), DAY);
            return day.getYear() < 1900 || day.isBefore(LocalDate.of(1900, 3, 1)) ? null : day;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
