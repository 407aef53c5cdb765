package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.TurnedClock;
import vn.chuanmuc.ui.Ui;

/** The record of acts is looked through by day, by kind and by who acted, page by page. */
@ProductTest
class LedgerSearchTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TurnedClock turned;

    private Body body;
    private Browser inspector;
    private Viewer clerk;

    @BeforeEach
    void written() {
        body = bodies.create();
        clerk = body.viewer(Role.CLERK, body.wardOne);
        inspector = body.browser(body.viewer(Role.INSPECTOR, body.root));
    }

    private void act(LocalDate day, String name, Viewer actor, int times) {
        turned.turnTo(day);
        try {
            transaction.executeWithoutResult(status -> {
                var acts = new ArrayList<Act>();
                for (int i = 0; i < times; i++) {
                    acts.add(new Act(body.tenant, name, Ids.next(), actor.accountId(), Map.of("n", i)));
                }
                ledger.appendAll(acts);
            });
        } finally {
            turned.turnBack();
        }
    }

    private List<String> acts(String query) {
        Browser.Answer answer = inspector.get("/nhat-ky" + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.page().select("main tbody strong").eachText();
    }

    @Test
    void findsByDayKindAndPersonAndAllTogether() {
        act(LocalDate.of(2024, 3, 1), "directory.line-founded", clerk, 1);
        act(LocalDate.of(2024, 3, 2), "directory.line-place-given", clerk, 2);
        Viewer board = body.viewer(Role.BOARD, body.root);
        act(LocalDate.of(2024, 3, 2), "directory.line-place-given", board, 1);
        act(LocalDate.of(2024, 3, 3), "directory.line-ended", board, 1);
        assertThat(acts("?tu=01/03/2024&den=03/03/2024")).hasSize(5);
        assertThat(acts("?tu=02/03/2024&den=02/03/2024")).hasSize(3);
        assertThat(acts("?den=01/03/2024")).hasSize(1);
        assertThat(acts("?viec=directory.line-place-given")).hasSize(3);
        String name = Ui.encode(clerk.username());
        assertThat(acts("?tu=01/03/2024&den=03/03/2024&nguoi=" + name)).hasSize(3);
        assertThat(acts("?tu=02/03/2024&den=03/03/2024&viec=directory.line-place-given&nguoi=" + name))
                .hasSize(2);
        // as of a day: nothing later, whatever the range says
        assertThat(acts("?tu=01/03/2024&den=03/03/2024&ngay=02/03/2024")).hasSize(4);
        assertThat(acts("?ngay=29/02/2024")).isEmpty();
    }

    @Test
    void pagesGoOnWithoutAGapAndWithoutARepetitionAndBackToTheNewest() {
        act(LocalDate.of(2024, 3, 1), "directory.line-founded", clerk, 450);
        var seen = new ArrayList<String>();
        String next = "/nhat-ky?tu=01/03/2024&den=01/03/2024&viec=directory.line-founded";
        int pages = 0;
        while (!next.isEmpty()) {
            var page = inspector.get(next).page();
            pages++;
            page.select("main tbody td .cm-hash:first-of-type").forEach(hash -> seen.add(hash.text()));
            if (pages > 1) {
                assertThat(page.select("main a.btn").eachText()).contains("Về các việc mới nhất");
            }
            var older = page.selectFirst("a[rel=next]");
            next = older == null ? "" : older.attr("href");
            assertThat(pages).isLessThan(5);
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(450);
        assertThat(seen.stream().filter(text -> text.contains("\"n\":449"))).hasSize(1);
        assertThat(seen.stream().filter(text -> text.contains("\"n\":0}"))).hasSize(1);
        assertThat(seen.stream().distinct()).hasSize(450);
    }

    @Test
    void aMistakeIsSaidAtItsFieldAndEverythingTypedStays() {
        Browser.Answer wrong = inspector.get("/nhat-ky?tu=31/02/2024&den=01/03/2024&nguoi=Nguyen");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#e-tu").text()).contains("30/06/2025");
        assertThat(wrong.page().select("#f-tu").val()).isEqualTo("31/02/2024");
        assertThat(wrong.page().select("#f-den").val()).isEqualTo("01/03/2024");
        assertThat(wrong.page().select("#f-nguoi").val()).isEqualTo("Nguyen");
        Browser.Answer order = inspector.get("/nhat-ky?tu=02/03/2024&den=01/03/2024");
        assertThat(order.page().select("#e-den").text()).contains("02/03/2024");
        assertThat(inspector
                        .get("/nhat-ky?nguoi=khong-ai")
                        .page()
                        .select("#e-nguoi")
                        .text())
                .contains("Không có ai");
    }

    @Test
    void ofSeveralPeopleOfANameOneIsChosen() {
        body.viewer(Role.CLERK, body.wardTwo);
        String stem = clerk.username().substring(0, 5);
        Browser.Answer several = inspector.get("/nhat-ky?nguoi=" + Ui.encode(stem));
        assertThat(several.status()).isEqualTo(422);
        var offered = several.page().select("main .cm-counts a");
        assertThat(offered).hasSizeGreaterThan(1);
        Browser.Answer chosen = inspector.get(offered.getFirst().attr("href"));
        assertThat(chosen.status()).isEqualTo(200);
    }

    @Test
    void whoeverRunsTheSystemFindsNothingButAccountsAndRoles() {
        act(LocalDate.of(2024, 3, 1), "directory.line-founded", clerk, 1);
        act(LocalDate.of(2024, 3, 1), "access.role-granted", clerk, 1);
        Browser administrator = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        var all = administrator.get("/nhat-ky?tu=01/03/2024&den=01/03/2024").page();
        assertThat(all.select("main tbody tr")).hasSize(1);
        assertThat(all.select("#f-viec option").eachAttr("value"))
                .allMatch(act -> act.isEmpty() || act.startsWith("access."));
        assertThat(administrator.get("/nhat-ky?viec=directory.line-founded").status())
                .isEqualTo(422);
        assertThat(administrator
                        .get("/nhat-ky?nguoi=" + Ui.encode(clerk.username()) + "&tu=01/03/2024&den=01/03/2024")
                        .page()
                        .select("main tbody tr"))
                .hasSize(1);
    }

    /** Each way of looking is an index read from the newest on: nothing is sorted, however many acts there are. */
    @Test
    void everyWayOfLookingReadsAnIndexInItsOrder() {
        for (String where : List.of("", " and e.act = 'a.b'", " and e.actor_id = '" + new UUID(0, 0) + "'")) {
            List<String> plan = transaction.execute(status -> {
                Stream.of("enable_seqscan", "enable_bitmapscan", "enable_sort")
                        .forEach(way -> jdbc.sql("select set_config('" + way + "', 'off', true)")
                                .query((row, n) -> 1)
                                .single());
                return jdbc.sql("explain select e.id from ledger.entry e where e.tenant_id = '" + body.tenant
                                + "' and (e.at, e.id) < (now(), '" + Ids.next() + "')" + where
                                + " order by e.at desc, e.id desc limit 200")
                        .query((row, n) -> row.getString(1))
                        .list();
            });
            assertThat(String.join("\n", plan))
                    .contains("Backward using entry_")
                    .doesNotContain("Sort");
        }
    }
}
