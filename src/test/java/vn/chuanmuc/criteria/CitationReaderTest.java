package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitationReaderTest {
    @ParameterizedTest
    @CsvSource({
        "số. 264...-QĐ/QU của,264-QĐ/QU",
        "Chương trình 01- CTr/QU,01-CTr/QU",
        "Nghị định số 90/2020/NĐ-CP ngày,90/2020/NĐ-CP",
        "Số: 15/BC-UBND,15/BC-UBND",
        "Luật số 22/2008/QH12,22/2008/QH12",
        "Số 264…–QĐ/QU,264-QĐ/QU"
    })
    void normalisesNumbers(String printed, String number) {
        var citation = CitationReader.find(printed, 1);
        assertThat(citation).isNotNull().extracting(Citation::number).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "24/9/2021,2021-09-24",
        "27.1.9./2021,2021-09-27|2021-01-27",
        "24.1.9./2021,2021-09-24|2021-01-24",
        "5.1.2./2021,2021-02-05|2021-12-05|2021-01-05",
        "31/02/2021,''",
        "9/2021,''"
    })
    void listsWhatADateCanMeanTheLikeliestFirst(String printed, String dates) {
        assertThat(CitationReader.candidates(printed).stream().map(LocalDate::toString))
                .containsExactly(dates.isEmpty() ? new String[0] : dates.split("\\|"));
    }

    @Test
    void isSureOnlyOfADatePrintedInFull() {
        assertThat(CitationReader.certainDate("từ ngày 24/9/2021")).isEqualTo(LocalDate.of(2021, 9, 24));
        assertThat(CitationReader.certainDate("ngày 05 tháng 02 năm 2026")).isEqualTo(LocalDate.of(2026, 2, 5));
        assertThat(CitationReader.certainDate("ngày 24.1.9./2021")).isNull();
        assertThat(CitationReader.certainDate("ngày … tháng 9 năm 2021")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"giai đoạn 2020-2025", "chính trị- xã hội", "4 xin, 4 luôn", ""})
    void findsNothingWhereNothingIsCited(String text) {
        assertThat(CitationReader.find(text, 1)).isNull();
    }
}
