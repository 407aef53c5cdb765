package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Issue 5: Decree 335/2025, “30 general points as evidence”: quarters are shown to whoever rates the year, and no points are made. */
@ProductTest
class YearEvidenceTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    LevelDecisions decisions;

    @Autowired
    Results results;

    @Autowired
    JdbcClient jdbc;

    @Test
    void showsTheFourQuartersAsEvidenceAndMakesNoPoints() {
        var ground = new DecisionGround(
                bodies.create(), campaigns, commitments, rules, cycles, forms, decisions, results, jdbc, null, HOA, AN);
        ground.in(HOA, 1, 1);
        String page = "/danh-gia/lich-su/" + ground.official(HOA).personId() + "/2021";
        var own = ground.body.browser(ground.official(HOA));
        assertThat(own.get(page).page().select("tbody tr"))
                .as("not told is said of every quarter, and is no failing")
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.text()).contains("Chưa có kết quả nào được báo"));
        ground.told(HOA, "dat");
        var shown = own.get(page).page();
        assertThat(shown.select("h1").text()).isEqualTo("Minh chứng cho tiêu chí chung, năm 2021");
        assertThat(shown.select("tbody tr").eachText())
                .hasSize(4)
                .satisfies(rows ->
                        assertThat(rows.getLast()).contains("Quý IV", "Đạt").doesNotContain("Chưa có"))
                .satisfies(rows -> assertThat(rows.getFirst()).contains("Quý I", "Chưa có kết quả nào"));
        assertThat(shown.select("main").text())
                .contains("không đổi mức thành điểm")
                .contains("chưa được kiểm chứng");
        assertThat(own.get("/danh-gia/ket-qua").page().select("a[href=" + page + "]"))
                .hasSize(1);
        assertThat(ground.body.browser(ground.official(AN)).get(page).status())
                .as("a colleague")
                .isEqualTo(404);
        var inspector = ground.body.browser(ground.body.viewer(Role.INSPECTOR, ground.body.root));
        assertThat(inspector.get(page).page().select("tbody tr:last-child").text())
                .contains("Đạt");
        assertThat(ground.body
                        .browser(ground.body.viewer(Role.INSPECTOR, ground.body.wardTwo))
                        .get(page)
                        .status())
                .as("another ward")
                .isEqualTo(404);
    }
}
