package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.samples.SampleAuthority;
import vn.chuanmuc.samples.SampleRemoteService;
import vn.chuanmuc.samples.SampleRemoteService.Owner;
import vn.chuanmuc.signing.Signatures.RemoteKeys;
import vn.chuanmuc.signing.Signatures.Request;
import vn.chuanmuc.signing.Signatures.Standing;
import vn.chuanmuc.signing.TrustList.Kind;
import vn.chuanmuc.signing.TrustList.Saved;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;
import vn.chuanmuc.testing.TurnedClock;

/** A request from being asked to being kept, in every way, with real keys, a real database and services that speak HTTP. */
@ProductTest
class SignaturesTest {
    private static final String NAME = "Nguyễn Thị Ngọc Huyền";
    private static final SampleAuthority AUTHORITY = SignatureSamples.AUTHORITY;
    private static final LocalDate DAY = LocalDate.of(2020, 1, 1);
    private static final String REMOTE = "chuanmuc.signing.remote.";
    private static SampleRemoteService service;

    @Autowired
    TestBodies bodies;

    @Autowired
    Signatures signatures;

    @Autowired
    SignerConfirmations confirmations;

    @Autowired
    TrustList trust;

    @Autowired
    AgencyCertificates agencies;

    @Autowired
    RemoteSignatures remote;

    @Autowired
    SigningChores chores;

    @Autowired
    PreparationStore preparations;

    @Autowired
    RecordingRequester requester;

    @Autowired
    Contents contents;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TurnedClock clock;

    @Autowired
    Recheck recheck;

    private Body body;
    private Viewer official;
    private Viewer clerk;
    private Viewer board;
    private Viewer administrator;

    @BeforeAll
    static void aService() throws IOException {
        service = new SampleRemoteService(
                AUTHORITY, 0, user -> user.equals("nguoi-khac") ? "Trần Văn Khác" : NAME, Clock.systemUTC());
        System.setProperty(REMOTE + "address", service.address());
        System.setProperty(REMOTE + "client-id", SampleRemoteService.CLIENT);
        System.setProperty(REMOTE + "client-secret", SampleRemoteService.SECRET);
    }

    @AfterAll
    static void noService() {
        service.close();
        List.of("address", "client-id", "client-secret").forEach(name -> System.clearProperty(REMOTE + name));
    }

    @BeforeEach
    void aBodyThatTrusts() {
        body = bodies.create();
        official = body.official(body.person(NAME, body.wardOne, body.partyBloc, body.staff));
        clerk = body.viewer(Role.CLERK, body.wardOne);
        board = body.viewer(Role.BOARD, body.root);
        administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        trustAnchor();
        bringLists();
        service.owner(Owner.AGREES);
        service.fallSilent(false);
    }

    @AfterEach
    void calm() {
        service.fallSilent(false);
    }

    private void trustAnchor() {
        assertThat(trust.proposeAnchor(
                        administrator,
                        Certificates.der(AUTHORITY.root().certificate()),
                        "Thử",
                        LocalDate.of(2020, 1, 1),
                        null))
                .isInstanceOf(Saved.Done.class);
        trust.list(board, Kind.ANCHOR)
                .forEach(
                        item -> assertThat(trust.decide(board, item.id(), true)).isInstanceOf(Saved.Done.class));
    }

    private void bringLists() {
        AUTHORITY
                .revocationLists()
                .forEach(list -> assertThat(trust.bring(administrator, list)).isInstanceOf(Saved.Done.class));
    }

    private void trustStamps() {
        trust.proposeStamps(
                administrator, "Dấu thời gian thử", service.stampAddress(), "Thử", LocalDate.of(2020, 1, 1), null);
        trust.list(board, Kind.STAMPS).forEach(item -> trust.decide(board, item.id(), true));
    }

    private UUID ask(Viewer signer, String subject) {
        return transaction.execute(status -> signatures.ask(new Request(
                body.tenant,
                RecordingRequester.PURPOSE,
                subject,
                "Bản cam kết năm 2026",
                SignatureSamples.PAPER,
                FieldedPdf.SIGNER,
                true,
                signer.personId(),
                NAME,
                body.wardOne,
                "Phường Một",
                signer.accountId(),
                Duration.ofDays(7))));
    }

    private static byte[] signedElsewhere() {
        return SignatureSamples.sign(
                SignatureSamples.PAPER,
                SignatureSamples.HUYEN,
                SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, false));
    }

    /** The certificate has been looked at before. */
    private void confirmSigner() {
        UUID id = ask(official, "lần đầu " + UUID.randomUUID());
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.ToIdentify.class);
        UUID item = trust.ofPeople(clerk).getFirst().id();
        assertThat(confirmations.decide(clerk, item, true).saved()).isInstanceOf(Saved.Done.class);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.DONE);
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                .params(body.tenant)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private static List<String> keys(List<Reason> reasons) {
        return reasons.stream().map(Reason::key).toList();
    }

    @Test
    void theFirstSignatureOfAPersonWaitsForALookAtTheCertificateAndTheNextDoesNot() {
        UUID first = ask(official, "một");
        assertThat(signatures.upload(official, first, signedElsewhere())).isInstanceOf(Offer.ToIdentify.class);
        assertThat(signatures.asked(official, first).standing()).isEqualTo(Standing.IDENTITY);
        assertThat(requester.of("một")).isEmpty();
        assertThat(confirmations.waiting(clerk)).isEqualTo(1);
        UUID item = trust.ofPeople(clerk).getFirst().id();
        // the official who proposed it by signing cannot confirm it, nor can somebody of another ward
        assertThatThrownBy(() -> confirmations.decide(body.viewer(Role.CLERK, body.wardTwo), item, true))
                .isInstanceOf(vn.chuanmuc.access.Forbidden.class);
        assertThat(confirmations.decide(clerk, item, true).notAccepted()).isEmpty();
        var completed = requester.of("một").orElseThrow();
        assertThat(completed.personId()).isEqualTo(official.personId());
        assertThat(contents.find(body.tenant, completed.documentHash())
                        .orElseThrow()
                        .bytes())
                .startsWith(SignatureSamples.PAPER);
        assertThat(signatures.asked(official, first).standing()).isEqualTo(Standing.DONE);

        UUID second = ask(official, "hai");
        assertThat(signatures.upload(official, second, signedElsewhere())).isInstanceOf(Offer.Accepted.class);
        var kept = signatures
                .kept(body.tenant, requester.of("hai").orElseThrow().documentHash())
                .orElseThrow();
        assertThat(kept.signer()).isEqualTo(NAME);
        assertThat(kept.way()).isEqualTo(Way.UPLOAD);
        assertThat(kept.stampedAt()).isNull();
        assertThat(kept.paperHash()).isEqualTo(Sha256.of(SignatureSamples.PAPER));
        assertThat(new String(
                        signatures.report(official, second, true).orElseThrow(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("DetailedReport");
    }

    @Test
    void refusesTheCertificateOfSomebodyElse() {
        var other = AUTHORITY.person("Trần Văn Khác", "Phường Một");
        UUID id = ask(official, "khác");
        byte[] signed = SignatureSamples.sign(
                SignatureSamples.PAPER, other, SignatureSamples.plan(other, FieldedPdf.SIGNER, true, false));
        assertThat(signatures.upload(official, id, signed))
                .isInstanceOfSatisfying(
                        Offer.Refused.class,
                        refused -> assertThat(keys(refused.why())).containsExactly("signing.check.other-person"));
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.OPEN);
        assertThat(rows("signing.signature")).isZero();
    }

    @Test
    void aCertificateThatWasRejectedIsRefusedFromThenOn() {
        UUID id = ask(official, "bị bác");
        signatures.upload(official, id, signedElsewhere());
        confirmations.decide(clerk, trust.ofPeople(clerk).getFirst().id(), false);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.OPEN);
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Refused.class);
    }

    @Test
    void refusesASignatureInTheOtherField() {
        UUID id = ask(official, "sai ô");
        byte[] signed = SignatureSamples.sign(
                SignatureSamples.PAPER,
                SignatureSamples.HUYEN,
                SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.HEAD, true, false));
        assertThat(signatures.upload(official, id, signed))
                .isInstanceOfSatisfying(
                        Offer.Refused.class,
                        refused -> assertThat(keys(refused.why())).containsExactly("signing.check.field"));
    }

    @Test
    void whatCannotBeDecidedIsKeptAndAcceptedOnceTheMissingIsThere() {
        confirmSigner();
        var elsewhere = SampleAuthority.create(Clock.systemUTC());
        var holder = elsewhere.person(NAME, "Phường Một");
        UUID id = ask(official, "chưa biết");
        byte[] signed = SignatureSamples.sign(
                SignatureSamples.PAPER, holder, SignatureSamples.plan(holder, FieldedPdf.SIGNER, true, false));
        assertThat(signatures.upload(official, id, signed))
                .isInstanceOfSatisfying(
                        Offer.Undecided.class,
                        undecided ->
                                assertThat(keys(undecided.missing())).containsExactly("signing.check.missing.chain"));
        trust.proposeAnchor(
                administrator, Certificates.der(elsewhere.root().certificate()), "Thử", LocalDate.of(2020, 1, 1), null);
        trust.list(board, Kind.ANCHOR).forEach(item -> trust.decide(board, item.id(), true));
        assertThat(signatures.recheck(official, id))
                .isInstanceOfSatisfying(
                        Offer.Undecided.class,
                        undecided -> assertThat(keys(undecided.missing()))
                                .containsExactly("signing.check.missing.revocation"));
        elsewhere.revocationLists().forEach(list -> trust.bring(administrator, list));
        // What came in is enough of a reason to look again, without anybody pressing anything; the product's own chore
        // may have
        // it in hand at this moment.
        Instant patience = Instant.now().plusSeconds(30);
        do {
            chores.recheck();
        } while (signatures.asked(official, id).standing() != Standing.IDENTITY
                && Instant.now().isBefore(patience));
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.IDENTITY);
    }

    @Test
    void nobodyElseSeesOrSignsARequest() {
        UUID id = ask(official, "của tôi");
        for (Viewer viewer : List.of(clerk, board, administrator)) {
            assertThatThrownBy(() -> signatures.asked(viewer, id)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> signatures.upload(viewer, id, signedElsewhere()))
                    .isInstanceOf(NotFound.class);
        }
    }

    @Test
    void aProgramFetchesOnceAndHandsInOnce() {
        confirmSigner();
        UUID id = ask(official, "công cụ");
        var old = signatures.tokens(official, id);
        var tokens = signatures.tokens(official, id);
        assertThat(signatures.fetch(old.fetch()))
                .as("older tokens are good no more")
                .isEmpty();
        assertThat(signatures.fetch(tokens.handIn()))
                .as("each for its own direction")
                .isEmpty();
        assertThat(signatures.fetch(tokens.fetch())).contains(SignatureSamples.PAPER);
        assertThat(signatures.fetch(tokens.fetch())).isEmpty();
        assertThat(signatures.handIn("AAAA", signedElsewhere())).isEmpty();
        assertThat(signatures.handIn(tokens.handIn(), signedElsewhere()).orElseThrow())
                .isInstanceOf(Offer.Accepted.class);
        assertThat(signatures.handIn(tokens.handIn(), signedElsewhere())).isEmpty();
        assertThat(requester.of("công cụ")).isPresent();
    }

    @Test
    void tokensAreGoodForMinutes() {
        UUID id = ask(official, "quá hạn");
        var tokens = signatures.tokens(official, id);
        jdbc.sql("update signing.errand set expires_at = now() - interval '1 second' where tenant_id = ?")
                .params(body.tenant)
                .update();
        assertThat(signatures.fetch(tokens.fetch())).isEmpty();
    }

    private String key(UUID id, String user) {
        return ((RemoteKeys.Listed) signatures.remoteKeys(official, id, user))
                .keys()
                .getFirst()
                .id();
    }

    private void advance(UUID id) {
        remote.advance(preparations.newest(body.tenant, id).orElseThrow());
    }

    @Test
    void aRemoteServiceSignsTheHashAndATimeStampIsAdded() {
        trustStamps();
        UUID id = ask(official, "từ xa");
        assertThat(signatures.beginRemote(official, id, "huyen", key(id, "huyen")))
                .isEmpty();
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.WAITING);
        advance(id);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.IDENTITY);
        confirmations.decide(clerk, trust.ofPeople(clerk).getFirst().id(), true);
        var kept = signatures
                .kept(body.tenant, requester.of("từ xa").orElseThrow().documentHash())
                .orElseThrow();
        assertThat(kept.way()).isEqualTo(Way.REMOTE);
        assertThat(kept.stampedAt()).isNotNull();
    }

    @Test
    void anAnswerThatComesTwiceCountsOnce() throws Exception {
        confirmRemote();
        UUID id = ask(official, "hai lần");
        int before = service.transactions();
        String key = key(id, "huyen");
        assertThat(signatures.beginRemote(official, id, "huyen", key)).isEmpty();
        assertThat(signatures.beginRemote(official, id, "huyen", key))
                .as("clicked twice")
                .isEmpty();
        assertThat(service.transactions()).isEqualTo(before + 1);
        var one = preparations.newest(body.tenant, id).orElseThrow();
        var tasks = new ArrayList<Callable<Object>>();
        for (int i = 0; i < 6; i++) {
            tasks.add(() -> {
                remote.advance(one); // as instances that all read it before any of them was done
                return "";
            });
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo("");
            }
        }
        assertThat(jdbc.sql("select count(*) from signing.signature where tenant_id = ? and request_id = ?")
                        .params(body.tenant, id)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(1);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.DONE);
    }

    /** The remote key's certificate has been looked at before. */
    private void confirmRemote() {
        UUID id = ask(official, "lần đầu từ xa " + UUID.randomUUID());
        signatures.beginRemote(official, id, "huyen", key(id, "huyen"));
        advance(id);
        trust.ofPeople(clerk).forEach(item -> confirmations.decide(clerk, item.id(), true));
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.DONE);
    }

    @Test
    void aSilentServiceIsAskedAgainWithTheSameReference() {
        confirmRemote();
        UUID id = ask(official, "im lặng");
        String key = key(id, "huyen");
        service.owner(Owner.WAITS);
        int before = service.transactions();
        signatures.beginRemote(official, id, "huyen", key);
        // everything stopped after the service was asked and before its answer was kept
        jdbc.sql("update signing.preparation set transaction_ref = null where tenant_id = ? and request_id = ?")
                .params(body.tenant, id)
                .update();
        service.fallSilent(true);
        advance(id);
        assertThat(preparations.newest(body.tenant, id).orElseThrow().state()).isEqualTo("waiting");
        service.fallSilent(false);
        service.forgetTokens();
        service.owner(Owner.AGREES);
        advance(id);
        assertThat(service.transactions())
                .as("the same question, the same transaction")
                .isEqualTo(before + 1);
        advance(id);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.DONE);
    }

    @Test
    void rejectedExpiredFailedAndWrongAnswersOpenTheRequestAgainAndSayWhy() {
        record Case(Owner owner, String why) {}
        for (Case one : List.of(
                new Case(Owner.REJECTS, "signing.remote.rejected"),
                new Case(Owner.LETS_EXPIRE, "signing.remote.expired"),
                new Case(Owner.FAILS, "signing.remote.failed"),
                new Case(Owner.SIGNS_ANOTHER, "signing.remote.wrong"))) {
            UUID id = ask(official, "kết quả " + one.owner());
            service.owner(one.owner());
            signatures.beginRemote(official, id, "huyen", key(id, "huyen"));
            advance(id);
            var asked = signatures.asked(official, id);
            assertThat(asked.standing()).as("%s", one.owner()).isEqualTo(Standing.OPEN);
            assertThat(keys(asked.why())).containsExactly(one.why());
        }
        assertThat(rows("signing.signature")).isZero();
    }

    @Test
    void nobodyWaitsForEverForAPhone() {
        UUID id = ask(official, "chờ mãi");
        service.owner(Owner.WAITS);
        signatures.beginRemote(official, id, "huyen", key(id, "huyen"));
        advance(id);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.WAITING);
        jdbc.sql("update signing.preparation set deadline = now() - interval '1 second' where tenant_id = ?")
                .params(body.tenant)
                .update();
        advance(id);
        assertThat(keys(signatures.asked(official, id).why())).containsExactly("signing.remote.expired");
        // or one stops waiting oneself
        signatures.beginRemote(official, id, "huyen", key(id, "huyen"));
        signatures.dropRemote(official, id);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void refusesTheRemoteKeyOfSomebodyElse() {
        UUID id = ask(official, "khóa người khác");
        signatures.beginRemote(official, id, "nguoi-khac", key(id, "nguoi-khac"));
        advance(id);
        assertThat(keys(signatures.asked(official, id).why())).containsExactly("signing.check.other-person");
        assertThat(signatures.remoteKeys(official, id, "khong-co")).isInstanceOf(RemoteKeys.Refused.class);
    }

    @Test
    void twoAtOnceAreAcceptedOnce() throws Exception {
        confirmSigner();
        UUID id = ask(official, "cùng lúc");
        var tasks = new ArrayList<Callable<Offer>>();
        for (int i = 0; i < 8; i++) {
            byte[] signed = signedElsewhere();
            tasks.add(() -> signatures.upload(official, id, signed));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isInstanceOf(Offer.Accepted.class);
            }
        }
        assertThat(jdbc.sql("select count(*) from signing.signature where tenant_id = ? and request_id = ?")
                        .params(body.tenant, id)
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatTheRequesterRefusesLeavesNothingButTheReport() {
        confirmSigner();
        long before = rows("signing.signature");
        UUID id = ask(official, RecordingRequester.FORBIDDEN + "1");
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Refused.class);
        assertThat(rows("signing.signature")).isEqualTo(before);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.OPEN);
        assertThat(signatures.report(official, id, false)).isPresent();
    }

    /** One server holds the keys of several agencies; each is for the units it is linked to, in the body the operator named. */
    @Test
    void everyAgencySealsWithItsOwnKeyOfOneFile(@TempDir Path folder) throws Exception {
        var one = AUTHORITY.personWithCurve("Con dấu thứ nhất", "Thử");
        var two = AUTHORITY.person("Con dấu thứ hai", "Thử");
        Path file = keys(folder.resolve("con-dau.p12"), Map.of("mot", one, "hai", two));
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        UUID id = askAgency(head, "con dấu");
        System.setProperty("chuanmuc.signing.seal.pkcs12", file.toString());
        try {
            System.setProperty("chuanmuc.signing.seal.password", "bi-mat");
            assertThat(agencies.serverKeys(head))
                    .as("the operator named no body")
                    .isEmpty();
            System.setProperty("chuanmuc.signing.seal.body", body.tenant.toString());
            assertThat(agencies.serverKeys(head)).hasSize(2);
            assertThat(why(signatures.seal(head, id))).containsExactly("signing.seal.none");
            Saved gone = agencies.propose(head, body.wardOne, "ba", new byte[0], "Thử", DAY, null);
            assertThat(gone).isEqualTo(new Saved.Refused("khoa", Reason.of("signing.agency.key-gone", "ba")));
            link(head, body.wardOne, "mot");
            link(body.viewer(Role.HEAD, body.wardTwo), body.wardTwo, "hai");
            assertThat(signatures.asked(head, id).seal()).isTrue();

            System.setProperty("chuanmuc.signing.seal.password", "sai");
            assertThat(why(signatures.seal(head, id))).containsExactly("signing.seal.pin");
            System.setProperty("chuanmuc.signing.seal.password", "bi-mat");
            System.setProperty("chuanmuc.signing.seal.body", UUID.randomUUID().toString());
            assertThat(why(signatures.seal(head, id))).containsExactly("signing.seal.closed");
            System.setProperty("chuanmuc.signing.seal.body", body.tenant.toString());
            Path renewed = keys(folder.resolve("moi.p12"), Map.of("mot", two));
            System.setProperty("chuanmuc.signing.seal.pkcs12", renewed.toString());
            assertThat(signatures.seal(head, id))
                    .isEqualTo(new Offer.Refused(List.of(Reason.of("signing.seal.changed", "mot"))));
            System.setProperty("chuanmuc.signing.seal.pkcs12", file.toString());
            System.setProperty("chuanmuc.signing.seal.alias", "hai, ba");
            assertThat(why(signatures.seal(head, id))).containsExactly("signing.seal.closed");
            System.clearProperty("chuanmuc.signing.seal.alias");
            assertThat(signatures.seal(head, id)).isInstanceOf(Offer.Accepted.class);
        } finally {
            List.of("pkcs12", "password", "body", "alias")
                    .forEach(name -> System.clearProperty("chuanmuc.signing.seal." + name));
        }
        assertThat(signatures
                        .kept(body.tenant, requester.of("con dấu").orElseThrow().documentHash())
                        .orElseThrow()
                        .signer())
                .isEqualTo("Con dấu thứ nhất");
    }

    private static Path keys(Path file, Map<String, SampleAuthority.Holder> holders) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var holder : holders.entrySet()) {
            store.setKeyEntry(
                    holder.getKey(),
                    holder.getValue().key(),
                    "bi-mat".toCharArray(),
                    holder.getValue().chain().toArray(X509Certificate[]::new));
        }
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "bi-mat".toCharArray());
        }
        return file;
    }

    private void link(Viewer proposes, UUID unit, String alias) {
        assertThat(agencies.propose(proposes, unit, alias, new byte[0], "Thử", DAY, null))
                .isInstanceOf(Saved.Done.class);
        agencies.list(board).stream()
                .filter(item -> item.state() == TrustList.ItemState.PROPOSED)
                .forEach(
                        item -> assertThat(trust.decide(board, item.id(), true)).isInstanceOf(Saved.Done.class));
    }

    private UUID askAgency(Viewer asks, String subject) {
        return transaction.execute(status -> signatures.ask(new Request(
                body.tenant,
                RecordingRequester.PURPOSE,
                subject,
                "Danh sách",
                SignatureSamples.PAPER,
                FieldedPdf.SIGNER,
                true,
                null,
                "Phường Một",
                body.wardOne,
                "Phường Một",
                asks.accountId(),
                Duration.ofDays(7))));
    }

    private static List<String> why(Offer offer) {
        return keys(((Offer.Refused) offer).why());
    }

    /** What is trusted holds for the whole body: nobody below the top decides, and a ward proposes for itself alone. */
    @Test
    void whatIsTrustedIsDecidedAtTheTopOnly() {
        Viewer ward = body.viewer(Role.BOARD, body.wardOne);
        byte[] root = Certificates.der(
                SampleAuthority.create(Clock.systemUTC()).root().certificate());
        assertThatThrownBy(() -> trust.proposeAnchor(ward, root, "Thử", DAY, null))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> trust.proposeStamps(ward, "Dấu", "https://a.vn/tsa", "Thử", DAY, null))
                .isInstanceOf(Forbidden.class);
        byte[] list = AUTHORITY.revocationLists().getFirst();
        assertThatThrownBy(() -> trust.bring(ward, list)).isInstanceOf(Forbidden.class);
        trust.proposeAnchor(administrator, root, "Thử", DAY, null);
        UUID anchor = trust.list(board, Kind.ANCHOR).getFirst().id();
        assertThatThrownBy(() -> trust.decide(ward, anchor, true)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> trust.end(ward, anchor, "Thôi")).isInstanceOf(Forbidden.class);

        byte[] seal =
                Certificates.der(AUTHORITY.personWithCurve("Con dấu", "Thử").certificate());
        assertThatThrownBy(() -> agencies.propose(ward, body.wardTwo, "", seal, "Thử", DAY, null))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> agencies.propose(clerk, body.wardOne, "", seal, "Thử", DAY, null))
                .isInstanceOf(Forbidden.class);
        assertThat(agencies.propose(ward, body.wardOne, "", seal, "Thử", DAY, null))
                .isInstanceOf(Saved.Done.class);
        UUID link = agencies.list(ward).getFirst().id();
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        for (Viewer below : List.of(head, body.viewer(Role.BOARD, body.wardOne))) {
            assertThatThrownBy(() -> trust.decide(below, link, true)).isInstanceOf(Forbidden.class);
        }
        assertThat(agencies.list(body.viewer(Role.HEAD, body.wardTwo))).isEmpty();
        assertThatThrownBy(() -> trust.end(body.viewer(Role.HEAD, body.wardTwo), link, "Thôi"))
                .isInstanceOf(Forbidden.class);
        assertThat(trust.decide(board, link, true)).isInstanceOf(Saved.Done.class);
        assertThat(signatures.canSeal(body.tenant, body.wardOne)).isTrue();
        assertThat(trust.end(head, link, "Mất thiết bị")).isInstanceOf(Saved.Done.class);
        assertThat(signatures.canSeal(body.tenant, body.wardOne)).isFalse();
    }

    /** ADR 0012: every step of what is trusted leaves a record, so that a row changed behind the product's back is named. */
    @Test
    void everyStepOfWhatIsTrustedIsRecorded() {
        confirmSigner();
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        byte[] seal =
                Certificates.der(AUTHORITY.personWithCurve("Con dấu", "Thử").certificate());
        agencies.propose(head, body.wardOne, "", seal, "Thử", DAY, null);
        UUID link = agencies.list(head).getFirst().id();
        assertThat(trustFaults()).as("proposed").isEmpty();
        trust.decide(board, link, true);
        assertThat(trustFaults()).as("confirmed").isEmpty();
        trust.end(head, link, "Thôi");
        assertThat(trustFaults()).as("ended").isEmpty();
        jdbc.sql(
                        "update signing.trusted set valid_to = null, ended_at = null, ended_by = null where tenant_id = ? and id = ?")
                .params(body.tenant, link)
                .update();
        assertThat(trustFaults()).containsExactly(new Fault("signing.trusted", link.toString(), Fault.CHANGED));
    }

    private List<Fault> trustFaults() {
        return recheck.run(body.tenant, (done, total) -> {}).faults().stream()
                .filter(fault -> fault.kind().equals("signing.trusted"))
                .toList();
    }

    @Test
    void aSealIsNoAuthoritysNoOfficialsAndNoOldCertificate() {
        confirmSigner();
        assertThat(agencies.propose(
                        board,
                        body.wardOne,
                        "",
                        Certificates.der(SignatureSamples.HUYEN.certificate()),
                        "Thử",
                        DAY,
                        null))
                .isEqualTo(new Saved.Refused("tep", Reason.of("signing.agency.persons")));
        assertThat(agencies.propose(
                        board,
                        body.wardOne,
                        "",
                        Certificates.der(AUTHORITY.root().certificate()),
                        "Thử",
                        DAY,
                        null))
                .isEqualTo(new Saved.Refused("tep", Reason.of("signing.agency.authority")));
        byte[] seal =
                Certificates.der(AUTHORITY.personWithCurve("Con dấu", "Thử").certificate());
        assertThat(agencies.propose(board, body.wardOne, "", seal, "Thử", LocalDate.of(2099, 1, 1), null))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused -> assertThat(refused.why().key()).isEqualTo("signing.agency.expired"));
        assertThat(agencies.propose(board, body.wardOne, "", seal, "Thử", DAY, null))
                .isInstanceOf(Saved.Done.class);
        assertThat(agencies.propose(administrator, body.wardOne, "", seal, "Thử", DAY, null))
                .isEqualTo(new Saved.Refused("tep", Reason.of("signing.trust.there")));
    }

    /** The day of a signature without a time stamp is the signer's word: it must fit to when it was asked for and handed in. */
    @Test
    void refusesASignersClockThatDoesNotFit() {
        confirmSigner();
        UUID id = ask(official, "đồng hồ");
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        for (Duration off : List.of(Duration.ofMinutes(-16), Duration.ofMinutes(16), Duration.ofDays(-3))) {
            assertThat(why(signatures.upload(official, id, signedAt(now.plus(off)))))
                    .as("%s", off)
                    .containsExactly("signing.check.clock");
        }
        assertThat(signatures.upload(official, id, signedAt(now.minus(Duration.ofMinutes(14)))))
                .isInstanceOf(Offer.Accepted.class);
    }

    private static byte[] signedAt(Instant at) {
        SigningPlan plan = SignatureSamples.plan(SignatureSamples.HUYEN, FieldedPdf.SIGNER, true, false);
        return SignatureSamples.sign(
                SignatureSamples.PAPER,
                SignatureSamples.HUYEN,
                new SigningPlan(plan.field(), plan.chain(), at, plan.lines(), plan.certifies(), plan.stamped()));
    }

    /** Sample mode lives in 2021: it says so, and not that today's certificate is not valid yet. */
    @Test
    void whereItIsAnotherYearARealToolsFileIsRefusedWithThatReason() {
        UUID id = ask(official, "năm khác");
        clock.turnTo(LocalDate.of(2021, 10, 8));
        try {
            assertThat(why(signatures.upload(official, id, signedElsewhere())))
                    .containsExactly("signing.check.other-time");
        } finally {
            clock.turnBack();
        }
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.ToIdentify.class);
    }

    @Test
    void whereTooManyFilesAreCheckedOneIsAskedToComeAgainAndNothingIsLost() throws Exception {
        confirmSigner();
        UUID id = ask(official, "đông");
        var open = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                threads.submit(() -> Acceptance.ROOM.enter(true, () -> stay(open)));
            }
            Instant patience = Instant.now().plusSeconds(20);
            while (Acceptance.ROOM.waiting() < 8 && Instant.now().isBefore(patience)) {
                Thread.sleep(5);
            }
            assertThat(why(signatures.upload(official, id, signedElsewhere()))).containsExactly("signing.check.busy");
            open.countDown();
        }
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Accepted.class);
    }

    private static boolean stay(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two authorities may bear one name, and after a change of keys one has two: each one's list is looked at. */
    @Test
    void theListOfOneAuthorityDoesNotHideThatOfAnotherOfTheSameName() throws Exception {
        confirmSigner();
        // The namesake's lists are younger, and theirs is not the word about our signer.
        var namesake = SampleAuthority.create(Clock.systemUTC());
        namesake.revocationLists().forEach(list -> trust.bring(administrator, list));
        UUID id = ask(official, "trùng tên");
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Accepted.class);
    }

    @Test
    void dataForManyYearsIsAddedLaterAndTheSignedFileStays() {
        trustStamps();
        confirmSigner();
        UUID id = ask(official, "lâu dài");
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Accepted.class);
        byte[] hash = requester.of("lâu dài").orElseThrow().documentHash();
        assertThat(signatures.preserved(body.tenant, hash)).isEmpty();
        bringLists(); // younger than the signature
        assertThat(chores.preserve(Instant.now().plusSeconds(1))).isGreaterThanOrEqualTo(2);
        byte[] preserved = signatures.preserved(body.tenant, hash).orElseThrow();
        assertThat(preserved)
                .startsWith(contents.find(body.tenant, hash).orElseThrow().bytes());
        assertThat(signatures.kept(body.tenant, hash).orElseThrow().preserved()).isTrue();
        var onlyAnchor = new Trust(List.of(AUTHORITY.root().certificate()), List.of(), List.of(), null);
        assertThat(StrictCheck.check(SignatureSamples.PAPER, preserved, onlyAnchor, Instant.now())
                        .verdict())
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void askingTwiceGivesTheSameRequestAndEndedOnesGiveWayToANewOne() {
        UUID id = ask(official, "một việc");
        assertThat(ask(official, "một việc")).isEqualTo(id);
        signatures.cancel(official, id);
        assertThat(signatures.asked(official, id).standing()).isEqualTo(Standing.CANCELLED);
        assertThat(signatures.upload(official, id, signedElsewhere())).isInstanceOf(Offer.Refused.class);
        UUID next = ask(official, "một việc");
        assertThat(next).isNotEqualTo(id);
        jdbc.sql("update signing.request set expires_at = now() - interval '1 second' where tenant_id = ?")
                .params(body.tenant)
                .update();
        chores.run();
        assertThat(signatures.asked(official, next).standing()).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void nobodyConfirmsWhatTheyProposedAndWhatEndedIsReliedOnNoMore() {
        var other = SampleAuthority.create(Clock.systemUTC());
        byte[] root = Certificates.der(other.root().certificate());
        trust.proposeAnchor(board, root, "Thử", LocalDate.of(2020, 1, 1), null);
        assertThat(trust.proposeAnchor(administrator, root, "Thử", LocalDate.of(2020, 1, 1), null))
                .isInstanceOf(Saved.Refused.class);
        var item = trust.list(board, Kind.ANCHOR).stream()
                .filter(one -> one.state() == TrustList.ItemState.PROPOSED)
                .findFirst()
                .orElseThrow();
        assertThat(trust.decide(board, item.id(), true))
                .isEqualTo(new Saved.Refused("", Reason.of("signing.trust.own")));
        assertThat(trust.on(body.tenant, Instant.now()).anchors()).hasSize(1);
        assertThat(trust.decide(administrator, item.id(), true)).isInstanceOf(Saved.Done.class);
        assertThat(trust.on(body.tenant, Instant.now()).anchors()).hasSize(2);
        trust.end(administrator, item.id(), "Hết hiệu lực");
        assertThat(trust.on(body.tenant, Instant.now()).anchors()).hasSize(1);
        assertThat(trust.proposeAnchor(
                        board,
                        Certificates.der(SignatureSamples.HUYEN.certificate()),
                        "Thử",
                        LocalDate.of(2020, 1, 1),
                        null))
                .as("a person's certificate is no issuer's")
                .isInstanceOf(Saved.Refused.class);
    }

    @Test
    void everyAcceptedFileIsNamedByTheLedger() {
        confirmSigner();
        UUID id = ask(official, "sổ");
        signatures.upload(official, id, signedElsewhere());
        byte[] hash = requester.of("sổ").orElseThrow().documentHash();
        assertThat(jdbc.sql(
                                "select document_hash from ledger.entry where tenant_id = ? and act = 'signing.accepted' and subject_id = ?")
                        .params(body.tenant, id)
                        .query((row, n) -> HexFormat.of().formatHex(row.getBytes(1)))
                        .list())
                .containsExactly(HexFormat.of().formatHex(hash));
    }
}
