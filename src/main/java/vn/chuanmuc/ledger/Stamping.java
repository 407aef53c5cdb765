package vn.chuanmuc.ledger;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Sha256;

/**
 * Has a service outside put its time on a body's newest checkpoint (RFC 3161), where the operator names one. A stamp over a
 * checkpoint stands for all that were before it, so only the newest is asked for.
 */
@Component
class Stamping {
    private static final Logger LOG = LoggerFactory.getLogger(Stamping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;

    static final String STAMP = "ledger.stamp";

    private final LeafStore store;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final String service;
    private final SecureRandom random = new SecureRandom();

    Stamping(
            LeafStore store,
            Ledger ledger,
            TransactionTemplate transaction,
            @Value("${chuanmuc.ledger.time-stamp-url:}") String service) {
        this.store = store;
        this.ledger = ledger;
        this.transaction = transaction;
        this.service = service.strip();
    }

    /** Without a service, or when it does not answer, nothing: the next run tries again. */
    void stamp(UUID tenantId) {
        if (service.isEmpty()) {
            return;
        }
        stamp(tenantId, service);
    }

    boolean stamp(UUID tenantId, String url) {
        var newest = store.newest(tenantId);
        long before = store.newestStamp(tenantId).map(LeafStore.Stamp::size).orElse(0L);
        // The act of the last stamp is a leaf too: alone it is nothing to stamp.
        if (newest.isEmpty() || newest.get().size() <= before + 1) {
            return false;
        }
        LeafStore.Checkpoint checkpoint = newest.get();
        try {
            byte[] token = ask(url, checkpoint.note());
            return Boolean.TRUE.equals(transaction.execute(status -> keep(tenantId, checkpoint.size(), token)));
        } catch (IOException | TSPException e) {
            LOG.warn(
                    "No time stamp for the checkpoint of {} acts of body {}: {}",
                    checkpoint.size(),
                    tenantId,
                    e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean keep(UUID tenantId, long size, byte[] token) {
        if (!store.keepStamp(tenantId, size, token)) {
            return false; // another instance was quicker
        }
        ledger.append(new Act(tenantId, "ledger.stamped", tenantId, Sequencer.NOBODY, Map.of("size", size))
                .with(Piece.of(STAMP, size)));
        return true;
    }

    private byte[] ask(String url, String note) throws IOException, TSPException, InterruptedException {
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        TimeStampRequest request = generator.generate(
                NISTObjectIdentifiers.id_sha256,
                Sha256.of(note.getBytes(StandardCharsets.UTF_8)),
                new BigInteger(63, random));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/timestamp-query")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw new IOException("answer " + answer.statusCode());
            }
            var response = new TimeStampResponse(answer.body());
            response.validate(request); // the same hash and number as were asked for
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw new IOException("refused: " + response.getStatusString());
            }
            return token.getEncoded();
        }
    }

    /** Whether the token is about this note. Who signed it is for {@code openssl ts -verify} and the operator's trust. */
    static boolean isAbout(byte[] token, String note) {
        try {
            var stamp = new TimeStampToken(new org.bouncycastle.cms.CMSSignedData(token));
            return Sha256.same(
                    stamp.getTimeStampInfo().getMessageImprintDigest(),
                    Sha256.of(note.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | TSPException | org.bouncycastle.cms.CMSException | RuntimeException e) {
            return false;
        }
    }
}
