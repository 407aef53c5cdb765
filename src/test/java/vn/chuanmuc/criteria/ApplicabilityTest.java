package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.criteria.Applicability.Candidate;
import vn.chuanmuc.criteria.Applicability.Filter;
import vn.chuanmuc.criteria.Applicability.Outcome;
import vn.chuanmuc.criteria.Applicability.Query;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class ApplicabilityTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    Applicability applicability;

    @Autowired
    Ledger ledger;

    @Test
    void acceptsTheProposalsOfTheUnitsAtOnceAndLeavesWhatWasDecided() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        var people = body.people(2_500, body.wardOne, body.partyBloc);
        UUID elsewhere = body.person("Trần Thị Mẫu", body.wardTwo, body.partyBloc, body.staff);
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        UUID deputy = people.get(1);
        assertThat(applicability.decide(clerk, real.id(), deputy, real.leadersSet(), "Được giao phụ trách"))
                .isEqualTo(new Outcome.Done(1));
        assertThat(applicability.acceptProposals(clerk, real.id(), List.of(body.wardOne)))
                .isEqualTo(new Outcome.Done(2_499));
        assertThat(applicability.acceptProposals(clerk, real.id(), List.of(body.wardOne)))
                .isEqualTo(new Outcome.Done(0));
        var chosen = criteria.chosenSets(body.tenant, real.id(), people);
        assertThat(chosen).hasSize(2_500).containsEntry(deputy, real.leadersSet());
        assertThat(chosen.values().stream().filter(real.leadersSet()::equals)).hasSize(251);
        assertThat(criteria.chosenSets(body.tenant, real.id(), List.of(elsewhere)))
                .isEmpty();
        Candidate leader =
                applicability.find(clerk, real.id(), people.getFirst()).orElseThrow();
        assertThat(leader.decided())
                .isEqualTo(new Applicability.Decided(
                        real.leadersSet(), true, "Theo chức vụ, vị trí việc làm: Bí thư Đảng ủy"));
        assertThat(ledger.newest(body.tenant, real.id(), 10))
                .filteredOn(entry -> entry.act().equals("criteria.proposals-accepted"))
                .hasSize(3)
                .anySatisfy(entry ->
                        assertThat(entry.payload()).contains(people.getFirst().toString()));
    }

    @Test
    void asksForAReasonWhereTheSetDiffersFromTheProposal() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        UUID person = body.person("Trần Thị Mẫu", body.wardOne, body.partyBloc, body.staff);
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        assertThat(applicability.decide(clerk, real.id(), person, real.leadersSet(), " "))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(criteria.chosenSets(body.tenant, real.id(), List.of(person))).isEmpty();
        assertThat(applicability.decide(clerk, real.id(), person, real.staffSet(), ""))
                .isInstanceOf(Outcome.Done.class);
        assertThat(applicability.decide(clerk, real.id(), person, real.leadersSet(), "Quy hoạch phó bí thư"))
                .isInstanceOf(Outcome.Done.class);
        // sent twice: one act
        applicability.decide(clerk, real.id(), person, real.leadersSet(), "Quy hoạch phó bí thư");
        assertThat(ledger.newest(body.tenant, person, 10)).hasSize(2);
        assertThat(criteria.chosenSets(body.tenant, real.id(), List.of(person)))
                .containsEntry(person, real.leadersSet());
    }

    @Test
    void keepsToTheUnitsOfTheClerk() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        UUID elsewhere = body.person("Trần Thị Mẫu", body.wardTwo, body.partyBloc, body.staff);
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        assertThatThrownBy(() -> applicability.acceptProposals(clerk, real.id(), List.of(body.root)))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> applicability.decide(clerk, real.id(), elsewhere, real.staffSet(), "x"))
                .isInstanceOf(NotFound.class);
        assertThat(applicability.candidates(clerk, new Query(real.id(), null, Filter.ALL, ""), 0, 50))
                .isEmpty();
        var head = body.viewer(Role.HEAD, body.wardTwo);
        assertThatThrownBy(() -> applicability.acceptProposals(head, real.id(), List.of(body.wardTwo)))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void proposesOnlyWhereExactlyOneSetFits() {
        var leaders = set(Audience.LEADERS);
        var staff = set(Audience.STAFF);
        var all = set(Audience.ALL);
        assertThat(Applicability.proposal(List.of(leaders, staff), true)).contains(leaders);
        assertThat(Applicability.proposal(List.of(leaders, staff), false)).contains(staff);
        assertThat(Applicability.proposal(List.of(all), false)).contains(all);
        assertThat(Applicability.proposal(List.of(leaders, all), true)).isEmpty();
        assertThat(Applicability.proposal(List.of(leaders, all), false)).contains(all);
        assertThat(Applicability.proposal(List.of(leaders), false)).isEmpty();
    }

    private static Criteria.CriteriaSet set(Audience audience) {
        return new Criteria.CriteriaSet(Ids.next(), Ids.next(), 1, "Bộ", audience, 3);
    }

    @Test
    void showsWhoIsUndecidedAndKeepsWhatWasEntered() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        body.people(60, body.wardOne, body.partyBloc);
        UUID person = body.person("Trần Thị Mẫu", body.wardOne, body.partyBloc, body.staff);
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        var browser = body.browser(clerk);
        assertThat(browser.get("/viec").page().select(".cm-todo a").eachText())
                .anyMatch(todo -> todo.startsWith("61 "));
        String list = "/can-bo/bo-tieu-chi?van-ban=" + real.id() + "&loc=chua";
        var page = browser.get(list).page();
        assertThat(page.select("tbody tr")).hasSize(50);
        assertThat(page.select(".cm-main").text())
                .contains("Chưa quyết định (61)")
                .contains("cho 61 người");
        assertThat(browser.get(list + "&trang=2").page().select("tbody tr")).hasSize(11);
        var refused = browser.post(
                list,
                "/can-bo/bo-tieu-chi/quyet-dinh",
                "van-ban",
                real.id().toString(),
                "nguoi",
                person.toString(),
                "bo",
                real.leadersSet().toString(),
                "loc",
                "chua",
                "trang",
                "2");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#e-" + person).text()).contains("Hãy ghi lý do");
        assertThat(refused.page().select("#b-" + person + " option[selected]").val())
                .isEqualTo(real.leadersSet().toString());
        var done = browser.post(
                list,
                "/can-bo/bo-tieu-chi/quyet-dinh",
                "van-ban",
                real.id().toString(),
                "nguoi",
                person.toString(),
                "bo",
                real.leadersSet().toString(),
                "ly-do",
                "<b>Phụ trách</b>");
        assertThat(done.status()).isEqualTo(200);
        assertThat(browser.get("/can-bo/bo-tieu-chi?loc=khac")
                        .page()
                        .select("tbody tr")
                        .text())
                .contains("<b>Phụ trách</b>");
        var accepted = browser.post(
                list, "/can-bo/bo-tieu-chi/dong-y", "van-ban", real.id().toString(), "loc", "chua");
        assertThat(accepted.page().select("tbody tr")).hasSize(50); // everybody, with what was decided
        assertThat(accepted.page().select(".alert-success").text())
                .contains("Cả 61 người ở đây đã có bộ tiêu chí", "Bước tiếp theo");
        var none = browser.get(list).page();
        assertThat(none.select(".cm-empty-title").text()).isEqualTo("Mọi người đã có bộ tiêu chí");
        assertThat(none.select(".cm-empty a").attr("href")).doesNotContain("loc=");
        assertThat(browser.get("/viec").page().select(".cm-todo").text()).doesNotContain("bộ tiêu chí");
    }

    @Test
    void findsPeopleByNameAndUnitAndTakesTheMainPostOfWhoHasTwo() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        UUID two = body.person("Đỗ Thị Hoà", body.wardOne, body.partyBloc, body.staff);
        body.assign(two, body.wardTwo, body.stateBloc, body.secretary, false);
        body.people(3, body.wardTwo, body.partyBloc);
        var board = body.viewer(Role.BOARD, body.root);
        var browser = body.browser(board);
        String list = "/can-bo/bo-tieu-chi?van-ban=" + real.id();
        assertThat(browser.get(list + "&tim=do+thi").page().select("tbody th").eachText())
                .singleElement()
                .asString()
                .startsWith("Đỗ Thị Hoà");
        assertThat(browser.get(list + "&don-vi=" + body.wardTwo).page().select("tbody tr"))
                .hasSize(4);
        assertThat(browser.get(list + "&tim=zzz")
                        .page()
                        .select(".cm-empty-title")
                        .text())
                .isEqualTo("Không tìm thấy ai");
        assertThat(applicability.acceptProposals(board, real.id(), List.of(body.root)))
                .isEqualTo(new Outcome.Done(4));
        assertThat(criteria.chosenSets(body.tenant, real.id(), List.of(two))).containsEntry(two, real.staffSet());
    }

    @Test
    void saysWhatIsMissingWhileNothingIsPublished() {
        var body = bodies.create();
        var page = body.browser(body.viewer(Role.BOARD, body.root))
                .get("/can-bo/bo-tieu-chi")
                .page();
        assertThat(page.select(".cm-empty-title").text()).isEqualTo("Chưa có quyết định nào được công bố");
    }
}
