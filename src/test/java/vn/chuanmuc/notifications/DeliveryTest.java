package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.TurnedClock;

/** From what is told to what arrives: in the transaction of the act, once, whatever the server says (issue 5, Result; ADR 0022). */
class DeliveryTest extends MailProduct {
    private static final LocalDate DAY = LocalDate.of(2031, 12, 20);

    private Viewer official(Body body) {
        return body.official(body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.staff));
    }

    @Test
    void nobodyHearsOfWhatIsRolledBack() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        transaction.executeWithoutResult(status -> {
            assertThat(notifications.tell(notice(viewer, Kind.RESULT_TOLD, Ids.next()), List.of(viewer.accountId())))
                    .isEqualTo(1);
            status.setRollbackOnly();
        });
        postman.run();
        assertThat(notifications.count(viewer, false)).isZero();
        assertThat(to(address)).hasSize(1); // the code, and nothing else
        assertThatThrownBy(() ->
                        notifications.tell(notice(viewer, Kind.RESULT_TOLD, Ids.next()), List.of(viewer.accountId())))
                .as("outside of any transaction nothing is told")
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void tellsOnceHoweverOftenACommandIsSent() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        UUID result = Ids.next();
        assertThat(tell(viewer, Kind.RESULT_TOLD, result)).isEqualTo(1);
        assertThat(tell(viewer, Kind.RESULT_TOLD, result)).isZero();
        postman.run();
        assertThat(tell(viewer, Kind.RESULT_TOLD, result)).isZero();
        postman.run();
        assertThat(to(address)).hasSize(2); // the code and the notice
        assertThat(tell(viewer, Kind.RESULT_TOLD, Ids.next()))
                .as("another result")
                .isEqualTo(1);
    }

    /** Two who send the same command at once: one of them tells. */
    @Test
    void tellsOnceThoughTwoTellAtOnce() throws Exception {
        Viewer viewer = official(bodies.create());
        UUID subject = Ids.next();
        assertThat(atOnce(() -> tell(viewer, Kind.RESULT_TOLD, subject), () -> tell(viewer, Kind.RESULT_TOLD, subject)))
                .containsExactlyInAnyOrder(0, 1);
        assertThat(notifications.count(viewer, false)).isEqualTo(1);
    }

    /** Two at the same moment, on threads of their own; what goes wrong in one of them goes wrong here. */
    private static List<Integer> atOnce(Callable<Integer> one, Callable<Integer> other) throws Exception {
        var both = new CountDownLatch(2);
        var came = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var future : threads.invokeAll(Stream.of(one, other)
                    .<Callable<Integer>>map(work -> () -> {
                        both.countDown();
                        both.await();
                        return work.call();
                    })
                    .toList())) {
                came.add(future.get());
            }
        }
        return came;
    }

    /** Everything personal stays behind the sign-in; what stands in the mail reads right with its marks. */
    @Test
    void aMailSaysThatSomethingWaitsAndNothingAboutAnybody() throws Exception {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        postman.run();
        MimeMessage mail = to(address).getLast();
        UUID notice = notifications.list(viewer, false, 0, 1).getFirst().id();
        assertThat(subject(mail)).isEqualTo("[Chuẩn Mực] Có kết quả đánh giá của Ông/Bà");
        assertThat(text(mail))
                .contains("Kết quả đánh giá của Ông/Bà đã có và chờ Ông/Bà xem.")
                .contains("Hạn: 24/12/2031.")
                .contains(PUBLIC + "/thong-bao/" + notice)
                .doesNotContain("Bí Mật")
                .doesNotContain("Trần Thị Hoà")
                .doesNotContain("Đợt quý")
                .doesNotContain(viewer.username());
        assertThat(mail.getContentType()).startsWith("text/plain").containsIgnoringCase("utf-8");
        assertThat(header(mail, "Message-ID")).isEqualTo("<" + notice + "@tinh.gov.vn>");
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "From")).contains(FROM);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(states(viewer)).containsExactly("sent");
        assertThat(notifications.list(viewer, false, 0, 1).getFirst().mailed()).isTrue();
    }

    @Test
    void everyKindHasAMailInBothLanguagesThatNamesNobody() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        for (Kind kind : Kind.values()) {
            tell(viewer, kind, Ids.next());
        }
        postman.run();
        List<MimeMessage> vietnamese = to(address).subList(1, to(address).size());
        assertThat(vietnamese)
                .hasSameSizeAs(Kind.values())
                .allSatisfy(mail -> assertThat(text(mail))
                        .startsWith("Kính gửi Ông/Bà,")
                        .doesNotContain("Bí Mật")
                        .doesNotContain("quý IV")
                        .doesNotContain("{"));
        addresses.choose(viewer, "now", List.of(), "en");
        for (Kind kind : Kind.values()) {
            tell(viewer, kind, Ids.next());
        }
        postman.run();
        List<MimeMessage> english =
                to(address).subList(1 + Kind.values().length, to(address).size());
        assertThat(english)
                .hasSameSizeAs(Kind.values())
                .allSatisfy(mail -> assertThat(text(mail))
                        .startsWith("Dear Sir or Madam,")
                        .doesNotContain("Bí Mật")
                        .doesNotContain("quý IV"));
        assertThat(english).extracting(mail -> header(mail, "Content-Language")).containsOnly("en");
        assertThat(new TreeSet<>(vietnamese.stream().map(MailProduct::subject).toList()))
                .as("one subject for each kind")
                .hasSameSizeAs(Kind.values());
    }

    @Test
    void whoeverVerifiedNoAddressReadsItInTheProductAlone() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer without = official(body);
        Viewer entered = body.official(body.person("Lê Văn Nhập", body.wardOne, body.partyBloc, body.staff));
        String address = fresh();
        addresses.enter(entered, address);
        tell(without, Kind.RESULT_TOLD, Ids.next());
        tell(entered, Kind.RESULT_TOLD, Ids.next());
        postman.run();
        assertThat(to(address)).hasSize(1);
        assertThat(subject(to(address).getFirst())).isEqualTo("[Chuẩn Mực] Mã xác nhận địa chỉ thư");
        assertThat(states(without)).isEmpty();
        assertThat(states(entered)).isEmpty();
        assertThat(notifications.of(without)).isEqualTo(1);
    }

    /** Nobody hears of what they did themselves, and a closed account hears nothing. */
    @Test
    void doesNotTellWhoeverDidItNorAClosedAccount() {
        Body body = bodies.create();
        Viewer viewer = official(body);
        var own = new Notice(
                viewer.tenantId(), Kind.MEETING_CONVENED, viewer.accountId(), Ids.next(), "", List.of(), "/hop", null);
        assertThat(transaction.<Integer>execute(status -> notifications.tell(own, List.of(viewer.accountId()))))
                .isZero();
        jdbc.sql("update access.account set state = 'closed' where tenant_id = ? and id = ?")
                .params(viewer.tenantId(), viewer.accountId())
                .update();
        assertThat(tell(viewer, Kind.RESULT_TOLD, Ids.next())).isZero();
    }

    @Test
    void twoInstancesSendEachMailOnce() throws Exception {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        int many = 40;
        for (int i = 0; i < many; i++) {
            tell(viewer, Kind.RESULT_TOLD, Ids.next());
        }
        Postman other = postman(MailServers.to(SERVER.getSmtp().getPort()));
        List<Integer> tried = atOnce(() -> tomorrow(postman::run), () -> tomorrow(other::run));
        List<String> ids = to(address).stream()
                .skip(1)
                .map(mail -> header(mail, "Message-ID"))
                .toList();
        assertThat(ids).hasSize(many).doesNotHaveDuplicates();
        assertThat(tried.stream().mapToInt(Integer::intValue).sum()).isEqualTo(many);
        assertThat(states(viewer)).hasSize(many).containsOnly("sent");
    }

    private int tomorrow(IntSupplier work) {
        clock.turnTo(DAY.plusDays(1));
        return work.getAsInt();
    }

    @Test
    void waitsWhileTheServerIsDownAndGoesOnWhenItIsBack() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        Postman lost = postman(MailServers.to(MailServers.nobody()));
        assertThat(lost.run()).isEqualTo(1);
        assertThat(states(viewer)).containsExactly("waiting connection");
        assertThat(lost.run()).as("not before its pause is over").isZero();
        assertThat(postman.run()).isZero();
        assertThat(todos.of(clerk)).isEmpty();
        assertThat(deliveries.server().trouble()).isNotNull();
        clock.turnTo(DAY.plusDays(1));
        assertThat(postman.run()).isEqualTo(1);
        assertThat(states(viewer)).containsExactly("sent");
        assertThat(to(address)).hasSize(2);
        assertThat(deliveries.server().trouble()).isNull();
    }

    @Test
    void waitsLongerEachTimeAndGivesUpAfterThreeDays() {
        assertThat(List.of(
                        Postman.pause(0), Postman.pause(1), Postman.pause(5), Postman.pause(8), Postman.pause(5_000)))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(32),
                        Duration.ofHours(4),
                        Duration.ofHours(4));
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        Postman lost = postman(MailServers.to(MailServers.nobody()));
        for (int day = 0; day < 3; day++) {
            if (day > 0) {
                clock.turnTo(DAY.plusDays(day));
            }
            lost.run();
            assertThat(states(viewer)).containsExactly("waiting connection");
        }
        clock.turnTo(DAY.plusDays(3));
        lost.run();
        assertThat(states(viewer)).containsExactly("failed connection");
        assertThat(addresses.own(viewer).faultyAt())
                .as("the address is not to blame")
                .isNull();
    }

    /** 450, 421, 4xx after the text: not now. */
    @Test
    void triesAgainWhatIsRefusedForNow() {
        for (String at : List.of("RCPT", ".", "MAIL")) {
            clock.turnTo(DAY);
            Viewer viewer = official(bodies.create());
            verified(viewer);
            tell(viewer, Kind.RESULT_TOLD, Ids.next());
            try (var busy = new MailServers.Scripted(command -> command.equals(at) ? "450 4.2.0 later" : "")) {
                postman(MailServers.to(busy.port())).run();
            }
            assertThat(states(viewer))
                    .as("at %s", at)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("waiting");
            clock.turnTo(DAY.plusDays(1));
            postman.run();
            assertThat(states(viewer)).as("at %s", at).containsExactly("sent");
        }
    }

    @Test
    void aMailboxThatIsNotThereIsAFailureForTheClerkToMend() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer elsewhere = body.viewer(Role.CLERK, body.wardTwo);
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        tell(viewer, Kind.STAGE_OPENED, Ids.next());
        try (var gone = new MailServers.Scripted(
                command -> command.equals("RCPT") ? "550 5.1.1 no such user: " + address : "")) {
            postman(MailServers.to(gone.port())).run();
            assertThat(gone.taken).isEmpty();
        }
        assertThat(states(viewer)).containsExactlyInAnyOrder("failed no-such-address", "dropped faulty");
        assertThat(addresses.own(viewer).faultyAt()).isNotNull();
        assertThat(tell(viewer, Kind.RESULT_TOLD, Ids.next())).isEqualTo(1);
        assertThat(states(viewer)).as("nothing more goes there").hasSize(2);
        assertThat(todos.of(clerk)).extracting(todo -> todo.what().key()).containsExactly("notifications.todo.failed");
        assertThat(todos.of(elsewhere)).isEmpty();
        Deliveries.Mail failed =
                deliveries.list(clerk, "hoa", Deliveries.State.FAILED, 0, 10).getFirst();
        assertThat(failed.answer()).contains("5.1.1");
        assertThat(deliveries.list(elsewhere, "", null, 0, 10)).isEmpty();

        assertThat(deliveries.again(clerk, failed.id())).isEqualTo(new Deliveries.Done.Now(false));
        assertThat(deliveries.again(clerk, failed.id())).as("a second click").isEqualTo(new Deliveries.Done.Now(true));
        postman.run();
        assertThat(states(viewer)).containsExactlyInAnyOrder("sent", "dropped faulty");
        assertThat(addresses.own(viewer).faultyAt()).isNull();
        assertThat(todos.of(clerk)).isEmpty();
        assertThat(acts(viewer, "notifications.mail-resent")).isEqualTo(1);
        assertThat(to(address)).hasSize(2);
    }

    private int acts(Viewer viewer, String act) {
        return jdbc.sql("select count(*) from ledger.entry where tenant_id = ? and act = ?")
                .params(viewer.tenantId(), act)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    @Test
    void whoeverIsToldOtherwiseIsNoFailureAnyMore() {
        clock.turnTo(DAY);
        Body body = bodies.create();
        Viewer viewer = official(body);
        Viewer clerk = body.viewer(Role.CLERK, body.root);
        verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        try (var full = new MailServers.Scripted(command -> command.equals("RCPT") ? "552 5.2.2 full" : "")) {
            postman(MailServers.to(full.port())).run();
        }
        assertThat(states(viewer)).containsExactly("failed full");
        assertThat(addresses.own(viewer).faultyAt()).as("it may be emptied").isNull();
        UUID id = deliveries
                .list(clerk, "", Deliveries.State.FAILED, 0, 10)
                .getFirst()
                .id();
        assertThat(todos.of(clerk)).hasSize(1);
        assertThat(deliveries.settle(clerk, id)).isEqualTo(new Deliveries.Done.Now(false));
        assertThat(deliveries.settle(clerk, id)).isEqualTo(new Deliveries.Done.Now(true));
        assertThat(todos.of(clerk)).isEmpty();
        assertThat(acts(viewer, "notifications.failure-settled")).isEqualTo(1);
    }

    /** What the way to the server is to blame for is nobody's failure: it waits until the operator has mended it. */
    @Test
    void aWrongSenderOrPasswordIsNotTheReceiversFault() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        try (var strict = new MailServers.Scripted(command -> command.equals("MAIL") ? "553 5.7.1 not yours" : "")) {
            postman(MailServers.to(strict.port())).run();
        }
        assertThat(states(viewer)).containsExactly("waiting sender");
        clock.turnTo(DAY.plusDays(1));
        try (var strict = new MailServers.Scripted(command -> switch (command) {
            case "EHLO" -> "250-thu\r\n250 AUTH PLAIN LOGIN";
            case "AUTH" -> "535 5.7.8 wrong";
            default -> "";
        })) {
            var sender = MailServers.to(strict.port());
            sender.setUsername("chuanmuc");
            sender.setPassword("rat bi mat");
            postman(sender).run();
        }
        assertThat(states(viewer)).containsExactly("waiting auth");
        assertThat(jdbc.sql("select count(*) from notifications.mail where answer like '%bi mat%'")
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isZero();
        clock.turnTo(DAY.plusDays(2));
        try (var plain = new MailServers.Scripted(command -> "")) {
            var sender = MailServers.to(plain.port());
            sender.getJavaMailProperties().setProperty("mail.smtp.starttls.enable", "true");
            sender.getJavaMailProperties().setProperty("mail.smtp.starttls.required", "true");
            postman(sender).run();
            assertThat(plain.taken)
                    .as("nothing goes in clear where it must not")
                    .isEmpty();
        }
        assertThat(states(viewer)).containsExactly("waiting tls");
    }

    /** The edge that no outbox can close: taken, and we stop before we have written that down. Both copies bear one id. */
    @Test
    void aMailThatWasTakenBeforeWeStoppedGoesAgainUnderTheSameId() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        Post stopping = () -> {
            Post.Line line = post.line();
            return new Post.Line() {
                @Override
                public Post.Outcome send(Post.Letter letter) {
                    line.send(letter);
                    throw new IllegalStateException("the machine stops here");
                }

                @Override
                public void close() {
                    line.close();
                }
            };
        };
        assertThatThrownBy(() -> postman(stopping).run()).isInstanceOf(IllegalStateException.class);
        assertThat(states(viewer)).containsExactly("waiting");
        postman.run();
        assertThat(states(viewer)).containsExactly("sent");
        List<String> ids = to(address).stream()
                .skip(1)
                .map(mail -> header(mail, "Message-ID"))
                .toList();
        assertThat(ids).hasSize(2);
        assertThat(Set.copyOf(ids)).hasSize(1);
    }

    /** The server hangs up after the text: nobody knows whether it took it. It goes again, under the same id. */
    @Test
    void aMailWhoseAnswerWasLostGoesAgainUnderTheSameId() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        String lost;
        try (var hangsUp = new MailServers.Scripted(command -> command.equals(".") ? "close" : "")) {
            postman(MailServers.to(hangsUp.port())).run();
            assertThat(hangsUp.taken).hasSize(1);
            lost = hangsUp.taken.getFirst();
        }
        assertThat(states(viewer)).containsExactly("waiting connection");
        clock.turnTo(DAY.plusDays(1));
        postman.run();
        assertThat(lost).contains(header(to(address).getLast(), "Message-ID"));
    }

    @Test
    void whatWasReadInTheProductIsNotMailedAnyMore() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        UUID id = notifications.list(viewer, true, 0, 1).getFirst().id();
        assertThat(notifications.open(viewer, id)).contains("/tai-khoan");
        postman.run();
        assertThat(states(viewer)).containsExactly("dropped read");
        assertThat(to(address)).hasSize(1);
    }

    @Test
    void doesNotSendFasterThanIsAllowed() {
        clock.turnTo(LocalDate.of(2032, 2, 2));
        Viewer viewer = official(bodies.create());
        verified(viewer);
        for (int i = 0; i < 5; i++) {
            tell(viewer, Kind.RESULT_TOLD, Ids.next());
        }
        var slow = new MailSettings("127.0.0.1", SERVER.getSmtp().getPort(), FROM, PUBLIC, 4);
        var one = new Postman(store, recipients, slow, letters, codes, post, transaction, clock);
        assertThat(one.run()).as("the code was one of the minute's four").isEqualTo(3);
        assertThat(one.run()).isZero();
        clock.turnTo(LocalDate.of(2032, 2, 3));
        assertThat(one.run()).isEqualTo(2);
        assertThat(states(viewer)).containsOnly("sent");
    }

    // Mails of the day

    @Test
    void gathersWhatCanWaitIntoOneMailAtTheChosenHour() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        addresses.choose(viewer, "morning", List.of(), "vi");
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        tell(viewer, Kind.STAGE_DUE, Ids.next());
        tell(viewer, Kind.STAGE_DUE, Ids.next());
        UUID read = Ids.next();
        tell(viewer, Kind.FORM_SENT_BACK, read);
        notifications.open(
                viewer, notifications.list(viewer, true, 0, 1).getFirst().id());
        digests.look();
        postman.run();
        assertThat(to(address)).as("it is noon, seven o'clock is tomorrow").hasSize(1);
        tell(viewer, Kind.PETITION_ESCALATED, Ids.next());
        postman.run();
        assertThat(subject(to(address).getLast())).contains("sắp hết hạn"); // a clock does not wait for the morning
        clock.turnTo(DAY.plusDays(1));
        assertThat(digests.look()).isEqualTo(1);
        assertThat(digests.look()).as("once").isZero();
        postman.run();
        MimeMessage mail = to(address).getLast();
        assertThat(to(address)).hasSize(3);
        assertThat(subject(mail)).isEqualTo("[Chuẩn Mực] Có 3 việc chờ Ông/Bà");
        assertThat(text(mail))
                .contains("– Có kết quả đánh giá của Ông/Bà – hạn gần nhất 24/12/2031")
                .contains("– Phiếu đánh giá sắp hết hạn (2)")
                .doesNotContain("trả lại")
                .doesNotContain("Bí Mật")
                .contains(PUBLIC + "/thong-bao\n");
        assertThat(states(viewer)).containsExactly("sent", "sent");
    }

    @Test
    void theHourIsThatOfTheClockOnTheWallHere() {
        ZonedDateTime night = DAY.atTime(2, 30).atZone(TurnedClock.ZONE);
        assertThat(Digests.last(night, Digests.MORNING))
                .isEqualTo(
                        DAY.minusDays(1).atTime(7, 0).atZone(TurnedClock.ZONE).toInstant());
        assertThat(Digests.last(DAY.atTime(LocalTime.of(7, 0)).atZone(TurnedClock.ZONE), Digests.MORNING))
                .isEqualTo(Instant.parse("2031-12-20T00:00:00Z"));
        assertThat(Digests.last(DAY.atTime(16, 59).atZone(TurnedClock.ZONE), Digests.EVENING))
                .isEqualTo(Instant.parse("2031-12-19T10:00:00Z"));
    }

    @Test
    void twoInstancesMakeOneMailOfADay() throws Exception {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        verified(viewer);
        addresses.choose(viewer, "evening", List.of(), "vi");
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        assertThat(atOnce(() -> tomorrow(digests::look), () -> tomorrow(digests::look)))
                .containsExactlyInAnyOrder(0, 1);
        assertThat(states(viewer)).hasSize(1);
    }

    // What somebody does without

    @Test
    void sendsNoMailOfAGroupThatSomebodyDoesWithout() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        assertThat(addresses.choose(viewer, "now", List.of("forms"), "vi")).isEqualTo(new Addresses.Done.Now(false));
        tell(viewer, Kind.STAGE_OPENED, Ids.next());
        tell(viewer, Kind.MEETING_CONVENED, Ids.next());
        postman.run();
        assertThat(to(address).stream().map(MailProduct::subject))
                .containsExactly("[Chuẩn Mực] Mã xác nhận địa chỉ thư", "[Chuẩn Mực] Mời họp");
        assertThat(notifications.of(viewer))
                .as("in the product it is told all the same")
                .isEqualTo(2);
    }

    @Test
    void aResultAndAClockAreAlwaysSent() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        String address = verified(viewer);
        for (String always : List.of("results", "calls", "address", "nothing-such")) {
            assertThat(addresses.choose(viewer, "now", List.of(always), "vi"))
                    .as(always)
                    .isInstanceOf(Addresses.Done.Refused.class);
        }
        // Even where the row says otherwise.
        jdbc.sql("update notifications.recipient set muted = '{results,calls}' where tenant_id = ? and account_id = ?")
                .params(viewer.tenantId(), viewer.accountId())
                .update();
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        tell(viewer, Kind.PETITION_ESCALATED, Ids.next());
        postman.run();
        assertThat(to(address)).hasSize(3);
    }

    // Without a server

    /** No server: everything is told in the product, and nothing waits for ever. */
    @Test
    void withoutAServerNothingIsPutIntoTheOutbox() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        verified(viewer);
        var none = new MailSettings("", 25, "", "", 60);
        assertThat(none.missing()).containsExactly("host", "from", "public-address");
        var without = new Notifications(new NoticeStore(jdbc), none, holders, clock);
        transaction.executeWithoutResult(
                status -> without.tell(notice(viewer, Kind.RESULT_TOLD, Ids.next()), List.of(viewer.accountId())));
        assertThat(states(viewer)).isEmpty();
        assertThat(notifications.count(viewer, true)).isEqualTo(1);
        assertThat(new Postman(store, recipients, none, letters, codes, post, transaction, clock).run())
                .isZero();
    }

    @Test
    void clearsWhatNobodyAsksForAnyMore() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        verified(viewer);
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        postman.run();
        new TidyChore(store, transaction, clock).run();
        assertThat(states(viewer)).containsExactly("sent");
        clock.turnTo(DAY.plusDays(181));
        new TidyChore(store, transaction, clock).run();
        assertThat(states(viewer)).isEmpty();
        assertThat(notifications.count(viewer, false)).isEqualTo(1);
        clock.turnTo(DAY.plusDays(731));
        new TidyChore(store, transaction, clock).run();
        assertThat(notifications.count(viewer, false)).isZero();
    }

    @Test
    void countsWhatIsUnreadAndReadsAllOfIt() {
        Viewer viewer = official(bodies.create());
        assertThat(notifications.of(viewer)).isZero();
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        assertThat(notifications.of(viewer)).isEqualTo(2);
        Instant seen = clock.instant();
        tell(viewer, Kind.RESULT_TOLD, Ids.next());
        assertThat(notifications.readAll(viewer, seen))
                .as("not what came since")
                .isEqualTo(2);
        assertThat(notifications.of(viewer)).isEqualTo(1);
        Viewer other = official(bodies.create());
        UUID id = notifications.list(viewer, true, 0, 1).getFirst().id();
        assertThat(notifications.open(other, id)).as("another's notice").isEmpty();
        assertThat(notifications.of(viewer)).isEqualTo(1);
    }

    @Test
    void callsAnAddressThatWaitsToItsOwnersMind() {
        clock.turnTo(DAY);
        Viewer viewer = official(bodies.create());
        addresses.enter(viewer, fresh());
        assertThat(todos.of(viewer)).extracting(Todo::href).containsExactly("/thong-bao/thu");
    }
}
