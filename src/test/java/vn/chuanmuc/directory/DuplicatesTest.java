package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.directory.Duplicates.Likeness;
import vn.chuanmuc.directory.Duplicates.Outcome;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Recorded;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class DuplicatesTest {
    private static final LocalDate BORN = LocalDate.of(1980, 5, 2);

    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Autowired
    Duplicates duplicates;

    @Autowired
    LookAlikes lookAlikes;

    @Autowired
    DuplicateStore store;

    @Autowired
    Leaves leaves;

    @Autowired
    Headcounts headcounts;

    @Autowired
    Campaigns campaigns;

    @Autowired
    JdbcClient jdbc;

    private PeopleGround ground;
    private UUID wardOne;
    private UUID wardTwo;
    private Viewer board;
    private Viewer second;

    @BeforeEach
    void twoOfTheBoard() {
        ground = new PeopleGround(people, headcounts, jdbc, bodies.create());
        wardOne = ground.body.wardOne;
        wardTwo = ground.body.wardTwo;
        board = ground.body.viewer(Role.BOARD, ground.body.root);
        second = ground.body.viewer(Role.BOARD, ground.body.root);
    }

    private List<String> found(Viewer viewer, Likeness likeness) {
        return duplicates.candidates(PeopleGround.scope(viewer), likeness, 0, 50).candidates().stream()
                .map(pair -> pair.one().fullName() + " / " + pair.other().fullName())
                .toList();
    }

    private UUID proposed(UUID kept, UUID givenUp) {
        Outcome outcome = duplicates.propose(PeopleGround.scope(board), kept, givenUp, "đối chiếu lý lịch");
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).mergeId();
    }

    private Outcome accept(Viewer viewer, UUID merge, UUID kept, UUID givenUp) {
        Scope scope = PeopleGround.scope(viewer);
        return duplicates.accept(
                scope, merge, duplicates.preview(scope, kept, givenUp).fingerprint(), "");
    }

    private static String why(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).why().key();
    }

    @Test
    void findsOneNameHoweverTheToneIsPlacedAndKeepsTwoNamesApart() {
        ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        ground.person("Trần Văn Quí", BORN, wardOne);
        ground.person("Trần Văn Quý", BORN, wardTwo);
        ground.person("Lê Thuý", BORN, wardOne);
        ground.person("Lê Thúy", null, wardOne);
        ground.person("Đỗ An", LocalDate.of(1980, 3, 11), wardTwo);
        ground.person("Đỗ An", LocalDate.of(1980, 11, 3), wardTwo);
        ground.person("Bùi Một", BORN, wardOne, "cb-01");
        ground.person("Bùi Hai", LocalDate.of(1981, 1, 1), wardTwo, "CB-01");
        for (Viewer viewer : List.of(board, ground.body.viewer(Role.CLERK, wardOne))) {
            assertThat(found(viewer, Likeness.SAME))
                    .hasSize(1)
                    .allMatch(pair -> pair.contains("Hòa") && pair.contains("Hoà"));
            assertThat(found(viewer, Likeness.UNDATED)).hasSize(1).allMatch(pair -> pair.contains("Thúy"));
            assertThat(found(viewer, Likeness.CODE)).hasSize(1).allMatch(pair -> pair.contains("Bùi Hai"));
        }
        assertThat(found(board, Likeness.REVERSED)).containsExactly("Đỗ An / Đỗ An");
        assertThat(found(ground.body.viewer(Role.CLERK, wardOne), Likeness.REVERSED))
                .isEmpty();
        var elsewhere = bodies.create();
        assertThat(found(elsewhere.viewer(Role.BOARD, elsewhere.root), Likeness.SAME))
                .isEmpty();
    }

    /** The page of a whole body reads pairs noted before: it must neither show what was mended nor miss what two wrote at once. */
    @Test
    void thePairsThatWereNotedFollowCorrectionsAndTheChoreFindsWhatNobodySaw() {
        UUID one = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        assertThat(found(board, Likeness.SAME)).hasSize(1);
        jdbc.sql("delete from directory.look_alike where tenant_id = ?")
                .param(ground.body.tenant)
                .update(); // as if the two had been written at one moment, and not seen each other
        assertThat(found(board, Likeness.SAME)).isEmpty();
        lookAlikes.run(ground.body.tenant);
        assertThat(found(board, Likeness.SAME)).hasSize(1);
        jdbc.sql("update directory.person set birth_date = ? where tenant_id = ? and id = ?")
                .params(java.sql.Date.valueOf(BORN.plusDays(1)), ground.body.tenant, one)
                .update(); // behind the product's back: the note is a hint, the record decides
        assertThat(found(board, Likeness.SAME)).isEmpty();
    }

    /** A large part of the body reads the pairs that were noted, few people are looked up one by one: both find the same. */
    @Test
    void aPartOfTheBodyFindsTheSameHoweverItIsLookedFor() {
        var random = new java.util.Random(26);
        for (int i = 0; i < 70; i++) {
            LocalDate born =
                    random.nextInt(5) == 0 ? null : LocalDate.of(1980, 1 + random.nextInt(4), 1 + random.nextInt(4));
            ground.person(
                    "Nguyễn Văn "
                            + List.of("An", "Bình", "Hoà", "Hòa", "Quí", "Quý").get(random.nextInt(6)),
                    born,
                    random.nextBoolean() ? wardOne : wardTwo);
        }
        for (int i = 0; i < 20; i++) {
            ground.person("Bùi " + (char) ('A' + i), BORN, random.nextBoolean() ? wardOne : wardTwo, "cb-" + i);
            ground.person("Đỗ " + (char) ('A' + i), null, random.nextBoolean() ? wardOne : wardTwo, "CB-" + i);
        }
        for (UUID unit : List.of(wardOne, wardTwo, ground.body.root)) {
            Scope scope = new Scope(ground.body.tenant, board.accountId(), List.of(new UUID[] {unit}));
            for (Likeness likeness : Likeness.values()) {
                Set<Set<UUID>> few = pairs(scope, DuplicateStore.Reach.FEW, likeness);
                assertThat(pairs(scope, DuplicateStore.Reach.PART, likeness))
                        .as("%s", likeness)
                        .isEqualTo(few)
                        .isNotEmpty();
            }
        }
    }

    private Set<Set<UUID>> pairs(Scope scope, DuplicateStore.Reach reach, Likeness likeness) {
        return store.pairs(scope, reach, likeness, null, 0, 10_000).stream()
                .map(pair -> Set.of(pair.one(), pair.other()))
                .collect(Collectors.toSet());
    }

    /** Two instances note the same pairs while an import adds people of the same names: nobody waits in a circle. */
    @Test
    void twoInstancesNotePairsAtOnceWithoutWaitingForEachOther() throws Exception {
        for (int i = 0; i < 60; i++) {
            ground.person("Nguyễn Thị Hòa", BORN, wardOne);
        }
        jdbc.sql("delete from directory.look_alike where tenant_id = ?")
                .param(ground.body.tenant)
                .update();
        try (var instances = Executors.newFixedThreadPool(2)) {
            var first = instances.submit(() -> lookAlikes.run(ground.body.tenant));
            var second = instances.submit(() -> lookAlikes.run(ground.body.tenant));
            first.get();
            second.get();
        }
        assertThat(jdbc.sql("select count(*) from directory.look_alike where tenant_id = ? and likeness = ?")
                        .params(ground.body.tenant, Likeness.SAME.code())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .as("each with the twenty that come after it")
                .isEqualTo(60 * 20 - 20 * 21 / 2);
    }

    /** Names that thousands bear, with one date of birth for all and with none, as lists from before the product come. */
    @Test
    void thousandsOfOneNameMakeSoManyPairsForEachAndTheNextFollow() {
        people("Nguyễn Thị Hòa", BORN, MANY);
        people("Nguyễn Văn Hùng", null, MANY);
        long begun = System.nanoTime();
        lookAlikes.run(ground.body.tenant);
        assertThat(noted()).isEqualTo(MANY * LookAlikes.MOST - LookAlikes.MOST * (LookAlikes.MOST + 1) / 2);
        Scope scope = PeopleGround.scope(board);
        for (DuplicateStore.Reach reach : DuplicateStore.Reach.values()) {
            List<Duplicates.Pair> undated = store.pairs(scope, reach, Likeness.UNDATED, null, 0, 100_000);
            assertThat(undated)
                    .as("%s", reach)
                    .hasSize(MANY * LookAlikes.MOST - LookAlikes.MOST * (LookAlikes.MOST + 1) / 2);
            assertThat(undated.stream()
                            .collect(Collectors.groupingBy(Duplicates.Pair::one, Collectors.counting()))
                            .values())
                    .allMatch(count -> count <= LookAlikes.MOST);
        }
        assertThat((System.nanoTime() - begun) / 1_000_000_000).as("seconds").isLessThan(60);
        Duplicates.Pair first = store.pairs(scope, DuplicateStore.Reach.WHOLE, Likeness.UNDATED, null, 0, 1)
                .getFirst();
        duplicates.notSame(scope, first.one(), first.other(), "khác quê quán");
        assertThat(store.pairs(scope, DuplicateStore.Reach.WHOLE, Likeness.UNDATED, null, 0, LookAlikes.MOST).stream()
                        .filter(pair -> pair.one().equals(first.one())))
                .as("the next of the name takes its place")
                .hasSize(LookAlikes.MOST)
                .doesNotContain(first);
        Duplicates.Pair same = store.pairs(scope, DuplicateStore.Reach.WHOLE, Likeness.SAME, null, 0, 1)
                .getFirst();
        duplicates.notSame(scope, same.one(), same.other(), "khác quê quán");
        lookAlikes.run(ground.body.tenant);
        assertThat(noted()).isEqualTo(MANY * LookAlikes.MOST - LookAlikes.MOST * (LookAlikes.MOST + 1) / 2 + 1);
        assertThat(ground.body
                        .browser(board)
                        .get("/can-bo/trung?kieu=thieu-ngay-sinh")
                        .text())
                .contains("nhiều nhất 20 hồ sơ giống một lúc");
    }

    private static final int MANY = 3_000;

    private int noted() {
        return jdbc.sql("select count(*) from directory.look_alike where tenant_id = ? and likeness = ?")
                .params(ground.body.tenant, Likeness.SAME.code())
                .query((row, n) -> row.getInt(1))
                .single();
    }

    private void people(String name, @Nullable LocalDate born, int count) {
        UUID one = ground.person(name, born, wardOne);
        jdbc.sql("""
                        with p as (
                            insert into directory.person
                                (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date, sample, created_at)
                            select o.tenant_id, uuidv7(), o.full_name, o.folded_key, o.sort_key, o.search_key, o.birth_date, true, now()
                            from directory.person o, generate_series(2, ?)
                            where o.tenant_id = ? and o.id = ?
                            returning tenant_id, id, sort_key)
                        insert into directory.assignment
                            (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, valid_from, sort_key)
                        select p.tenant_id, gen_random_uuid(), p.id, a.unit_id, a.position_id, a.bloc_id, a.kind, a.main, a.rank_order,
                               a.valid_from, p.sort_key
                        from p join directory.assignment a on a.tenant_id = p.tenant_id and a.person_id = ?
                        """).params(count, ground.body.tenant, one, one).update();
    }

    @Test
    void aPairThatIsTwoPeopleIsNotShownAgain() {
        UUID one = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        UUID other = ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        Scope scope = PeopleGround.scope(board);
        assertThat(why(duplicates.notSame(scope, one, other, " "))).isEqualTo("directory.person.refused.reason");
        duplicates.notSame(scope, one, other, "khác quê quán");
        duplicates.notSame(scope, other, one, "bấm hai lần");
        assertThat(found(board, Likeness.SAME)).isEmpty();
        assertThat(ground.acts("directory.not-same")).isOne();
        Recorded.byItsAct(jdbc, board.tenantId(), "directory.not_same");
        var elsewhere = bodies.create();
        Scope stranger = PeopleGround.scope(elsewhere.viewer(Role.BOARD, elsewhere.root));
        assertThatThrownBy(() -> duplicates.preview(stranger, one, other)).isInstanceOf(NotFound.class);
    }

    @Test
    void onePersonProposesAnotherDecidesAndEverythingGoesOver() throws Exception {
        UUID kept = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        UUID givenUp = ground.person("Nguyễn Thị Hòa", null, wardTwo, "CB-77");
        leaves.enter(
                PeopleGround.scope(board),
                givenUp,
                new Leaves.Entry(LeaveKind.STUDY, LocalDate.of(2025, 1, 1), null, "", "đi học"));
        UUID merge = proposed(kept, givenUp);
        assertThat(found(board, Likeness.UNDATED))
                .as("shown among the proposals now")
                .isEmpty();
        assertThat(why(accept(board, merge, kept, givenUp))).isEqualTo("directory.merge.refused.own");
        Viewer clerk = ground.body.viewer(Role.CLERK, wardOne);
        assertThat(why(accept(clerk, merge, kept, givenUp))).isEqualTo("directory.merge.refused.both");
        assertThat(why(duplicates.accept(PeopleGround.scope(second), merge, "cũ", "")))
                .isEqualTo("directory.merge.refused.changed");
        String seen =
                duplicates.preview(PeopleGround.scope(second), kept, givenUp).fingerprint();
        Callable<Outcome> decide = () -> duplicates.accept(PeopleGround.scope(second), merge, seen, "đúng");
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(List.of(decide, decide, decide, decide))) {
                assertThat(answer.get()).isInstanceOf(Outcome.Done.class);
            }
        }
        assertThat(ground.acts("directory.merged")).isOne();
        assertThat(ground.open(kept)).isEqualTo(Map.of(wardOne, true, wardTwo, false));
        assertThat(ground.open(givenUp)).isEmpty();
        ground.holds();
        assertThat(duplicates.present(ground.body.tenant, givenUp)).isEqualTo(kept);
        assertThat(leaves.of(ground.body.tenant, kept)).hasSize(1);
        var browser = ground.body.browser(board);
        assertThat(browser.get("/can-bo/" + givenUp).path()).isEqualTo("/can-bo/" + kept);
        assertThat(browser.get("/can-bo/" + kept).text()).contains("CB-77", "kiêm nhiệm", "Đi học");
        assertThat(browser.get("/can-bo?tim=Ho%C3%A0").page().select("tbody tr"))
                .hasSize(2);
        assertThat(found(board, Likeness.SAME)).isEmpty();
    }

    @Test
    void oneUnitForOneTimeIsSaidOnceAfterwards() {
        UUID kept = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        UUID givenUp = ground.person("Nguyễn Thị Hòa", BORN, wardOne);
        UUID merge = proposed(kept, givenUp);
        assertThat(duplicates.preview(PeopleGround.scope(second), kept, givenUp).parts())
                .extracting(Duplicates.Part::fate)
                .containsExactly("SAID");
        assertThat(accept(second, merge, kept, givenUp)).isInstanceOf(Outcome.Done.class);
        assertThat(headcounts.on(ground.body.tenant, List.of(ground.body.root), PeopleGround.today()))
                .isEqualTo(Map.of(ground.body.root, 1));
        ground.holds();
    }

    @Test
    void refusesWhileBothStandOnTheRosterOfACampaignThatRuns() {
        UUID kept = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        UUID givenUp = ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        SmallDecision decision = SmallDecision.publish(jdbc, ground.body);
        UUID campaign = CampaignSamples.launched(campaigns, ground.body, board, decision, wardOne, wardTwo);
        Scope scope = PeopleGround.scope(board);
        assertThat(why(duplicates.propose(scope, kept, givenUp, "một người")))
                .isEqualTo("campaigns.person.both-on-roster");
        campaigns.leave(board, campaign, givenUp, PeopleGround.today(), "trùng người");
        UUID merge = proposed(kept, givenUp);
        assertThat(accept(second, merge, kept, givenUp)).isInstanceOf(Outcome.Done.class);
        assertThat(campaigns.rosterEntry(ground.body.tenant, campaign, givenUp)).isPresent();
        assertThat(ground.body
                        .browser(board)
                        .get("/can-bo/" + kept)
                        .page()
                        .select("h2")
                        .eachText())
                .contains("Danh sách chốt, cam kết và đánh giá");
    }

    @Test
    void keepsTheRecordThatIsOnTheRoster() {
        UUID onRoster = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        SmallDecision decision = SmallDecision.publish(jdbc, ground.body);
        CampaignSamples.launched(campaigns, ground.body, board, decision, wardOne);
        UUID later = ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        Scope scope = PeopleGround.scope(board);
        assertThat(why(duplicates.propose(scope, later, onRoster, "một người")))
                .isEqualTo("campaigns.person.keep-that-one");
        assertThat(accept(second, proposed(onRoster, later), onRoster, later)).isInstanceOf(Outcome.Done.class);
        ground.holds();
    }

    @Test
    void theAccountGoesWithThePersonAndTwoAccountsAreSortedOutFirst() {
        UUID kept = ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        UUID givenUp = ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        Viewer official = ground.body.official(givenUp);
        assertThat(accept(second, proposed(kept, givenUp), kept, givenUp)).isInstanceOf(Outcome.Done.class);
        assertThat(jdbc.sql("select person_id from access.account where tenant_id = ? and id = ?")
                        .params(ground.body.tenant, official.accountId())
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .single())
                .isEqualTo(kept);
        UUID third = ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        ground.body.official(third);
        assertThat(why(duplicates.propose(PeopleGround.scope(board), kept, third, "một người")))
                .isEqualTo("access.person.two-accounts");
    }

    @Test
    void theWholeWayInTheBrowser() {
        ground.person("Nguyễn Thị Hoà", BORN, wardOne);
        ground.person("Nguyễn Thị Hòa", BORN, wardTwo);
        var proposing = ground.body.browser(board);
        String pair = proposing.get("/can-bo/trung").page().select("tbody a").attr("href");
        var page = proposing.get(pair);
        assertThat(page.text()).contains("Hồ sơ giữ", "Hồ sơ bỏ", "thành kiêm nhiệm");
        var empty = proposing.post(pair, pair + "/de-nghi", "ly-do", "");
        assertThat(empty.status()).isEqualTo(422);
        var proposed = proposing.post(pair, pair + "/de-nghi", "ly-do", "đối chiếu lý lịch");
        assertThat(proposed.path()).endsWith("?xong=merge-proposed");
        assertThat(proposed.page().select("form[action$=/gop]")).isEmpty();
        String merge = proposed.path().substring(0, proposed.path().indexOf('?'));
        var deciding = ground.body.browser(second);
        assertThat(deciding.get("/viec").text()).contains("1 đề nghị gộp hồ sơ trùng chờ quyết định");
        String seen = deciding.get(merge).page().select("input[name=da-xem]").val();
        assertThat(deciding.post(merge, merge + "/gop", "da-xem", seen, "loi", "")
                        .path())
                .endsWith("?xong=merged");
        assertThat(deciding.get("/viec").text()).doesNotContain("đề nghị gộp");
        assertThat(proposing.get("/can-bo/trung").text()).contains("Không có cặp nào");
    }
}
