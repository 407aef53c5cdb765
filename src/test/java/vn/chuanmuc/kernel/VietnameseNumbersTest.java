package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VietnameseNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, '0'",
        "7, '7'",
        "999, '999'",
        "1000, '1.000'",
        "1234567.5, '1.234.567,5'",
        "-1234567.50, '-1.234.567,5'",
        "-123, '-123'",
        "0.05, '0,05'",
        "1E+6, '1.000.000'",
        "0.000, '0'",
        "123456, '123.456'",
        "-100000, '-100.000'",
        "1234.5678, '1.234,5678'"
    })
    void groupsWithDotsAndPartsWithAComma(BigDecimal number, String text) {
        assertThat(VietnameseNumbers.format(number)).isEqualTo(text);
    }

    @Test
    void formatsLongsAndRoundsHalfUp() {
        assertThat(VietnameseNumbers.format(Long.MIN_VALUE)).isEqualTo("-9.223.372.036.854.775.808");
        assertThat(VietnameseNumbers.format(new BigDecimal("2.345"), 2)).isEqualTo("2,35");
        assertThat(VietnameseNumbers.format(new BigDecimal("2.30"), 2)).isEqualTo("2,3");
        assertThat(VietnameseNumbers.percent(new BigDecimal("0.875"), 1)).isEqualTo("87,5%");
        assertThat(VietnameseNumbers.percent(BigDecimal.ONE, 1)).isEqualTo("100%");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3000, 0%",
        "1, 3000, '0,1%'",
        "1, 2, 50%",
        "2999, 3000, '99,9%'",
        "3000, 3000, 100%",
        "2, 3, '66,7%'",
        "1, 9000000, '0,1%'"
    })
    void saysAllOnlyWhenNothingIsMissing(long part, long whole, String text) {
        assertThat(VietnameseNumbers.percent(part, whole)).isEqualTo(text);
    }

    @Test
    void refusesAPartOfNothing() {
        assertThatThrownBy(() -> VietnameseNumbers.percent(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VietnameseNumbers.percent(4, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
