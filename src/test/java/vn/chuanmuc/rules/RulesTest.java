package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.rules.RuleBook.Presence;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Window;
import vn.chuanmuc.rules.RuleVersion.State;
import vn.chuanmuc.rules.Rules.Saved;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** ADR 0016: entered by one person, confirmed by a second, dated, immutable, evidence; ADR 0017. */
@NullUnmarked // what is asked of a computation is there, or the test fails
@ProductTest
class RulesTest {
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

    @Autowired
    TestBodies bodies;

    @Autowired
    Rules rules;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer one;
    private Viewer other;

    @BeforeEach
    void aBody() {
        body = bodies.create();
        one = body.viewer(Role.BOARD, body.root);
        other = body.viewer(Role.BOARD, body.root);
    }

    private UUID enter(Viewer viewer, UUID unit, RuleBook book, LocalDate from, @Nullable LocalDate to) {
        return ((Saved.Done) rules.enter(viewer, unit, book, from, to, "")).id();
    }

    private UUID confirmed(UUID unit, RuleBook book, LocalDate from, @Nullable LocalDate to) {
        UUID id = enter(one, unit, book, from, to);
        assertThat(rules.confirm(other, id)).isEqualTo(new Saved.Done(id));
        return id;
    }

    private static String why(Saved saved) {
        return ((Saved.Refused) saved).problems().getFirst().why().key();
    }

    private UUID inForce(UUID unit, LocalDate day) {
        return rules.inForce(body.tenant, unit, Purpose.QUARTER, day)
                .orElseThrow()
                .id();
    }

    /** domain.md 3: the shipped default has words and no points; ADR 0017, Books. */
    @Test
    void theDefaultHoldsUntilAUnitConfirmsItsOwn() {
        assertThat(inForce(body.wardOne, FROM)).isEqualTo(Rules.DEFAULT_ID);
        assertThat(rules.inForce(body.tenant, body.wardOne, Purpose.YEAR, FROM)).isEmpty();
        UUID id = enter(one, body.root, RuleSamples.points(Weighting.ITEMS), FROM, null);
        assertThat(inForce(body.wardOne, FROM)).isEqualTo(Rules.DEFAULT_ID);
        assertThat(rules.waiting(other)).isOne();
        assertThat(rules.waiting(one)).isZero();
        rules.confirm(other, id);
        assertThat(inForce(body.wardOne, FROM)).isEqualTo(id);
        assertThat(inForce(body.root, FROM.minusDays(1))).isEqualTo(Rules.DEFAULT_ID);
        assertThat(rules.waiting(other)).isZero();
        RuleVersion version = rules.find(body.tenant, id).orElseThrow();
        assertThat(version.book()).isEqualTo(RuleSamples.points(Weighting.ITEMS));
        assertThat(version.decidedBy()).isEqualTo(other.accountId());
        assertThat(rules.book(body.tenant, id)).isEqualTo(version.book());
    }

    /** domain.md 4.1: rules are dated; that the nearest unit’s hold: own decision, ADR 0017 (Books). */
    @Test
    void theNearestUnitsRulesHoldAndALaterVersionTakesThePlace() {
        UUID top = confirmed(body.root, RuleSamples.points(Weighting.ITEMS), FROM, null);
        UUID ward =
                confirmed(body.wardOne, RuleSamples.points(Weighting.GROUPS), FROM.plusMonths(1), FROM.plusMonths(2));
        UUID later = confirmed(body.root, RuleSamples.points(Weighting.CRITERIA), FROM.plusYears(1), null);
        assertThat(inForce(body.wardOne, FROM)).isEqualTo(top);
        assertThat(inForce(body.wardOne, FROM.plusMonths(1))).isEqualTo(ward);
        assertThat(inForce(body.wardOne, FROM.plusMonths(2))).isEqualTo(ward);
        assertThat(inForce(body.wardOne, FROM.plusMonths(2).plusDays(1))).isEqualTo(top);
        assertThat(inForce(body.wardTwo, FROM.plusMonths(1))).isEqualTo(top);
        assertThat(inForce(body.wardTwo, FROM.plusYears(1))).isEqualTo(later);
    }

    /** design.md, Authority: two pairs of eyes. */
    @Test
    void whoEntersCannotConfirm() {
        UUID id = enter(one, body.root, RuleSamples.points(Weighting.ITEMS), FROM, null);
        assertThat(why(rules.confirm(one, id))).isEqualTo("rules.refused.own");
        assertThat(rules.confirm(other, id)).isInstanceOf(Saved.Done.class);
        assertThat(rules.confirm(other, id)).isInstanceOf(Saved.Done.class); // a second click
        assertThat(ledger.newest(body.tenant, id, 10))
                .extracting(vn.chuanmuc.ledger.Entry::act)
                .containsExactly("rules.confirmed", "rules.entered");
    }

    @Test
    void theSameEnteredTwiceIsOne() {
        UUID id = enter(one, body.root, RuleSamples.points(Weighting.ITEMS), FROM, null);
        assertThat(enter(one, body.root, RuleSamples.points(Weighting.ITEMS), FROM, null))
                .isEqualTo(id);
    }

    /** ADR 0017, Books. */
    @Test
    void twoVersionsOfOneDayAreNotBothConfirmedHoweverSoonTheyCome() throws Exception {
        Viewer third = body.viewer(Role.BOARD, body.root);
        var versions = new ArrayList<UUID>();
        for (Weighting weighting : Weighting.values()) {
            versions.add(enter(one, body.root, RuleSamples.points(weighting), FROM, null));
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = new ArrayList<Callable<Saved>>();
            for (UUID version : versions) {
                tasks.add(() -> rules.confirm(other, version));
                tasks.add(() -> rules.confirm(third, version));
            }
            int done = 0;
            for (Future<Saved> future : pool.invokeAll(tasks)) {
                done += future.get() instanceof Saved.Done ? 1 : 0;
            }
            assertThat(done).isOne();
        }
        assertThat(rules.list(one))
                .filteredOn(version -> version.state() == State.CONFIRMED)
                .hasSize(1);
    }

    /** domain.md 4.7: exceptions are commands with a reason and an authority. */
    @Test
    void withdrawingAndRefusingTakeAReason() {
        UUID id = confirmed(body.root, RuleSamples.points(Weighting.ITEMS), FROM, null);
        assertThat(why(rules.withdraw(one, id, "  "))).isEqualTo("rules.refused.reason");
        assertThat(rules.withdraw(one, id, "Có văn bản mới")).isInstanceOf(Saved.Done.class);
        assertThat(rules.withdraw(one, id, "lần nữa")).isInstanceOf(Saved.Done.class);
        RuleVersion version = rules.find(body.tenant, id).orElseThrow();
        assertThat(version.state()).isEqualTo(State.WITHDRAWN);
        assertThat(version.withdrawal()).isEqualTo("Có văn bản mới");
        assertThat(inForce(body.root, version.withdrawnFrom())).isEqualTo(Rules.DEFAULT_ID);
        assertThat(inForce(body.root, version.withdrawnFrom().minusDays(1))).isEqualTo(id);
        assertThat(rules.book(body.tenant, id)).isEqualTo(version.book());

        UUID wrong = enter(one, body.root, RuleSamples.points(Weighting.GROUPS), FROM, null);
        assertThat(why(rules.refuse(other, wrong, ""))).isEqualTo("rules.refused.reason");
        assertThat(rules.refuse(other, wrong, "Sai thang điểm")).isInstanceOf(Saved.Done.class);
        assertThat(why(rules.confirm(other, wrong))).isEqualTo("rules.refused.decided");
        assertThatThrownBy(() -> rules.book(body.tenant, wrong)).isInstanceOf(NotFound.class);
    }

    /** domain.md 3: a scale, a weighting, a route of stages name their legal basis; ADR 0017, Books. */
    @Test
    void anIncompleteBookIsNotSaved() {
        RuleBook bad = RuleSamples.formula(Weighting.ITEMS, "diem + ty_le(tot)", RuleSamples.to(2));
        assertThat(why(rules.enter(one, body.root, bad, FROM, null, ""))).isEqualTo("rules.formula.mixes");
        assertThat(why(rules.enter(one, body.root, RuleSamples.points(Weighting.ITEMS), FROM, FROM.minusDays(1), "")))
                .isEqualTo("rules.refused.ends-before");
        assertThat(rules.list(one)).isEmpty();
    }

    /** Issue 5, “under-6-months and leave rules as data”: a rule that nobody can meet would leave everybody out (ADR 0017, Least presence). */
    @Test
    void aLeastPresenceThatNobodyCanReachIsRefused() {
        assertThat(presence(90, Window.CYCLE)).isEmpty();
        assertThat(presence(91, Window.CYCLE)).containsExactly(Reason.of("rules.check.presence.cycle", 90));
        assertThat(presence(183, Window.YEAR)).as("half a year").isEmpty();
        assertThat(presence(365, Window.YEAR)).isEmpty();
        assertThat(presence(366, Window.YEAR)).containsExactly(Reason.of("rules.check.presence", 365));
        assertThat(presence(-1, Window.YEAR)).hasSize(1);
    }

    private static List<Reason> presence(int days, Window window) {
        RuleBook book = Rules.shipped().book();
        return Rules.problems(new RuleBook(
                        book.name(),
                        book.purpose(),
                        book.basis(),
                        book.scale(),
                        book.weights(),
                        book.whole(),
                        book.figures(),
                        book.grades(),
                        book.disqualifiers(),
                        book.quotas(),
                        book.stages(),
                        book.deadlines(),
                        book.clocks(),
                        new Presence(days, window, Set.of()),
                        book.headNotAboveUnit()))
                .stream()
                .filter(problem -> problem.field().equals("presence"))
                .map(Rules.Problem::why)
                .toList();
    }

    /** design.md, Authority. */
    @Test
    void onlyTheBoardOfTheUnitEntersAndOtherBodiesSeeNothing() {
        Viewer ward = body.viewer(Role.BOARD, body.wardOne);
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        RuleBook book = RuleSamples.points(Weighting.ITEMS);
        assertThatThrownBy(() -> rules.enter(ward, body.root, book, FROM, null, ""))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> rules.enter(head, body.wardOne, book, FROM, null, ""))
                .isInstanceOf(Forbidden.class);
        UUID top = enter(one, body.root, book, FROM, null);
        UUID two = enter(one, body.wardTwo, book, FROM, null);
        assertThatThrownBy(() -> rules.confirm(ward, top)).isInstanceOf(Forbidden.class);
        assertThat(rules.get(head, top).id()).isEqualTo(top); // from above: it holds for them
        assertThatThrownBy(() -> rules.get(head, two)).isInstanceOf(NotFound.class);
        assertThat(rules.list(head)).extracting(RuleVersion::id).containsExactly(top);
        Body elsewhere = bodies.create();
        Viewer stranger = elsewhere.viewer(Role.BOARD, elsewhere.root);
        assertThatThrownBy(() -> rules.get(stranger, top)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> rules.confirm(stranger, top)).isInstanceOf(NotFound.class);
    }

    /** design.md, The ledger; ADR 0017, Books (canonical JSON). */
    @Test
    void whatIsStoredIsWhatWasHashed() {
        UUID id = confirmed(body.root, RuleSamples.points(Weighting.OWN), FROM, null);
        List<Boolean> same = jdbc.sql(
                        "select sha256(convert_to(content, 'UTF8')) = hash from rules.version where tenant_id = ? and id = ?")
                .params(body.tenant, id)
                .query((row, n) -> row.getBoolean(1))
                .list();
        assertThat(same).containsExactly(true);
        assertThat(ledger.newest(body.tenant, id, 1).getFirst().documentHash())
                .isEqualTo(rules.find(body.tenant, id).orElseThrow().hash());
    }
}
