package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class SignInTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Test
    void signsInAndOut() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.BOARD, body.root));
        var home = browser.get("/viec");
        assertThat(home.status()).isEqualTo(200);
        assertThat(home.page().select(".cm-nav a").eachAttr("href")).contains("/viec", "/dot", "/tien-do");
        assertThat(browser.post("/viec", "/dang-xuat").path()).startsWith("/dang-nhap");
        assertThat(browser.get("/viec").path()).startsWith("/dang-nhap");
    }

    @Test
    void refusesAWrongPasswordWithoutSayingWhichPartIsWrong() {
        var body = bodies.create();
        var viewer = body.viewer(Role.CLERK, body.wardOne);
        var known = bodies.stranger().post("/dang-nhap", "/dang-nhap", "ten", viewer.username(), "mat-khau", "sai");
        var unknown = bodies.stranger().post("/dang-nhap", "/dang-nhap", "ten", "khong.co.ai", "mat-khau", "sai");
        assertThat(known.page().select("#loi").text())
                .isNotEmpty()
                .isEqualTo(unknown.page().select("#loi").text());
    }

    @Test
    void locksAnAccountAfterTenWrongPasswords() {
        var body = bodies.create();
        var viewer = body.viewer(Role.CLERK, body.wardOne);
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.confirm(viewer, "sai")).isInstanceOf(Confirmation.Refused.class);
        }
        assertThat(accounts.confirm(viewer, TestBodies.PASSWORD))
                .isEqualTo(new Confirmation.Refused(vn.chuanmuc.kernel.Reason.of("access.locked")));
    }

    @Test
    void entersTheFirstTimeWithTheCodeOnPaperAndMustChooseAPassword() {
        var body = bodies.create();
        var person = body.person("Trần Thị Mẫu", body.wardOne, body.partyBloc, body.staff);
        assertThat(person).isNotNull();
        var issued = ((Issuance.Issued) accounts.issueCodes(
                        body.viewer(Role.CLERK, body.wardOne),
                        body.wardOne,
                        Accounts.Wanted.WITHOUT_CODE,
                        List.of(),
                        accounts.newForm()))
                .slips()
                .getFirst();
        var browser = bodies.stranger();
        // typed in lower case with blanks for dashes, as people do
        var first = browser.post(
                "/dang-nhap",
                "/dang-nhap",
                "ten",
                issued.username(),
                "mat-khau",
                issued.code().toLowerCase(java.util.Locale.ROOT).replace('-', ' '));
        assertThat(first.path()).isEqualTo("/mat-khau");
        assertThat(browser.get("/viec").path()).isEqualTo("/mat-khau");
        assertThat(browser.post("/mat-khau", "/mat-khau", "moi", "ngan", "nhac-lai", "ngan")
                        .status())
                .isEqualTo(422);
        assertThat(browser.post("/mat-khau", "/mat-khau", "moi", "nam chiec la bay", "nhac-lai", "nam chiec la bay")
                        .path())
                .startsWith("/viec");
        var again =
                bodies.stranger().post("/dang-nhap", "/dang-nhap", "ten", issued.username(), "mat-khau", issued.code());
        assertThat(again.path()).startsWith("/dang-nhap");
    }

    @Test
    void endsEveryOtherSessionWhenThePasswordIsChanged() {
        var body = bodies.create();
        var viewer = body.viewer(Role.CLERK, body.wardOne);
        var stolen = body.browser(viewer);
        var own = body.browser(viewer);
        String[] fields = {"hien-tai", TestBodies.PASSWORD, "moi", "nam chiec la bay", "nhac-lai", "nam chiec la bay"};
        assertThat(own.post("/mat-khau", "/mat-khau", fields).path()).isEqualTo("/viec?xong=password");
        assertThat(stolen.get("/viec").path()).startsWith("/dang-nhap");
        assertThat(own.get("/viec").status()).isEqualTo(200);
        // the second of two clicks
        assertThat(own.post("/mat-khau", "/mat-khau", fields).path()).isEqualTo("/viec?xong=password");
        assertThat(own.post(
                                "/mat-khau",
                                "/mat-khau",
                                "hien-tai",
                                "sai",
                                "moi",
                                "mot cau khac",
                                "nhac-lai",
                                "mot cau khac")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void storesNoTokenAndNoCodeInClear() {
        var body = bodies.create();
        var viewer = body.viewer(Role.HEAD, body.wardOne);
        body.browser(viewer);
        assertThat(jdbc.sql("select length(token_hash) from access.session where tenant_id = ? and account_id = ?")
                        .params(body.tenant, viewer.accountId())
                        .query((row, n) -> row.getInt(1))
                        .list())
                .containsOnly(32);
    }
}
