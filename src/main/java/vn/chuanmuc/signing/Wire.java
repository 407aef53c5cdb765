package vn.chuanmuc.signing;

import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.spi.client.http.DataLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Speaks HTTP to time-stamp services, revocation services and remote signers: with a time limit, a size limit and no redirects. */
@Component
class Wire {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 20;
    private static final int HTTP_OK = 200;

    /** For all the addresses that one check asks: a file is checked while somebody waits. */
    private static final Duration ONE_CHECK = Duration.ofSeconds(25);

    private final SigningSettings settings;
    private final Duration answer;
    private final Duration oneCheck;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Autowired
    Wire(SigningSettings settings) {
        this(settings, ANSWER, ONE_CHECK);
    }

    /** @param answer how long one may take, to its last byte */
    Wire(SigningSettings settings, Duration answer, Duration oneCheck) {
        this.settings = settings;
        this.answer = answer;
        this.oneCheck = oneCheck;
    }

    record Answer(int status, byte[] body) {}

    /** @throws IOException when there is no answer in time, or the address may not be called */
    Answer post(URI address, String type, byte[] body, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(allowed(address))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private URI allowed(URI address) throws IOException {
        if (!settings.mayCall(address)) {
            throw new IOException("not allowed to call " + address.getHost());
        }
        return address;
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        return send(request, answer);
    }

    private Answer send(HttpRequest.Builder request, Duration within) throws IOException {
        // The request's own time limit ends with the head of the answer: one that comes drop by drop would go on for
        // ever.
        CompletableFuture<HttpResponse<byte[]>> answering = client.sendAsync(
                request.timeout(within).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            HttpResponse<byte[]> response = answering.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            answering.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (TimeoutException e) {
            answering.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** A time-stamp service at this address. */
    Stamps stamps(URI address) {
        return new Stamps(request -> {
            Answer answer = post(address, "application/timestamp-query", request);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status());
            }
            return answer.body();
        });
    }

    /** How the library asks for revocation data, for one check: at addresses that certificates name, and so nobody here chose. */
    DataLoader loader() {
        return new Loader(this, oneCheck.toNanos());
    }

    private byte[] fetch(HttpRequest.Builder request, Duration left) throws IOException {
        if (left.isNegative() || left.isZero()) {
            throw new IOException("no time left for this check");
        }
        Answer told = send(request, left.compareTo(answer) < 0 ? left : answer);
        if (told.status() != HTTP_OK) {
            throw new IOException("status " + told.status());
        }
        return told.body();
    }

    private static final class Loader implements DataLoader {
        private final transient Wire wire;
        private final AtomicLong left;

        private Loader(Wire wire, long nanos) {
            this.wire = wire;
            this.left = new AtomicLong(nanos);
        }

        private byte[] ask(String url, UnaryOperator<HttpRequest.Builder> how) {
            long begin = System.nanoTime();
            try {
                URI address = URI.create(url);
                wire.settings.requireFetchable(address);
                return wire.fetch(how.apply(HttpRequest.newBuilder(address)), Duration.ofNanos(left.get()));
            } catch (IOException | IllegalArgumentException e) {
                throw new DSSException(e);
            } finally {
                left.addAndGet(begin - System.nanoTime());
            }
        }

        @Override
        public byte[] get(String url) {
            return ask(url, HttpRequest.Builder::GET);
        }

        @Override
        public DataAndUrl get(List<String> urls) {
            DSSException last = new DSSException("no address");
            for (String url : urls) {
                try {
                    return new DataAndUrl(url, get(url));
                } catch (DSSException e) {
                    last = e;
                }
            }
            throw last;
        }

        @Override
        public byte[] post(String url, byte[] content) {
            return ask(
                    url,
                    request -> request.header("Content-Type", "application/ocsp-request")
                            .POST(BodyPublishers.ofByteArray(content)));
        }

        @Override
        public void setContentType(String type) {
            // What is posted here is always an OCSP request.
        }
    }
}
