package vn.chuanmuc.signing;

import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.spi.client.http.DataLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Speaks HTTP to time-stamp services, revocation services and remote signers: with a time limit, a size limit and no redirects. */
@Component
class Wire {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 20;

    private final SigningSettings settings;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Wire(SigningSettings settings) {
        this.settings = settings;
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

    private Answer get(URI address) throws IOException {
        return send(HttpRequest.newBuilder(allowed(address)).GET());
    }

    private URI allowed(URI address) throws IOException {
        if (!settings.mayCall(address)) {
            throw new IOException("not allowed to call " + address.getHost());
        }
        return address;
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request.timeout(ANSWER).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("answer too large");
                }
                return new Answer(response.statusCode(), bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
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

    /** How the library asks for revocation data. */
    DataLoader loader() {
        return new Loader(this);
    }

    private static final class Loader implements DataLoader {
        private final transient Wire wire;

        private Loader(Wire wire) {
            this.wire = wire;
        }

        @Override
        public byte[] get(String url) {
            try {
                return wire.get(URI.create(url)).body();
            } catch (IOException | IllegalArgumentException e) {
                throw new DSSException(e);
            }
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
            try {
                return wire.post(URI.create(url), "application/ocsp-request", content)
                        .body();
            } catch (IOException | IllegalArgumentException e) {
                throw new DSSException(e);
            }
        }

        @Override
        public void setContentType(String type) {
            // What is posted here is always an OCSP request.
        }
    }
}
