package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.samples.SampleAuthority.Holder;
import vn.chuanmuc.signing.Signatures.Standing;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/**
 * The seal of an agency on a PKCS#11 token, a soft one whose library is a real module: sealed through the product, looked at by pdfsig
 * and by the strict check; and what goes wrong with tokens. {@code ./test} installs the programs and says where the tokens are.
 */
@ProductTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SealTokenTest {
    private static final int LAST = Order.DEFAULT + 1;
    private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final String PIN = "48151623";
    private static final Holder SEAL = SignatureSamples.AUTHORITY.person("Con dấu trên token", "Phường Một");

    @TempDir
    static Path folder;

    private static int own;

    @Autowired
    TestBodies bodies;

    @Autowired
    Signatures signatures;

    @Autowired
    AgencyCertificates agencies;

    @Autowired
    TrustList trust;

    @Autowired
    RecordingRequester requester;

    @Autowired
    Contents contents;

    @Autowired
    MessageSource messages;

    @Autowired
    TransactionTemplate transaction;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private Body body;
    private Viewer head;

    /** Both tokens are made before the module is loaded: it looks for them then. */
    @BeforeAll
    static void tokensWithAKeyAndItsCertificates() throws Exception {
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(
                Path.of(System.getenv("SOFTHSM2_CONF")),
                "directories.tokendir = " + tokens
                        + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n");
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(SEAL.key().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.write(folder.resolve("seal.der"), Certificates.der(SEAL.certificate()));
        Files.write(
                folder.resolve("issuing.der"),
                Certificates.der(SignatureSamples.AUTHORITY.issuing().certificate()));
        run("softhsm2-util", "--init-token", "--free", "--label", "con-dau", "--pin", PIN, "--so-pin", "87654321");
        run("softhsm2-util", "--init-token", "--free", "--label", "khac", "--pin", "23421615", "--so-pin", "87654321");
        run(
                "softhsm2-util",
                "--import",
                "key.pem",
                "--token",
                "con-dau",
                "--label",
                "phuong-mot",
                "--id",
                "01",
                "--pin",
                PIN);
        certificate("seal.der", "phuong-mot", "01");
        certificate("issuing.der", "noi-cap", "02");
        own = slot("con-dau");
    }

    /** Where the token stands in the module's list: by chance, with soft tokens. */
    private static int slot(String label) throws Exception {
        List<String> labels = run("pkcs11-tool", "--module", MODULE.toString(), "--list-token-slots")
                .lines()
                .filter(line -> line.contains("token label"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
        assertThat(labels).contains(label);
        return labels.indexOf(label);
    }

    private static void certificate(String file, String label, String id) throws Exception {
        run(
                "pkcs11-tool",
                "--module",
                MODULE.toString(),
                "--token-label",
                "con-dau",
                "--login",
                "--pin",
                PIN,
                "--write-object",
                file,
                "--type",
                "cert",
                "--label",
                label,
                "--id",
                id);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command[0], text).isZero();
        return text;
    }

    @BeforeEach
    void aWardWhoseSealIsOnTheToken() {
        body = bodies.create();
        head = body.viewer(Role.HEAD, body.wardOne);
        Viewer administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        DigitalSamples.trust(trust, administrator, body.viewer(Role.BOARD, body.root));
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(said);
        said.start();
        set("pkcs11", MODULE.toString());
        set("password", PIN);
        set("slot", String.valueOf(own));
        set("body", body.tenant.toString());
    }

    @AfterEach
    void nobodySaysThePin() {
        List.of("pkcs11", "pkcs12", "password", "body", "slot")
                .forEach(name -> System.clearProperty("chuanmuc.signing.seal." + name));
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(said);
        String log = said.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
        assertThat(log).doesNotContain(PIN).doesNotContain("11110000");
    }

    private static void set(String name, String value) {
        System.setProperty("chuanmuc.signing.seal." + name, value);
    }

    private UUID ask(String subject) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> signatures.ask(new Signatures.Request(
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
                head.accountId(),
                Duration.ofDays(7)))));
    }

    private void link() {
        assertThat(agencies.propose(
                        head, body.wardOne, "phuong-mot", new byte[0], "Thử", LocalDate.of(2020, 1, 1), null))
                .isInstanceOf(TrustList.Saved.Done.class);
        Viewer board = body.viewer(Role.BOARD, body.root);
        agencies.list(board).stream()
                .filter(item -> item.state() == TrustList.ItemState.PROPOSED)
                .forEach(item ->
                        assertThat(trust.decide(board, item.id(), true)).isInstanceOf(TrustList.Saved.Done.class));
    }

    private String refused(Offer offer) {
        assertThat(offer).isInstanceOf(Offer.Refused.class);
        var why = ((Offer.Refused) offer).why().getFirst();
        String words = messages.getMessage(why.key(), why.arguments().toArray(), Locale.forLanguageTag("vi"));
        assertThat(words).isNotEqualTo(why.key()).doesNotContain(PIN);
        return why.key();
    }

    @Test
    void sealsWithTheTokenAndAnotherProgramAndTheStrictCheckAgree() throws Exception {
        assertThat(agencies.serverKeys(head)).hasSize(1);
        link();
        UUID id = ask("con dấu token");
        assertThat(signatures.asked(head, id).seal()).isTrue();
        assertThat(signatures.seal(head, id)).isInstanceOf(Offer.Accepted.class);
        byte[] hash = requester.of("con dấu token").orElseThrow().documentHash();
        byte[] sealed = contents.find(body.tenant, hash).orElseThrow().bytes();
        assertThat(DigitalSamples.valid(SignatureSamples.PAPER, sealed)).isTrue();
        Files.write(folder.resolve("sealed.pdf"), sealed);
        assertThat(run("pdfsig", "sealed.pdf")).contains("Signature is Valid", "Con dấu trên token");
    }

    /** A token counts wrong PINs: the product tries a wrong one once, however often people ask. */
    @Test
    void aWrongPinIsTriedOnceAndLosesNothing() throws Exception {
        link();
        UUID id = ask("mã PIN sai");
        set("slot", String.valueOf(slot("khac"))); // of its own: a module remembers who unlocked one
        set("password", "11110000");
        for (int i = 0; i < 12; i++) {
            assertThat(refused(signatures.seal(head, id))).isEqualTo("signing.seal.pin");
        }
        assertThat(said.list.stream()
                        .filter(event -> event.getFormattedMessage().contains("cannot be opened")))
                .hasSize(1);
        assertThat(flags()).doesNotContain("locked").doesNotContain("final");
        assertThat(signatures.asked(head, id).standing()).isEqualTo(Standing.OPEN);
        set("slot", String.valueOf(own));
        set("password", PIN);
        assertThat(signatures.seal(head, id)).isInstanceOf(Offer.Accepted.class);
    }

    private static String flags() throws Exception {
        return run("pkcs11-tool", "--module", MODULE.toString(), "--list-token-slots")
                .lines()
                .filter(line -> line.contains("token flags"))
                .collect(Collectors.joining());
    }

    @Test
    void aMissingTokenOrModuleIsSaidAndLosesNothing() {
        link();
        UUID id = ask("thiếu token");
        set("slot", "7");
        assertThat(refused(signatures.seal(head, id))).isEqualTo("signing.seal.token");
        set("slot", String.valueOf(own));
        set("pkcs11", folder.resolve("khong-co.so").toString());
        assertThat(refused(signatures.seal(head, id))).isEqualTo("signing.seal.token");
        assertThat(signatures.asked(head, id).standing()).isEqualTo(Standing.OPEN);
        set("pkcs11", MODULE.toString());
        assertThat(signatures.seal(head, id)).isInstanceOf(Offer.Accepted.class);
    }

    /**
     * Last, for this module finds no token any more in a process that lost one: whoever runs such a module starts the product anew. The
     * request waits meanwhile; here the same key then comes from a file.
     */
    @Test
    @Order(LAST)
    void aTokenTakenAwayInTheMiddleIsSaidAndTheRequestWaits() throws Exception {
        link();
        UUID id = ask("rút token");
        assertThat(signatures.asked(head, id).seal()).isTrue(); // opened and unlocked
        Path tokens = folder.resolve("tokens");
        Path away = folder.resolve("away");
        Files.move(tokens, away);
        try {
            assertThat(refused(signatures.seal(head, id))).isEqualTo("signing.seal.away");
            assertThat(refused(signatures.seal(head, id))).isEqualTo("signing.seal.token");
            assertThat(signatures.asked(head, id).standing()).isEqualTo(Standing.OPEN);
            assertThat(requester.of("rút token")).isEmpty();
        } finally {
            Files.move(away, tokens);
        }
        Path file = folder.resolve("con-dau.p12");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "phuong-mot", SEAL.key(), PIN.toCharArray(), SEAL.chain().toArray(Certificate[]::new));
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PIN.toCharArray());
        }
        set("pkcs12", file.toString());
        assertThat(signatures.seal(head, id)).isInstanceOf(Offer.Accepted.class);
    }
}
