package vn.chuanmuc.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Accounts.Wanted;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** One-time codes on paper slips, for people without e-mail (domain.md 4.9). */
@ProductTest
class CodesTest {
    private static final String CODES = "/can-bo/ma-truy-cap";

    @Autowired
    TestBodies bodies;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    private Issuance issue(Viewer clerk, UUID unit, Wanted wanted, List<UUID> chosen) {
        return accounts.issueCodes(clerk, unit, wanted, chosen, accounts.newForm());
    }

    private static Issuance.Issued issued(Issuance issuance) {
        assertThat(issuance).isInstanceOf(Issuance.Issued.class);
        return (Issuance.Issued) issuance;
    }

    @Test
    void givesEverybodyOfTheUnitASlipAndTellsHowManyDidNotFit() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        body.people(Accounts.MOST_CODES + 7, body.wardOne, body.partyBloc);
        body.people(3, body.wardTwo, body.partyBloc);
        var first = issued(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()));
        assertThat(first.slips()).hasSize(Accounts.MOST_CODES);
        assertThat(first.leftOver()).isEqualTo(7);
        assertThat(new HashSet<>(
                        first.slips().stream().map(Issuance.Slip::username).toList()))
                .hasSize(Accounts.MOST_CODES);
        var rest = issued(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()));
        assertThat(rest.slips()).hasSize(7);
        assertThat(rest.leftOver()).isZero();
        assertThat(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()))
                .isEqualTo(new Issuance.Refused("", Reason.of("access.codes.all-entered")));
        // every account stands in the ledger
        assertThat(jdbc.sql("""
                                select count(*) from ledger.entry e
                                join access.account a on a.tenant_id = e.tenant_id and a.id = e.subject_id
                                where e.tenant_id = ? and e.act = 'access.account-opened' and a.person_id is not null
                                """)
                        .param(body.tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(Accounts.MOST_CODES + 7);
        for (var slip : List.of(
                first.slips().getFirst(), first.slips().getLast(), rest.slips().getLast())) {
            assertThat(accounts.signIn(slip.username(), slip.code()))
                    .as(slip.username())
                    .isPresent();
        }
    }

    @Test
    void numbersThoseOfOneName() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        String name = "Đỗ Thị Trùng " + (char) ('A' + (int) (Math.random() * 26));
        for (int i = 0; i < 3; i++) {
            body.person(name, body.wardOne, body.partyBloc, body.staff);
        }
        var names = issued(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of())).slips().stream()
                .map(Issuance.Slip::username)
                .toList();
        assertThat(new HashSet<>(names)).hasSize(3);
        assertThat(names).allMatch(username -> username.startsWith("do.thi.trung."));
    }

    @Test
    void showsTheSameSlipsWhenTheSameFormIsSentAgain() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        body.people(3, body.wardOne, body.partyBloc);
        String form = accounts.newForm();
        var first = issued(accounts.issueCodes(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of(), form));
        var again = issued(accounts.issueCodes(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of(), form));
        assertThat(again.repeated()).isTrue();
        assertThat(again.slips()).isEqualTo(first.slips());
        // not to anybody else, and not for a code that has been used
        assertThat(accounts.issueCodes(
                        body.viewer(Role.CLERK, body.wardOne), body.wardOne, Wanted.WITHOUT_CODE, List.of(), form))
                .isInstanceOf(Issuance.Spent.class);
        var used = first.slips().getFirst();
        var official = new Viewer(
                body.tenant, used.accountId(), null, used.displayName(), used.username(), List.of(), true, false);
        assertThat(accounts.choosePassword(official, "nam chiec la bay", new byte[0]))
                .isEmpty();
        assertThat(issued(accounts.issueCodes(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of(), form))
                        .slips())
                .isEqualTo(first.slips().subList(1, 3));
    }

    @Test
    void neverTouchesAnAccountThatSomebodyHasEntered() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        UUID person = body.person("Trần Thị Đã Vào", body.wardOne, body.partyBloc, body.staff);
        var official = body.official(person);
        assertThat(issue(clerk, body.wardOne, Wanted.CHOSEN, List.of(person)))
                .isEqualTo(new Issuance.Refused("", Reason.of("access.codes.all-entered")));
        assertThat(issue(clerk, body.wardOne, Wanted.NOT_ENTERED, List.of())).isInstanceOf(Issuance.Refused.class);
        assertThat(accounts.signIn(official.username(), TestBodies.PASSWORD)).isPresent();
        assertThat(jdbc.sql("select code_hash is null from access.account where tenant_id = ? and id = ?")
                        .params(body.tenant, official.accountId())
                        .query((row, n) -> row.getBoolean(1))
                        .single())
                .isTrue();
    }

    @Test
    void givesNoClerkTheCodeOfWhoeverHoldsARole() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        UUID head = body.person("Lê Văn Trưởng", body.wardOne, body.partyBloc, body.secretary);
        var slip = issued(issue(clerk, body.wardOne, Wanted.CHOSEN, List.of(head)))
                .slips()
                .getFirst();
        accounts.grant(body.tenant, clerk.accountId(), slip.accountId(), Role.HEAD, body.wardOne, "thử");
        assertThat(issue(clerk, body.wardOne, Wanted.CHOSEN, List.of(head))).isInstanceOf(Issuance.Refused.class);
        assertThat(body.browser(clerk).get(CODES).page().text()).contains("quản trị cấp mã");
    }

    @Test
    void keepsAGoodCodeUnlessAskedToReplaceIt() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        UUID one = body.person("Trần Thị Một", body.wardOne, body.partyBloc, body.staff);
        var first = issued(issue(clerk, body.wardOne, Wanted.CHOSEN, List.of(one)))
                .slips()
                .getFirst();
        body.person("Trần Thị Hai", body.wardOne, body.partyBloc, body.staff);
        assertThat(issued(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()))
                        .slips())
                .extracting(Issuance.Slip::displayName)
                .containsExactly("Trần Thị Hai");
        assertThat(accounts.signIn(first.username(), first.code())).isPresent();
        var second = issued(issue(clerk, body.wardOne, Wanted.NOT_ENTERED, List.of()));
        assertThat(second.slips()).hasSize(2);
        assertThat(accounts.signIn(first.username(), first.code())).isEmpty();
        jdbc.sql("update access.account set code_expires = now() - interval '1 day' where tenant_id = ? and id = ?")
                .params(body.tenant, first.accountId())
                .update();
        assertThat(issued(issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()))
                        .slips())
                .extracting(Issuance.Slip::accountId)
                .containsExactly(first.accountId());
    }

    @Test
    void givesOneAccountToEachWhenManyIssueAtOnce() throws Exception {
        var body = bodies.create();
        body.people(40, body.wardOne, body.partyBloc);
        var tasks = new ArrayList<Callable<Issuance>>();
        for (int i = 0; i < 8; i++) {
            var clerk = body.viewer(Role.CLERK, body.wardOne);
            tasks.add(() -> issue(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of()));
        }
        int slips = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) {
                slips += result.get() instanceof Issuance.Issued issued
                        ? issued.slips().size()
                        : 0;
            }
        }
        assertThat(slips).isEqualTo(40);
    }

    @Test
    void refusesAnotherUnitAndAnOldPage() {
        var body = bodies.create();
        var clerk = body.viewer(Role.CLERK, body.wardOne);
        assertThatThrownBy(() -> issue(clerk, body.wardTwo, Wanted.WITHOUT_CODE, List.of()))
                .isInstanceOf(Forbidden.class);
        assertThat(accounts.issueCodes(clerk, body.wardOne, Wanted.WITHOUT_CODE, List.of(), "gì đó"))
                .isEqualTo(new Issuance.Refused("", Reason.of("access.codes.no-form")));
        assertThat(body.browser(clerk).get(CODES + "?don-vi=" + body.wardTwo).status())
                .isEqualTo(403);
    }

    @Test
    void printsSlipsFromThePageAndShowsThemAgainWhenItIsLoadedAnew() {
        var body = bodies.create();
        var browser = body.browser(body.viewer(Role.CLERK, body.wardOne));
        body.people(3, body.wardOne, body.partyBloc);
        var page = browser.get(CODES).page();
        String token = page.select("input[name=_csrf]").eachAttr("value").getFirst();
        String[] fields = {
            "don-vi",
            body.wardOne.toString(),
            "phieu",
            page.select("input[name=phieu]").val(),
            "ai",
            "chua"
        };
        var nobody = browser.postWithToken(token, CODES, fields[0], fields[1], fields[2], fields[3]);
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.page().text()).contains("Chưa chọn ai");
        var slips = browser.postWithToken(token, CODES, fields);
        assertThat(slips.page().select(".cm-slip")).hasSize(3);
        var again = browser.postWithToken(token, CODES, fields);
        assertThat(again.page().select(".cm-slip code").eachText())
                .isEqualTo(slips.page().select(".cm-slip code").eachText());
        assertThat(browser.get(CODES + "?loc=waiting").page().select("tbody tr"))
                .hasSize(3);
        assertThat(browser.get(CODES + "?loc=none").page().select("tbody tr")).isEmpty();
    }
}
