package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.submissions.ListChange.Field;
import vn.chuanmuc.submissions.ListChange.Kind;
import vn.chuanmuc.submissions.ListRules.Ruling;
import vn.chuanmuc.submissions.ListVersion.Step;

/** domain.md 4.6: completed, submitted, approved and accepted are kept apart; design.md: compiler ≠ approver. */
class ListRulesTest {
    private static final UUID CLERK = UUID.randomUUID();
    private static final UUID HEAD = UUID.randomUUID();
    private static final UUID BOARD = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2021-10-08T03:04:05.123456Z");
    private static final UUID AN = new UUID(1, 1);
    private static final UUID BINH = new UUID(1, 2);

    private static ListVersion in(ListState state) {
        boolean approved = state != ListState.COMPILED && state != ListState.DROPPED;
        boolean submitted = approved && state != ListState.APPROVED;
        boolean decided = submitted && state != ListState.SUBMITTED;
        boolean ended = state == ListState.DROPPED || state == ListState.REOPENED;
        return new ListVersion(
                UUID.randomUUID(),
                3,
                state,
                new Totals(2, 1, 0, 0),
                new byte[32],
                "",
                "",
                new Step(CLERK, AT),
                "",
                approved ? new Step(HEAD, AT.plusSeconds(1)) : null,
                submitted ? new Step(CLERK, AT.plusSeconds(2)) : null,
                decided ? new Step(BOARD, AT.plusSeconds(3)) : null,
                "",
                0,
                "",
                ended ? new Step(HEAD, AT.plusSeconds(4)) : null,
                "");
    }

    private enum Says {
        GO,
        ALREADY,
        REFUSED
    }

    private static Says says(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Go go -> Says.GO;
            case Ruling.Already already -> Says.ALREADY;
            case Ruling.Refused(var why) -> {
                assertThat(why.key()).startsWith("submissions.");
                yield Says.REFUSED;
            }
        };
    }

    /** Every move in every state: which go, which were done already; all others are refused with a reason. */
    @Test
    void rulesOnEveryMoveInEveryState() {
        record Move(Function<ListVersion, Ruling> rule, Set<ListState> go, Set<ListState> already) {}
        var moves = Map.of(
                "compile",
                new Move(
                        version -> ListRules.compile(version, 3),
                        Set.of(ListState.COMPILED, ListState.SENT_BACK, ListState.REOPENED, ListState.DROPPED),
                        Set.of()),
                "approve",
                new Move(
                        version -> ListRules.approve(version, HEAD),
                        Set.of(ListState.COMPILED),
                        Set.of(ListState.APPROVED)),
                "give back",
                new Move(
                        version -> ListRules.giveBack(version, "thiếu một người"),
                        Set.of(ListState.COMPILED, ListState.APPROVED),
                        Set.of(ListState.DROPPED)),
                "submit",
                new Move(ListRules::submit, Set.of(ListState.APPROVED), Set.of(ListState.SUBMITTED)),
                "accept",
                new Move(
                        version -> ListRules.accept(version, ""),
                        Set.of(ListState.SUBMITTED),
                        Set.of(ListState.ACCEPTED)),
                "send back",
                new Move(
                        version -> ListRules.sendBack(version, "xem lại", Map.of()),
                        Set.of(ListState.SUBMITTED),
                        Set.of(ListState.SENT_BACK)),
                "reopen",
                new Move(
                        version -> ListRules.reopen(version, "sót một người"),
                        Set.of(ListState.ACCEPTED),
                        Set.of(ListState.REOPENED)));
        moves.forEach((name, move) -> {
            for (ListState state : ListState.values()) {
                Says expected = move.go().contains(state)
                        ? Says.GO
                        : move.already().contains(state) ? Says.ALREADY : Says.REFUSED;
                assertThat(says(move.rule().apply(in(state))))
                        .as("%s when %s", name, state)
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void compilesTheFirstVersionAndTakesASecondClickForTheFirst() {
        assertThat(ListRules.compile(null, 0)).isEqualTo(new Ruling.Go());
        assertThat(ListRules.compile(in(ListState.COMPILED), 2)).isEqualTo(new Ruling.Already());
    }

    @Test
    void refusesAnApproverWhoCompiled() {
        assertThat(says(ListRules.approve(in(ListState.COMPILED), CLERK))).isEqualTo(Says.REFUSED);
    }

    @Test
    void refusesToSendBackWithoutARemark() {
        var submitted = in(ListState.SUBMITTED);
        assertThat(says(ListRules.sendBack(submitted, "", Map.of()))).isEqualTo(Says.REFUSED);
        assertThat(says(ListRules.sendBack(submitted, "", Map.of(AN, "sai ngày ký"))))
                .isEqualTo(Says.GO);
        assertThat(says(ListRules.sendBack(submitted, "", Map.of(AN, "x".repeat(1_001)))))
                .isEqualTo(Says.REFUSED);
    }

    @Test
    void refusesToReopenOrGiveBackWithoutAReason() {
        assertThat(says(ListRules.reopen(in(ListState.ACCEPTED), ""))).isEqualTo(Says.REFUSED);
        assertThat(says(ListRules.giveBack(in(ListState.COMPILED), ""))).isEqualTo(Says.REFUSED);
        assertThat(says(ListRules.reopen(in(ListState.ACCEPTED), "x".repeat(2_001))))
                .isEqualTo(Says.REFUSED);
    }

    /** domain.md 4.6: every lock says which rule locks, since when, and who may lift it. */
    @Test
    void everyLockSaysSinceWhenAndWhoMayLiftIt() {
        var since = new EnumMap<ListState, Instant>(ListState.class);
        for (ListState state : ListState.values()) {
            ListRules.lock(in(state)).ifPresent(lock -> {
                assertThat(lock.liftedBy().key()).isEqualTo(lock.rule().key() + ".lift");
                since.put(state, lock.since());
            });
        }
        assertThat(since)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ListState.APPROVED, AT.plusSeconds(1),
                        ListState.SUBMITTED, AT.plusSeconds(2),
                        ListState.ACCEPTED, AT.plusSeconds(3)));
    }

    private static ListRow row(UUID id, String name, int rank, Standing standing, String reason) {
        boolean signed = standing == Standing.SIGNED;
        return new ListRow(
                id,
                PersonName.of(name).sortKey(),
                rank,
                name,
                LocalDate.of(1980, 5, 2),
                "Văn phòng Đảng ủy",
                "Phường Một",
                "Bộ tiêu chí của công chức",
                Audience.STAFF,
                standing,
                signed ? AT : null,
                signed ? "xac-nhan-dien-tu" : null,
                standing == Standing.DECLINED ? "tu-choi" : null,
                reason,
                "",
                true,
                null,
                null);
    }

    @Test
    void writesTheCanonicalTextAsDocumented() {
        assertThat(ListDigest.canonical(row(AN, "Lê Văn An", 7, Standing.SIGNED, "")))
                .isEqualTo(AN
                        + "\t7\tLê Văn An\t1980-05-02\tVăn phòng Đảng ủy\tPhường Một\tBộ tiêu chí của công chức\tstaff\t"
                        + "signed\t2021-10-08T03:04:05.123456Z\txac-nhan-dien-tu\t\t\t\t1\n");
        assertThat(ListDigest.canonical(row(AN, "Lê Văn An", 7, Standing.DECLINED, "a\tb\\c\r\nd")))
                .contains("\ttu-choi\ta\\tb\\\\c\\r\\nd\t")
                .endsWith("\n")
                .hasLineCount(1);
    }

    @Test
    void hashesTheSameRowsAlikeAndAnyOtherWordDifferently() {
        var an = row(AN, "Lê Văn An", 7, Standing.SIGNED, "");
        String hash = hash(an, row(BINH, "Trần Thị Bình", 2, Standing.OPEN, ""));
        assertThat(hash(an, row(BINH, "Trần Thị Bình", 2, Standing.OPEN, ""))).isEqualTo(hash);
        assertThat(hash(an, row(BINH, "Trần Thị Binh", 2, Standing.OPEN, ""))).isNotEqualTo(hash);
        assertThat(hash(an, row(BINH, "Trần Thị Bình", 3, Standing.OPEN, ""))).isNotEqualTo(hash);
    }

    private static String hash(ListRow... rows) {
        return HexFormat.of().formatHex(ListDigest.of(Stream.of(rows)).hash());
    }

    /** A hash over rows in any other order, or over somebody twice, would be another list's. */
    @Test
    void refusesToDigestRowsOutOfOrderOrTwice() {
        var an = row(AN, "Lê Văn An", 7, Standing.SIGNED, "");
        var binh = row(BINH, "Trần Thị Bình", 2, Standing.OPEN, "");
        assertThatThrownBy(() -> hash(binh, an)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hash(an, an)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsFieldByFieldWhatDiffers() {
        var open = row(AN, "Lê Văn An", 7, Standing.OPEN, "");
        assertThat(ListRules.differing(open, row(AN, "Lê Văn An", 7, Standing.SIGNED, "")))
                .containsExactly(Field.STANDING, Field.SIGNED, Field.METHOD);
        assertThat(ListRules.differing(open, row(AN, "Lê Văn Ân", 8, Standing.OPEN, "bận")))
                .containsExactly(Field.RANK, Field.NAME, Field.REASON);
        assertThat(ListRules.differing(open, open)).isEmpty();
    }

    private static ListChanges late(int standing, String... names) {
        return new ListChanges(
                0,
                0,
                standing,
                0,
                Stream.of(names)
                        .map(name -> new ListChange(
                                Kind.STANDING,
                                row(AN, name, 7, Standing.OPEN, ""),
                                row(AN, name, 7, Standing.SIGNED, ""),
                                List.of(Field.STANDING)))
                        .toList());
    }

    /** domain.md 4.6 and 4.7: accepting counts again; an exception is a command with a reason, about what was seen. */
    @Test
    void acceptsAsPeopleStandOrForAReasonAsItStands() {
        var submitted = in(ListState.SUBMITTED);
        assertThat(ListRules.acceptCounted(submitted, ListChanges.NONE)).isInstanceOf(Ruling.Go.class);
        var late = late(5, "Lê Văn An", "Trần Thị Bình", "Phạm Thị Chi", "Vũ Văn Dũng", "Đỗ Văn Giang");
        assertThat(why(ListRules.acceptCounted(submitted, late)).arguments())
                .containsExactly(3, 5, Reason.of("submissions.who.more", "Lê Văn An, Trần Thị Bình, Phạm Thị Chi", 2));
        assertThat(why(ListRules.acceptAsItStands(submitted, late, true, "")).key())
                .isEqualTo("submissions.refused.reason-missing");
        assertThat(why(ListRules.acceptAsItStands(submitted, late, true, "x".repeat(2_001)))
                        .key())
                .isEqualTo("submissions.refused.note-long");
        assertThat(why(ListRules.acceptAsItStands(submitted, late, false, "Gấp"))
                        .key())
                .isEqualTo("submissions.refused.accept.later");
        assertThat(why(ListRules.acceptAsItStands(submitted, ListChanges.NONE, true, "Gấp"))
                        .key())
                .isEqualTo("submissions.refused.accept.not-late");
        assertThat(ListRules.acceptAsItStands(submitted, late, true, "Gấp")).isInstanceOf(Ruling.Go.class);
        assertThat(late(1, "Lê Văn An").who()).isEqualTo(Reason.of("submissions.who", "Lê Văn An"));
    }

    private static Reason why(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Refused(var why) -> why;
            case Ruling.Go go -> throw new AssertionError(go.toString());
            case Ruling.Already already -> throw new AssertionError(already.toString());
        };
    }

    @Test
    void namesakesStandAsPostgresComparesThem() {
        var rows = List.of(
                row(new UUID(2, 1), "Lê Thị Yến", 5, Standing.OPEN, ""),
                row(new UUID(2, 2), "Lê Văn Ân", 1, Standing.OPEN, ""),
                row(new UUID(2, 3), "Nguyễn Thị An", 5, Standing.OPEN, ""),
                row(new UUID(-2, 4), "Đỗ Văn Ân", 9, Standing.OPEN, ""),
                row(new UUID(2, 5), "Đỗ Văn Ân", 9, Standing.OPEN, ""));
        var ordered = rows.stream().sorted(ListOrder.BY_NAME).toList();
        assertThat(ordered)
                .extracting(ListRow::fullName)
                .containsExactly("Nguyễn Thị An", "Đỗ Văn Ân", "Đỗ Văn Ân", "Lê Văn Ân", "Lê Thị Yến");
        assertThat(ordered.subList(1, 3))
                .extracting(ListRow::personId)
                .containsExactly(new UUID(2, 5), new UUID(-2, 4));
    }

    /** domain.md 4.2: one denominator; 0 ≤ signed ≤ expected always. */
    @Test
    void totalsNeverCountMoreThanAreExpected() {
        var totals = ListDigest.of(Stream.of(
                        row(AN, "Lê Văn An", 7, Standing.SIGNED, ""), row(BINH, "Trần Thị Bình", 2, Standing.OPEN, "")))
                .totals();
        assertThat(totals).isEqualTo(new Totals(2, 1, 0, 0));
        assertThat(totals.open()).isEqualTo(1);
        assertThatThrownBy(() -> new Totals(1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
