package vn.chuanmuc.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.panels.PanelRule.Base;
import vn.chuanmuc.panels.PanelRule.Quorum;
import vn.chuanmuc.panels.PanelRule.Share;
import vn.chuanmuc.panels.PanelRule.Subject;
import vn.chuanmuc.panels.PanelRule.Tally;

/** Issue 5, panel meeting; domain.md 3: no share is known for these criteria, so each is data and none ships. */
class PanelRuleTest {
    private static final List<String> NAMES = List.of("Đạt", "Đạt một phần", "Chưa đạt");

    private static PanelRule rule(@Nullable Share quorum, @Nullable Share majority, Base base) {
        return new PanelRule(
                null, LocalDate.of(2021, 1, 1), quorum, majority, base, true, PanelRule.Hands.COUNTED, 5, "Quy chế");
    }

    private static Tally tally(int members, int entitled, int invalid, Integer... votes) {
        int returned =
                invalid + Arrays.stream(votes).mapToInt(Integer::intValue).sum();
        return new Tally(members, entitled, entitled, returned, invalid, List.of(votes));
    }

    /** domain.md 3. */
    @Test
    void withoutARuleNothingIsSuggestedAndNoQuorumIsClaimed() {
        assertThat(PanelRule.SHIPPED.quorum(1, 9)).isEqualTo(Quorum.NOT_RULED);
        var suggestion = PanelRule.SHIPPED.suggest(tally(9, 9, 0, 8, 1, 0), NAMES);
        assertThat(suggestion.place()).isNull();
        assertThat(suggestion.why().key()).isEqualTo("panels.suggest.not-ruled");
        assertThat(PanelRule.SHIPPED.basis()).isEmpty();
    }

    @Test
    void sharesAreComparedAsWholeNumbers() {
        var twoThirds = new Share(2, 3, false);
        var moreThanHalf = new Share(1, 2, true);
        for (int whole = 1; whole <= 200; whole++) {
            for (int count = 0; count <= whole; count++) {
                assertThat(twoThirds.reached(count, whole)).isEqualTo(3 * count >= 2 * whole);
                assertThat(moreThanHalf.reached(count, whole)).isEqualTo(2 * count > whole);
            }
            assertThat(twoThirds.least(whole)).isEqualTo((2 * whole + 2) / 3);
            assertThat(moreThanHalf.least(whole)).isEqualTo(whole / 2 + 1);
        }
        assertThat(moreThanHalf.reached(0, 0)).isFalse();
    }

    /** Issue 5: quorum, computed from the members with a vote. */
    @Test
    void theQuorumIsReachedByTheShareAndNotByRoundingIt() {
        PanelRule rule = rule(new Share(2, 3, false), null, Base.RETURNED);
        assertThat(rule.quorum(6, 9)).isEqualTo(Quorum.THERE);
        assertThat(rule.quorum(5, 9)).isEqualTo(Quorum.MISSING);
        assertThat(rule.quorum(5, 7)).isEqualTo(Quorum.THERE);
        assertThat(rule.quorum(4, 7)).isEqualTo(Quorum.MISSING);
    }

    @Test
    void theMajorityIsTakenOfWhatTheRuleSays() {
        Tally tally = tally(9, 8, 2, 4, 2, 0);
        assertThat(rule(null, new Share(1, 2, true), Base.VALID)
                        .suggest(tally, NAMES)
                        .place())
                .isEqualTo(0); // 4 of 6
        assertThat(rule(null, new Share(1, 2, true), Base.RETURNED)
                        .suggest(tally, NAMES)
                        .place())
                .isNull(); // 4 of 8 is not more than half
        assertThat(rule(null, new Share(1, 2, false), Base.RETURNED)
                        .suggest(tally, NAMES)
                        .place())
                .isEqualTo(0);
        assertThat(rule(null, new Share(1, 2, false), Base.MEMBERS)
                        .suggest(tally, NAMES)
                        .place())
                .isNull(); // 4 of 9
        assertThat(rule(null, new Share(1, 2, false), Base.ENTITLED)
                        .suggest(tally, NAMES)
                        .place())
                .isEqualTo(0);
    }

    /** Issue 5: a tie is told and left to the meeting. */
    @Test
    void aTieIsToldAndNeverBroken() {
        var tie = tally(8, 8, 0, 4, 4, 0);
        for (PanelRule rule : List.of(
                PanelRule.SHIPPED,
                rule(null, new Share(1, 2, false), Base.RETURNED),
                rule(null, new Share(1, 2, true), Base.VALID))) {
            assertThat(rule.suggest(tie, NAMES).place()).isNull();
            assertThat(rule.suggest(tie, NAMES).why().key()).isEqualTo("panels.suggest.tie");
            assertThat(rule.suggest(tie, NAMES).why().arguments()).contains("Đạt, Đạt một phần");
        }
        assertThat(rule(null, new Share(1, 2, false), Base.VALID)
                        .suggest(tally(3, 3, 3, 0, 0, 0), NAMES)
                        .why()
                        .key())
                .isEqualTo("panels.suggest.nobody");
    }

    /** Property: what is suggested has the most votes, alone, and reaches the share; nothing else is ever suggested. */
    @Test
    void nothingIsSuggestedThatDoesNotReachTheShareAlone() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var votes = new Integer[] {random.nextInt(8), random.nextInt(8), random.nextInt(8)};
            Tally tally = tally(30, 24, random.nextInt(4), votes);
            var share = new Share(1 + random.nextInt(3), 3 + random.nextInt(3), random.nextBoolean());
            Base base = Base.values()[random.nextInt(4)];
            var place = rule(null, share, base).suggest(tally, NAMES).place();
            int most = Arrays.stream(votes).mapToInt(Integer::intValue).max().orElseThrow();
            long alone = Arrays.stream(votes).filter(vote -> vote == most).count();
            int whole = tally.base(base);
            boolean reaches = most > 0 && share.reached(most, whole);
            boolean expected = reaches && alone == 1;
            assertThat(place != null).isEqualTo(expected);
            if (place != null) {
                assertThat(votes[place]).isEqualTo(most);
            }
        }
    }

    /** Issue 5: nobody votes on themself; ADR 0019: a ballot with one left out would say whose it is. */
    @Test
    void membersAreVotedAboutAloneSoThatNoBallotLeavesSomebodyOut() {
        PanelRule rule = rule(null, null, Base.RETURNED);
        UUID member = Ids.next();
        UUID other = Ids.next();
        var agenda = List.of(
                new Subject(Ids.next(), Ids.next(), false),
                new Subject(Ids.next(), member, true),
                new Subject(Ids.next(), Ids.next(), false),
                new Subject(Ids.next(), other, true));
        List<List<UUID>> rounds = rule.rounds(agenda);
        assertThat(rounds)
                .containsExactly(
                        List.of(agenda.get(0).formId(), agenda.get(2).formId()),
                        List.of(agenda.get(1).formId()),
                        List.of(agenda.get(3).formId()));
        assertThat(rule.mixed(agenda)).containsExactlyInAnyOrder(member, other);
        assertThat(rule.mixed(List.of(agenda.get(1)))).isEmpty();
        assertThat(rule.entitled(Set.of(member, other), Set.of(member))).isEqualTo(1);
        var allowed = new PanelRule(
                null, LocalDate.of(2021, 1, 1), null, null, Base.VALID, false, PanelRule.Hands.COUNTED, 5, "");
        assertThat(allowed.rounds(agenda)).hasSize(1);
        assertThat(allowed.entitled(Set.of(member, other), Set.of(member))).isEqualTo(2);
    }

    /** Property: whatever the agenda, all persons of a round have the same voters. */
    @Test
    void everyoneOfARoundHasTheSameVoters() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var present = new HashSet<UUID>();
            var agenda = new ArrayList<Subject>();
            for (int person = 0; person < 1 + random.nextInt(9); person++) {
                UUID id = Ids.next();
                boolean member = random.nextBoolean();
                if (member) {
                    present.add(id);
                }
                agenda.add(new Subject(Ids.next(), id, member));
            }
            PanelRule rule = rule(null, null, Base.VALID);
            var seen = new ArrayList<UUID>();
            for (List<UUID> round : rule.rounds(agenda)) {
                seen.addAll(round);
                List<Integer> voters = agenda.stream()
                        .filter(subject -> round.contains(subject.formId()))
                        .map(subject -> rule.entitled(present, Set.of(subject.personId())))
                        .distinct()
                        .toList();
                assertThat(voters).hasSize(1);
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            agenda.stream().map(Subject::formId).toList());
        }
    }
}
