package vn.chuanmuc.sheets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.sheets.SheetReadings.Draft;
import vn.chuanmuc.sheets.SheetReadings.HandingIn;
import vn.chuanmuc.sheets.SheetReadings.Opening;
import vn.chuanmuc.sheets.SheetReadings.Says;
import vn.chuanmuc.sheets.SheetWitnesses.Outcome;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;

/** ADR 0021, one clerk: who has seen one side enters the other only with a witness, who sees that one paper and confirms it themself. */
@ProductTest
class WitnessesTest {
    private static final String HOA = "Trần Thị Hoà";
    private static final String AN = "Đỗ Văn An";

    @Autowired
    SheetGround grounds;

    @Autowired
    SheetReadings readings;

    @Autowired
    SheetWitnesses witnesses;

    @Autowired
    Accounts accounts;

    @Autowired
    Forms forms;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    private final Scanner scanner = new Scanner(12);

    private static Draft draft(int level, Integer... others) {
        var levels = new ArrayList<@Nullable Integer>();
        for (int item = 1; item <= 18; item++) {
            levels.add(List.of(others).contains(item) ? 3 : level);
        }
        return new Draft(levels, List.of(), Map.of(4, "Ghi bên lề"), "");
    }

    /** Both papers about Hoà are scanned, and the clerk has handed in what she says herself. */
    private final class Office {
        final SheetGround.Ward ward = grounds.ward(HOA, AN);
        final Viewer hoa = ward.official(HOA);
        final Viewer an = ward.official(AN);
        final Place self = ward.self(hoa);
        final Place head = ward.byHead(hoa);
        final UUID own;
        final UUID paper;

        Office() {
            var both = new ArrayList<>(ward.sheets(scanner, self, 1));
            both.addAll(ward.sheets(scanner, head, 2));
            ward.scanned(null, both);
            own = ward.paper(self);
            paper = ward.paper(head);
            assertThat(readings.handIn(ward.clerk, own, 0, draft(1), false, false))
                    .isInstanceOf(HandingIn.Done.class);
        }

        Office alone() {
            accounts.close(ward.body.tenant, ward.board.accountId(), ward.otherClerk.accountId(), "Nghỉ hưu");
            return this;
        }

        Outcome name(Viewer witness) {
            return witnesses.name(ward.clerk, paper, witness.username(), "Phường có một văn thư");
        }

        HandingIn handIn(int version, Draft draft) {
            return readings.handIn(ward.clerk, paper, version, draft, false, false);
        }

        int version() {
            return opened().version();
        }

        SheetReadings.Look opened() {
            return ((Opening.Opened) readings.open(ward.clerk, paper)).look();
        }
    }

    private static Reason why(Outcome outcome) {
        return ((Outcome.Refused) outcome).why();
    }

    @Test
    void aWitnessComparesWhatTheOnlyClerkEnteredBeforeItIsHandedIn() {
        var office = new Office().alone();
        assertThat(readings.open(office.ward.clerk, office.paper)).isInstanceOf(Opening.Refused.class);
        assertThat(witnesses.mayNotName(office.ward.clerk, office.paper)).isEmpty();
        assertThat(office.name(office.an)).isEqualTo(new Outcome.Done());
        assertThatThrownBy(() -> witnesses.open(office.an, office.paper))
                .as("before the clerk is done")
                .isInstanceOf(NotFound.class);
        String name = accounts.displayName(office.an.username()).orElseThrow();
        assertThat(office.opened().witness()).isEqualTo(new SheetReadings.Witness(name, Says.NOTHING, ""));

        assertThat(office.handIn(office.version(), draft(2, 7))).isInstanceOf(HandingIn.Witnessed.class);
        assertThat(said(office).turn()).isEqualTo(Forms.Turn.OPEN);
        assertThat(witnesses.toCompare(office.an)).hasSize(1);
        var shown = witnesses.open(office.an, office.paper);
        assertThat(shown.waits()).isTrue();
        assertThat(shown.look().draft().levels().get(6)).isEqualTo(3);
        assertThat(witnesses.row(office.an, office.paper, 7)).isPresent();
        assertThat(witnesses.picture(office.an, office.paper, 1)).isPresent();
        assertThat(why(witnesses.say(office.an, office.paper, shown.hash(), false, " ")))
                .isEqualTo(Reason.of("sheets.witness.words", SheetWitnesses.LONGEST));
        assertThat(witnesses.say(office.an, office.paper, shown.hash(), false, "Mục 7 đánh ở ô thứ hai"))
                .isEqualTo(new Outcome.Done());
        assertThat(witnesses.compared(office.ward.clerk)).hasSize(1);
        assertThat(office.opened().witness())
                .isEqualTo(new SheetReadings.Witness(name, Says.DIFFERS, "Mục 7 đánh ở ô thứ hai"));
        assertThat(office.handIn(office.version(), draft(2, 7)))
                .as("as it was, it is not handed in")
                .isInstanceOf(HandingIn.Witnessed.class);

        assertThat(office.handIn(office.version(), draft(2))).isInstanceOf(HandingIn.Witnessed.class);
        assertThat(why(witnesses.say(office.an, office.paper, shown.hash(), true, "")))
                .as("of what stood there before")
                .isEqualTo(Reason.of("sheets.witness.changed"));
        assertThat(witnesses.say(
                        office.an,
                        office.paper,
                        witnesses.open(office.an, office.paper).hash(),
                        true,
                        ""))
                .isEqualTo(new Outcome.Done());
        assertThat(Objects.requireNonNull(office.opened().witness()).says()).isEqualTo(Says.AGREES);
        assertThat(readings.save(office.ward.clerk, office.paper, office.version(), draft(2, 9)))
                .isInstanceOf(SheetReadings.Saving.Saved.class);
        assertThat(office.handIn(office.version(), draft(2, 9)))
                .as("what was changed after they agreed has to be compared again")
                .isInstanceOf(HandingIn.Witnessed.class);
        assertThat(office.handIn(office.version(), draft(2))).as("changed back").isInstanceOf(HandingIn.Done.class);
        assertThat(said(office).turn()).isEqualTo(Forms.Turn.HANDED_IN);
        String content = jdbc.sql(
                        "select content from assessments.handing where tenant_id = ? and form_id = ? and stage = ?")
                .params(office.ward.body.tenant, office.head.formId(), office.head.stage())
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(content).contains("\"witness\":\"" + office.an.accountId() + "\"");
        assertThat(ledger.newest(office.ward.body.tenant, office.paper, 20))
                .extracting(entry -> entry.act())
                .contains("sheets.witness-named", "sheets.witnessed");
        assertThat(jdbc.sql("select agrees from sheets.witnessing where tenant_id = ? order by id")
                        .param(office.ward.body.tenant)
                        .query((row, n) -> row.getBoolean(1))
                        .list())
                .containsExactly(false, true);
    }

    private Forms.Said said(Office office) {
        return forms.sheet(office.ward.head, office.head.period(), office.head.formId())
                .stage(office.head.stage())
                .orElseThrow();
    }

    @Test
    void whereSomebodyElseCanEnterItThereIsNoWitnessAndWhoHasAHandInItIsNone() {
        var office = new Office();
        assertThat(why(office.name(office.an)).key()).isEqualTo("sheets.witness.others");
        office.alone();
        for (Viewer concerned : List.of(office.hoa, office.ward.head)) {
            assertThat(why(office.name(concerned))).isEqualTo(Reason.of("sheets.witness.concerned"));
        }
        assertThat(why(witnesses.name(office.ward.clerk, office.paper, "khong-co-ai", "một văn thư")))
                .isEqualTo(Reason.of("sheets.witness.unknown"));
        assertThat(why(witnesses.name(office.ward.clerk, office.paper, office.an.username(), " ")))
                .isEqualTo(Reason.of("sheets.witness.reason", SheetWitnesses.LONGEST));
        assertThat(readings.open(office.ward.clerk, office.paper)).isInstanceOf(Opening.Refused.class);
        assertThat(why(witnesses.name(office.ward.clerk, office.own, office.an.username(), "vì")))
                .isEqualTo(Reason.of("sheets.refused.done"));
        assertThatThrownBy(() -> witnesses.name(office.an, office.paper, office.hoa.username(), "vì"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void throughThePagesTheWitnessSeesThatOnePaperAndNothingOfTheOtherSide() {
        var office = new Office().alone();
        String paper = "/phieu-giay/phieu/" + office.paper;
        Browser clerk = office.ward.body.browser(office.ward.clerk);
        Browser.Answer shut = clerk.get(paper);
        assertThat(shut.status()).isEqualTo(403);
        assertThat(shut.page().select("form[action$=/chung-kien]")).hasSize(1);
        assertThat(shut.page().select("input[name=tai-khoan]").eachAttr("value"))
                .as("of the unit: neither the clerk, nor whoever is assessed or assesses")
                .contains(office.an.username())
                .doesNotContain(office.ward.clerk.username(), office.hoa.username(), office.ward.head.username());
        Browser.Answer found = clerk.post(
                paper,
                paper + "/chung-kien",
                "viec",
                "tim",
                "tim",
                "do van an",
                "tai-khoan",
                "",
                "ly-do",
                "Một văn thư");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.page().select("input[name=tai-khoan]").eachAttr("value"))
                .containsExactly(office.an.username());
        assertThat(found.page().select("textarea[name=ly-do]").text()).isEqualTo("Một văn thư");
        assertThat(found.page().select("#tim").val()).isEqualTo("do van an");
        Browser.Answer nobody = clerk.post(
                paper,
                paper + "/chung-kien",
                "viec",
                "tim",
                "tim",
                "Trần Thị Hoà",
                "tai-khoan",
                office.an.username(),
                "ly-do",
                "");
        assertThat(nobody.page().select("input[name=tai-khoan][checked]").eachAttr("value"))
                .as("who was chosen stays, who is assessed is not found")
                .containsExactly(office.an.username());
        Browser.Answer none = clerk.post(paper, paper + "/chung-kien", "ly-do", "Một văn thư");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.page().select("#f-tai-khoan .invalid-feedback").text()).contains("Chọn một người chứng kiến");
        Browser.Answer wrong =
                clerk.post(paper, paper + "/chung-kien", "tai-khoan", "khong-co-ai", "ly-do", "Một văn thư");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("textarea[name=ly-do]").text()).isEqualTo("Một văn thư");
        assertThat(clerk.post(paper, paper + "/chung-kien", "tai-khoan", office.an.username(), "ly-do", "Một văn thư")
                        .path())
                .endsWith("?xong=sheets-witness-named");
        var fields = new ArrayList<>(List.of("ban", "0", "so-muc", "18", "viec", "nop"));
        for (int item = 1; item <= 18; item++) {
            fields.addAll(List.of("muc-" + item, "2"));
        }
        assertThat(clerk.post(paper, paper, fields.toArray(String[]::new)).path())
                .endsWith("?xong=sheets-witness-asked");
        assertThat(clerk.get(paper).page().text()).contains("Đã gửi.");

        Browser witness = office.ward.body.browser(office.an);
        String compare = "/phieu-giay/chung-kien/" + office.paper;
        assertThat(witness.get("/viec").page().select("a[href=" + compare + "]"))
                .isNotEmpty();
        Browser.Answer page = witness.get(compare);
        assertThat(page.page().select("section.she-item figure img")).hasSize(18);
        assertThat(page.page().select("section.she-item strong").eachText()).containsOnly("Đạt một phần");
        assertThat(witness.get(compare + "/muc/3.jpg").type()).startsWith("image/jpeg");
        assertThat(witness.get(compare + "/trang/1.jpg").type()).startsWith("image/jpeg");
        String other = "/phieu-giay/chung-kien/" + office.own;
        assertThat(witness.get(other).status()).isEqualTo(404);
        assertThat(witness.get(other + "/muc/1.jpg").status()).isEqualTo(404);
        for (Viewer stranger : List.of(office.hoa, office.ward.head)) {
            Browser browser = office.ward.body.browser(stranger);
            assertThat(browser.get(compare).status()).isEqualTo(404);
            assertThat(browser.get(compare + "/trang/1.jpg").status()).isEqualTo(404);
        }
        Browser.Answer bare = witness.post(compare, compare, "ban", hash(page), "noi", "khac", "khac", "");
        assertThat(bare.status()).isEqualTo(422);
        assertThat(witness.post(compare, compare, "ban", hash(page), "noi", "dung", "khac", "")
                        .path())
                .endsWith("?xong=sheets-witnessed");
        assertThat(clerk.get("/viec").page().text()).contains("Người chứng kiến đã trả lời");
        assertThat(clerk.get(paper).page().text()).contains("đã xác nhận đúng với bản giấy");
        fields.set(1, "1");
        assertThat(clerk.post(paper, paper, fields.toArray(String[]::new)).path())
                .endsWith("?xong=sheets-handed-in");
    }

    /** Listing what is to be asked shows nothing that was ticked, so nobody is shut out of the other side by it. */
    @Test
    void whoLooksAtWhatIsToBeAskedHasOpenedNoPaper() {
        var ward = grounds.ward(HOA, AN);
        Viewer hoa = ward.official(HOA);
        Place self = ward.self(hoa);
        Place head = ward.byHead(hoa);
        var both = new ArrayList<>(ward.sheets(scanner, self, 1));
        both.addAll(ward.sheets(scanner, head, 2));
        ward.scanned(null, both);
        UUID own = ward.paper(self);
        UUID heads = ward.paper(head);
        List<@Nullable Integer> unclear = new ArrayList<>(draft(2).levels());
        unclear.set(4, null);
        assertThat(readings.open(ward.otherClerk, heads)).isInstanceOf(Opening.Opened.class);
        assertThat(readings.save(ward.otherClerk, heads, 0, new Draft(unclear, List.of(5), Map.of(), "")))
                .isInstanceOf(SheetReadings.Saving.Saved.class);
        Browser clerk = ward.body.browser(ward.clerk);
        assertThat(clerk.get("/phieu-giay/hoi")
                        .page()
                        .select("ul.she-ask a[href='/phieu-giay/phieu/" + heads + "#muc-5']"))
                .hasSize(1);
        assertThat(readings.open(ward.clerk, own))
                .as("the list did not count as opening the other side")
                .isInstanceOf(Opening.Opened.class);
        assertThat(clerk.get("/phieu-giay/hoi").page().select("ul.she-ask li"))
                .as("now the head's paper is not theirs to ask about")
                .isEmpty();
        assertThat(readings.open(ward.clerk, heads)).isInstanceOf(Opening.Refused.class);
    }

    private static String hash(Browser.Answer page) {
        return page.page().select("main input[name=ban]").val();
    }
}
