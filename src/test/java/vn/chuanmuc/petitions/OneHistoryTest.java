package vn.chuanmuc.petitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.PetitionGround;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Side;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recomputation;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * Two records of one human, a result told under each, then one is given up for the other: the person has one history, in which they
 * may do what anybody may with their own results, and nothing that was written is written anew (issue 5, Result).
 */
@ProductTest
class OneHistoryTest {
    private static final String KEPT = "Trần Thị Hoà";
    private static final String GIVEN_UP = "Trần Thị Hòa";
    private static final String PETITIONER = "Trần Thị Hoa";
    private static final String OTHER = "Đỗ Văn An";

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
    Petitions petitions;

    @Autowired
    PetitionLists lists;

    @Autowired
    Drafting drafting;

    @Autowired
    Duplicates duplicates;

    @Autowired
    List<Recomputation> recomputations;

    @Autowired
    JdbcClient jdbc;

    private static UUID person(Viewer viewer) {
        return Objects.requireNonNull(viewer.personId());
    }

    /** Two people of the office say that the two records are one human. */
    private void merged(PetitionGround ground, Viewer kept, Viewer givenUp) {
        // two accounts stay two until one is closed
        assertThat(jdbc.sql("update access.account set state = 'closed' where tenant_id = ? and id = ?")
                        .params(ground.body.tenant, givenUp.accountId())
                        .update())
                .isEqualTo(1);
        Scope one = scope(ground.body.viewer(Role.CLERK, ground.body.root));
        Scope other = scope(ground.body.viewer(Role.CLERK, ground.body.root));
        var proposed = duplicates.propose(one, person(kept), person(givenUp), "cùng số định danh trong lý lịch");
        assertThat(proposed).isInstanceOf(Duplicates.Outcome.Done.class);
        assertThat(duplicates.accept(
                        other,
                        ((Duplicates.Outcome.Done) proposed).mergeId(),
                        duplicates.preview(other, person(kept), person(givenUp)).fingerprint(),
                        ""))
                .isInstanceOf(Duplicates.Outcome.Done.class);
    }

    private static Scope scope(Viewer viewer) {
        return new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.MANAGE_PEOPLE)));
    }

    private UUID drafted(Viewer viewer, UUID form) {
        var opened = drafting.open(viewer, PetitionGround.quarter(), form);
        assertThat(opened).isInstanceOf(Drafting.Opened.Draft.class);
        UUID id = ((Drafting.Opened.Draft) opened).petition();
        assertThat(drafting.save(
                        viewer,
                        id,
                        0,
                        new Drafting.Draft(true, List.of(2), "Có giấy khen", "Xem lại nội dung 2", "", null)))
                .isEqualTo(new Drafting.Saved.Done(1));
        return id;
    }

    private List<String> written(PetitionGround ground) {
        return jdbc.sql("""
                        select 'form ' || id || ' ' || person_id from assessments.form where tenant_id = :t
                        union all
                        select 'decision ' || form_id || ' ' || person_id || ' ' || encode(hash, 'hex') from assessments.decision where tenant_id = :t
                        union all
                        select 'growth ' || form_id || ' ' || side || ' ' || notes from assessments.growth where tenant_id = :t
                        union all
                        select 'petition ' || id || ' ' || person_id from petitions.petition where tenant_id = :t
                        order by 1
                        """)
                .param("t", ground.body.tenant)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void thePersonHasTheResultsNotesAndPetitionsOfEveryRecordThatWasTheirs() {
        var ground = new PetitionGround(
                bodies.create(),
                campaigns,
                commitments,
                rules,
                cycles,
                forms,
                decisions,
                results,
                jdbc,
                null,
                KEPT,
                GIVEN_UP,
                PETITIONER,
                OTHER);
        List.of(KEPT, GIVEN_UP, PETITIONER, OTHER).forEach(name -> ground.told(name, "dat_mot_phan"));
        var quarter = PetitionGround.quarter();
        Viewer hoa = ground.official(KEPT);
        Viewer before = ground.official(GIVEN_UP);
        UUID form = ground.form(GIVEN_UP);
        assertThat(results.write(before, quarter, form, 0, "Học thêm tin học", "Quý sau thi chứng chỉ"))
                .isEqualTo(new Results.Done.Now(1));
        UUID filed = drafted(ground.official(PETITIONER), ground.form(PETITIONER));
        assertThat(drafting.file(ground.official(PETITIONER), filed)).isEqualTo(new Moved.Done(filed, false));
        assertThat(campaigns.close(ground.board, ground.campaign, "Hết đợt")).isInstanceOf(Campaigns.Turned.Done.class);
        assertThat(cycles.close(ground.board, ground.cycle, "Hết quý", "")).isInstanceOf(Cycles.Done.Now.class);
        assertThatThrownBy(() -> results.sheet(hoa, quarter, form))
                .as("until then it is somebody else's")
                .isInstanceOf(NotFound.class);
        List<String> evidence = written(ground);

        merged(ground, hoa, before);
        merged(ground, hoa, ground.official(PETITIONER));

        assertThat(written(ground)).as("nothing is written anew").isEqualTo(evidence);
        assertThat(results.own(hoa))
                .extracting(Results.Line::formId)
                .containsExactlyInAnyOrder(ground.form(KEPT), form, ground.form(PETITIONER));
        Results.Sheet sheet = results.sheet(hoa, quarter, form);
        assertThat(sheet.own()).isTrue();
        assertThat(sheet.mayTell()).isFalse();
        assertThat(sheet.growth(Side.PERSON).plan()).isEqualTo("Quý sau thi chứng chỉ");
        assertThat(results.confirmSeen(hoa, quarter, form)).isEqualTo(new Results.Done.Now(1));
        assertThat(results.write(hoa, quarter, form, 1, "Học thêm tin học", "Đã thi chứng chỉ"))
                .isEqualTo(new Results.Done.Now(1));
        assertThat(forms.sheet(hoa, quarter, form).stages())
                .as("the person sees what was said about them")
                .allMatch(said -> said.visible());
        assertThat(forms.own(hoa)).extracting(Forms.Line::id).contains(form, ground.form(PETITIONER));

        // whichever record is asked for
        for (UUID record : List.of(person(hoa), person(before))) {
            assertThat(results.history(hoa, record)).hasSize(3);
            assertThat(results.history(ground.board, record))
                    .extracting(Results.Line::formId)
                    .containsExactlyInAnyOrder(ground.form(KEPT), form, ground.form(PETITIONER));
        }
        assertThat(results.history(ground.official(OTHER), person(hoa)))
                .as("nobody else's business")
                .isEmpty();
        assertThatThrownBy(() -> results.sheet(ground.official(OTHER), quarter, form))
                .isInstanceOf(NotFound.class);

        // the clock of the given up record's result runs for the person
        UUID draft = drafted(hoa, form);
        assertThat(drafting.file(hoa, draft)).isEqualTo(new Moved.Done(draft, false));
        assertThat(lists.own(hoa, petitions.today()))
                .extracting(PetitionLists.Own::id)
                .contains(draft, filed);
        assertThat(petitions.sheet(hoa, filed).petition().personId()).isEqualTo(person(hoa));
        assertThatThrownBy(() -> petitions.sheet(ground.official(OTHER), filed)).isInstanceOf(NotFound.class);

        var browser = ground.body.browser(hoa);
        String address = "/" + quarter.code() + "/" + form;
        for (String page : List.of(
                "/danh-gia/ket-qua",
                "/danh-gia/ket-qua" + address,
                "/danh-gia/phieu" + address,
                "/danh-gia/lich-su/" + person(before),
                "/danh-gia/lich-su/" + person(before) + "/2021",
                "/danh-gia/cong-khai/" + ground.cycle + "/" + ground.body.wardOne,
                "/kien-nghi",
                "/kien-nghi/" + filed)) {
            assertThat(browser.get(page).status()).as(page).isEqualTo(200);
        }
        assertThat(browser.get("/danh-gia/ket-qua" + address).text()).contains("Đã thi chứng chỉ");
        assertThat(browser.get("/danh-gia/ket-qua")
                        .page()
                        .select("tr.res-growth")
                        .text())
                .as("over the quarters, what was written stands with each")
                .contains("Học thêm tin học")
                .contains("Đã thi chứng chỉ");

        var faults = new ArrayList<Fault>();
        recomputations.forEach(one -> one.check(ground.body.tenant, faults::add));
        faults.removeIf(
                fault -> !fault.kind().startsWith("petitions.") && !fault.kind().startsWith("assessments."));
        assertThat(faults).isEmpty();
    }
}
