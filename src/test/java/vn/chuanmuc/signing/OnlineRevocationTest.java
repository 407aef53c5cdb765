package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.europa.esig.dss.model.DSSException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.samples.SampleAuthority;
import vn.chuanmuc.samples.SampleAuthority.Holder;

/** Revocation asked online, over real HTTP, of a service that does what services do: answers, is down, is slow, lies, is out of date. */
class OnlineRevocationTest {
    private static final String HERE = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** What the service does with a request. */
    private interface Does {
        void with(HttpExchange exchange) throws Exception;
    }

    private HttpServer server;
    private SampleAuthority authority;
    private Holder person;
    private Does ocsp;
    private Does list;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void aServiceThatAnswers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(HERE), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ocsp", exchange -> run(() -> ocsp, exchange));
        server.createContext("/", exchange -> run(() -> list, exchange));
        server.start();
        authority = SampleAuthority.create(
                Clock.systemUTC(), "http://" + HERE + ":" + server.getAddress().getPort() + "/");
        person = authority.personWithCurve("Nguyễn Thị Ngọc Huyền", "Phường Một");
        ocsp = exchange -> answer(exchange, authority.answer(certificate(exchange)));
        list = exchange -> answer(
                exchange,
                authority
                        .revocationLists()
                        .get(exchange.getRequestURI().getPath().startsWith("/1") ? 0 : 1));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void run(java.util.function.Supplier<Does> does, HttpExchange exchange) {
        asked.incrementAndGet();
        try (exchange) {
            does.get().with(exchange);
        } catch (Exception e) {
            // The client has gone, as it should when this service takes too long.
        }
    }

    private X509Certificate certificate(HttpExchange exchange) throws Exception {
        BigInteger serial = new OCSPReq(exchange.getRequestBody().readAllBytes())
                .getRequestList()[0]
                .getCertID()
                .getSerialNumber();
        assertThat(serial).isEqualTo(person.certificate().getSerialNumber());
        return person.certificate();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuses(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(503, -1);
    }

    private static Wire wire(String inside, String outside) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("chuanmuc.signing.inside", inside, "chuanmuc.signing.outside", outside)));
        return new Wire(new SigningSettings(environment), PATIENCE, PATIENCE.multipliedBy(3));
    }

    private byte[] signed() {
        var plan = SignatureSamples.plan(person, FieldedPdf.SIGNER, true, true);
        Pades.Prepared prepared = Pades.prepare(SignatureSamples.PAPER, plan);
        return prepared.finish(SignatureSamples.value(person, prepared.toBeSigned()), new Stamps(authority::stamp));
    }

    private Verdict check(byte[] pdf, Wire wire, byte[]... lists) {
        var trust = new Trust(List.of(authority.root().certificate()), List.of(lists), List.of(), wire.loader());
        return StrictCheck.check(SignatureSamples.PAPER, pdf, trust, Instant.now())
                .verdict();
    }

    private Verdict check(byte[] pdf) {
        return check(pdf, wire(HERE, "false"));
    }

    private static void missing(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Indeterminate.class,
                        unknown -> assertThat(unknown.missing().stream().map(Reason::key))
                                .anyMatch(key -> key.startsWith("signing.check.missing.")));
    }

    @Test
    void goodIsValid() {
        assertThat(check(signed())).isInstanceOf(Verdict.Valid.class);
        assertThat(asked.get()).isPositive();
    }

    @Test
    void revokedBeforeTheSignatureIsInvalidAndAfterItIsNot() throws Exception {
        byte[] before = signed();
        Thread.sleep(1_100); // both times are told in whole seconds
        authority.revoke(person, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Thread.sleep(1_100);
        assertThat(check(before)).as("stamped before").isInstanceOf(Verdict.Valid.class);
        assertThat(check(signed())).as("signed after").isInstanceOf(Verdict.Invalid.class);
        ocsp = OnlineRevocationTest::refuses;
        assertThat(check(signed())).as("by the list").isInstanceOf(Verdict.Invalid.class);
    }

    @Test
    void aResponderThatIsDownLeavesTheList() {
        ocsp = OnlineRevocationTest::refuses;
        assertThat(check(signed())).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void nobodyAnsweringIsNotKnownYetAndNeverInvalid() {
        ocsp = OnlineRevocationTest::refuses;
        list = OnlineRevocationTest::refuses;
        missing(check(signed()));
        server.stop(0);
        missing(check(signed()));
    }

    @Test
    void slowAnswersEndInTime() {
        Does slow = exchange -> Thread.sleep(60_000);
        Does drops = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 600; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        };
        byte[] pdf = signed();
        for (Does does : List.of(slow, drops)) {
            ocsp = does;
            list = does;
            long begin = System.nanoTime();
            missing(check(pdf));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
        }
    }

    @Test
    void anAnswerOfSomebodyElseCountsForNothing() {
        ocsp = exchange -> answer(exchange, authority.answer(certificate(exchange), person)); // for itself
        list = exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/1")) {
                answer(exchange, authority.revocationLists().getFirst());
            } else {
                refuses(exchange);
            }
        };
        missing(check(signed()));
        ocsp = exchange ->
                answer(exchange, "<html>Mạng khách sạn</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        missing(check(signed()));
    }

    @Test
    void aListThatIsOutOfDateIsNotEnoughAndIsAskedForAnew() throws Exception {
        byte[] stale = list(authority.issuing(), Instant.now().minus(Duration.ofDays(40)));
        byte[] root = authority.revocationLists().getFirst();
        byte[] pdf = signed();
        ocsp = OnlineRevocationTest::refuses;
        list = OnlineRevocationTest::refuses;
        missing(check(pdf, wire(HERE, "false"), root, stale));
        list = exchange -> answer(exchange, authority.revocationLists().get(1));
        assertThat(check(pdf, wire(HERE, "false"), root, stale)).isInstanceOf(Verdict.Valid.class);
    }

    /** For ten days from then. */
    private static byte[] list(Holder issuer, Instant from) throws Exception {
        var list = new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(from));
        list.setNextUpdate(Date.from(from.plus(Duration.ofDays(10))));
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
        list.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.certificate()));
        return list.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuer.key()))
                .getEncoded();
    }

    /** An address in a certificate is nobody's here: it leads to no machine of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/crl",
                "http://localhost/crl",
                "http://10.1.2.3/crl",
                "http://172.20.0.1/crl",
                "http://192.168.1.1/crl",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/crl",
                "http://0.0.0.0/crl",
                "http://[::1]/crl",
                "http://[fd00::1]/crl",
                "http://[fe80::1]/crl",
                "http://[::ffff:10.0.0.1]/crl",
                "http://[2002:a00:1::]/crl",
                "http://2130706433/crl",
                "http://8.8.8.8:5432/",
                "http://user@8.8.8.8/crl",
                "ftp://8.8.8.8/crl",
                "file:///etc/passwd",
                "ldap://8.8.8.8/cn=x",
                "not an address"
            })
    void nothingIsFetchedFromTheNetworkAroundUs(String address) {
        var loader = wire("", "true").loader();
        assertThatThrownBy(() -> loader.get(address)).isInstanceOf(DSSException.class);
        assertThatThrownBy(() -> loader.post(address, new byte[1])).isInstanceOf(DSSException.class);
        assertThat(asked.get()).isZero();
    }

    @Test
    void thisMachineIsAskedOnlyWhenTheOperatorNamesIt() {
        String address = "http://" + HERE + ":" + server.getAddress().getPort() + "/2.crl";
        assertThatThrownBy(() -> wire("", "true").loader().get(address)).hasMessageContaining("not allowed");
        assertThatThrownBy(() -> wire("localhost", "true").loader().get(address))
                .hasMessageContaining("not allowed");
        assertThat(wire("localhost, " + HERE, "false").loader().get(address)).isNotEmpty();
    }

    @Test
    void followsNobodyElsewhereAndReadsNoMoreThanIsBearable() {
        String address = "http://" + HERE + ":" + server.getAddress().getPort() + "/2.crl";
        list = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://" + HERE + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        };
        assertThatThrownBy(() -> wire(HERE, "false").loader().get(address)).hasMessageContaining("status 302");
        list = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var megabyte = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(megabyte);
            }
        };
        assertThatThrownBy(() -> wire(HERE, "false").loader().get(address)).isInstanceOf(DSSException.class);
    }
}
