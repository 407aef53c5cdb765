package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.panels.PanelGround.GUEST;
import static vn.chuanmuc.panels.PanelGround.MEMBER;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.MinutesBook.Signing;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.scans.Scanner;
import vn.chuanmuc.signing.DigitalSamples;
import vn.chuanmuc.signing.Offer;
import vn.chuanmuc.signing.SignatureRequester;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.Device;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.VeraPdf;

/** Issue 5: minutes in the official layout, signed – digitally, by hand, or confirmed with a passkey; never two ways in one version. */
@ProductTest
class MinutesSigningTest {
    private static final Holder SECRETARY = DigitalSamples.holder(PanelGround.SECRETARY);
    private static final Holder CHAIR = DigitalSamples.holder(PanelGround.CHAIR);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final String DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy").format(TODAY);

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
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    MinutesSigning signing;

    @Autowired
    MinutesPaper paper;

    @Autowired
    Signatures signatures;

    @Autowired
    SignerConfirmations confirmations;

    @Autowired
    TrustList trust;

    @Autowired
    Papers papers;

    @Autowired
    Passkeys passkeys;

    @Autowired
    Recheck recheck;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Value("${local.server.port}")
    int port;

    @TempDir
    Path folder;

    private PanelGround ground;
    private Viewer clerk;
    private Viewer secretary;
    private Viewer chair;

    /** A meeting whose minutes are made and wait for their signatures. */
    @BeforeEach
    void minutesAreMade() {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, PanelGround.names());
        cycle.rated(GUEST, 1, 2);
        ground = new PanelGround(cycle, meetings, rounds, ballots, minutes)
                .convened(List.of(GUEST))
                .opened(List.of());
        secretary = ground.secretary();
        chair = ground.chair();
        clerk = cycle.body.viewer(Role.CLERK, cycle.body.wardOne);
        DigitalSamples.trust(trust, cycle.body.viewer(Role.ADMINISTRATOR, cycle.body.root), cycle.board);
        ground.hands(GUEST, 5, 0);
        ground.concluded(GUEST, "xuat_sac", "Tập thể nhất trí");
        PanelGround.now(minutes.make(secretary, ground.id, ""));
    }

    private UUID begin(Viewer who) {
        return ((MinutesSigning.Begun.Asked) signing.begin(who, ground.id, ground.read(1))).requestId();
    }

    private static Reason refused(MinutesSigning.Begun begun) {
        return ((MinutesSigning.Begun.Refused) begun).why();
    }

    private static Reason refused(Signing signing) {
        return ((Signing.Refused) signing).why();
    }

    /** Signed elsewhere and brought in; whose certificate it is, the office says once. */
    private void handIn(Viewer who, UUID request, Holder holder, String field) {
        byte[] signed = DigitalSamples.sign(signatures.paper(who, request), holder, field);
        Offer offer = signatures.upload(who, request, signed);
        if (offer instanceof Offer.ToIdentify) {
            DigitalSamples.confirmSigners(trust, confirmations, clerk);
        } else {
            assertThat(offer).isInstanceOf(Offer.Accepted.class);
        }
    }

    @Test
    void theSecretarySignsAndThenTheChairSignsTheSameFile() throws Exception {
        assertThat(refused(signing.begin(chair, ground.id, ground.read(1))))
                .isEqualTo(Reason.of("panels.minutes.order"));
        assertThat(refused(signing.begin(secretary, ground.id, new MinutesBook.Read(1, Sha256.of("andere"))))
                        .key())
                .isEqualTo("panels.minutes.behind");
        UUID first = begin(secretary);
        assertThat(begin(secretary)).as("begun twice").isEqualTo(first);
        byte[] issued = signatures.paper(secretary, first);
        assertThat(VeraPdf.findings(issued)).isEmpty();
        assertThat(words(issued))
                .contains("BIÊN BẢN")
                .contains("thư ký và chủ trì ký dưới đây")
                .doesNotContainIgnoringCase("chờ chủ trì và thư ký xác nhận");
        handIn(secretary, first, SECRETARY, "thuky");
        Protocol half = ground.protocol();
        assertThat(half.meeting().state()).as("the chair has not signed").isEqualTo(State.COUNTED);
        assertThat(half.signature(Meeting.Role.SECRETARY).orElseThrow().method())
                .isEqualTo(Meeting.Method.DIGITAL);
        assertThat(refused(minutes.sign(chair, ground.id, ground.read(1), PanelGround.PASSWORD)))
                .as("ways are never mixed")
                .isEqualTo(Reason.of("panels.minutes.other-way.chu-ky-so"));

        UUID second = begin(chair);
        byte[] half_ = signatures.paper(chair, second);
        assertThat(half_).startsWith(issued);
        handIn(chair, second, CHAIR, "chutri");
        Protocol closed = ground.protocol();
        assertThat(closed.meeting().state()).isEqualTo(State.CLOSED);
        assertThat(closed.undelivered()).isEmpty();
        byte[] file = paper.file(chair, ground.id, false).bytes();
        assertThat(file).startsWith(half_);
        assertThat(Sha256.of(file)).isEqualTo(closed.signedDocument());
        assertThat(paper.signedFile(secretary, ground.id).bytes()).isEqualTo(file);
        assertThat(VeraPdf.findings(file)).as("with both signatures").isEmpty();
        assertThat(pdfsig(file)).contains("Signature #1", "Signature #2").doesNotContain("Digest Mismatch");
        assertThat(pdfsig(file).split("Signature is Valid", -1)).hasSize(3);
        assertThat(faults()).isEmpty();

        Browser reader = ground.cycle.body.browser(chair);
        String at = "/hop/" + ground.id;
        var offered = reader.get(at).page();
        assertThat(offered.select("#ck-secretary, #ck-chair")).hasSize(2);
        var serials = new java.util.HashSet<String>();
        for (String role : List.of("thu-ky", "chu-tri")) {
            String link = at + "/kiem-tra-" + role + ".xml";
            assertThat(offered.select("a[href=" + link + "]")).hasSize(1);
            Browser.Answer report = reader.get(link);
            assertThat(report.type()).startsWith("application/xml");
            assertThat(report.text()).contains("DetailedReport");
            serials.add(report.text());
        }
        assertThat(serials).as("each signature has a check of its own").hasSize(2);
        Browser member = ground.cycle.body.browser(ground.cycle.official(MEMBER));
        assertThat(member.get(at).page().select("#ck-chair, a[href$=.xml]")).isEmpty();
        assertThat(member.get(at + "/kiem-tra-chu-tri.xml").status()).isEqualTo(403);

        var verified = bodies.stranger().upload("/kiem-tra", "/kiem-tra", "tep", "bien-ban.pdf", file);
        assertThat(verified.page().select("main").text())
                .contains("Giấy hợp lệ, đã ký")
                .contains("Chữ ký số")
                .contains("đã ký số lúc")
                .doesNotContain("Xuất sắc")
                .doesNotContain(GUEST);
        byte[] changed = file.clone();
        changed[changed.length / 2] ^= 1;
        assertThat(bodies.stranger()
                        .upload("/kiem-tra", "/kiem-tra", "tep", "sua.pdf", changed)
                        .page()
                        .select("main")
                        .text())
                .doesNotContain("Giấy hợp lệ, đã ký");
        assertThat(jdbc.sql(
                                "select count(*) from documents.paper_state s join documents.paper p using (tenant_id) "
                                        + "where s.paper_id = p.id and p.tenant_id = ? and p.kind = 'bien-ban-hop' and s.state = 'signed'")
                        .param(secretary.tenantId())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("one paper, which is signed")
                .isEqualTo(1);
        assertThat(meetings.cancel(ground.cycle.head, ground.id, "Muộn")).isInstanceOf(Meetings.Done.Refused.class);
    }

    /** Decree 30/2020; and a number of the calendar year. */
    @Test
    void minutesOfAStateLineAreLaidOutAndNumberedAsTheStates() throws Exception {
        CampaignSamples.ofLine(jdbc, ground.cycle.body, Lines.Kind.STATE);
        byte[] issued = signatures.paper(secretary, begin(secretary));
        assertThat(VeraPdf.findings(issued)).isEmpty();
        assertThat(words(issued))
                .contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/BB-")
                .doesNotContain("ĐẢNG CỘNG SẢN VIỆT NAM");
    }

    /** Somebody may hold what is given to be signed, or have signed it: it stays that paper. */
    @Test
    void minutesThatWereIssuedKeepTheLayoutTheyHad() {
        byte[] issued = signatures.paper(secretary, begin(secretary));
        CampaignSamples.ofLine(jdbc, ground.cycle.body, Lines.Kind.STATE);
        assertThat(words(issued)).contains("ĐẢNG CỘNG SẢN VIỆT NAM");
        assertThat(words(paper.file(chair, ground.id, false).bytes())).isEqualTo(words(issued));
        assertThat(papers.of(secretary.tenantId(), MinutesEnds.KIND, ground.id, ground.id))
                .hasSize(1);
    }

    @Test
    void aSignatureOfMinutesThatWereTakenBackIsRefused() {
        UUID request = begin(secretary);
        byte[] signed = DigitalSamples.sign(signatures.paper(secretary, request), SECRETARY, "thuky");
        PanelGround.now(minutes.takeBack(chair, ground.id, "Ghi nhầm tên"));
        assertThat(signatures.upload(secretary, request, signed))
                .as("the request ended with the minutes")
                .isInstanceOf(Offer.Refused.class);
        PanelGround.now(minutes.make(secretary, ground.id, "Đã sửa"));
        var completion = transaction.execute(status -> signing.completed(new SignatureRequester.Completed(
                secretary.tenantId(),
                request,
                MinutesEnds.subject(ground.id, 1, Meeting.Role.SECRETARY),
                Sha256.of(signed),
                Objects.requireNonNull(secretary.personId()),
                SECRETARY.certificate(),
                java.time.Instant.now(),
                secretary.accountId())));
        assertThat(completion).isEqualTo(new SignatureRequester.Completion.Refused(Reason.of("panels.minutes.behind")));
        assertThat(ground.protocol().standing()).isEmpty();
        assertThat(papers.of(secretary.tenantId(), MinutesEnds.KIND, ground.id, ground.id))
                .extracting(one -> one.state().code())
                .containsExactly("withdrawn");
        assertThat(faults()).isEmpty();
    }

    /** What the database's owner changes behind the product's back is not signed. */
    @Test
    void minutesThatNoLongerAgreeWithTheMeetingAreNotSigned() {
        MinutesBook.Read read = ground.read(1);
        jdbc.sql("update panels.meeting set place = 'Nơi khác' where tenant_id = ? and id = ?")
                .params(secretary.tenantId(), ground.id)
                .update();
        assertThat(refused(minutes.sign(secretary, ground.id, read, PanelGround.PASSWORD)))
                .isEqualTo(Reason.of("panels.minutes.changed"));
        assertThat(refused(signing.begin(secretary, ground.id, read))).isEqualTo(Reason.of("panels.minutes.changed"));
        assertThat(ground.protocol().signatures()).isEmpty();
    }

    @Test
    void confirmsWithAPasskeyOnThePageAndSaysSo() {
        var device = new Device("http://localhost:" + port);
        passkeys.begin(secretary, "Điện thoại", TestBodies.PASSWORD);
        passkeys.register(
                secretary,
                device.register(passkeys.waiting(secretary).orElseThrow().options()));
        Browser browser = ground.cycle.body.browser(secretary);
        String at = "/hop/" + ground.id;
        var form = browser.get(at).page().selectFirst("form[action$=/xac-nhan]");
        var button = Objects.requireNonNull(form).select("button[data-passkey]");
        String token = form.select("input[name=_csrf]").val();
        String answer =
                device.answer(browser.postWithToken(token, button.attr("data-ask"), "viec", button.attr("data-about"))
                        .text());
        String hash = form.select("input[name=noi-dung]").val();
        var other =
                device.answer(passkeys.challenge(secretary, MinutesBook.toConfirm(UUID.randomUUID(), ground.read(1)))
                        .orElseThrow());
        var refused = browser.postWithToken(token, at + "/xac-nhan", "ban", "1", "noi-dung", hash, "khoa", other);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#e-khoa").text()).contains("nội dung khác");
        var done = browser.postWithToken(token, at + "/xac-nhan", "ban", "1", "noi-dung", hash, "khoa", answer);
        assertThat(done.page().select(".alert-success").text()).contains("chờ người còn lại");
        Meeting.Signature signed =
                ground.protocol().signature(Meeting.Role.SECRETARY).orElseThrow();
        assertThat(signed.confirmedBy()).isEqualTo("khoa-truy-cap");
        assertThat(signed.passkeyId())
                .isEqualTo(passkeys.list(secretary).getFirst().id());
        assertThat(done.page().select("main").text()).contains("dùng khóa truy cập");
        assertThat(refused(signing.begin(chair, ground.id, ground.read(1))).key())
                .as("ways are never mixed")
                .isEqualTo("panels.minutes.other-way.xac-nhan-dien-tu");
        assertThat(minutes.sign(chair, ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new Signing.Signed(true));
        assertThat(words(paper.file(chair, ground.id, false).bytes()))
                .contains("xác nhận điện tử bằng khóa truy cập")
                .contains("xác nhận điện tử sau khi đăng nhập lại");
        assertThat(faults()).isEmpty();
    }

    /** On the pages, with the mistakes that are made: no file, another paper, a page missing, another day. */
    @Test
    void signedByHandTheScanIsBroughtByOneAndConfirmedByTheOther() throws Exception {
        Browser writer = ground.cycle.body.browser(secretary);
        Browser presides = ground.cycle.body.browser(chair);
        String at = "/hop/" + ground.id;
        assertThat(writer.get(at).page().select("form[action$=/ban-quet]")).isEmpty();
        byte[] draft = paper.file(secretary, ground.id, false).bytes();
        assertThat(words(draft)).containsIgnoringCase("chờ chủ trì và thư ký xác nhận");
        String hash = HexFormat.of().formatHex(ground.read(1).hash());
        assertThat(writer.post(at, at + "/ky-tay", "ban", "1", "noi-dung", hash)
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("in, ký rồi gửi bản quét");
        byte[] issued = paper.file(secretary, ground.id, false).bytes();
        assertThat(words(issued)).doesNotContainIgnoringCase("chờ chủ trì và thư ký xác nhận");
        List<BufferedImage> pages = scanned(issued);
        assertThat(pages.size()).as("more than one page").isGreaterThan(1);

        assertThat(told(writer, new byte[0], "", DAY)).contains("chọn tệp của bản quét");
        assertThat(told(writer, pdf(scanned(draft)), "nhap.pdf", DAY)).contains("không thuộc biên bản có mã");
        assertThat(told(writer, pdf(pages.subList(0, 1)), "thieu.pdf", DAY)).contains("còn thiếu trang 2 trên");
        var twice = new ArrayList<>(pages);
        twice.add(pages.getFirst());
        assertThat(told(writer, pdf(twice), "thua.pdf", DAY)).contains("có hai lần");
        assertThat(told(writer, pdf(List.of(new BufferedImage(1240, 1754, BufferedImage.TYPE_INT_RGB))), "la.pdf", DAY))
                .contains("Không đọc được mã");
        var wrongDay = sent(writer, pdf(pages), "ky.pdf", "31/02/2021");
        assertThat(wrongDay.status()).isEqualTo(422);
        assertThat(wrongDay.page().select("#e-ngay-ky").text()).contains("Nhập ngày ký");
        assertThat(wrongDay.page().select("#f-ngay-ky").val()).isEqualTo("31/02/2021");
        hostile()
                .forEach((name, file) -> assertThat(told(writer, file, name, DAY))
                        .as(name)
                        .matches(words -> words.endsWith(".") || words.endsWith("lại"))
                        .doesNotContain("Exception"));
        assertThat(ground.protocol().signatures()).as("nothing of it was kept").isEmpty();

        var reversed = new ArrayList<>(pages);
        Collections.reverse(reversed);
        var taken = sent(writer, pdf(reversed), "ky.pdf", DAY);
        assertThat(taken.page().select(".alert-success").text()).contains("chờ người còn lại");
        assertThat(sent(writer, pdf(pages), "ky.pdf", DAY).path())
                .as("the second click")
                .contains("minutes-signed-before");
        assertThat(ground.protocol().meeting().state()).isEqualTo(State.COUNTED);
        byte[] scan = presides.get(at + "/bien-ban-da-ky.pdf").bytes();
        assertThat(Sha256.of(scan)).isEqualTo(ground.protocol().signedDocument());
        assertThat(VeraPdf.findings(scan, "2b")).isEmpty();

        var unseen = presides.post(
                at,
                at + "/xac-nhan-ban-quet",
                "ban",
                "1",
                "noi-dung",
                hash,
                "ban-quet",
                HexFormat.of().formatHex(Sha256.of(scan)));
        assertThat(unseen.status()).isEqualTo(422);
        assertThat(unseen.page().select("#e-da-xem").text()).contains("xem bản quét");
        assertThat(presides.post(
                                at,
                                at + "/xac-nhan-ban-quet",
                                "ban",
                                "1",
                                "noi-dung",
                                hash,
                                "ban-quet",
                                "0".repeat(64),
                                "da-xem",
                                "co")
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("không phải bản đang có");
        assertThat(presides.post(
                                at,
                                at + "/xac-nhan-ban-quet",
                                "ban",
                                "1",
                                "noi-dung",
                                hash,
                                "ban-quet",
                                HexFormat.of().formatHex(Sha256.of(scan)),
                                "da-xem",
                                "co")
                        .page()
                        .select(".alert-success")
                        .text())
                .contains("Cuộc họp đã kết thúc");
        assertThat(ground.protocol().undelivered()).isEmpty();
        assertThat(faults()).isEmpty();
        var verified = bodies.stranger().upload("/kiem-tra", "/kiem-tra", "tep", "quet.pdf", scan);
        assertThat(verified.page().select("main").text())
                .contains("Giấy hợp lệ, đã ký")
                .contains("Ký trên giấy")
                .contains(DAY)
                .doesNotContain(GUEST);
        Browser member = ground.cycle.body.browser(ground.cycle.official(MEMBER));
        assertThat(member.get(at + "/bien-ban-da-ky.pdf").status()).isEqualTo(403);
        assertThat(ground.cycle
                        .body
                        .browser(ground.cycle.official(GUEST))
                        .get(at + "/bien-ban-da-ky.pdf")
                        .status())
                .isEqualTo(404);
    }

    /** Chosen by a click, as long as nobody has signed: another way is chosen by another click, and the earlier paper counts no more. */
    @Test
    void theWayIsOpenUntilSomebodyHasSigned() {
        assertThat(signing.give(secretary, ground.id, ground.read(1))).isInstanceOf(MinutesSigning.Given.Done.class);
        UUID request = begin(secretary);
        assertThat(signing.give(secretary, ground.id, ground.read(1))).isInstanceOf(MinutesSigning.Given.Done.class);
        assertThat(ground.protocol().copies()).hasSize(3);
        assertThat(minutes.sign(secretary, ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new Signing.Signed(false));
        byte[] late = DigitalSamples.sign(signatures.paper(secretary, request), SECRETARY, "thuky");
        signatures.upload(secretary, request, late);
        DigitalSamples.confirmSigners(trust, confirmations, clerk);
        assertThat(signatures.asked(secretary, request).why())
                .extracting(Reason::key)
                .containsExactly("panels.minutes.already");
        assertThat(minutes.sign(chair, ground.id, ground.read(1), PanelGround.PASSWORD))
                .isEqualTo(new Signing.Signed(true));
        assertThat(faults()).isEmpty();
    }

    @Test
    void ofTwoScansAtOnceOneCountsAndNobodyElseBringsOne() throws Exception {
        signing.give(secretary, ground.id, ground.read(1));
        Path file = Files.write(
                folder.resolve("ky.pdf"),
                pdf(scanned(paper.file(secretary, ground.id, false).bytes())));
        MinutesBook.Read read = ground.read(1);
        var barrier = new CyclicBarrier(2);
        var done = new ArrayList<Signing>();
        try (var pool = Executors.newFixedThreadPool(2)) {
            for (var one : pool.invokeAll(List.<Callable<Signing>>of(
                    () -> {
                        barrier.await();
                        return signing.handIn(secretary, ground.id, read, file, "ky.pdf", TODAY);
                    },
                    () -> {
                        barrier.await();
                        return signing.handIn(chair, ground.id, read, file, "ky.pdf", TODAY);
                    }))) {
                done.add(one.get());
            }
        }
        assertThat(done)
                .containsExactlyInAnyOrder(
                        new Signing.Signed(false), new Signing.Refused("tep", Reason.of("panels.scan.there")));
        assertThat(ground.protocol().signatures()).hasSize(1);
        assertThatThrownBy(() -> signing.handIn(ground.cycle.official(MEMBER), ground.id, read, file, "ky.pdf", TODAY))
                .isInstanceOf(vn.chuanmuc.access.Forbidden.class);
        PanelGround.now(meetings.cancel(ground.cycle.head, ground.id, "Họp lại"));
        assertThat(papers.of(secretary.tenantId(), MinutesEnds.KIND, ground.id, ground.id))
                .allMatch(one -> !one.state().live());
        assertThat(faults()).isEmpty();
    }

    private Browser.Answer sent(Browser browser, byte[] file, String name, String day) {
        String at = "/hop/" + ground.id;
        return browser.upload(
                at,
                at + "/ban-quet",
                "tep",
                name,
                file,
                "ban",
                "1",
                "noi-dung",
                HexFormat.of().formatHex(ground.read(1).hash()),
                "ngay-ky",
                day);
    }

    private String told(Browser browser, byte[] file, String name, String day) {
        var answer = sent(browser, file, name, day);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#f-ngay-ky").val()).isEqualTo(day);
        return answer.page().select("#e-tep").text();
    }

    private static List<BufferedImage> scanned(byte[] pdf) throws Exception {
        return new Scanner(7).printed(pdf, 150, true);
    }

    private static byte[] pdf(List<BufferedImage> pages) throws Exception {
        try (var document = new PDDocument()) {
            for (BufferedImage image : pages) {
                var page = new PDPage(PDRectangle.A4);
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.drawImage(
                            LosslessFactory.createFromImage(document, image),
                            0,
                            0,
                            PDRectangle.A4.getWidth(),
                            PDRectangle.A4.getHeight());
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static Map<String, byte[]> hostile() {
        var noise = new byte[50 << 20];
        new Random(1).nextBytes(noise);
        var files = new LinkedHashMap<String, byte[]>();
        files.put("rong.pdf", new byte[0]);
        files.put("cut.pdf", "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII));
        files.put(
                "chay-lenh.pdf",
                "%PDF-1.7\n1 0 obj <</Type /Catalog /OpenAction <</S /JavaScript /JS (app.alert(1))>>>> endobj"
                        .getBytes(StandardCharsets.US_ASCII));
        files.put("trang-web.pdf", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        files.put("chuong-trinh.exe", new byte[] {'M', 'Z', 0, 1, 2, 3});
        files.put("van-ban.docx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        files.put("anh.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
        files.put("lon.pdf", noise);
        return files;
    }

    private static String words(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What poppler, which shares no code with what we write, says of the signatures. */
    private String pdfsig(byte[] pdf) throws Exception {
        Path file = Files.write(folder.resolve("signed.pdf"), pdf);
        Process process = new ProcessBuilder("pdfsig", "-nocert", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private List<Fault> faults() {
        UUID tenant = secretary.tenantId();
        recheck.settle(tenant);
        return recheck.run(tenant, (done, total) -> {}).faults().stream()
                .filter(fault -> List.of("panels", "signing", "assessments")
                        .contains(fault.kind().split("\\.")[0]))
                .toList();
    }
}
