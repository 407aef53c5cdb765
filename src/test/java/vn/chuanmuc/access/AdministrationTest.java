package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

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
                        ACCOUNTS,
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
                        ACCOUNTS,
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
        body.browser(body.viewer(Role.ADMINISTRATOR, body.root))
                .post(ACCOUNTS, ACCOUNTS + "/" + clerk.accountId() + "/dong", "ly-do", "nghỉ việc");
        assertThat(theirs.get("/viec").path()).startsWith("/dang-nhap");
    }

    @Test
    void givesNoClerkTheCodeOfWhoeverHoldsARole() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        var head = body.person("Lê Văn Trưởng", body.wardOne, body.partyBloc, body.secretary);
        var issued = accounts.issueCodes(
                body.tenant, clerk.accountId(), List.of(new Accounts.PersonName(head, "Lê Văn Trưởng")));
        accounts.grant(body.tenant, clerk.accountId(), issued.getFirst().accountId(), Role.HEAD, body.wardOne, "thử");
        assertThat(accounts.issueCodes(clerk, body.wardOne, List.of(head))).isEmpty();
    }
}
