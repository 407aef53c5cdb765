package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.FreshDatabase;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * ADR 0019: a vote cannot be joined to a code, a person, a time or an order: not by what the tables say, not by what PostgreSQL keeps
 * beside (xmin, ctid), not by files of the data folder. What a dump holds is read here as a dump does: every table, row by row.
 */
@ProductTest
class BallotSecrecyTest {
    private static final String GUEST = PanelGround.GUEST;
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIMES =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}[.\\d]*\\+\\d{2}");

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Rules rules;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    Meetings meetings;

    @Autowired
    Rounds rounds;

    @Autowired
    Ballots ballots;

    @Autowired
    MinutesBook minutes;

    @Autowired
    UrnKeys keys;

    @Autowired
    RoundStore store;

    @Autowired
    JdbcClient jdbc;

    @Value("${chuanmuc.data}")
    Path data;

    private PanelGround ground(String... more) {
        var cycle = new PanelCycle(
                bodies.create(), campaigns, commitments, rules, cycles, forms, jdbc, PanelGround.names(more));
        cycle.rated(GUEST, 1, 2);
        return new PanelGround(cycle, meetings, rounds, ballots, minutes)
                .convened(List.of(GUEST), more)
                .opened(List.of());
    }

    /** Every table of the product with every row of this body, as a dump writes it, and the transaction that wrote it. */
    private Map<String, List<Row>> dump(UUID tenant) {
        var dump = new TreeMap<String, List<Row>>();
        for (String table : jdbc.sql("""
                        select n.nspname || '.' || c.relname
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                        where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
                          and has_table_privilege(c.oid, 'SELECT')
                        """).query((row, n) -> row.getString(1)).list()) {
            dump.put(
                    table,
                    jdbc.sql("select t.xmin::text as wrote, t::text as said from " + table
                                    + " t where t.tenant_id = ? order by t.ctid")
                            .param(tenant)
                            .query((row, n) -> new Row(Long.parseLong(row.getString("wrote")), row.getString("said")))
                            .list());
        }
        assertThat(dump).hasSizeGreaterThan(80).containsKeys("panels.urn", "access.session", "ledger.entry");
        return dump;
    }

    private record Row(long wrote, String said) {}

    private static void cast(PanelGround ground, BallotCode code, String grade) {
        assertThat(ground.ballots.cast(code, ground.vote(grade, GUEST))).isEqualTo(new Ballots.Cast.Done());
    }

    @Test
    void aVoteWritesTheSealedUrnAndNothingElse() {
        PanelGround ground = ground();
        UUID tenant = ground.cycle.body.tenant;
        UUID round = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(round);
        Map<String, List<Row>> before = dump(tenant);
        // one votes while signed in on the same phone, one does not
        Browser phone = ground.cycle.body.browser(ground.cycle.official(PanelGround.MEMBER));
        for (Browser voter : List.of(phone, bodies.stranger())) {
            BallotCode code = codes.get(voter == phone ? 0 : 1);
            var ballot = voter.post("/bo-phieu", "/bo-phieu", "ma", code.written());
            assertThat(ballot.page().select("fieldset")).hasSize(1);
            var done = voter.post(
                    "/bo-phieu", "/bo-phieu/gui", "ma", code.signs(), "p-" + ground.cycle.form(GUEST), "dat");
            assertThat(done.path()).isEqualTo("/bo-phieu?xong=ballot-cast");
        }
        Map<String, List<Row>> after = dump(tenant);
        Row urn = Objects.requireNonNull(after.get("panels.urn")).getFirst();
        before.forEach((table, rows) -> {
            List<Row> now = Objects.requireNonNull(after.get(table));
            assertThat(now.stream().filter(row -> row.wrote() == urn.wrote()))
                    .as("%s has a row of the transaction that voted", table)
                    .hasSize(table.equals("panels.urn") ? 1 : 0);
            if (table.startsWith("panels.") && !table.equals("panels.urn")
                    || table.startsWith("assessments.")
                            && !table.startsWith("assessments.rollup_") // a chore makes those
                    || table.equals("ledger.record")) {
                assertThat(now).as("%s is as it was", table).isEqualTo(rows);
            }
        });
        assertThat(after.get("ledger.entry")).as("no act of a vote").hasSameSizeAs(before.get("ledger.entry"));
        assertThat(Objects.requireNonNull(after.get("access.session")).stream()
                        .filter(row -> row.wrote() >= urn.wrote()))
                .as("a session that was used is no mark of a vote in the same transaction")
                .noneMatch(row -> row.wrote() == urn.wrote());
    }

    /** The codes lie in the order of their hashes, all of one transaction: neither the order of slips nor of anything else. */
    @Test
    void whileAVoteIsOpenTheDatabaseAloneOpensNothing() {
        PanelGround ground = ground();
        UUID tenant = ground.cycle.body.tenant;
        UUID round = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(round);
        assertThat(ground.slips(round)).as("another order each time").containsExactlyInAnyOrderElementsOf(codes);
        cast(ground, codes.get(0), "xuat_sac");
        cast(ground, codes.get(1), "dat");
        Map<String, List<Row>> dump = dump(tenant);
        List<Row> kept = dump.get("panels.code");
        assertThat(kept).hasSize(codes.size());
        assertThat(kept.stream().map(Row::wrote).distinct()).hasSize(1);
        assertThat(kept.stream().map(Row::said)).isSorted();
        for (BallotCode code : codes) {
            assertThat(dump.values().stream().flatMap(List::stream).map(Row::said))
                    .noneMatch(said -> said.contains(code.signs()) || said.contains(code.written()));
        }
        byte[] sealed = store.urn(tenant, round).orElseThrow();
        for (UUID wrong : List.of(round, tenant, ground.id)) {
            assertThatThrownBy(() -> Urn.open(sealed, keys.sealing(bytes(wrong)), round, 1, 5))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(Urn.open(sealed, keys.sealing(keys.find(round).orElseThrow()), round, 1, 5)
                        .cast())
                .isEqualTo(2);
    }

    private static byte[] bytes(UUID id) {
        return Arrays.copyOf(id.toString().getBytes(StandardCharsets.US_ASCII), 32);
    }

    /**
     * Two meetings that differ in nothing but who voted how, and in which order, leave the same dump: whoever reads it cannot tell
     * one from the other, so it does not say who voted how.
     */
    @Test
    void meetingsThatDifferInWhoVotedHowAndWhenLeaveTheSameDump() {
        List<String> votes = List.of("xuat_sac", "tot", "tot", "chua_dat", Ballots.BLANK);
        var worlds = new ArrayList<Map<String, List<String>>>();
        for (int world = 0; world < 2; world++) {
            PanelGround ground = ground();
            UUID round = ground.round(Way.SECRET, GUEST);
            List<BallotCode> codes = new ArrayList<>(ground.slips(round));
            var cast = new ArrayList<>(votes);
            if (world == 1) {
                Collections.reverse(cast);
                Collections.shuffle(codes);
            }
            for (int voter = 0; voter < codes.size(); voter++) {
                cast(ground, codes.get(voter), cast.get(voter));
            }
            PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, round));
            Protocol counted = ground.protocol();
            assertThat(counted.counts(counted.round(round).orElseThrow())
                            .getFirst()
                            .votes())
                    .containsExactly(1, 2, 0, 1);
            worlds.add(anonymous(dump(ground.cycle.body.tenant)));
        }
        assertThat(worlds.get(1)).isEqualTo(worlds.get(0));
        assertThat(worlds.getFirst().get("panels.urn")).isEmpty();
        assertThat(worlds.getFirst().get("panels.code")).isEmpty();
    }

    /** What meetings keep, with ids and moments made alike, and which rows were written together, in which order. */
    private static Map<String, List<String>> anonymous(Map<String, List<Row>> dump) {
        List<Long> wrote = dump.entrySet().stream()
                .filter(table -> table.getKey().startsWith("panels."))
                .flatMap(table -> table.getValue().stream())
                .map(Row::wrote)
                .distinct()
                .sorted()
                .toList();
        var said = new TreeMap<String, List<String>>();
        dump.forEach((table, rows) -> {
            if (table.startsWith("panels.")) {
                said.put(
                        table,
                        rows.stream()
                                .map(row -> wrote.indexOf(row.wrote()) + " "
                                        + TIMES.matcher(UUIDS.matcher(row.said())
                                                        .replaceAll("id"))
                                                .replaceAll("lúc"))
                                .sorted()
                                .toList());
            }
        });
        return said;
    }

    /** Not in a table file, not in the write-ahead log, not in the product's own log. */
    @Test
    void noCodeStandsInAnyFileAndTheKeyGoesWithTheVote() throws IOException {
        PanelGround ground = ground();
        UUID round = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(round);
        Path key = data.toAbsolutePath().resolve("urns").resolve(round + ".key");
        assertThat(key).exists();
        assertThat(Files.getPosixFilePermissions(key).toString())
                .doesNotContain("GROUP")
                .doesNotContain("OTHERS");
        Browser stranger = bodies.stranger();
        for (BallotCode code : codes) {
            stranger.post("/bo-phieu", "/bo-phieu", "ma", code.written());
            stranger.post("/bo-phieu", "/bo-phieu/gui", "ma", code.written(), "p-" + ground.cycle.form(GUEST), "tot");
        }
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, round));
        assertThat(key).doesNotExist();
        var marks = new ArrayList<byte[]>();
        codes.forEach(code -> {
            marks.add(code.signs().getBytes(StandardCharsets.US_ASCII));
            marks.add(code.written().getBytes(StandardCharsets.US_ASCII));
        });
        int looked = 0;
        for (Path folder : List.of(data.toAbsolutePath(), FreshDatabase.FOLDER.toAbsolutePath())) {
            for (Path file : filesOf(folder)) {
                byte[] bytes;
                try {
                    bytes = Files.readAllBytes(file);
                } catch (NoSuchFileException gone) {
                    continue; // the database is at work
                }
                looked++;
                for (byte[] mark : marks) {
                    assertThat(indexOf(bytes, mark)).as("%s", file).isNegative();
                }
            }
        }
        assertThat(looked).isGreaterThan(500);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().matches(".*[.](so|jar|a)([.].*)?"))
                    .toList();
        } catch (java.io.UncheckedIOException gone) {
            return filesOf(folder); // the database is at work
        }
    }

    private static int indexOf(byte[] bytes, byte[] mark) {
        outer:
        for (int at = 0; at <= bytes.length - mark.length; at++) {
            if (bytes[at] != mark[0]) {
                continue;
            }
            for (int i = 1; i < mark.length; i++) {
                if (bytes[at + i] != mark[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }

    /** Nobody can show how they voted: what a used code answers is the same whatever it brought. */
    @Test
    void aUsedCodeTellsNothingOfItsVote() {
        PanelGround ground = ground();
        UUID round = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(round);
        cast(ground, codes.get(0), "xuat_sac");
        cast(ground, codes.get(1), "chua_dat");
        assertThat(ballots.find(codes.get(0)))
                .isEqualTo(ballots.find(codes.get(1)))
                .isEqualTo(new Ballots.Found.Used());
        Browser stranger = bodies.stranger();
        var pages = new ArrayList<String>();
        for (int voter = 0; voter < 2; voter++) {
            pages.add(stranger.post(
                            "/bo-phieu", "/bo-phieu", "ma", codes.get(voter).written())
                    .page()
                    .select("main")
                    .text());
        }
        assertThat(pages.get(0)).isEqualTo(pages.get(1)).contains("Mã này đã được dùng");
        assertThat(ballots.cast(codes.get(0), ground.vote("tot", GUEST))).isEqualTo(new Ballots.Cast.Used());
        PanelGround.now(rounds.annul(ground.secretary(), ground.id, round, "Thử"));
        assertThat(ballots.find(codes.get(0))).isEqualTo(new Ballots.Found.Unknown());
        assertThat(ballots.cast(codes.get(2), ground.vote("tot", GUEST))).isEqualTo(new Ballots.Cast.Unknown());
    }

    /** Small groups, one mind, one voter: the result then tells, and that is said. */
    @Test
    void ofFewOrUnanimousBallotsItIsSaidThatTheyTell() {
        PanelGround ground = ground();
        UUID one = ground.round(Way.SECRET, GUEST);
        cast(ground, ground.slips(one).getFirst(), "tot");
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, one));
        Protocol.Counted alone =
                ground.protocol().counted(ground.cycle.form(GUEST)).orElseThrow();
        assertThat(alone.count().returned()).isEqualTo(1);
        assertThat(ground.protocol().telling(alone.round(), alone.tally())).isTrue();
        UUID all = ground.round(Way.SECRET, GUEST);
        ground.slips(all).forEach(code -> cast(ground, code, "tot"));
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, all));
        Protocol.Counted unanimous =
                ground.protocol().counted(ground.cycle.form(GUEST)).orElseThrow();
        assertThat(unanimous.count().votes()).containsExactly(0, 5, 0, 0);
        assertThat(ground.protocol().telling(unanimous.round(), unanimous.tally()))
                .isTrue();
        UUID mixed = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(mixed);
        for (int voter = 0; voter < codes.size(); voter++) {
            cast(ground, codes.get(voter), voter == 0 ? "dat" : "tot");
        }
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, mixed));
        Protocol.Counted secret =
                ground.protocol().counted(ground.cycle.form(GUEST)).orElseThrow();
        assertThat(ground.protocol().telling(secret.round(), secret.tally())).isFalse();
    }

    /** Issue 5: twenty voters at once, every code spent twice at the same moment: each counts once. */
    @Test
    void twentyAtOnceEachWithACodeSpentTwiceAreCountedOnceEach() throws Exception {
        String[] more = IntStream.range(0, 16)
                .mapToObj(i -> "Ngô Văn " + "ABCDEGHIKLMNOPQR".charAt(i))
                .toArray(String[]::new);
        PanelGround ground = ground(more);
        UUID round = ground.round(Way.SECRET, GUEST);
        List<BallotCode> codes = ground.slips(round);
        assertThat(codes).hasSize(21);
        var start = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var casts = new ArrayList<Future<Ballots.Cast>>();
            for (BallotCode code : codes) {
                for (String grade : List.of("xuat_sac", "chua_dat")) {
                    casts.add(pool.submit(() -> {
                        start.await();
                        return ballots.cast(code, ground.vote(grade, GUEST));
                    }));
                }
            }
            start.countDown();
            int done = 0;
            for (Future<Ballots.Cast> cast : casts) {
                Ballots.Cast came = cast.get();
                assertThat(came).isIn(new Ballots.Cast.Done(), new Ballots.Cast.Used());
                done += came instanceof Ballots.Cast.Done ? 1 : 0;
            }
            assertThat(done).isEqualTo(21);
        }
        PanelGround.now(rounds.countSecret(ground.secretary(), ground.id, round));
        Meeting.Count count = ground.protocol().counts().getFirst();
        assertThat(count.returned()).isEqualTo(21);
        assertThat(count.votes().stream().mapToInt(Integer::intValue).sum() + count.invalid())
                .as("votes and blanks are the ballots")
                .isEqualTo(21);
    }

    /** A ballot at the moment of the closing is counted, or its voter is told that the vote has ended: never neither. */
    @Test
    void aBallotAtTheMomentOfTheClosingIsCountedOrRefused() throws Exception {
        for (int run = 0; run < 3; run++) {
            PanelGround ground = ground();
            UUID round = ground.round(Way.SECRET, GUEST);
            List<BallotCode> codes = ground.slips(round);
            var start = new CountDownLatch(1);
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var tasks = new ArrayList<Callable<Object>>();
                codes.forEach(code -> tasks.add(() -> ballots.cast(code, ground.vote("tot", GUEST))));
                tasks.add(
                        Math.min(tasks.size(), run * 2),
                        () -> rounds.countSecret(ground.secretary(), ground.id, round));
                var came = new ArrayList<Future<Object>>();
                tasks.forEach(task -> came.add(pool.submit(() -> {
                    start.await();
                    return task.call();
                })));
                start.countDown();
                long done = 0;
                for (Future<Object> one : came) {
                    assertThat(one.get())
                            .isIn(new Ballots.Cast.Done(), new Ballots.Cast.Unknown(), new Meetings.Done.Now());
                    done += one.get() instanceof Ballots.Cast.Done ? 1 : 0;
                }
                assertThat(ground.protocol().counts().getFirst().returned()).isEqualTo((int) done);
            }
        }
    }

    /** Whoever tries codes is stopped; whoever mistypes is told what to do and loses nothing; hostile text is text. */
    @Test
    void hostileCodesAreRefusedAndTryingIsStopped() {
        PanelGround ground = ground();
        UUID round = ground.round(Way.SECRET, GUEST);
        BallotCode code = ground.slips(round).getFirst();
        Browser stranger = bodies.stranger();
        String token = stranger.token("/bo-phieu");
        var missing = stranger.postWithToken(token, "/bo-phieu/gui", "ma", code.written());
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.page().select(".alert-danger").text()).contains("Chưa chọn về " + GUEST);
        assertThat(stranger.postWithToken(
                                token,
                                "/bo-phieu/gui",
                                "ma",
                                code.written(),
                                "p-" + ground.cycle.form(GUEST),
                                "khong-co-muc-nay")
                        .status())
                .isEqualTo(422);
        var hostile = stranger.postWithToken(token, "/bo-phieu", "ma", "<script>alert(1)</script>");
        assertThat(hostile.status()).isEqualTo(422);
        assertThat(hostile.page().select("#f-ma").val()).isEqualTo("<script>alert(1)</script>");
        assertThat(hostile.text()).doesNotContain("<script>alert");
        int stopped = 0;
        for (int i = 0; i < 90; i++) {
            int status = stranger.postWithToken(token, "/bo-phieu", "ma", "0000-0000-00" + (10 + i))
                    .status();
            assertThat(status).isIn(422, 429);
            stopped += status == 429 ? 1 : 0;
        }
        assertThat(stopped).as("of 90, no more than 30 a minute are answered").isGreaterThanOrEqualTo(29);
        assertThat(stranger.postWithToken(
                                token, "/bo-phieu", "ma", code.written().toLowerCase(java.util.Locale.ROOT))
                        .page()
                        .select("fieldset"))
                .as("who mistypes on purpose keeps nobody else from voting")
                .hasSize(1);
        assertThat(store.find(ground.cycle.body.tenant, round).orElseThrow().cast())
                .isZero();
    }

    /** A key that outlived its vote is swept; one of an open vote never. */
    @Test
    void keysOfEndedVotesAreSwept() throws IOException {
        PanelGround ground = ground();
        UUID round = ground.round(Way.SECRET, GUEST);
        UUID left = UUID.randomUUID();
        keys.create(left);
        var later = java.time.Instant.now().plusSeconds(7_200);
        keys.sweep(store.openUrns(), later);
        assertThat(keys.find(left)).isEmpty();
        assertThat(keys.find(round)).isPresent();
        cast(ground, ground.slips(round).getFirst(), "tot");
        keys.destroy(round);
        assertThat(ballots.find(new BallotCode("000000000000"))).isEqualTo(new Ballots.Found.Unknown());
        assertThat(rounds.countSecret(ground.secretary(), ground.id, round))
                .as("without its key an urn is lost, and that is told")
                .isEqualTo(new Meetings.Done.Refused("", vn.chuanmuc.kernel.Reason.of("panels.key.lost")));
        PanelGround.now(rounds.annul(ground.secretary(), ground.id, round, "Mất khóa"));
    }
}
