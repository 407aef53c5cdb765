package vn.chuanmuc.signing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.SigningSettings.Remote;

/**
 * Speaks to a service in the manner of the Cloud Signature Consortium's API as Vietnamese providers have it (VNPT SmartCA, text of
 * 2024: {@code /csc/credentials/list}, {@code /csc/credentials/info}, {@code /csc/signature/signhash},
 * {@code /csc/credentials/gettraninfo}; status 1 done, 4000 waiting, 4001 expired, 4002 rejected, others failed).
 */
@Component
class CscSigner implements RemoteSigner {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "application/json";
    private static final int TRIES = 3;
    private static final int MOST_CREDENTIALS = 20;
    private static final Duration EARLY = Duration.ofSeconds(30);

    private final SigningSettings settings;
    private final Wire wire;
    private final Clock clock;
    private volatile @Nullable Pass pass;

    CscSigner(SigningSettings settings, Wire wire, Clock clock) {
        this.settings = settings;
        this.wire = wire;
        this.clock = clock;
    }

    private record Pass(String token, Instant until) {}

    /** The service did not answer as it should; nothing is known about what it did. */
    private static final class NoAnswer extends Exception {
        NoAnswer(String message) {
            super(message);
        }
    }

    /** The service said no. */
    private static final class Denied extends Exception {
        private final int status;

        Denied(int status) {
            super("status " + status);
            this.status = status;
        }
    }

    @Override
    public Credentials credentials(String user) {
        try {
            JsonNode list = call("/csc/credentials/list", Map.of("userId", user));
            var found = new ArrayList<Credential>();
            for (JsonNode id : list.path("credentialIDs")) {
                if (found.size() < MOST_CREDENTIALS) {
                    credential(id.asString()).ifPresent(found::add);
                }
            }
            return found.isEmpty()
                    ? new Credentials.Refused(Reason.of("signing.remote.none", user))
                    : new Credentials.Listed(found);
        } catch (Denied e) {
            return new Credentials.Refused(Reason.of("signing.remote.denied", user));
        } catch (NoAnswer e) {
            return new Credentials.Refused(Reason.of("signing.remote.unreachable"));
        }
    }

    private Optional<Credential> credential(String id) throws NoAnswer, Denied {
        JsonNode info = call("/csc/credentials/info", Map.of("credentialId", id, "certificates", "chain"));
        var chain = new java.io.ByteArrayOutputStream();
        for (JsonNode certificate : info.path("cert").path("certificates")) {
            decoded(certificate).ifPresent(chain::writeBytes);
        }
        try {
            var certificates = Certificates.split(chain.toByteArray());
            return certificates.isEmpty()
                            || !info.path("key")
                                    .path("status")
                                    .asString("enabled")
                                    .equals("enabled")
                    ? Optional.empty()
                    : Optional.of(new Credential(id, certificates));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> decoded(JsonNode text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.asString("").getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Started start(UUID id, String credential, byte[] hash, String shown) {
        try {
            JsonNode started = call(
                    "/csc/signature/signhash",
                    Map.of(
                            "credentialId",
                            credential,
                            "refTranId",
                            id.toString(),
                            "description",
                            shown,
                            "datas",
                            List.of(Map.of(
                                    "name", id.toString(),
                                    "hash", Base64.getEncoder().encodeToString(hash)))));
            String reference = started.path("content").path("tranId").asString("");
            return reference.isEmpty() || reference.length() > 300
                    ? new Started.Unreachable()
                    : new Started.Waiting(reference);
        } catch (Denied e) {
            return new Started.Refused(Reason.of("signing.remote.refused", e.status));
        } catch (NoAnswer e) {
            return new Started.Unreachable();
        }
    }

    @Override
    public Answer ask(String reference) {
        try {
            JsonNode answer = call("/csc/credentials/gettraninfo", Map.of("tranId", reference))
                    .path("content");
            int status = answer.path("tranStatus").asInt(0);
            return switch (status) {
                case 1 ->
                    decoded(answer.path("documents").path(0).path("sig"))
                            .filter(value -> value.length > 0)
                            .<Answer>map(Answer.Signed::new)
                            .orElse(new Answer.Failed("no signature"));
                case 4000 -> new Answer.Waiting();
                case 4001 -> new Answer.Expired();
                case 4002 -> new Answer.Rejected();
                case 0 -> new Answer.Unreachable();
                default -> new Answer.Failed(Integer.toString(status));
            };
        } catch (Denied e) {
            return e.status == 404 ? new Answer.Failed("404") : new Answer.Unreachable();
        } catch (NoAnswer e) {
            return new Answer.Unreachable();
        }
    }

    /** Asks up to three times: every question here may be asked twice. */
    private JsonNode call(String path, Map<String, ?> body) throws NoAnswer, Denied {
        Remote remote = settings.remote().orElseThrow(() -> new NoAnswer("not set up"));
        NoAnswer last = new NoAnswer("never asked");
        boolean renewed = false;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                var answer = wire.post(
                        at(remote.address(), path),
                        TYPE,
                        JSON.writeValueAsBytes(body),
                        "Authorization",
                        "Bearer " + token(remote, renewed));
                if (answer.status() == 401 && !renewed) {
                    renewed = true;
                    continue;
                }
                if (answer.status() >= 500 || answer.status() == 429) {
                    last = new NoAnswer("status " + answer.status());
                    continue;
                }
                if (answer.status() != 200) {
                    throw new Denied(answer.status());
                }
                return JSON.readTree(answer.body());
            } catch (IOException | JacksonException e) {
                last = new NoAnswer(String.valueOf(e.getMessage()));
            }
        }
        throw last;
    }

    private String token(Remote remote, boolean renew) throws IOException, NoAnswer, Denied {
        Pass known = pass;
        if (known != null && !renew && clock.instant().isBefore(known.until())) {
            return known.token();
        }
        var answer = wire.post(
                at(remote.address(), "/auth/token"),
                TYPE,
                JSON.writeValueAsBytes(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", remote.clientId(),
                        "client_secret", remote.clientSecret())));
        if (answer.status() >= 500) {
            throw new NoAnswer("status " + answer.status());
        }
        if (answer.status() != 200) {
            throw new Denied(answer.status());
        }
        JsonNode told = JSON.readTree(answer.body());
        String token = told.path("access_token").asString("");
        if (token.isEmpty()) {
            throw new NoAnswer("no token");
        }
        pass = new Pass(
                token,
                clock.instant().plusSeconds(told.path("expires_in").asInt(60)).minus(EARLY));
        return token;
    }

    private static URI at(URI base, String path) {
        String address = base.toString();
        return URI.create((address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + path);
    }
}
