package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.notifications.Addresses.Done;
import vn.chuanmuc.testing.TestBodies.Body;

/** An address is used when whoever reads it has said so, and by nobody's word else. */
class AddressesTest extends MailProduct {
    private static final LocalDate DAY = LocalDate.of(2033, 3, 3);

    private Viewer official(Body body) {
        return body.official(body.person("Phạm Văn Cường", body.wardOne, body.partyBloc, body.staff));
    }

    private static String why(Done done) {
        return done instanceof Done.Refused(var field, var reason) ? field + " " + reason.key() : "done";
    }

    @Test
    void aCodeIsGoodOnceForOneAccountAndOneDay() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer other = body.official(body.person("Hoàng Thị Dung", body.wardOne, body.partyBloc, body.staff));
        String address = fresh();
        assertThat(why(addresses.verify(viewer, "AAAA-BBBB-CCCC"))).isEqualTo(" notifications.code.nothing");
        addresses.enter(viewer, address);
        addresses.enter(other, address);
        postman.run();
        assertThat(to(address)).hasSize(2);
        String code = code(address);
        String mine = to(address).stream()
                .map(MailProduct::text)
                .filter(text -> !text.contains(code))
                .map(text -> text.replaceAll("(?s).*?([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}).*", "$1"))
                .findFirst()
                .orElseThrow();
        boolean first = addresses.verify(viewer, mine) instanceof Done.Now;
        String good = first ? mine : code;
        if (!first) {
            assertThat(addresses.verify(viewer, code)).isEqualTo(new Done.Now(false));
        }
        assertThat(why(addresses.verify(other, good))).as("another's code").isEqualTo("ma notifications.code.wrong");
        assertThat(addresses.own(viewer).address()).isEqualTo(address);
        assertThat(addresses.verify(viewer, good)).as("a second click").isEqualTo(new Done.Now(true));

        String next = fresh();
        addresses.enter(viewer, next);
        assertThat(why(addresses.verify(viewer, good))).as("used before").isEqualTo("ma notifications.code.wrong");
        postman.run();
        clock.turnTo(DAY.plusDays(2));
        assertThat(why(addresses.verify(viewer, code(next)))).isEqualTo("ma notifications.code.expired");
        assertThat(addresses.own(viewer).address())
                .as("the one before is used still")
                .isEqualTo(address);
        assertThat(addresses.sendCode(viewer)).isEqualTo(new Done.Now(false));
        assertThat(addresses.sendCode(viewer)).as("while one waits to go").isEqualTo(new Done.Now(true));
        postman.run();
        assertThat(to(next)).hasSize(2);
        assertThat(addresses.verify(viewer, code(next))).isEqualTo(new Done.Now(false));
        assertThat(addresses.own(viewer).address()).isEqualTo(next);
    }

    @Test
    void readsACodeAsPeopleTypeIt() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = fresh();
        addresses.enter(viewer, address);
        postman.run();
        String code = code(address);
        assertThat(addresses.verify(
                        viewer, " " + code.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + "\n"))
                .isEqualTo(new Done.Now(false));
    }

    @Test
    void endsGuessingAfterTenWrongCodes() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = fresh();
        addresses.enter(viewer, address);
        postman.run();
        assertThat(why(addresses.verify(viewer, " "))).isEqualTo("ma notifications.code.missing");
        for (int i = 0; i < Addresses.MOST_WRONG; i++) {
            assertThat(why(addresses.verify(viewer, "AAAA-BBBB-CCC" + i))).isEqualTo("ma notifications.code.wrong");
        }
        assertThat(why(addresses.verify(viewer, code(address))))
                .as("the right one comes too late")
                .isEqualTo("ma notifications.code.locked");
        addresses.sendCode(viewer);
        postman.run();
        assertThat(addresses.verify(viewer, code(address))).isEqualTo(new Done.Now(false));
    }

    /** In the database a code cannot be found: neither in clear nor by trying addresses and accounts alone. */
    @Test
    void aCodeStandsInTheMailAlone() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = fresh();
        addresses.enter(viewer, address);
        postman.run();
        String code = code(address);
        String dump = jdbc.sql("""
                        select coalesce(string_agg(t, ' '), '') from (
                            select cast(r as text) as t from notifications.recipient r where tenant_id = :tenant
                            union all select cast(c as text) from notifications.code c where tenant_id = :tenant
                            union all select cast(m as text) from notifications.mail m where tenant_id = :tenant
                            union all select cast(e as text) from ledger.entry e where tenant_id = :tenant) x
                        """)
                .param("tenant", viewer.tenantId())
                .query((row, n) -> row.getString(1))
                .single();
        assertThat(dump).contains(address).doesNotContain(code).doesNotContain(code.replace("-", ""));
        assertThat(jdbc.sql(
                                "select cast(e as text) from ledger.entry e where tenant_id = ? and act like 'notifications.%'")
                        .param(viewer.tenantId())
                        .query((row, n) -> row.getString(1))
                        .list())
                .as("the ledger is for ever: no address in it")
                .isNotEmpty()
                .noneMatch(act -> act.contains(address));
    }

    @Test
    void sendsNoMoreThanFiveCodesAnHour() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        for (int i = 0; i < Addresses.MOST_AN_HOUR; i++) {
            assertThat(addresses.enter(viewer, fresh())).isEqualTo(new Done.Now(false));
        }
        assertThat(why(addresses.enter(viewer, fresh()))).isEqualTo(" notifications.address.often");
        clock.turnTo(DAY.plusDays(1));
        assertThat(addresses.enter(viewer, fresh())).isEqualTo(new Done.Now(false));
    }

    /** Nobody's mailbox is filled by many accounts of a body. */
    @Test
    void sendsNoMoreThanTenCodesADayToOneAddress() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        String victim = fresh();
        for (int i = 0; i < Addresses.MOST_A_DAY; i++) {
            Viewer one = body.viewer(Role.CLERK, body.root);
            assertThat(addresses.enter(one, victim)).isEqualTo(new Done.Now(false));
        }
        assertThat(why(addresses.enter(body.viewer(Role.CLERK, body.root), victim.replace('t', 'T'))))
                .isEqualTo("dia-chi notifications.address.often-there");
    }

    @Test
    void theAddressBeforeHearsOfTheChange() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String before = verified(viewer);
        String now = verified(viewer);
        postman.run();
        assertThat(to(before).stream().map(MailProduct::subject))
                .containsExactly("[Chuẩn Mực] Mã xác nhận địa chỉ thư", "[Chuẩn Mực] Thư được gửi tới địa chỉ khác");
        assertThat(text(to(before).getLast())).doesNotContain(now);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        postman.run();
        assertThat(to(now)).hasSize(2);
        assertThat(to(before)).hasSize(2);
    }

    @Test
    void aMailThatWaitsGoesToTheAddressOfNow() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String before = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        postman(MailServers.to(MailServers.nobody())).run();
        clock.turnTo(DAY.plusDays(1));
        String now = fresh();
        addresses.enter(viewer, now);
        // The verification mail goes first, whatever waits.
        var one = new Postman(
                store,
                recipients,
                new MailSettings("127.0.0.1", 25, FROM, PUBLIC, 1),
                letters,
                codes,
                post,
                transaction,
                clock);
        one.run();
        assertThat(addresses.verify(viewer, code(now))).isEqualTo(new Done.Now(false));
        postman.run();
        assertThat(to(now)).hasSize(2);
        assertThat(to(before).stream().map(MailProduct::subject))
                .doesNotContain("[Chuẩn Mực] Có kết quả đánh giá của Ông/Bà");
    }

    @Test
    void aMailToAnAddressThatWasReplacedBeforeItWentIsDropped() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String slip = fresh();
        String right = fresh();
        addresses.enter(viewer, slip);
        assertThat(addresses.enter(viewer, slip)).as("a second click").isEqualTo(new Done.Now(true));
        addresses.enter(viewer, right);
        postman.run();
        assertThat(to(slip)).isEmpty();
        assertThat(to(right)).hasSize(1);
    }

    @Test
    void whoeverDoesWithoutMailGetsNone() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        addresses.choose(viewer, "morning", List.of(), "vi");
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        assertThat(addresses.remove(viewer)).isEqualTo(new Done.Now(false));
        assertThat(addresses.remove(viewer)).isEqualTo(new Done.Now(true));
        clock.turnTo(DAY.plusDays(1));
        digests.look();
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        postman.run();
        assertThat(to(address)).hasSize(1);
        assertThat(addresses.own(viewer).address()).isNull();
        assertThat(notifications.of(viewer)).isEqualTo(2);
    }

    @Test
    void aClerkEntersAnAddressAndItsOwnerSaysWhetherItIsRight() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        Viewer elsewhere = body.viewer(Role.CLERK, body.wardTwo);
        String before = verified(viewer);
        String entered = fresh();
        assertThat(addresses.enterFor(clerk, viewer.accountId(), entered)).isEqualTo(new Done.Now(false));
        assertThat(addresses.own(viewer).address())
                .as("by the clerk's word nothing changes")
                .isEqualTo(before);
        assertThat(notifications.list(viewer, true, 0, 5))
                .extracting(Notifications.Line::kind)
                .containsExactly(Kind.ADDRESS_ENTERED);
        postman.run();
        assertThat(subject(to(before).getLast())).isEqualTo("[Chuẩn Mực] Có người nhập địa chỉ thư khác cho Ông/Bà");
        assertThat(addresses.verify(viewer, code(entered))).isEqualTo(new Done.Now(false));
        assertThat(addresses.own(viewer).address()).isEqualTo(entered);
        assertThat(addresses.holders(clerk, "cường", "verified", 0, 10))
                .extracting(Addresses.Holder::address)
                .containsExactly(entered);
        assertThat(addresses.countHolders(elsewhere, "cường", "")).isZero();
        assertThat(addresses.countHolders(administrator, "cường", "")).isEqualTo(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> addresses.enterFor(elsewhere, viewer.accountId(), fresh()))
                .isInstanceOf(vn.chuanmuc.kernel.NotFound.class);
        List<String> acts = jdbc.sql("""
                        select act from ledger.entry where tenant_id = ? and subject_id = ? and act like 'notifications.%' order by at
                        """)
                .params(viewer.tenantId(), viewer.accountId())
                .query((row, n) -> row.getString(1))
                .list();
        assertThat(acts)
                .containsExactly(
                        "notifications.address-entered",
                        "notifications.address-verified",
                        "notifications.address-entered",
                        "notifications.address-verified");
        UUID nobody = Ids.next();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> addresses.others(clerk, nobody))
                .isInstanceOf(vn.chuanmuc.kernel.NotFound.class);
    }
}
