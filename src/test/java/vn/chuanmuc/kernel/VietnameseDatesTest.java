package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VietnameseDatesTest {

    @ParameterizedTest
    @CsvSource({
        "05/02/1980, 1980-02-05",
        "5/2/1980, 1980-02-05",
        "05-02-1980, 1980-02-05",
        "5.2.1980, 1980-02-05",
        "29/02/2024, 2024-02-29",
        "31/12/1999, 1999-12-31",
        "' 05/02/1980 ', 1980-02-05",
        "05 / 02 / 1980, 1980-02-05",
        "01/01/1800, 1800-01-01"
    })
    void readsDayMonthYear(String text, LocalDate day) {
        assertThat(VietnameseDates.parse(text)).isEqualTo(new VietnameseDates.Parsed.Read(day));
    }

    @ParameterizedTest
    @CsvSource({
        "31/02/1980, NOT_REAL",
        "29/02/2023, NOT_REAL",
        "02/25/1980, NOT_REAL",
        "0/1/1980, NOT_REAL",
        "01/00/1980, NOT_REAL",
        "01/01/0085, NOT_REAL",
        "32/01/1980, NOT_REAL",
        "31/04/1980, NOT_REAL",
        "1985, YEAR_ONLY",
        "02/1985, MONTH_AND_YEAR",
        "05/02/85, TWO_DIGIT_YEAR",
        "5-2-99, TWO_DIGIT_YEAR",
        "1980-02-05, FORMAT",
        "05/02-1980, FORMAT",
        "5 2 1980, FORMAT",
        "ngày 5 tháng 2, FORMAT",
        "05/02/198, FORMAT",
        "05/02/19800, FORMAT",
        "'', EMPTY",
        "' ', EMPTY",
        "05/02/1980 08:00, FORMAT",
        "29256, FORMAT",
        "005/02/1980, FORMAT",
        "٠٥/٠٢/١٩٨٠, FORMAT"
    })
    void refusesWithAReason(String text, VietnameseDates.Reason reason) {
        assertThat(VietnameseDates.parse(text)).isEqualTo(new VietnameseDates.Parsed.Refused(reason));
    }

    @Test
    void writesScreenAndPaperForms() {
        assertThat(VietnameseDates.format(LocalDate.of(2026, 2, 5))).isEqualTo("05/02/2026");
        assertThat(VietnameseDates.formatOnPaper(LocalDate.of(2026, 2, 5))).isEqualTo("ngày 05 tháng 02 năm 2026");
        assertThat(VietnameseDates.formatOnPaper(LocalDate.of(2026, 3, 15))).isEqualTo("ngày 15 tháng 3 năm 2026");
        assertThat(VietnameseDates.formatOnPaper(LocalDate.of(2026, 1, 10))).isEqualTo("ngày 10 tháng 01 năm 2026");
        assertThat(VietnameseDates.formatOnPaper(LocalDate.of(2026, 11, 9))).isEqualTo("ngày 09 tháng 11 năm 2026");
    }

    @Test
    void readsBackWhatItWrites() {
        for (var day = LocalDate.of(1999, 12, 1); day.getYear() < 2005; day = day.plusDays(1)) {
            assertThat(VietnameseDates.parse(VietnameseDates.format(day)))
                    .isEqualTo(new VietnameseDates.Parsed.Read(day));
        }
    }
}
