package vn.chuanmuc.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.samples.SampleAuthority.Holder;

/**
 * A double of a remote signing service and of a time-stamp service, on this machine only. It speaks as the real ones do: tokens
 * that expire, credentials, hashes signed when the owner agrees on the phone, one transaction per reference however often it is
 * asked; and it can be made to refuse, to fall silent or to err. Nobody has a phone here: it agrees by itself after a while.
 */
public final class SampleRemoteService implements AutoCloseable {
    public static final String CLIENT = "mau";
    public static final String SECRET = "mau";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_HASHES = 50;
    private static final int LARGEST = 1 << 20;
    private static final Duration TOKEN_LIVES = Duration.ofMinutes(5);
    private static final Duration OWNER_TAKES = Duration.ofSeconds(4);
    private static final Duration TRANSACTION_LIVES = Duration.ofMinutes(5);

    private final SampleAuthority authority;
    private final UnaryOperator<String> names;
    private final Clock clock;
    private final HttpServer server;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Map<String, Holder> keys = new ConcurrentHashMap<>();
    private final Map<String, Transaction> transactions = new ConcurrentHashMap<>();
    private final Map<String, String> references = new ConcurrentHashMap<>();
    private volatile Owner owner = Owner.AGREES_LATER;
    private volatile boolean silent;

    /** What the owner of a key does with the question on the phone. */
    public enum Owner {
        AGREES_LATER,
        AGREES,
        WAITS,
        REJECTS,
        LETS_EXPIRE,
        /** The service answers with the signature of something else. */
        SIGNS_ANOTHER,
        FAILS
    }

    private record Transaction(String credential, byte[] hash, Instant asked) {}

    /**
     * @param port 0 for any that is free
     * @param names the name on the certificate of whoever has this account at the service
     */
    public SampleRemoteService(SampleAuthority authority, int port, UnaryOperator<String> names, Clock clock)
            throws IOException {
        this.clock = clock;
        this.authority = authority;
        this.names = names;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return "http://127.0.0.1:" + port();
    }

    public String stampAddress() {
        return address() + "/tsa";
    }

    public void owner(Owner does) {
        owner = does;
    }

    /** Every question is answered with an error of the server's. */
    public void fallSilent(boolean now) {
        silent = now;
    }

    /** Forgets its tokens, as after a restart. */
    public void forgetTokens() {
        tokens.clear();
    }

    /** How many different transactions it was asked for. */
    public int transactions() {
        return transactions.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST);
            if (silent) {
                send(exchange, 503, "text/plain", new byte[0]);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/tsa")) {
                send(exchange, 200, "application/timestamp-reply", authority.stamp(body));
            } else if (path.matches("/[12]\\.crl")) {
                send(
                        exchange,
                        200,
                        "application/pkix-crl",
                        authority.revocationLists().get(path.charAt(1) - '1'));
            } else if (path.equals("/auth/token")) {
                token(exchange, JSON.readTree(body));
            } else if (!allowed(exchange)) {
                send(exchange, 401, Map.of("error", "invalid_token"));
            } else {
                service(exchange, path, JSON.readTree(body));
            }
        } catch (RuntimeException e) {
            send(exchange, 400, Map.of("error", "invalid_request"));
        }
    }

    private void token(HttpExchange exchange, JsonNode asked) throws IOException {
        if (!asked.path("client_id").asString("").equals(CLIENT)
                || !asked.path("client_secret").asString("").equals(SECRET)) {
            send(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, clock.instant().plus(TOKEN_LIVES));
        send(
                exchange,
                200,
                Map.of("access_token", token, "token_type", "Bearer", "expires_in", TOKEN_LIVES.toSeconds()));
    }

    private boolean allowed(HttpExchange exchange) {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        Instant until = shown == null ? null : tokens.get(shown.replaceFirst("^Bearer ", ""));
        return until != null && clock.instant().isBefore(until);
    }

    private void service(HttpExchange exchange, String path, JsonNode asked) throws IOException {
        switch (path) {
            case "/csc/credentials/list" -> list(exchange, asked.path("userId").asString(""));
            case "/csc/credentials/info" ->
                info(exchange, asked.path("credentialId").asString(""));
            case "/csc/signature/signhash" -> sign(exchange, asked);
            case "/csc/credentials/gettraninfo" ->
                told(exchange, asked.path("tranId").asString(""));
            default -> send(exchange, 404, Map.of("error", "not_found"));
        }
    }

    private void list(HttpExchange exchange, String user) throws IOException {
        if (user.isBlank()) {
            send(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        if (user.equals("khong-co")) {
            send(exchange, 200, Map.of("credentialIDs", List.of()));
            return;
        }
        String id = HexFormat.of()
                .formatHex(vn.chuanmuc.kernel.Sha256.of("chung-thu-mau " + user))
                .substring(0, 24);
        keys.computeIfAbsent(id, key -> authority.person(names.apply(user), SampleWords.certificate("remote")));
        send(exchange, 200, Map.of("credentialIDs", List.of(id)));
    }

    private void info(HttpExchange exchange, String credential) throws IOException {
        @Nullable Holder key = keys.get(credential);
        if (key == null) {
            send(exchange, 404, Map.of("error", "invalid_credential"));
            return;
        }
        List<String> chain =
                key.chain().stream().map(SampleRemoteService::encoded).toList();
        send(
                exchange,
                200,
                Map.of(
                        "cert",
                        Map.of("status", "valid", "certificates", chain),
                        "key",
                        Map.of("status", "enabled", "algo", List.of("1.2.840.113549.1.1.11"), "len", 2048)));
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(HttpExchange exchange, JsonNode asked) throws IOException {
        String credential = asked.path("credentialId").asString("");
        String reference = asked.path("refTranId").asString("");
        JsonNode datas = asked.path("datas");
        if (!keys.containsKey(credential) || reference.isEmpty() || datas.isEmpty() || datas.size() > MOST_HASHES) {
            send(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        byte[] hash = Base64.getDecoder().decode(datas.path(0).path("hash").asString(""));
        if (hash.length != 32) {
            send(exchange, 400, Map.of("error", "invalid_hash"));
            return;
        }
        String id = references.computeIfAbsent(reference, any -> {
            String made = UUID.randomUUID().toString();
            transactions.put(made, new Transaction(credential, hash, clock.instant()));
            return made;
        });
        send(exchange, 200, Map.of("status_code", 200, "message", "SUCCESS", "content", Map.of("tranId", id)));
    }

    private void told(HttpExchange exchange, String id) throws IOException {
        @Nullable Transaction transaction = transactions.get(id);
        if (transaction == null) {
            send(exchange, 404, Map.of("error", "unknown_transaction"));
            return;
        }
        int status = switch (owner) {
            case AGREES, SIGNS_ANOTHER -> 1;
            case AGREES_LATER -> clock.instant().isBefore(transaction.asked().plus(OWNER_TAKES)) ? 4000 : 1;
            case WAITS -> 4000;
            case LETS_EXPIRE -> 4001;
            case REJECTS -> 4002;
            case FAILS -> 4003;
        };
        if (status == 4000 && clock.instant().isAfter(transaction.asked().plus(TRANSACTION_LIVES))) {
            status = 4001;
        }
        var documents = status != 1
                ? List.of()
                : List.of(Map.of(
                        "name",
                        "1",
                        "sig",
                        Base64.getEncoder()
                                .encodeToString(signature(
                                        keys.get(transaction.credential()),
                                        owner == Owner.SIGNS_ANOTHER ? new byte[32] : transaction.hash()))));
        send(
                exchange,
                200,
                Map.of("status_code", 200, "content", Map.of("tranStatus", status, "documents", documents)));
    }

    /** As a service has it, which sees nothing but the hash. */
    private static byte[] signature(@Nullable Holder key, byte[] hash) {
        try {
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initSign(java.util.Objects.requireNonNull(key).key());
            signature.update(
                    new DigestInfo(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE), hash)
                            .getEncoded());
            return signature.sign();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> json) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsBytes(json));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
