package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** Signers and progress as of days in the past are those of evidence: later signatures and moves change nothing of them. */
@ProductTest
class StandingHistoryTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource source;

    @Autowired
    Duplicates duplicates;

    @Autowired
    Clock clock;

    private Body body;
    private Viewer board;
    private UUID campaign = new UUID(0, 0);
    private UUID an = new UUID(0, 0);
    private UUID binh = new UUID(0, 0);
    private LocalDate today = LocalDate.EPOCH;

    /** Planned fifteen days ago and opened ten days ago; An signed five days ago, Bình leaves today. */
    @BeforeEach
    void launched() throws SQLException {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.staff);
        binh = body.person("Trần Văn Bình", body.wardOne, body.partyBloc, body.staff);
        body.person("Lê Thị Chi", body.wardTwo, body.partyBloc, body.staff);
        campaign = CampaignSamples.launched(
                campaigns, body, board, SmallDecision.publish(jdbc, body), body.wardOne, body.wardTwo);
        today = LocalDate.now(clock);
        Viewer official = body.official(an);
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(commitments.sign(official, campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD))
                .isInstanceOf(Commitments.Signing.Signed.class);
        assertThat(campaigns.leave(clerk, campaign, binh, today, "chuyển công tác"))
                .isInstanceOf(Changed.Done.class);
        // what happened lies in the past: only the owner of the tables can say so
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("reset role");
            statement.execute("update campaigns.roster_line set joined_on = joined_on - 10 where campaign_id = '"
                    + campaign + "'");
            statement.execute("update campaigns.campaign set created_at = created_at - interval '15 days', "
                    + "launched_at = launched_at - interval '10 days' where id = '" + campaign + "'");
            statement.execute("update commitments.commitment set at = at - interval '5 days' where campaign_id = '"
                    + campaign + "'");
            statement.execute("set role chuanmuc_app");
        }
    }

    private Commitments.Counts counts(UUID unit, LocalDate day) {
        return commitments.counts(
                board, campaigns.getVisible(board, campaign), new SignerQuery("", unit, true, null, false, 0, 50, day));
    }

    @Test
    void countsWhoWasThereAndWhatTheyHadDoneByThatDay() {
        assertThat(counts(body.root, today.minusDays(11))).isEqualTo(new Commitments.Counts(0, 0, 0, 0, 0));
        assertThat(counts(body.root, today.minusDays(10))).isEqualTo(new Commitments.Counts(3, 0, 0, 0, 0));
        assertThat(counts(body.root, today.minusDays(5))).isEqualTo(new Commitments.Counts(3, 1, 0, 0, 0));
        assertThat(counts(body.wardOne, today.minusDays(1))).isEqualTo(new Commitments.Counts(2, 1, 0, 0, 0));
        assertThat(counts(body.root, today)).isEqualTo(new Commitments.Counts(2, 1, 0, 0, 1));
    }

    @Test
    void showsThePagesOfThatDay() {
        var browser = body.browser(board);
        String day = java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy").format(today.minusDays(6));
        var signers = browser.get("/cam-ket/danh-sach/" + campaign + "?ngay=" + day);
        assertThat(signers.status()).isEqualTo(200);
        assertThat(signers.page().select("tbody th").eachText())
                .containsExactly("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi");
        assertThat(signers.page().select("tbody .cm-tag").eachText()).doesNotContain("Đã ký");
        assertThat(signers.page().select(".cm-as-of").text()).contains(day);
        var now = browser.get("/cam-ket/danh-sach/" + campaign).page();
        assertThat(now.select("tbody th").eachText()).containsExactly("Nguyễn Thị An", "Lê Thị Chi");
        var progress = browser.get("/tien-do/" + campaign + "?ngay=" + day);
        assertThat(progress.page().select(".rep-strip").text()).contains("0 / 3");
        assertThat(browser.get("/tien-do/" + campaign)
                        .page()
                        .select(".rep-strip")
                        .text())
                .contains("1 / 2");
        assertThat(progress.page().select("#don-vi a").eachAttr("href")).allMatch(href -> href.contains("ngay=" + day));
        var wrong = browser.get("/tien-do/" + campaign + "?ngay=31/31/2020");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("[role=alert]").text()).contains("30/06/2025");
    }

    @Test
    void showsTheCampaignsOfThatDay() {
        assertThat(campaigns.close(board, campaign, "xong việc")).isInstanceOf(Campaigns.Turned.Done.class);
        var browser = body.browser(board);
        String at = "/dot/" + campaign;
        var now = browser.get(at).page();
        assertThat(now.expectFirst(".cm-facts .cm-tag").text()).isEqualTo("Đã đóng");
        var yesterday = browser.get(at + "?ngay=" + day(1)).page();
        assertThat(yesterday.expectFirst(".cm-facts .cm-tag").text()).isEqualTo("Đã mở");
        assertThat(yesterday.select(".cm-progress").text()).contains("1/3");
        assertThat(yesterday.select("form[method=post]").not("[action='/dang-xuat']"))
                .as("nothing is done in the past")
                .isEmpty();
        assertThat(yesterday.select("main .cm-title a").eachAttr("href"))
                .isNotEmpty()
                .allMatch(href -> href.endsWith("?ngay=" + day(1)));
        assertThat(browser.get(at + "?ngay=" + day(6))
                        .page()
                        .select(".cm-progress")
                        .text())
                .contains("0/3");
        var planned = browser.get(at + "?ngay=" + day(12)).page();
        assertThat(planned.expectFirst(".cm-facts .cm-tag").text()).isEqualTo("Đang soạn");
        assertThat(planned.text()).contains("Cuối ngày đó đợt chưa mở").doesNotContain("SHA-256");
        var before = browser.get(at + "?ngay=" + day(20));
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.page().select(".cm-empty").text()).contains("Ngày đó chưa có đợt này");
        assertThat(browser.get(at + "?ngay=31/02/2020").status()).isEqualTo(422);

        var list = browser.get("/dot?ngay=" + day(1)).page();
        assertThat(list.expectFirst("tbody .cm-tag").text()).isEqualTo("Đã mở");
        assertThat(list.select("tbody .cm-progress").text()).contains("1/3");
        assertThat(list.select("tbody a").attr("href")).isEqualTo(at + "?ngay=" + day(1));
        assertThat(browser.get("/dot?ngay=" + day(20))
                        .page()
                        .select(".cm-empty")
                        .text())
                .contains("Ngày đó chưa có đợt nào");
        var language = list.select(".cm-lang").attr("href");
        assertThat(browser.get(language).path()).as("the same day in English").isEqualTo("/dot?ngay=" + day(1));
    }

    private String day(int ago) {
        return java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy").format(today.minusDays(ago));
    }

    @Test
    void showsTheRosterOfThatDay() {
        var browser = body.browser(board);
        String roster = "/dot/" + campaign + "/danh-sach-chot";
        var then = browser.get(roster + "?ngay=" + day(1)).page();
        assertThat(then.select("tbody th").eachText()).containsExactly("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Chi");
        assertThat(then.select("main").text()).doesNotContain("chuyển công tác");
        assertThat(then.select("main a[href$=/roi], main a[href$=/them]")).isEmpty();
        assertThat(then.select(".cm-as-of a").attr("href")).startsWith(roster).doesNotContain("ngay=");
        var now = browser.get(roster).page();
        assertThat(now.select("tbody .cm-tag").text()).contains("Thôi tính từ");
        assertThat(now.select("main").text()).contains("chuyển công tác");
        assertThat(browser.get(roster + "?ngay=" + day(11)).page().select(".cm-table"))
                .isEmpty();
        assertThat(browser.get(roster + "?ngay=" + day(1) + "&tim=binh&don-vi=" + body.wardOne)
                        .page()
                        .select("tbody th")
                        .eachText())
                .containsExactly("Trần Văn Bình");
        var wrong = browser.get(roster + "?ngay=99/99&tim=binh");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=ngay]").val()).isEqualTo("99/99");
        assertThat(wrong.page().select("input[name=tim]").val()).isEqualTo("binh");
    }

    @Test
    void showsTheListsAndTheirPeopleOfThatDay() {
        var browser = body.browser(board);
        String lists = "/danh-sach?ngay=";
        assertThat(browser.get(lists + day(11)).text()).contains("Ngày đó chưa có danh sách nào");
        var before = browser.get(lists + day(6)).page();
        assertThat(before.select("tbody th").eachText()).hasSize(2);
        assertThat(before.select("tbody tr").eachText().getFirst()).contains("0/2");
        assertThat(browser.get(lists + day(5))
                        .page()
                        .select("tbody tr")
                        .eachText()
                        .getFirst())
                .contains("1/2");
        assertThat(browser.get("/danh-sach")
                        .page()
                        .select("tbody tr")
                        .eachText()
                        .getFirst())
                .contains("1/1");
        assertThat(before.select("section")).as("an inbox of the past").isEmpty();
        String list = before.select("tbody th a").attr("href");
        assertThat(list).endsWith("?ngay=" + day(6));
        var then = browser.get(list).page();
        assertThat(then.select("#danh-sach tbody tr").eachText()).hasSize(2).allMatch(row -> row.contains("Chưa ký"));
        assertThat(browser.get(list.replace(day(6), day(5)))
                        .page()
                        .select("#danh-sach tbody tr.st-signed td:nth-child(2)")
                        .eachText())
                .containsExactly("Nguyễn Thị An");
        assertThat(browser.get(list.replaceFirst("\\?.*", ""))
                        .page()
                        .select("#danh-sach tbody tr td:nth-child(2)")
                        .eachText())
                .containsExactly("Nguyễn Thị An");
        var wrong = browser.get("/danh-sach?ngay=2020&tim=phuong");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[name=tim]").val()).isEqualTo("phuong");
        assertThat(browser.get("/tien-do/" + campaign + ".xlsx?ngay=2020").status())
                .isEqualTo(422);
    }

    @Test
    void aPersonsPageHoldsWhatWasSignedUnderARecordThatWasGivenUp() {
        assertThat(campaigns.close(board, campaign, "hết năm")).isInstanceOf(Campaigns.Turned.Done.class);
        UUID kept = body.person("Nguyễn Thị An", body.wardTwo, body.partyBloc, body.staff);
        Viewer second = body.viewer(Role.BOARD, body.root);
        assertThat(body.browser(board).get("/can-bo/" + kept).text()).doesNotContain("Đã ký cam kết");
        var scope = new Scope(body.tenant, second.accountId(), List.of(body.root));
        var proposed = duplicates.propose(
                new Scope(body.tenant, board.accountId(), List.of(body.root)), kept, an, "một người");
        assertThat(proposed).isInstanceOf(Duplicates.Outcome.Done.class);
        assertThat(duplicates.accept(
                        scope,
                        ((Duplicates.Outcome.Done) proposed).mergeId(),
                        duplicates.preview(scope, kept, an).fingerprint(),
                        "đúng"))
                .isInstanceOf(Duplicates.Outcome.Done.class);
        var page = body.browser(board).get("/can-bo/" + kept).page();
        String signed = page.select("li a:contains(Đã ký cam kết năm)").attr("href");
        assertThat(signed).startsWith("/cam-ket/danh-sach/" + campaign);
        assertThat(body.browser(board).get(signed).page().select("tbody th").eachText())
                .containsExactly("Nguyễn Thị An");
        assertThat(page.select("main").text()).contains("Phường Một");
        assertThat(body.browser(board).get("/can-bo/" + an + "?ngay=" + day(1)).path())
                .isEqualTo("/can-bo/" + kept + "?ngay=" + day(1));
    }
}
