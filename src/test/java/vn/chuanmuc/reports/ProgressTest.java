package vn.chuanmuc.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.reports.Progress.Counts;
import vn.chuanmuc.reports.Progress.Order;
import vn.chuanmuc.reports.Progress.UnitProgress;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class ProgressTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Progress progress;

    @Autowired
    Units units;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer board;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
    }

    private UUID launch(UUID... taking) {
        return CampaignSamples.launched(campaigns, body, board, SmallDecision.publish(jdbc, body), taking);
    }

    private void sign(UUID campaign, UUID person) {
        Viewer official = body.official(person);
        var form = commitments.form(official, campaign).orElseThrow();
        assertThat(commitments.sign(official, campaign, form.set().id(), form.bodyHash(), TestBodies.PASSWORD))
                .isInstanceOf(Commitments.Signing.Signed.class);
    }

    @Test
    void countsEveryUnitAgainstTheRosterAndTheDeadline() {
        UUID an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.staff);
        UUID binh = body.person("Trần Văn Bình", body.wardOne, body.stateBloc, body.staff);
        body.person("Lê Thị Chi", body.wardOne, body.stateBloc, body.staff);
        body.person("Vũ Thị Hoa", body.wardTwo, body.partyBloc, body.staff);
        UUID campaign = launch(body.wardOne, body.wardTwo);
        sign(campaign, an);
        commitments.excuse(body.viewer(Role.CLERK, body.wardOne), campaign, binh, "om", "Nằm viện");

        var overview = progress.of(board, campaign, Order.NAME);
        // the sample campaign's last day to sign has passed long ago: whoever is open is overdue
        assertThat(overview.total()).isEqualTo(new Counts(4, 1, 0, 1, 2));
        assertThat(overview.units()).extracting(UnitProgress::unitName).containsExactly("Phường Hai", "Phường Một");
        assertThat(overview.units().get(1).counts()).isEqualTo(new Counts(3, 1, 0, 1, 1));
        assertThat(overview.units().get(1).lists()).hasSize(2);
        assertThat(overview.lists()).containsEntry("none", 3L);
        assertThat(progress.of(board, campaign, Order.SHARE).units().getFirst().unitName())
                .isEqualTo("Phường Hai");

        // a ward sees itself
        var own = progress.of(body.viewer(Role.HEAD, body.wardTwo), campaign, Order.NAME);
        assertThat(own.total()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(own.units()).hasSize(1);
        var stranger = bodies.create();
        assertThatThrownBy(() -> progress.of(stranger.viewer(Role.BOARD, stranger.root), campaign, Order.NAME))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void numbersInNamesCountAsNumbers() {
        assertThat(Progress.natural("Đơn vị 2")).isLessThan(Progress.natural("Đơn vị 10"));
    }

    @Test
    void showsTableChartAndWorkbookWithTheSameFigures() throws IOException {
        UUID an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.staff);
        body.people(12, body.wardTwo, body.partyBloc);
        UUID campaign = launch(body.wardOne, body.wardTwo);
        sign(campaign, an);
        var browser = body.browser(board);
        var answer = browser.get("/tien-do");
        assertThat(answer.path()).isEqualTo("/tien-do/" + campaign);
        var page = answer.page();
        assertThat(page.select("svg[role=img] title").text()).contains("đã ký 1 trên 13 người");
        assertThat(page.select("svg rect.rep-bar")).hasSize(2);
        assertThat(page.select("[style]")).isEmpty();
        var rows = page.select("#don-vi tbody tr");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).select("td").eachText().subList(0, 2)).containsExactly("1/1", "100%");
        assertThat(rows.get(1).select("a").attr("href"))
                .isEqualTo("/cam-ket/danh-sach/" + campaign + "?don-vi=" + body.wardOne);
        var cells = new ArrayList<List<String>>();
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(
                browser.get("/tien-do/" + campaign + ".xlsx").bytes()))) {
            var formatter = new DataFormatter(java.util.Locale.ROOT);
            book.getSheetAt(0).forEach(row -> {
                var values = new ArrayList<String>();
                row.forEach(cell -> values.add(formatter.formatCellValue(cell)));
                cells.add(values);
            });
        }
        assertThat(cells).anySatisfy(row -> assertThat(row).startsWith("1", "Phường Hai", "12", "0", "0%"));
        assertThat(cells).anySatisfy(row -> assertThat(row).startsWith("2", "Phường Một", "1", "1", "100%"));
    }

    @Test
    void explainsItselfBeforeAnyCampaignAndRefusesOthers() {
        assertThat(body.browser(board).get("/tien-do").page().select(".cm-empty"))
                .hasSize(1);
        assertThat(body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                        .get("/tien-do")
                        .status())
                .isEqualTo(403);
    }

    /** Issue 2: one page for 130,000 people in 1,000 units; a small unit tree here, the distribution instead of bars. */
    @Test
    void showsADistributionForManyUnits() {
        var many = new ArrayList<Units.NewUnit>();
        for (int i = 1; i <= 45; i++) {
            many.add(new Units.NewUnit("M" + i, "Đơn vị mẫu " + i, Units.Kind.OFFICE, body.root));
        }
        List<UUID> made = units.addAll(body.tenant, board.accountId(), many);
        for (UUID unit : made) {
            body.person("Nguyễn Thị An", unit, body.partyBloc, body.staff);
        }
        UUID campaign = launch(made.toArray(UUID[]::new));
        var page =
                body.browser(board).get("/tien-do/" + campaign + "?xep=qua-han").page();
        assertThat(page.select("svg rect.rep-bar")).hasSize(11);
        assertThat(page.select(".rep-ends").getFirst().select("li")).hasSize(20);
        assertThat(page.select("#don-vi tbody tr")).hasSize(45);
        assertThat(page.select("#don-vi tbody tr th").eachText()).startsWith("Đơn vị mẫu 1", "Đơn vị mẫu 2");
    }
}
