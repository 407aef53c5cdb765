package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.criteria.ItemChange.Entry;
import vn.chuanmuc.criteria.ItemChange.Kind;
import vn.chuanmuc.criteria.ItemChange.Segment;
import vn.chuanmuc.criteria.ItemChange.Segment.Fate;

class ItemComparisonTest {
    private final List<ReadSet> sets =
            CriteriaSamples.read(CriteriaSamples.decision264()).decision().sets();

    /** Decision 264-QĐ/QU: groups I and II of the leaders' set against the staff's set. */
    @Test
    void findsElevenOfTheEighteenSharedItemsTheSameAndSevenReworded() {
        var changes = ItemComparison.compare(
                ItemComparison.entries(sets.getFirst().groups().subList(0, 2)),
                ItemComparison.entries(sets.getLast().groups()));
        assertThat(changes).hasSize(18).allSatisfy(change -> {
            assertThat(change.moved()).isFalse();
            assertThat(change.before()).isNotNull().extracting(Entry::path).isEqualTo(pathAfter(change));
        });
        assertThat(changes).filteredOn(change -> change.kind() == Kind.SAME).hasSize(11);
        assertThat(changes)
                .filteredOn(change -> change.kind() == Kind.REWORDED)
                .extracting(ItemComparisonTest::pathAfter)
                .containsExactly(
                        "group[2].criterion[1].item[3]",
                        "group[2].criterion[2].item[1]",
                        "group[2].criterion[2].item[2]",
                        "group[2].criterion[2].item[3]",
                        "group[2].criterion[2].item[4]",
                        "group[2].criterion[3].item[1]",
                        "group[2].criterion[3].item[2]");
        // a comma, a semicolon and quotation marks: the same words, printed otherwise
        assertThat(changes)
                .filteredOn(change -> change.kind() == Kind.SAME && !change.printedAlike())
                .extracting(ItemComparisonTest::pathAfter)
                .containsExactly(
                        "group[1].criterion[1].item[1]",
                        "group[1].criterion[1].item[2]",
                        "group[2].criterion[1].item[1]");
    }

    @Test
    void findsTheLeadersOwnGroupOnlyOnOneSide() {
        var changes = ItemComparison.compare(
                ItemComparison.entries(sets.getFirst().groups()),
                ItemComparison.entries(sets.getLast().groups()));
        assertThat(changes).hasSize(27);
        assertThat(changes.subList(18, 27)).extracting(ItemChange::kind).containsOnly(Kind.REMOVED);
    }

    @Test
    void showsWhichWordsChanged() {
        assertThat(WordDifference.of("Chỉ đạo giải quyết hồ sơ, đúng hạn.", "Giải quyết hồ sơ đúng hạn."))
                .containsExactly(
                        new Segment(Fate.REMOVED, "Chỉ đạo giải"),
                        new Segment(Fate.ADDED, "Giải"),
                        new Segment(Fate.KEPT, " quyết hồ sơ"),
                        new Segment(Fate.REMOVED, ","),
                        new Segment(Fate.KEPT, " đúng hạn."));
    }

    @Test
    void segmentsTogetherAreBothTexts() {
        var changes = ItemComparison.compare(
                ItemComparison.entries(sets.getFirst().groups()),
                ItemComparison.entries(sets.getLast().groups()));
        assertThat(changes).allSatisfy(change -> {
            var before = change.before();
            var after = change.after();
            assertThat(without(change, Fate.ADDED)).isEqualTo(before == null ? "" : before.text());
            assertThat(without(change, Fate.REMOVED)).isEqualTo(after == null ? "" : after.text());
        });
    }

    @Test
    void tellsMovedAddedAndRemovedItemsFromThoseThatOnlyShifted() {
        var before = entries(
                "c[1].i[1]",
                "một hai ba",
                "c[1].i[2]",
                "bốn năm sáu",
                "c[1].i[3]",
                "bảy tám chín",
                "c[2].i[1]",
                "mười mươi trăm",
                "c[2].i[2]",
                "nghìn vạn triệu");
        var after = entries(
                "c[1].i[1]",
                "mới hoàn toàn",
                "c[1].i[2]",
                "một hai ba",
                "c[1].i[3]",
                "bảy tám chín",
                "c[2].i[1]",
                "mười mươi trăm",
                "c[2].i[2]",
                "Bốn năm, sáu.");
        assertThat(ItemComparison.compare(before, after))
                .extracting(ItemChange::kind, ItemComparisonTest::pathBefore, ItemComparisonTest::pathAfter)
                .containsExactly(
                        tuple(Kind.ADDED, null, "c[1].i[1]"),
                        tuple(Kind.SAME, "c[1].i[1]", "c[1].i[2]"),
                        tuple(Kind.MOVED, "c[1].i[2]", "c[2].i[2]"),
                        tuple(Kind.SAME, "c[1].i[3]", "c[1].i[3]"),
                        tuple(Kind.SAME, "c[2].i[1]", "c[2].i[1]"),
                        tuple(Kind.REMOVED, "c[2].i[2]", null));
    }

    @Test
    void comparesTwoThousandItemsInWellUnderASecond() {
        var random = new Random(7);
        var before = new ArrayList<Entry>();
        var after = new ArrayList<Entry>();
        for (int i = 0; i < ItemComparison.MOST_ITEMS; i++) {
            var words = random.ints(30, 0, 400).mapToObj(word -> "từ" + word).toList();
            before.add(new Entry("i[" + i + "]", String.join(" ", words)));
            after.add(new Entry("", String.join(" ", words.subList(0, 25)) + " thêm"));
        }
        Collections.shuffle(after, random);
        ItemComparison.compare(before, after); // warm
        long start = System.nanoTime();
        var changes = ItemComparison.compare(before, after);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(changes).hasSize(2_000).extracting(ItemChange::kind).containsOnly(Kind.REWORDED);
        assertThat(ItemComparison.compare(before, after)).isEqualTo(changes);
    }

    @Test
    void refusesMoreItemsThanASetCanHave() {
        var many = Collections.nCopies(ItemComparison.MOST_ITEMS + 1, new Entry("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> ItemComparison.compare(many, List.of()));
    }

    private static String without(ItemChange change, Fate fate) {
        return change.segments().stream()
                .filter(segment -> segment.fate() != fate)
                .map(Segment::text)
                .collect(Collectors.joining());
    }

    private static @Nullable String pathBefore(ItemChange change) {
        var before = change.before();
        return before == null ? null : before.path();
    }

    private static @Nullable String pathAfter(ItemChange change) {
        var after = change.after();
        return after == null ? null : after.path();
    }

    private static List<Entry> entries(String... pathsAndTexts) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            entries.add(new Entry(pathsAndTexts[i], pathsAndTexts[i + 1]));
        }
        return entries;
    }

    @Test
    void signsThatMeanSomethingAreWordsAndPunctuationIsNot() {
        assertThat(ItemComparison.words("Hoàn thành ≥ 80%")).isNotEqualTo(ItemComparison.words("Hoàn thành ≤ 80%"));
        assertThat(ItemComparison.words("đạt 80%")).isNotEqualTo(ItemComparison.words("đạt 80"));
        assertThat(ItemComparison.words("cộng +5 điểm")).isNotEqualTo(ItemComparison.words("cộng -5 điểm"));
        assertThat(ItemComparison.words("thưởng 5 ₫")).isNotEqualTo(ItemComparison.words("thưởng 5 $"));
        assertThat(ItemComparison.words("trừ -5 điểm")).isEqualTo(ItemComparison.words("trừ −5 điểm"));
        assertThat(ItemComparison.words("≥80 %")).isEqualTo(ItemComparison.words("≥ 80%"));
        assertThat(ItemComparison.words("- Đúng giờ, giai đoạn 2020-2025;"))
                .isEqualTo(ItemComparison.words("Đúng giờ; giai đoạn 2020 – 2025."));
    }
}
