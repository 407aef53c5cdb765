package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.ui.Ui;

/** design.md, authority: an administrator of the system has no authority over signatures or lists. */
@ProductTest
class AdministrationTest {
    private static final String ACCOUNTS = "/quan-tri/tai-khoan";

    @Autowired
    TestBodies bodies;

    @Autowired
    Accounts accounts;

    @Test
    void refusesToGrantARoleToOneself() {
        var body = bodies.create();
        var administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        var answer = body.browser(administrator)
                .post(
                        "/tai-khoan",
                        ACCOUNTS + "/" + administrator.accountId() + "/vai",
                        "vai",
                        "BOARD",
                        "don-vi",
                        body.root.toString(),
                        "ly-do",
                        "thử");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(accounts.mixesAdministration(body.tenant, administrator.accountId(), Role.BOARD))
                .isTrue();
    }

    @Test
    void refusesToMakeADeciderAnAdministrator() {
        var body = bodies.create();
        var head = body.viewer(Role.HEAD, body.wardOne);
        var answer = body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                .post(
                        ACCOUNTS + "/" + head.accountId(),
                        ACCOUNTS + "/" + head.accountId() + "/vai",
                        "vai",
                        "ADMINISTRATOR",
                        "don-vi",
                        body.root.toString(),
                        "ly-do",
                        "thử");
        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    void refusesAnAdministratorOfAWardOnly() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.ADMINISTRATOR, body.wardOne));
        assertThat(browser.get(ACCOUNTS).status()).isEqualTo(403);
        assertThat(browser.get("/nhat-ky").status()).isEqualTo(403);
    }

    @Test
    void showsAnAdministratorOnlyTheActsAboutAccounts() {
        var body = bodies.create();
        body.viewer(Role.CLERK, body.wardOne);
        String seen = body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                .get("/nhat-ky")
                .page()
                .text();
        assertThat(seen).contains("Mở tài khoản").doesNotContain("Thêm đơn vị");
        assertThat(body.browser(body.viewer(Role.INSPECTOR, body.root))
                        .get("/nhat-ky")
                        .page()
                        .text())
                .contains("Thêm đơn vị");
    }

    @Test
    void closesAnAccountAndEndsItsSessions() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        var theirs = body.browser(clerk);
        String page = ACCOUNTS + "/" + clerk.accountId();
        var administrator = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        assertThat(administrator.post(page, page + "/dong", "ly-do-dong", "").status())
                .isEqualTo(422);
        assertThat(theirs.get("/viec").status()).isEqualTo(200);
        assertThat(administrator
                        .post(page, page + "/dong", "ly-do-dong", "nghỉ việc")
                        .path())
                .isEqualTo(page + "?xong=account-closed");
        assertThat(theirs.get("/viec").path()).startsWith("/dang-nhap");
        // a closed account gets neither a role nor a code
        assertThat(administrator
                        .post(
                                "/tai-khoan",
                                page + "/vai",
                                "vai",
                                "HEAD",
                                "don-vi",
                                body.wardOne.toString(),
                                "ly-do",
                                "x")
                        .status())
                .isEqualTo(422);
        assertThat(accounts.reset(
                        body.viewer(Role.ADMINISTRATOR, body.root), clerk.accountId(), "thử", accounts.newForm()))
                .isEqualTo(new Issuance.Refused("", Reason.of("access.accounts.is-closed")));
    }

    @Test
    void givesARoleInAUnitThatWasSearchedForAndKeepsWhatWasEnteredWhenSomethingIsMissing() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        String page = ACCOUNTS + "/" + clerk.accountId();
        var administrator = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        // without marks, and by code
        var found = administrator.get(page + "?tim-don-vi=phuong+hai").page();
        assertThat(found.select("input[name=don-vi][type=radio]").eachAttr("value"))
                .containsExactly(body.wardTwo.toString());
        assertThat(administrator.get(page + "?tim-don-vi=p1").page().select("input[name=don-vi][type=radio]"))
                .hasSize(1);
        var refused = administrator.post(
                page, page + "/vai", "vai", "IMPORTER", "don-vi", "", "tim-don-vi", "hai", "ly-do", "Phân công số 9");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().text()).contains("Chưa chọn đơn vị");
        assertThat(refused.page().select("#f-vai option[selected]").val()).isEqualTo("IMPORTER");
        assertThat(refused.page().select("#f-ly-do").val()).isEqualTo("Phân công số 9");
        var done = administrator.post(
                page, page + "/vai", "vai", "IMPORTER", "don-vi", body.wardTwo.toString(), "ly-do", "Phân công số 9");
        assertThat(done.path()).isEqualTo(page + "?xong=role");
        assertThat(accounts.find(body.tenant, clerk.accountId()).orElseThrow().roles())
                .extracting(Accounts.Held::role, Accounts.Held::unitName)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Role.CLERK, "Phường Một"),
                        org.assertj.core.groups.Tuple.tuple(Role.IMPORTER, "Phường Hai"));
        administrator.post(
                page, page + "/thoi-vai", "vai", "CLERK", "don-vi", body.wardOne.toString(), "ly-do-thoi", "đổi việc");
        assertThat(accounts.find(body.tenant, clerk.accountId()).orElseThrow().roles())
                .extracting(Accounts.Held::role)
                .containsExactly(Role.IMPORTER);
    }

    @Test
    void listsAccountsAPageAtATimeAndFindsThemByNameWithoutMarks() {
        var body = bodies.create();
        var administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        var people = body.people(60, body.wardOne, body.partyBloc);
        var one = body.person("Trịnh Thị Ước", body.wardOne, body.partyBloc, body.staff);
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        accounts.issueCodes(clerk, body.wardOne, Accounts.Wanted.WITHOUT_CODE, List.of(), accounts.newForm());
        assertThat(people).hasSize(60);
        assertThat(accounts.count(body.tenant, "")).isEqualTo(63);
        var browser = body.browser(administrator);
        var first = browser.get(ACCOUNTS).page();
        assertThat(first.select("tbody tr")).hasSize(50);
        assertThat(first.select("select")).isEmpty();
        assertThat(browser.get(ACCOUNTS + "?trang=2").page().select("tbody tr")).hasSize(13);
        for (String words : List.of("uoc", "Trịnh+Thị", "trinh.thi.uoc")) {
            assertThat(browser.get(ACCOUNTS + "?tim=" + Ui.encode(words.replace('+', ' ')))
                            .page()
                            .select("tbody tr"))
                    .as(words)
                    .hasSize(1);
        }
        assertThat(one).isNotNull();
    }

    @Test
    void opensAnAccountOnceHoweverOftenTheFormIsSent() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.ADMINISTRATOR, body.root));
        var form = browser.get(ACCOUNTS + "/moi").page();
        String[] fields = {
            "ho-ten",
            "Ban Tổ chức",
            "ten",
            "ban.to.chuc." + body.root.toString().substring(24),
            "ly-do",
            "Phân công số 3",
            "phieu",
            form.select("input[name=phieu]").val()
        };
        String token = form.select("input[name=_csrf]").val();
        var first = browser.postWithToken(token, ACCOUNTS + "/moi", fields);
        var again = browser.postWithToken(token, ACCOUNTS + "/moi", fields);
        assertThat(first.page().select("code").eachText())
                .hasSize(2)
                .isEqualTo(again.page().select("code").eachText());
        assertThat(again.page().text()).contains("vẫn là các mã đã cấp");
        assertThat(accounts.count(body.tenant, "ban to chuc")).isEqualTo(1);
        var taken = browser.post(
                ACCOUNTS + "/moi",
                ACCOUNTS + "/moi",
                "ho-ten",
                "Ban khác",
                "ten",
                fields[3],
                "ly-do",
                "x",
                "phieu",
                accounts.newForm());
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.page().text()).contains("đã có người dùng");
        assertThat(taken.page().select("#f-ho-ten").val()).isEqualTo("Ban khác");
    }

    @Test
    void replacesAForgottenPasswordOnceAndEndsItsSessions() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        var theirs = body.browser(clerk);
        var administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        String form = accounts.newForm();
        var first = (Issuance.Issued) accounts.reset(administrator, clerk.accountId(), "quên mật khẩu", form);
        assertThat(theirs.get("/viec").path()).startsWith("/dang-nhap");
        assertThat(accounts.signIn(clerk.username(), TestBodies.PASSWORD)).isEmpty();
        var again = (Issuance.Issued) accounts.reset(administrator, clerk.accountId(), "quên mật khẩu", form);
        assertThat(again.slips()).isEqualTo(first.slips());
        assertThat(again.repeated()).isTrue();
        assertThat(accounts.signIn(clerk.username(), first.slips().getFirst().code()))
                .isPresent();
        accounts.choosePassword(clerk, "nam chiec la bay", new byte[0]);
        // the form is spent: it shows nothing and takes nothing away
        assertThat(accounts.reset(administrator, clerk.accountId(), "quên mật khẩu", form))
                .isInstanceOf(Issuance.Spent.class);
        assertThat(accounts.signIn(clerk.username(), "nam chiec la bay")).isPresent();
        assertThat(accounts.reset(administrator, administrator.accountId(), "thử", accounts.newForm()))
                .isInstanceOf(Issuance.Refused.class);
    }
}
