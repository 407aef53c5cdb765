package vn.chuanmuc.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks for one page many times; a process of its own, so that its CPU is not counted as the product's.
 *
 * <p>Arguments: address, cookie header, how often, how many at once. Exits with 1 unless every answer is 200.
 */
final class LoadClient {
    private LoadClient() {}

    public static void main(String[] arguments) throws Exception {
        URI address = URI.create(arguments[0]);
        int count = Integer.parseInt(arguments[2]);
        int atOnce = Integer.parseInt(arguments[3]);
        var request = HttpRequest.newBuilder(address)
                .header("Cookie", arguments[1])
                .timeout(Duration.ofSeconds(30))
                .build();
        var left = new AtomicInteger(count);
        var wrong = new AtomicInteger();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
            Callable<Void> worker = () -> {
                while (left.getAndDecrement() > 0) {
                    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
                    if (answer.statusCode() != 200) {
                        wrong.incrementAndGet();
                    }
                }
                return null;
            };
            for (var done : workers.invokeAll(java.util.Collections.nCopies(atOnce, worker))) {
                done.get();
            }
        }
        if (wrong.get() > 0) {
            System.err.println(wrong.get() + " answers were not 200");
            System.exit(1);
        }
    }
}
