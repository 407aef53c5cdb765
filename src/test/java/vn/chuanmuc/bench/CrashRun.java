package vn.chuanmuc.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import vn.chuanmuc.bench.CrashGround.Signer;
import vn.chuanmuc.bench.CrashGround.Way;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.platform.DatabaseLoss;

/**
 * The long run of kills: the product runs as a process of its own, people sign through its pages in all three ways, and the product, the
 * database server or one of its sessions is killed (-9) at a random moment, again and again. After each kill everything comes up again, and
 * what is there of each commitment is all of it or nothing; receipts that were shown are there; the whole ledger is computed once more.
 *
 * <p>Arguments: kills of the database server, of one of its sessions, of the product, seed ({@code 120 90 100 264}). Ends with an error at
 * the first kill after which something is wrong. The report is {@code target/crash-run.tsv}.
 */
final class CrashRun implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "crash-run-data");
    private static final int AT_ONCE = 4;
    /** Electronic signatures of a round. */
    private static final int ROUND = 10;

    private static final String SORRY = "Máy chủ đang nối lại dữ liệu";

    /** What is killed. */
    enum Victim {
        SERVER,
        SESSION,
        PRODUCT
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final Path report;
    private final Random random;
    private final CrashGround ground;
    private final CrashedProduct product;
    private final Map<Way, Deque<Signer>> unsigned = new EnumMap<>(Way.class);
    private final Map<Signer, Prepared> prepared = new ConcurrentHashMap<>();
    private final Map<Signer, String> receipts = new ConcurrentHashMap<>();
    private final Map<String, Integer> totals = new HashMap<>();

    /** A browser that stands before the last click. @param fields of the form */
    private record Prepared(CrashClient browser, String path, String... fields) {}

    /** What the last click came to. */
    private sealed interface Outcome {
        /** @param receipt that the page showed; empty where the page says only that it is done */
        record Shown(String receipt) implements Outcome {}

        /** The page that says the database is being reconnected. */
        record Told() implements Outcome {}

        /** No answer at all. */
        record CutOff() implements Outcome {}
    }

    CrashRun(Path folder, Path report, long seed, int electronic, int digital, int papers) throws Exception {
        if (Files.exists(folder)) {
            throw new IllegalStateException(folder + " is there already; delete it first");
        }
        Files.createDirectories(folder);
        this.report = report;
        this.random = new Random(seed);
        ground = new CrashGround(folder, electronic, digital, papers);
        for (Way way : Way.values()) {
            unsigned.put(way, new ArrayDeque<>());
        }
        ground.signers().forEach(signer -> queue(signer).add(signer));
        product = new CrashedProduct(folder, http);
        if (!System.getProperty("chuanmuc.product", "").isEmpty()) {
            product.start(); // ends in order once, and leaves behind what makes it start faster
            product.stop();
        }
        product.start();
        ground.at(product.jdbcUrl(), product.password());
        Recheck.Result before = ground.recheck();
        if (!before.good() || !ground.halves().isEmpty()) {
            throw new IllegalStateException("wrong before anything was killed: " + before + ground.halves());
        }
    }

    private Deque<Signer> queue(Signer signer) {
        return Objects.requireNonNull(unsigned.get(signer.way()));
    }

    public static void main(String[] arguments) {
        int[] numbers = IntStream.range(0, 4)
                .map(i -> arguments.length > i ? Integer.parseInt(arguments[i]) : new int[] {120, 90, 100, 264}[i])
                .toArray();
        int kills = numbers[0] + numbers[1] + numbers[2];
        int status = 0;
        try (var run = new CrashRun(
                FOLDER, Path.of("target", "crash-run.tsv"), numbers[3], kills * ROUND, kills / 4 + 2, kills / 5 + 2)) {
            System.out.println(run.run(numbers[0], numbers[1], numbers[2]));
        } catch (Exception e) {
            e.printStackTrace(); // a run that found something has nobody to answer to but the console
            status = 1;
        }
        System.exit(status);
    }

    /** @return the totals, as the report ends with them */
    String run(int servers, int sessions, int products) throws Exception {
        var victims = new ArrayList<Victim>();
        victims.addAll(Collections.nCopies(servers, Victim.SERVER));
        victims.addAll(Collections.nCopies(sessions, Victim.SESSION));
        victims.addAll(Collections.nCopies(products, Victim.PRODUCT));
        Collections.shuffle(victims, random);
        Files.writeString(
                report,
                "kill\tvictim\tclicks\tshown\ttold\tcut off\twhole after all\tnothing\tacts\tback after ms\tchecked in ms\n");
        try (ExecutorService people = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int kill = 1; kill <= victims.size(); kill++) {
                round(kill, victims.get(kill - 1), people);
            }
            settle(people);
        }
        String ending = totals.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(total -> total.getKey() + "\t" + total.getValue() + "\n")
                .reduce("", String::concat);
        tell(ending);
        return ending;
    }

    private void tell(String text) throws IOException {
        Files.writeString(report, text, StandardOpenOption.APPEND);
    }

    private void count(String what, int more) {
        totals.merge(what, more, Integer::sum);
    }

    private void round(int kill, Victim victim, ExecutorService people) throws Exception {
        List<Signer> signers = signers();
        for (Future<?> done : people.invokeAll(signers.stream()
                .filter(signer -> !prepared.containsKey(signer))
                .<Callable<Object>>map(signer -> () -> {
                    prepared.put(signer, prepare(signer));
                    return signer;
                })
                .toList())) {
            done.get();
        }
        var outcomes = new ConcurrentHashMap<Signer, Outcome>();
        var clicked = new AtomicInteger();
        var left = new ConcurrentLinkedQueue<>(signers);
        var killed = new AtomicBoolean();
        var hands = new ArrayList<Future<?>>();
        for (int i = 0; i < AT_ONCE; i++) {
            hands.add(people.submit(() -> {
                for (Signer signer = left.poll(); signer != null && !killed.get(); signer = left.poll()) {
                    clicked.incrementAndGet();
                    outcomes.put(signer, click(signer));
                }
                return null;
            }));
        }
        int after = random.nextInt(signers.size());
        while (clicked.get() <= after && !hands.stream().allMatch(Future::isDone)) {
            Thread.onSpinWait();
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        long server = product.serverPid();
        strike(victim);
        killed.set(true);
        long begun = System.nanoTime();
        if (victim == Victim.PRODUCT) {
            judge(kill, "before the product is back"); // its database lives, and holds what was committed
            product.start();
        }
        for (Future<?> hand : hands) {
            try {
                hand.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("kill " + kill + ", " + victim, e.getCause());
            }
        }
        if (victim == Victim.SERVER) {
            product.awaitOtherServer(server);
        }
        product.awaitHealth();
        long back = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        begun = System.nanoTime();
        ground.at(product.jdbcUrl(), product.password());
        judge(kill, victim.toString());
        int[] kinds = new int[5];
        for (Signer signer : signers) {
            Outcome outcome = outcomes.get(signer);
            if (outcome == null) {
                queue(signer).addFirst(signer); // not clicked yet
                continue;
            }
            boolean whole = ground.signed(signer.person());
            switch (outcome) {
                case Outcome.Shown shown -> {
                    kinds[0]++;
                    String receipt = signer.way() == Way.PAPER ? "" : receipt(signer);
                    if (!receipt.isEmpty()) {
                        receipts.put(signer, receipt);
                    }
                    if (!whole || !shown.receipt().isEmpty() && !receipt.equals(shown.receipt())) {
                        throw new IllegalStateException("kill " + kill + ": a receipt was shown to " + signer.username()
                                + " and is gone: " + shown);
                    }
                }
                case Outcome.Told told -> kinds[1]++;
                case Outcome.CutOff cut -> kinds[2]++;
            }
            if (!(outcome instanceof Outcome.Shown)) {
                kinds[whole ? 3 : 4]++;
                count("caught in the act, " + signer.way().name().toLowerCase(Locale.ROOT), 1);
                queue(signer).addFirst(signer); // tries again: once more, or for the first time
            } else {
                prepared.remove(signer);
            }
        }
        count("kills, " + victim.name().toLowerCase(Locale.ROOT), 1);
        count("clicks", outcomes.size());
        count("told that the database is being reconnected", kinds[1]);
        count("cut off", kinds[2]);
        count("not answered, yet whole", kinds[3]);
        count("not answered, and nothing", kinds[4]);
        tell(String.format(
                Locale.ROOT,
                "%d\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d%n",
                kill,
                victim,
                outcomes.size(),
                kinds[0],
                kinds[1],
                kinds[2],
                kinds[3],
                kinds[4],
                ground.acts(),
                back,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
    }

    /** Ten who confirm electronically, and now and then one with a signed file and a clerk with a paper. */
    private List<Signer> signers() {
        var signers = new ArrayList<Signer>();
        for (int i = 0; i < ROUND; i++) {
            take(Way.ELECTRONIC, signers);
        }
        if (random.nextInt(2) == 0) {
            take(Way.DIGITAL, signers);
        }
        if (random.nextInt(2) == 0) {
            take(Way.PAPER, signers);
        }
        Collections.shuffle(signers, random);
        return signers;
    }

    private void take(Way way, List<Signer> signers) {
        Signer signer = Objects.requireNonNull(unsigned.get(way)).poll();
        if (signer != null) {
            signers.add(signer);
        }
    }

    private void strike(Victim victim) throws IOException, InterruptedException {
        switch (victim) {
            case PRODUCT -> product.killProduct();
            case SERVER -> product.killServer();
            case SESSION -> {
                if (!product.killSession(random)) {
                    throw new IllegalStateException("no session to kill");
                }
            }
        }
    }

    private void judge(int kill, String when) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<String> halves = ground.halves();
                Recheck.Result result = ground.recheck();
                if (!halves.isEmpty() || !result.good()) {
                    throw new IllegalStateException("kill " + kill + " (" + when + "): " + halves + " " + result);
                }
                return;
            } catch (DataAccessException | TransactionException e) {
                // A session was killed and the server is only now about to take all others down with it.
                if (attempt == 100 || !DatabaseLoss.in(e)) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Signs in and opens the page with the last button. */
    private Prepared prepare(Signer signer) throws IOException {
        var browser = new CrashClient(http, product::port);
        browser.signIn(signer.username(), BenchBody.PASSWORD);
        return switch (signer.way()) {
            case ELECTRONIC -> {
                CrashClient.Answer form = browser.get(signer.place());
                yield new Prepared(
                        browser,
                        signer.place(),
                        "_csrf",
                        form.value("form#ky", "_csrf"),
                        "bo",
                        form.value("form#ky", "bo"),
                        "noi-dung",
                        form.value("form#ky", "noi-dung"),
                        "da-doc",
                        "co",
                        "mat-khau",
                        BenchBody.PASSWORD);
            }
            case DIGITAL -> {
                CrashClient.Answer form = browser.get(signer.place().replaceFirst("/tep$", ""));
                yield new Prepared(browser, signer.place(), form.value("form[action$=/tep]", "_csrf"));
            }
            case PAPER -> {
                CrashClient.Answer form = browser.get(signer.place());
                yield new Prepared(
                        browser,
                        signer.place() + "/xac-nhan",
                        "_csrf",
                        form.value("form[action$=/xac-nhan]", "_csrf"),
                        "phien-ban",
                        form.value("form[action$=/xac-nhan]", "phien-ban"),
                        "ngay-ky",
                        LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"))
                                .format(DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT)));
            }
        };
    }

    private Outcome click(Signer signer) {
        Prepared ready = Objects.requireNonNull(prepared.get(signer));
        CrashClient.Answer answer;
        try {
            answer = signer.file() == null
                    ? ready.browser().post(ready.path(), ready.fields())
                    : ready.browser().upload(ready.path(), ready.fields()[0], "tep", signer.file());
        } catch (IOException e) {
            return new Outcome.CutOff();
        }
        if (answer.status() == 503 && answer.page().select("h1").text().equals(SORRY)) {
            return new Outcome.Told();
        }
        String told = switch (signer.way()) {
            case ELECTRONIC -> "/bien-nhan";
            case DIGITAL -> "xong=digitally-signed";
            case PAPER -> "xong=scans-confirmed";
        };
        if (answer.status() != 200 || !answer.path().contains(told)) {
            throw new IllegalStateException(signer.way() + " " + signer.username() + " saw " + answer.status() + " on "
                    + answer.path() + ":\n" + answer.page().text());
        }
        return new Outcome.Shown(signer.way() == Way.ELECTRONIC ? code(answer) : "");
    }

    private static String code(CrashClient.Answer receipt) {
        return receipt.page().select(".cm-facts dd strong").getFirst().text();
    }

    /** The receipt as the product shows it now. */
    private String receipt(Signer signer) throws IOException {
        CrashClient.Answer answer =
                Objects.requireNonNull(prepared.get(signer)).browser().get(ground.receipt());
        if (answer.status() != 200) {
            throw new IllegalStateException("no receipt for " + signer.username() + ": " + answer.status());
        }
        return code(answer);
    }

    /** Everybody who was left without an answer clicks again and has signed, once; every receipt that was ever shown is there. */
    private void settle(ExecutorService people) throws Exception {
        var again = new ArrayList<Signer>(prepared.keySet());
        for (Signer signer : again) {
            if (!(click(signer) instanceof Outcome.Shown)) {
                throw new IllegalStateException(signer.username() + " cannot sign after all");
            }
        }
        judge(0, "at the end");
        for (Signer signer : again) {
            if (!ground.signed(signer.person())) {
                throw new IllegalStateException(signer.username() + " has signed and is not recorded");
            }
        }
        var browsers = new ArrayList<Callable<Object>>();
        receipts.forEach((signer, receipt) -> browsers.add(() -> {
            var browser = new CrashClient(http, product::port);
            browser.signIn(signer.username(), BenchBody.PASSWORD);
            if (!code(browser.get(ground.receipt())).equals(receipt)) {
                throw new IllegalStateException("another receipt for " + signer.username());
            }
            return signer;
        }));
        for (Future<?> looked : people.invokeAll(browsers)) {
            looked.get();
        }
        count("receipts that were shown, looked at again at the end", receipts.size());
        ground.signedByMethod().forEach((method, number) -> count("signed at the end, " + method, number));
        count("acts in the ledger at the end", (int) ground.acts());
    }

    @Override
    public void close() throws Exception {
        product.close();
        ground.close();
        http.close();
    }
}
