package vn.chuanmuc.commitments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.campaigns.Campaigns.Turned;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.campaigns.Supplements.Draft;
import vn.chuanmuc.campaigns.Supplements.Verdict;
import vn.chuanmuc.commitments.Commitments.Signing;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** A new decision in the year of a campaign: only those sign again whose items it changed (issue 4; ADR 0015). */
@ProductTest
class SupplementTest {
    private static final LocalDate FROM = LocalDate.of(2021, 11, 1);
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Supplements supplements;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    Recheck recheck;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    List<vn.chuanmuc.ledger.Recomputation> recomputations;

    private final Map<UUID, Viewer> officials = new HashMap<>();
    private Body body;
    private Viewer board;
    private Viewer clerk;
    private SmallDecision decision;
    private UUID lead;
    private UUID staff;
    private UUID silent;
    private UUID base;

    @BeforeEach
    void aCampaignInWhichTwoOfThreeSigned() {
        body = bodies.create();
        board = body.viewer(Role.BOARD, body.root);
        clerk = body.viewer(Role.CLERK, body.wardTwo);
        body.viewer(Role.HEAD, body.wardTwo);
        decision = SmallDecision.publish(jdbc, body);
        lead = body.person("Trần Thị Hoà", body.wardOne, body.partyBloc, body.secretary);
        staff = body.person("Lê Văn Minh", body.wardOne, body.partyBloc, body.staff);
        silent = body.person("Phạm Thị Lan", body.wardOne, body.partyBloc, body.secretary);
        base = CampaignSamples.launched(campaigns, body, board, decision, body.wardOne);
        assertThat(sign(lead, base)).isTrue();
        assertThat(sign(staff, base)).isTrue();
    }

    private Viewer official(UUID person) {
        return officials.computeIfAbsent(person, body::official);
    }

    private boolean sign(UUID person, UUID campaign) {
        return CommitmentSamples.sign(commitments, official(person), campaign);
    }

    /** The leaders' second item reworded, the third dropped and another new; the staff's as they were. */
    private SmallDecision reworded() {
        List<String> old = SmallDecision.leadersItems();
        return decision.replacedBy(
                "15-QĐ/QU",
                FROM,
                List.of(
                        old.get(0),
                        old.get(1).replace("thứ 2", "thứ 2 đã sửa"),
                        "Học tập và làm theo tấm gương đạo đức Hồ Chí Minh."),
                SmallDecision.staffItems());
    }

    private Saved draft(SmallDecision later) {
        return supplements.save(
                board,
                base,
                later.id,
                0,
                new Draft(
                        "Bổ sung năm 2021",
                        "",
                        null,
                        LocalDate.of(2021, 11, 20),
                        LocalDate.of(2021, 11, 30),
                        Set.of(Commitments.ELECTRONIC)));
    }

    private UUID drafted(SmallDecision later) {
        return ((Saved.Done) draft(later)).campaignId();
    }

    private UUID launched(SmallDecision later) {
        later.decideForAll();
        UUID id = drafted(later);
        assertThat(campaigns.launch(board, id)).isInstanceOf(Launch.Launched.class);
        return id;
    }

    private Map<Verdict, Long> counts(SmallDecision later) {
        return supplements
                .survey(board, campaigns.get(body.tenant, base), later.id)
                .counts();
    }

    private Standing standing(UUID person, UUID campaign) {
        return commitments.form(official(person), campaign).orElseThrow().standing();
    }

    @Test
    void onlyThoseSignAgainWhoseItemsChangedAndTheOldCommitmentStandsUntilThen() {
        SmallDecision later = reworded();
        UUID supplement = launched(later);
        assertThat(counts(later)).isEqualTo(Map.of(Verdict.CHANGED, 1L, Verdict.SAME, 1L, Verdict.UNSIGNED, 1L));
        assertThat(campaigns.frozen(body.tenant, supplement).orElseThrow().people())
                .isEqualTo(1);
        assertThat(campaigns.checkRoster(body.tenant, supplement).matches()).isTrue();
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 1, 0, 0, 0, 0));

        var before = commitments.receipt(official(lead), base).orElseThrow();
        assertThat(commitments.inForce(body.tenant, before)).isTrue();
        assertThat(sign(lead, supplement)).isTrue();
        assertThat(commitments.inForce(body.tenant, before)).isFalse();
        var after = commitments.receipt(official(lead), supplement).orElseThrow();
        assertThat(after.version()).isEqualTo(2);
        assertThat(commitments.inForce(body.tenant, after)).isTrue();
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 0, 1, 0, 0, 0));
        // The base counts as it was: its list may have been accepted.
        assertThat(commitments
                        .counts(body.tenant, base, body.wardOne, body.partyBloc)
                        .signed())
                .isEqualTo(2);
        assertThat(commitments.counts(body.tenant, supplement, body.wardOne, body.partyBloc))
                .isEqualTo(new Commitments.Counts(1, 1, 0, 0, 0));
        assertThat(recheck(body.tenant)).isEmpty();
    }

    private Supplements.Year year() {
        return supplements.year(board, campaigns.get(body.tenant, base)).orElseThrow();
    }

    private List<Fault> recheck(UUID tenant) {
        return recheck.run(tenant, (done, total) -> {}).faults().stream()
                // the decisions here are no work of the product's
                .filter(fault ->
                        !fault.kind().startsWith("criteria.") && !fault.kind().equals("documents.content"))
                .toList();
    }

    @Test
    void aDecisionWithoutADifferenceIsRefusedWithPlainWords() {
        SmallDecision later = decision.replacedBy(
                "16-QĐ/QU",
                FROM,
                SmallDecision.leadersItems(),
                SmallDecision.staffItems().reversed());
        assertThat(draft(later)).isEqualTo(refused("campaigns.supplement.refused.no-set", 2L));
        later.decideForAll();
        assertThat(draft(later)).isEqualTo(refused("campaigns.supplement.refused.same"));
        assertThat(supplements.of(body.tenant, base)).isEmpty();
    }

    private static Saved refused(String key, Object... arguments) {
        return new Saved.Refused(Map.of("", Reason.of(key, arguments)));
    }

    @Test
    void ofTwoWhoPlanOrOpenItAtOnceThereIsOne() throws Exception {
        SmallDecision later = reworded();
        later.decideForAll();
        List<Saved> drafts = atOnce(() -> draft(later), () -> draft(later), () -> draft(later));
        assertThat(drafts).allMatch(saved -> saved instanceof Saved.Done);
        assertThat(Set.copyOf(drafts)).hasSize(1);
        UUID id = ((Saved.Done) drafts.getFirst()).campaignId();
        List<Launch> launches = atOnce(
                () -> campaigns.launch(board, id),
                () -> campaigns.launch(board, id),
                () -> campaigns.launch(board, id));
        assertThat(launches).containsOnly(new Launch.Launched(1));
        assertThat(jdbc.sql("select count(*) from campaigns.supplement_person where tenant_id = ? and campaign_id = ?")
                        .params(body.tenant, id)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(3);
    }

    @SafeVarargs
    private static <T> List<T> atOnce(Callable<T>... works) throws Exception {
        try (var threads = Executors.newFixedThreadPool(works.length)) {
            var all = new ArrayList<T>();
            for (Future<T> future : threads.invokeAll(List.of(works))) {
                all.add(future.get());
            }
            return all;
        }
    }

    @Test
    void aSecondDecisionWaitsUntilTheFirstSupplementIsClosedAndThenComparesWithWhatStands() {
        SmallDecision later = reworded();
        UUID first = launched(later);
        assertThat(sign(lead, first)).isTrue();
        // Back to the words of the first decision: for whoever signed the supplement they differ.
        SmallDecision last = later.replacedBy(
                "17-QĐ/QU", FROM.plusDays(20), SmallDecision.leadersItems(), SmallDecision.staffItems());
        assertThat(supplements.unanswered(body.tenant, List.of(base))).containsExactly(base);
        last.decideForAll();
        UUID second = drafted(last);
        assertThat(supplements.unanswered(body.tenant, List.of(base))).isEmpty();
        assertThat(campaigns.launch(board, second))
                .isInstanceOfSatisfying(
                        Launch.Refused.class,
                        refused -> assertThat(refused.gates())
                                .extracting(Gate::kind)
                                .contains(Gate.Kind.SUPPLEMENT_OPEN));
        assertThat(campaigns.close(board, first, "Có quyết định mới")).isInstanceOf(Turned.Done.class);
        assertThat(campaigns.launch(board, second)).isEqualTo(new Launch.Launched(1));
        assertThat(campaigns.reopen(board, first, "Nhầm"))
                .isEqualTo(new Turned.Refused("", Reason.of("campaigns.reopen.later-supplement", "Bổ sung năm 2021")));
        assertThat(sign(lead, second)).isTrue();
        assertThat(commitments.receipt(official(lead), second).orElseThrow().version())
                .isEqualTo(3);
        assertThat(recheck(body.tenant)).isEmpty();
    }

    @Test
    void whoMovedBetweenPlanningAndOpeningIsOnTheListOfTheNewUnit() {
        SmallDecision later = reworded();
        later.decideForAll();
        UUID id = drafted(later);
        move(lead, body.wardTwo);
        assertThat(campaigns.launch(board, id)).isEqualTo(new Launch.Launched(1));
        assertThat(campaigns.rosterEntry(body.tenant, id, lead).orElseThrow().unitId())
                .isEqualTo(body.wardTwo);
        assertThat(campaigns.rosterEntry(body.tenant, base, lead).orElseThrow().unitId())
                .isEqualTo(body.wardOne);
        assertThat(commitments
                        .counts(body.tenant, id, body.wardTwo, body.partyBloc)
                        .expected())
                .isEqualTo(1);
        assertThat(lists.get(clerk, new Lists.Key(id, body.wardTwo, body.partyBloc))
                        .current())
                .isNull();
    }

    private void move(UUID person, UUID unit) {
        jdbc.sql("update directory.assignment set unit_id = ? where tenant_id = ? and person_id = ?")
                .params(unit, body.tenant, person)
                .update();
    }

    @Test
    void whoMovesAfterItsOpeningLeavesOneListAndJoinsTheOtherWithWhatTheySigned() {
        UUID supplement = launched(reworded());
        assertThat(sign(lead, supplement)).isTrue();
        UUID set = campaigns
                .rosterEntry(body.tenant, supplement, lead)
                .orElseThrow()
                .setId();
        Viewer one = body.viewer(Role.CLERK, body.wardOne);
        assertThat(campaigns.leave(one, supplement, lead, TODAY, "Điều động")).isInstanceOf(Changed.Done.class);
        assertThat(campaigns.join(one, supplement, lead, body.wardOne, set, TODAY, "Trở lại"))
                .isInstanceOf(Changed.Done.class);
        assertThat(standing(lead, supplement)).isEqualTo(Standing.SIGNED);
        assertThat(standing(lead, base)).isEqualTo(Standing.SIGNED);
        assertThat(recheck(body.tenant)).isEmpty();
    }

    @Test
    void whoIsInNoUnitOfTheCampaignAnyMoreDoesNotSignAgain() {
        SmallDecision later = reworded();
        jdbc.sql(
                        "update directory.assignment set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date where tenant_id = ? and person_id = ?")
                .params(body.tenant, lead)
                .update();
        later.decideForAll();
        assertThat(counts(later)).isEqualTo(Map.of(Verdict.AWAY, 1L, Verdict.SAME, 1L, Verdict.UNSIGNED, 1L));
        assertThat(draft(later)).isInstanceOf(Saved.Refused.class);
    }

    /** Domain, 4.2: everybody is counted, and nobody as what they are not. */
    @Test
    void whoIsAwayStandsWithWhatTheySignedAndIsCountedAsAway() {
        UUID other = body.person("Đỗ Thị Nga", body.wardOne, body.partyBloc, body.secretary);
        assertThat(campaigns.join(
                        body.viewer(Role.CLERK, body.wardOne),
                        base,
                        other,
                        body.wardOne,
                        decision.leaders,
                        TODAY,
                        "Mới về"))
                .isInstanceOf(Changed.Done.class);
        assertThat(sign(other, base)).isTrue();
        end(lead);
        UUID id = launched(reworded());
        assertThat(year()).isEqualTo(new Supplements.Year(4, 1, 1, 0, 0, 0, 1));
        assertThat(sign(other, id)).isTrue();
        assertThat(year()).isEqualTo(new Supplements.Year(4, 1, 0, 1, 0, 0, 1));
    }

    /** The re-check holds the roster of a supplementary campaign against what was found, and that against the words of the sets. */
    @Test
    void theRecheckFindsARosterThatIsNotWhatWasFound() {
        UUID id = launched(reworded());
        assertThat(faults()).isEmpty();
        assertThat(faultsAfter(
                        "update campaigns.supplement_person set verdict = 'same' where campaign_id = ? and person_id = ?",
                        id,
                        lead))
                .contains("campaigns.supplement_person " + id + "/" + lead, "campaigns.supplement_person " + id);
        assertThat(faultsAfter(
                        "update campaigns.roster_line set set_id = (select set_before from campaigns.supplement_person where campaign_id = roster_line.campaign_id and person_id = roster_line.person_id) where campaign_id = ? and person_id = ?",
                        id,
                        lead))
                .contains("campaigns.supplement_person " + id + "/" + lead);
        assertThat(faultsAfter(
                        "update campaigns.supplement_person set commitment_id = gen_random_uuid() where campaign_id = ? and person_id = ?",
                        id,
                        staff))
                .containsExactly("campaigns.supplement_person " + id + "/" + staff);
        assertThat(faultsAfter(
                        "update campaigns.roster_entry set base_id = campaign_id where campaign_id = ? and person_id = ?",
                        id,
                        lead))
                .containsExactly("campaigns.roster_entry " + id + "/" + lead);
        assertThat(faultsAfter(
                        "update campaigns.roster_entry set year = year - 1 where campaign_id = ? and person_id = ?",
                        id,
                        lead))
                .contains("campaigns.roster_entry " + id + "/" + lead);
        assertThat(faults()).isEmpty();
    }

    private List<String> faults() {
        var faults = new java.util.ArrayList<String>();
        recomputations.forEach(one -> one.check(body.tenant, fault -> {
            if (fault.kind().startsWith("campaigns.")) {
                faults.add(fault.kind() + " " + fault.key());
            }
        }));
        return faults;
    }

    /** What is found after the owner of the database has changed something; undone afterwards. */
    private List<String> faultsAfter(String sql, UUID campaign, UUID person) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local role none").update();
            assertThat(jdbc.sql(sql).params(campaign, person).update()).isOne();
            List<String> faults = faults();
            status.setRollbackOnly();
            return faults;
        }));
    }

    @Test
    void whoIsOnASupplementSignsThereAndNowhereElse() {
        UUID supplement = launched(reworded());
        assertThat(sign(lead, supplement)).isTrue();
        assertThat(commitments.withdraw(board, base, lead, "Nhầm"))
                .isEqualTo(new Commitments.Recorded.Refused(
                        "", Reason.of("commitments.lock.supplement", "Bổ sung năm 2021", "Trần Thị Hoà")));
        // What the supplement took the place of does not come back.
        assertThat(commitments.withdraw(board, supplement, lead, "Ký nhầm bộ"))
                .isInstanceOf(Commitments.Recorded.Done.class);
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 0, 0, 0, 0, 0));
        assertThat(sign(lead, supplement)).isTrue();
        assertThat(commitments.receipt(official(lead), supplement).orElseThrow().version())
                .isEqualTo(4);
    }

    @Test
    void whoSignsTheBaseLaterCanBeAddedAndNobodyElse() {
        UUID supplement = launched(reworded());
        UUID set = campaigns
                .rosterEntry(body.tenant, supplement, lead)
                .orElseThrow()
                .setId();
        Viewer one = body.viewer(Role.CLERK, body.wardOne);
        assertThat(campaigns.join(one, supplement, silent, body.wardOne, set, TODAY, "Bổ sung"))
                .isEqualTo(
                        new Changed.Refused("nguoi", Reason.of("campaigns.supplement.join.unsigned", "Phạm Thị Lan")));
        assertThat(campaigns.join(one, supplement, staff, body.wardOne, set, TODAY, "Bổ sung"))
                .isEqualTo(new Changed.Refused("nguoi", Reason.of("campaigns.supplement.join.same", "Lê Văn Minh")));
        UUID stranger = body.person("Vũ Thị Em", body.wardOne, body.partyBloc, body.staff);
        assertThat(campaigns.join(one, supplement, stranger, body.wardOne, set, TODAY, "Bổ sung"))
                .isEqualTo(
                        new Changed.Refused("nguoi", Reason.of("campaigns.supplement.join.not-on-base", "Vũ Thị Em")));
        assertThat(sign(silent, base)).isTrue();
        assertThat(campaigns.join(one, supplement, silent, body.wardOne, set, TODAY, "Ký muộn"))
                .isEqualTo(new Changed.Done());
        assertThat(standing(silent, supplement)).isEqualTo(Standing.OPEN);
        assertThat(sign(silent, supplement)).isTrue();
        assertThat(recheck(body.tenant)).isEmpty();
    }

    @Test
    void signingWhileTheSupplementIsOpenedIsCountedBeforeOrAfter() throws Exception {
        SmallDecision later = reworded();
        later.decideForAll();
        UUID id = drafted(later);
        Viewer signer = official(silent);
        var form = commitments.form(signer, base).orElseThrow();
        List<Object> done = atOnce(
                () -> campaigns.launch(board, id),
                () -> commitments.signConfirmed(signer, base, form.set().id(), form.bodyHash()));
        int people = ((Launch.Launched) done.get(0)).people();
        assertThat(done.get(1)).isInstanceOf(Signing.Signed.class);
        assertThat(people).isIn(1, 2);
        assertThat(counts(later).getOrDefault(Verdict.UNSIGNED, 0L)).isEqualTo(2 - people);
        assertThat(recheck(body.tenant)).isEmpty();
    }

    @Test
    void aDecisionOfALaterYearLeavesTheYearAsItIs() {
        SmallDecision later = decision.replacedBy(
                "18-QĐ/QU", LocalDate.of(2022, 1, 5), List.of("Lời khác hẳn."), SmallDecision.staffItems());
        assertThat(supplements.successors(body.tenant, campaigns.get(body.tenant, base)))
                .isEmpty();
        assertThat(supplements.unanswered(body.tenant, List.of(base))).isEmpty();
        later.decideForAll();
        assertThatThrownBy(() -> draft(later)).isInstanceOf(NotFound.class);
    }

    @Test
    void nobodyWithoutTheAuthorityPlansOrOpensOne() {
        SmallDecision later = reworded();
        UUID id = launched(later);
        assertThatThrownBy(() -> campaigns.close(clerk, id, "x")).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> supplements.save(
                        clerk, base, later.id, 0, new Draft("x", "", null, FROM, FROM, Set.of(Commitments.ELECTRONIC))))
                .isInstanceOf(Forbidden.class);
    }

    private void addMainPost(UUID person, UUID unit) {
        jdbc.sql("""
                        insert into directory.assignment
                            (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order, valid_from,
                             sort_key)
                        select tenant_id, gen_random_uuid(), person_id, ?, position_id, bloc_id, kind, true, 1, valid_from,
                               sort_key
                        from directory.assignment where tenant_id = ? and person_id = ?
                        """).params(unit, body.tenant, person).update();
        secondaryIn(person, body.wardOne);
    }

    private void secondaryIn(UUID person, UUID unit) {
        jdbc.sql("update directory.assignment set main = false where tenant_id = ? and person_id = ? and unit_id = ?")
                .params(body.tenant, person, unit)
                .update();
    }

    @Test
    void whoHasTheMainPostElsewhereIsOnTheListOfTheUnitOfTheBaseAsBefore() {
        addMainPost(lead, body.wardTwo); // below the receiver, but not in the base campaign
        UUID supplement = launched(reworded());
        assertThat(campaigns
                        .rosterEntry(body.tenant, supplement, lead)
                        .orElseThrow()
                        .unitId())
                .isEqualTo(body.wardOne);
    }

    @Test
    void whoHasNoMainPostInAnyUnitButOneInTheCampaignIsNotAway() {
        secondaryIn(lead, body.wardOne);
        SmallDecision later = reworded();
        later.decideForAll();
        assertThat(counts(later)).isEqualTo(Map.of(Verdict.CHANGED, 1L, Verdict.SAME, 1L, Verdict.UNSIGNED, 1L));
    }

    @Test
    void whoSignsTheBaseLaterIsCountedAndNamedAndTheSupplementWaitsForThem() {
        UUID id = launched(reworded());
        assertThat(sign(lead, id)).isTrue();
        Viewer one = body.viewer(Role.CLERK, body.wardOne);
        assertThat(supplements.countLate(one, campaigns.get(body.tenant, id))).isZero();
        assertThat(sign(silent, base)).isTrue();
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 0, 1, 1, 0, 0));
        var supplement = campaigns.get(body.tenant, id);
        assertThat(supplements.countLate(one, supplement)).isEqualTo(1);
        assertThat(supplements.countLate(clerk, supplement)).isZero();
        assertThat(campaigns.close(board, id, "Xong"))
                .isEqualTo(new Turned.Refused("", Reason.of("campaigns.close.late", 1L)));
        assertThat(campaigns.close(board, base, "Xong"))
                .as("nobody would look at them again")
                .isEqualTo(new Turned.Refused("", Reason.of("campaigns.close.base-late", 1L, supplement.title())));
        var late = supplements.late(one, supplement).getFirst();
        assertThat(late.personId()).isEqualTo(silent);
        assertThat(campaigns.join(one, id, silent, late.unitId(), late.setAfter(), TODAY, "Ký muộn"))
                .isInstanceOf(Changed.Done.class);
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 1, 1, 0, 0, 0));
        assertThat(campaigns.close(board, id, "Xong")).isInstanceOf(Turned.Done.class);
    }

    @Test
    void whoIsTakenOffTheSupplementIsNotCountedAsNotConcerned() {
        UUID id = launched(reworded());
        assertThat(campaigns.leave(body.viewer(Role.CLERK, body.wardOne), id, lead, TODAY, "Nghỉ chế độ"))
                .isInstanceOf(Changed.Done.class);
        assertThat(year()).isEqualTo(new Supplements.Year(3, 1, 0, 0, 0, 1, 0));
        assertThat(supplements.countLate(body.viewer(Role.CLERK, body.wardOne), campaigns.get(body.tenant, id)))
                .isZero();
    }

    @Test
    void whoWaitedForTheOpeningFindsThatTheySignInTheSupplementNow() throws Exception {
        SmallDecision later = reworded();
        later.decideForAll();
        UUID id = drafted(later);
        var withdrawn = new CompletableFuture<Commitments.Recorded>();
        assertThat(CampaignSamples.attempt(campaigns, transaction, board, id, () -> {
                    withdrawn.completeAsync(
                            () -> commitments.withdraw(board, base, lead, "Nhầm"), task -> new Thread(task).start());
                    untilSomebodyWaitsFor(base);
                }))
                .contains(new Launch.Launched(1));
        assertThat(withdrawn.get())
                .isEqualTo(new Commitments.Recorded.Refused(
                        "", Reason.of("commitments.lock.supplement", "Bổ sung năm 2021", "Trần Thị Hoà")));
        assertThat(standing(lead, base)).isEqualTo(Standing.SIGNED);
    }

    private void untilSomebodyWaitsFor(UUID campaign) {
        for (int i = 0; i < 1_000; i++) {
            if (jdbc.sql("""
                            select exists (select from pg_locks
                                           where locktype = 'advisory' and not granted
                                             and (cast(cast(classid as bigint) << 32 as bigint) | cast(objid as bigint))
                                                 = campaigns.campaign_lock(?))
                            """)
                    .param(campaign)
                    .query((row, n) -> row.getBoolean(1))
                    .single()) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("nobody waits for the campaign");
    }

    @Test
    void whoMovesWhileItIsOpenedIsNotPutOntoAListThatDoesNotExist() {
        SmallDecision later = reworded();
        later.decideForAll();
        UUID id = drafted(later);
        assertThat(CampaignSamples.attempt(
                        campaigns,
                        transaction,
                        board,
                        id,
                        () -> CompletableFuture.runAsync(() -> move(lead, body.wardTwo))
                                .join()))
                .isEmpty();
        assertThat(campaigns.launch(board, id)).isEqualTo(new Launch.Launched(1));
        assertThat(campaigns
                        .participants(body.tenant, campaigns.get(body.tenant, id))
                        .units())
                .extracting(unit -> unit.id())
                .contains(body.wardTwo);
    }

    @Test
    void whoCannotBeFrozenHoweverOftenItIsTriedIsSaidToBeTheReason() {
        SmallDecision later = reworded();
        later.decideForAll();
        UUID id = drafted(later);
        jdbc.sql(
                        "update directory.unit_version set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date + 1 where tenant_id = ? and unit_id = ?")
                .params(body.tenant, body.wardOne)
                .update();
        assertThat(campaigns.launch(board, id)).isEqualTo(new Launch.Moved());
        assertThat(body.browser(board)
                        .post("/dot/" + id, "/dot/" + id + "/mo")
                        .page()
                        .select(".alert-danger")
                        .text())
                .contains("Có người đến hoặc đi trong lúc chốt");
    }

    @Test
    void thatNobodySignsAgainIsSaidWithTheReasonsAndHowManyEachIsAbout() {
        SmallDecision later = reworded();
        later.decideForAll();
        end(lead);
        assertThat(draft(later)).isEqualTo(refused("campaigns.supplement.refused.several", 1L, 1L, 1L, 0L));
        end(staff);
        jdbc.sql("update campaigns.roster_entry set left_on = ? where tenant_id = ? and person_id = ?")
                .params(TODAY, body.tenant, silent)
                .update();
        assertThat(draft(later)).isEqualTo(refused("campaigns.supplement.refused.away", 2L, 0L, 1L));
        assertThat(body.browser(board)
                        .get("/dot/" + base + "/bo-sung")
                        .page()
                        .select(".alert-info")
                        .text())
                .contains("Cả 2 người đang có bản có hiệu lực", "nơi nhận của đợt còn hoạt động không");
    }

    private void end(UUID person) {
        jdbc.sql(
                        "update directory.assignment set valid_to = (now() at time zone 'Asia/Ho_Chi_Minh')::date where tenant_id = ? and person_id = ?")
                .params(body.tenant, person)
                .update();
    }

    @Test
    void anItemUnderAHeadingOfOtherWordsIsSignedAgainAndSaidToBe() {
        SmallDecision later = decision.replacedBy(
                "19-QĐ/QU",
                FROM,
                SmallDecision.leadersItems(),
                SmallDecision.staffItems(),
                "Không được làm",
                "Chính trị; tư tưởng."); // other punctuation is no other heading
        later.decideForAll();
        assertThat(counts(later)).isEqualTo(Map.of(Verdict.CHANGED, 1L, Verdict.SAME, 1L, Verdict.UNSIGNED, 1L));
        assertThat(body.browser(board)
                        .get("/dot/" + base + "/bo-sung")
                        .page()
                        .select("#khac-biet ~ .card")
                        .text())
                .contains("3 giữ lời nhưng khác đề mục", "Phẩm chất – Không được làm");
    }
}
