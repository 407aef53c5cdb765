package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** domain.md 2: for 2021 sign before 10/10/2021, afterwards before 30/01 every year. */
class SigningDeadlinesTest {
    @Test
    void proposesWhatTheDocumentsSayForTheYear() {
        assertThat(SigningDeadlines.of(2021).orElseThrow().in(2021)).isEqualTo(LocalDate.of(2021, 10, 10));
        assertThat(SigningDeadlines.of(2022).orElseThrow().in(2022)).isEqualTo(LocalDate.of(2022, 1, 30));
        assertThat(SigningDeadlines.of(2026).orElseThrow().in(2026)).isEqualTo(LocalDate.of(2026, 1, 30));
    }

    @Test
    void proposesNothingForAYearNoDocumentSpeaksOf() {
        assertThat(SigningDeadlines.of(2020)).isEmpty();
    }

    @Test
    void namesABasisAndWhereItWasSeenForEveryDeadlineAndNoYearTwice() {
        assertThat(SigningDeadlines.all()).isNotEmpty().allSatisfy(deadline -> {
            assertThat(deadline.basis()).isNotBlank();
            assertThat(deadline.seen()).isIn("source", "public", "report");
        });
        for (int year = 2000; year <= 2200; year++) {
            int asked = year;
            assertThat(SigningDeadlines.all().stream().filter(deadline -> deadline.holdsFor(asked)))
                    .as("in %s", year)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
