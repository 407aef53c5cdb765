package vn.chuanmuc.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.documents.Numbering.Period;
import vn.chuanmuc.documents.Numbering.Request;
import vn.chuanmuc.documents.Numbering.Rule;
import vn.chuanmuc.documents.Numbering.Taking;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.office.Layout.Line;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** State papers per calendar year (Decree 30/2020), Party papers through the committee's term (Guide 05-HD/VPTW); domain.md 6. */
@ProductTest
class NumberingTest {
    private static final UUID ACCOUNT = Ids.next();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    TestBodies bodies;

    @Autowired
    Numbering numbering;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;

    @BeforeEach
    void aBody() {
        body = bodies.create();
    }

    private Taking take(Line line, LocalDate day, UUID subject) {
        return java.util.Objects.requireNonNull(transaction.execute(
                status -> numbering.take(new Request(body.tenant, body.wardOne, line, "DS", day, subject, ACCOUNT))));
    }

    private int number(Line line, LocalDate day) {
        return ((Taking.Taken) take(line, day, Ids.next())).number();
    }

    private void term(String name, LocalDate begins) {
        transaction.executeWithoutResult(status -> assertThat(
                        numbering.addTerm(body.tenant, body.wardOne, name, begins, "Nghị quyết đại hội", ACCOUNT))
                .isPresent());
    }

    @Test
    void statePapersBeginAnewEachYear() {
        assertThat(number(Line.STATE, LocalDate.of(2025, 12, 31))).isEqualTo(1);
        assertThat(number(Line.STATE, LocalDate.of(2025, 12, 31))).isEqualTo(2);
        assertThat(number(Line.STATE, LocalDate.of(2026, 1, 1))).isEqualTo(1);
    }

    @Test
    void partyPapersRunThroughTheTerm() {
        assertThat(take(Line.PARTY, DAY, Ids.next()))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("documents.numbering.no-term"));
        term("Nhiệm kỳ 2020–2025", LocalDate.of(2020, 8, 1));
        term("Nhiệm kỳ 2025–2030", LocalDate.of(2025, 7, 1));
        assertThat(number(Line.PARTY, LocalDate.of(2024, 5, 1))).isEqualTo(1);
        assertThat(number(Line.PARTY, LocalDate.of(2025, 12, 31))).isEqualTo(1);
        assertThat(number(Line.PARTY, LocalDate.of(2026, 1, 1))).isEqualTo(2);
        assertThat(number(Line.PARTY, LocalDate.of(2025, 6, 30))).isEqualTo(2);
    }

    @Test
    void aBodysOwnRuleHoldsFromItsDayAndIsNeverChanged() {
        var own = new Rule(Line.PARTY, LocalDate.of(2026, 1, 1), Period.YEAR, "Quy chế văn thư của Đảng ủy", true);
        assertThat(set(own)).isTrue();
        assertThat(set(own)).isFalse();
        assertThat(number(Line.PARTY, DAY)).isEqualTo(1);
        assertThat(take(Line.PARTY, LocalDate.of(2025, 12, 31), Ids.next())).isInstanceOf(Taking.Refused.class);
        assertThat(numbering.rule(body.tenant, Line.STATE, LocalDate.of(2019, 1, 1)))
                .isEmpty();
        assertThat(take(Line.STATE, LocalDate.of(2019, 1, 1), Ids.next()))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("documents.numbering.no-rule"));
    }

    private boolean set(Rule rule) {
        return Boolean.TRUE.equals(transaction.execute(status -> numbering.setRule(body.tenant, rule, ACCOUNT)));
    }

    @Test
    void whoBearsANumberKeepsIt() {
        UUID subject = Ids.next();
        var first = (Taking.Taken) take(Line.STATE, DAY, subject);
        assertThat(take(Line.STATE, DAY, subject)).isEqualTo(first);
        assertThat(number(Line.STATE, DAY)).isEqualTo(2);
    }

    @Test
    void aCancelledNumberIsNeverGivenAgain() {
        UUID subject = Ids.next();
        var first = (Taking.Taken) take(Line.STATE, DAY, subject);
        for (boolean expected : List.of(true, false)) {
            transaction.executeWithoutResult(status -> assertThat(
                            numbering.cancel(body.tenant, first.series(), first.number(), "in hỏng", ACCOUNT))
                    .isEqualTo(expected));
        }
        assertThat(((Taking.Taken) take(Line.STATE, DAY, subject)).number()).isEqualTo(2);
    }

    @Test
    void twentyThreadsWithRollbacksLeaveNoGapAndNoDouble() throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 200; i++) {
            boolean fails = i % 3 == 0;
            tasks.add(() -> transaction.execute(status -> {
                var taken = (Taking.Taken) numbering.take(
                        new Request(body.tenant, body.wardOne, Line.STATE, "BC", DAY, Ids.next(), ACCOUNT));
                if (fails) {
                    status.setRollbackOnly();
                    return 0;
                }
                return taken.number();
            }));
        }
        java.util.Collections.shuffle(tasks, new java.util.Random(13));
        var given = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var outcome : threads.invokeAll(tasks)) {
                if (outcome.get() > 0) {
                    given.add(outcome.get());
                }
            }
        }
        assertThat(given).hasSize(133);
        assertThat(given.stream().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 133).boxed().toList());
        assertThat(jdbc.sql("select count(*) from documents.number where tenant_id = ?")
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(133);
    }
}
