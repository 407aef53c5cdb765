package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationGround;
import vn.chuanmuc.directory.Reorganisations;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** A list of before a re-organisation stays what it was: the same bytes, read by the custodian, changed by nobody. */
@ProductTest
class ReorganisedListTest {
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    ReorganisationGround reorganised;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theListOf2021PrintsTheSameBytesBeforeAndAfterAndTheCustodianOnlyReadsIt() throws Exception {
        var body = bodies.create();
        List<UUID> people = body.people(4, body.wardOne, body.partyBloc);
        body.people(2, body.wardTwo, body.partyBloc);
        reorganised.since2015(body.tenant);
        var ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        ground.sign(people.getFirst());
        ground.sign(people.get(1));
        Viewer inspector = body.viewer(Role.INSPECTOR, body.root);
        Browser reader = body.browser(inspector);
        int before = ground.compile();
        String list = "/danh-sach/" + ground.campaign + "/" + body.wardOne + "/" + body.partyBloc;

        // an open campaign is in the way until its lists are accepted, or the approver takes notice of it
        Viewer preparer = reorganised.board(body);
        Viewer approver = reorganised.board(body);
        UUID id = reorganised.draft(preparer, DAY);
        UUID merged = reorganised.newWard(preparer, id, "PM", "Phường Mới", body.root);
        reorganised.end(preparer, id, body.wardOne, merged, body.wardTwo);
        assertThat(reorganised.gates(preparer, id)).containsEntry("objection", 1);
        lists.approve(ground.head, ground.key, before);
        lists.submit(ground.clerk, ground.key, before);
        lists.accept(ground.board, ground.key, before, "");
        assertThat(reorganised.gates(preparer, id)).doesNotContainKey("objection");

        Map<String, byte[]> papers = new HashMap<>();
        for (String format : List.of("xlsx", "docx", "pdf")) {
            var paper = reader.get(list + "/v" + before + "." + format);
            assertThat(paper.status()).isEqualTo(200);
            assertThat(paper.bytes()).hasSizeGreaterThan(1_000);
            papers.put(format, paper.bytes());
        }
        String figures = reader.get(list).page().select(".cm-table").text();

        // the ward ends, the custodian is renamed, and so is the board that received the list
        ReorganisationGround.done(reorganisations.change(
                ReorganisationGround.scope(preparer),
                id,
                body.wardTwo,
                new Changed("P2", "Phường Hai Mới", Units.Kind.WARD, body.root)));
        ReorganisationGround.done(reorganisations.change(
                ReorganisationGround.scope(preparer),
                id,
                body.root,
                new Changed("GOC", "Thành phố mới", Units.Kind.ROOT, null)));
        reorganised.approve(preparer, approver, id, "");
        assertThat(reorganised.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.Done.class);
        Thread.sleep(2_100); // a file that holds the time of writing would differ now
        for (var paper : papers.entrySet()) {
            assertThat(reader.get(list + "/v" + before + "." + paper.getKey()).bytes())
                    .as(paper.getKey())
                    .isEqualTo(paper.getValue());
        }
        assertThat(reader.get(list).page().select(".cm-table").text()).isEqualTo(figures);

        Viewer keeper = body.viewer(Role.CLERK, body.wardTwo);
        Browser custodian = body.browser(keeper);
        assertThat(custodian.get(list).page().text()).contains("Phường Một");
        assertThat(custodian.get("/danh-sach").page().text()).contains("Phường Một");
        assertThat(custodian.get(list).page().select("main form[action$=/lap]")).isEmpty();
        assertThat(custodian
                        .postWithToken(custodian.token("/tai-khoan"), list + "/lap", "ghi-chu", "", "da-xem", "1")
                        .status())
                .isIn(403, 404);
        assertThat(custodian.get("/tien-do").status()).isEqualTo(200);
        assertThat(body.browser(ground.clerk).get(list).status()).isIn(403, 404);
    }
}
