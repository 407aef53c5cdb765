package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source of everything said about Decision 264-QĐ/QU is its text in samples/quyet-dinh-264.txt. */
class DecisionReaderTest {
    private static final String WARD_REPORT = "264-QĐ/ĐU, ngày 24/9/2021";

    private final Reading.Read real = CriteriaSamples.read(CriteriaSamples.decision264(), WARD_REPORT);
    private final ReadDecision decision = real.decision();

    @Test
    void findsTheStructureOfBothSets() {
        assertThat(decision.sets())
                .extracting(DecisionReaderTest::shape)
                .containsExactly("3,3 · 3,5,2,2 · 3,3,3", "3,3 · 3,5,2,2");
        assertThat(decision.sets())
                .extracting(ReadSet::position, ReadSet::heading, ReadSet::title, ReadSet::audience)
                .containsExactly(
                        tuple(
                                1,
                                "BỘ TIÊU CHÍ",
                                "Đánh giá sự chuyên nghiệp của cán bộ lãnh đạo quản lý",
                                Audience.LEADERS),
                        tuple(
                                2,
                                "BỘ TIÊU CHÍ",
                                "Đánh giá sự chuyên nghiệp của công chức, viên chức, người lao động",
                                Audience.STAFF));
        assertThat(decision.sets().getFirst().groups())
                .extracting(ReadGroup::label, ReadGroup::title, ReadGroup::line)
                .containsExactly(
                        tuple("I.", "NHÓM TIÊU CHÍ VỀ ĐẠO ĐỨC CÔNG VỤ", 50),
                        tuple("II.", "NHÓM TIÊU CHÍ VỀ HOẠT ĐỘNG CÔNG VỤ", 65),
                        tuple("III.", "NHÓM TIÊU CHÍ VỀ PHONG CÁCH LÃNH ĐẠO", 97));
    }

    @Test
    void keepsEveryItemCharacterForCharacter() {
        // independent of the reader: every bulleted line after the first line that reads BỘ TIÊU CHÍ
        var raw = List.of(CriteriaSamples.decision264().split("\n", -1));
        var expected = new ArrayList<ReadItem>();
        for (int i = raw.indexOf("BỘ TIÊU CHÍ"); i < raw.size(); i++) {
            if (raw.get(i).startsWith("- ")) {
                expected.add(new ReadItem(0, raw.get(i).substring(2), i + 1));
            }
        }
        assertThat(expected).hasSize(45);
        assertThat(items(decision).stream().map(item -> new ReadItem(0, item.text(), item.line())))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void readsTheFrameOfTheDecision() {
        assertThat(decision.type()).isEqualTo(new Printed("QUYẾT ĐỊNH", 3));
        assertThat(decision.subject())
                .isEqualTo(new Printed(
                        "ban hành bộ tiêu chí đánh giá sự chuyên nghiệp của cán bộ, công chức, viên chức, người lao động quận Long Biên",
                        5));
        assertThat(decision.issuer()).isEqualTo(new Printed("BAN THƯỜNG VỤ QUẬN ỦY LONG BIÊN", 14));
        assertThat(decision.recipients())
                .extracting(Printed::text)
                .containsExactly(
                        "Thường trực Thành ủy,", "Đ/c UVTVTU phụ trách Quận,", "BTC Thành ủy,", "Như điều 3,", "Lưu.");
        assertThat(decision.authority()).isEqualTo(new Printed("T/M BAN THƯỜNG VỤ", 36));
        assertThat(decision.signerTitle()).isEqualTo(new Printed("BÍ THƯ", 38));
        assertThat(decision.signer()).isEqualTo(new Printed("Đương Hoài Nam", 42));
        assertThat(decision.effect().rule()).isEqualTo(ReadEffect.Rule.FROM_SIGNING);
    }

    @Test
    void readsTheLegalBasesWithNumberAndDate() {
        assertThat(decision.legalBases())
                .extracting(ReadLegalBasis::number, ReadLegalBasis::date, ReadLegalBasis::line)
                .containsExactly(
                        tuple("01-CTr/QU", LocalDate.of(2020, 10, 15), 8),
                        tuple("10-KH/QU", LocalDate.of(2020, 12, 1), 10),
                        tuple("01-CTr/QU", null, 12));
        assertThat(decision.legalBases().getFirst().text())
                .startsWith("Căn cứ Chương trình 01- CTr/QU")
                .contains("“Tiếp tục đổi mới")
                .endsWith("2020-2025”;");
    }

    @Test
    void takesTheAddresseesForAnArticleThatLostItsHeading() {
        assertThat(decision.articles())
                .extracting(ReadArticle::number, ReadArticle::heading, ReadArticle::line)
                .containsExactly(tuple(1, "Điều 1.", 17), tuple(2, "Điều 2.", 24), tuple(3, "", 26));
        assertThat(decision.articles().getFirst().text().lines()).hasSize(4);
        assertThat(decision.articles().getLast().text())
                .startsWith("Ban Chủ nhiệm")
                .endsWith("quyết định này./.");
        assertThat(doubt(Doubt.Code.ARTICLE_WITHOUT_HEADING))
                .containsExactly(new Doubt(26, "article[3]", Doubt.Code.ARTICLE_WITHOUT_HEADING, List.of("3")));
    }

    @Test
    void keepsAllThreeReadingsOfNumberAndDate() {
        assertThat(decision.citations())
                .extracting(Citation::printed, Citation::line, Citation::number)
                .containsExactly(
                        tuple("264...-QĐ/QU, ngày 27.1.9./2021", 47, "264-QĐ/QU"),
                        tuple("264...-QĐ/QU, ngày 24.1.9./2021", 126, "264-QĐ/QU"),
                        tuple("264-QĐ/ĐU, ngày 24/9/2021", 0, "264-QĐ/ĐU"));
        assertThat(decision.numbers()).containsExactly("264-QĐ/QU", "264-QĐ/ĐU");
        assertThat(decision.dates())
                .startsWith(LocalDate.of(2021, 9, 24), LocalDate.of(2021, 9, 27))
                .hasSize(4);
    }

    @Test
    void isUnsureOfNumberDateSignerAndAudiencesAndOfNothingElse() {
        assertThat(real.doubts())
                .extracting(Doubt::line, Doubt::where, Doubt::code)
                .containsExactly(
                        tuple(0, "decision.number", Doubt.Code.NUMBER_CONFLICT),
                        tuple(0, "decision.date", Doubt.Code.DATE_CONFLICT),
                        tuple(26, "article[3]", Doubt.Code.ARTICLE_WITHOUT_HEADING),
                        tuple(42, "decision.signer", Doubt.Code.FAMILY_NAME_RESEMBLES),
                        tuple(44, "set[1].audience", Doubt.Code.AUDIENCE_GUESSED),
                        tuple(47, "decision.number", Doubt.Code.NUMBER_FILLED_IN),
                        tuple(47, "decision.date", Doubt.Code.DATE_AMBIGUOUS),
                        tuple(123, "set[2].audience", Doubt.Code.AUDIENCE_GUESSED),
                        tuple(126, "decision.number", Doubt.Code.NUMBER_FILLED_IN),
                        tuple(126, "decision.date", Doubt.Code.DATE_AMBIGUOUS));
        assertThat(doubt(Doubt.Code.FAMILY_NAME_RESEMBLES).getFirst().arguments())
                .containsExactly("Đương", "Đương Hoài Nam", "Dương");
        assertThat(doubt(Doubt.Code.DATE_AMBIGUOUS).getFirst().arguments())
                .containsExactly("27.1.9./2021", "27/09/2021; 27/01/2021");
    }

    @Test
    void saysSoWhenAnotherSourceGivesNeitherNumberNorDate() {
        var read = CriteriaSamples.read(CriteriaSamples.decision264(), "theo báo cáo của phường");
        assertThat(read.decision().citations()).hasSize(2);
        assertThat(read.doubts()).extracting(Doubt::code).contains(Doubt.Code.OTHER_READING_UNREADABLE);
    }

    @Test
    void readsAnotherDecisionWithOtherGroupsNumeralsAndBullets() {
        var read = CriteriaSamples.read(CriteriaSamples.inventedDecision());
        var other = read.decision();
        assertThat(other.sets()).extracting(DecisionReaderTest::shape).containsExactly("6,2", "1,1 · 1", "1,1 · 1,1");
        assertThat(other.sets())
                .extracting(ReadSet::audience)
                .containsExactly(Audience.LEADERS, Audience.STAFF, Audience.ALL);
        assertThat(items(other))
                .extracting(ReadItem::text)
                .containsExactly(
                        "Nội dung một;",
                        "Nội dung hai;",
                        "Nội dung ba;",
                        "Nội dung bốn;",
                        "Nội dung năm;",
                        "Nội dung sáu.",
                        "Nội dung bảy",
                        "Nội dung tám",
                        "Đến đúng giờ.",
                        "Giữ lời hứa\nvới người dân.",
                        "Giữ sạch nơi làm việc.",
                        "Đọc sách.",
                        "Tập thể dục.",
                        "Có ý tưởng.",
                        "Kể lại cho người khác.");
        assertThat(other.issuer()).isEqualTo(new Printed("BAN THƯỜNG VỤ HUYỆN ỦY ĐỒNG LÚA", 12));
        assertThat(other.numbers()).containsExactly("07-QĐ/HU");
        assertThat(other.dates()).containsExactly(LocalDate.of(2024, 2, 5));
        assertThat(other.effect().date()).isEqualTo(LocalDate.of(2024, 3, 1));
        assertThat(other.articles()).hasSize(3);
        assertThat(other.signer()).isNotNull().extracting(Printed::text).isEqualTo("Trần Thị Thử");
        assertThat(read.doubts())
                .filteredOn(doubt ->
                        doubt.code() != Doubt.Code.AUDIENCE_GUESSED && doubt.code() != Doubt.Code.LINE_SET_ASIDE)
                .extracting(Doubt::where, Doubt::code)
                .containsExactly(
                        tuple("set[1].group[1].criterion[2].item[2]", Doubt.Code.ITEM_MARKERS_MIXED),
                        tuple("set[2].group[1].criterion[2].item[1]", Doubt.Code.ITEM_CONTINUED),
                        tuple("set[3].group[2].criterion[2]", Doubt.Code.NUMBERING_GAP));
    }

    @Test
    void readsDecomposedTextAsTheSameText() {
        var apart = CriteriaSamples.read(
                Normalizer.normalize(CriteriaSamples.decision264(), Normalizer.Form.NFD),
                Normalizer.normalize(WARD_REPORT, Normalizer.Form.NFD));
        assertThat(items(apart.decision()).stream().map(item -> Normalizer.normalize(item.text(), Normalizer.Form.NFC)))
                .containsExactlyElementsOf(
                        items(decision).stream().map(ReadItem::text).toList());
        assertThat(apart.doubts()).isEqualTo(real.doubts());
        assertThat(apart.decision().legalBases()).isEqualTo(decision.legalBases());
        assertThat(apart.decision().citations()).isEqualTo(decision.citations());
    }

    @Test
    void readsCarriageReturnsByteOrderMarkTabsAndHardBlanksAsTheSameText() {
        var noisy = "\ufeff"
                + CriteriaSamples.decision264().replace("\n- ", "\n\u00a0\t-\t").replace("\n", "\u00a0\r\n");
        assertThat(CriteriaSamples.read(noisy, WARD_REPORT)).isEqualTo(real);
        assertThat(DecisionReader.read(List.of(noisy.split("\n", -1)), List.of(WARD_REPORT)))
                .isEqualTo(real);
    }

    @Test
    void readsEmphasisedHeadings() {
        var bold = CriteriaSamples.decision264().replaceAll("(?m)^((?:I{1,3}|[0-9])\\. .*|BỘ TIÊU CHÍ)$", "**$1**");
        assertThat(bold).contains("**II. NHÓM");
        assertThat(CriteriaSamples.read(bold, WARD_REPORT)).isEqualTo(real);
    }

    @Test
    void refusesWhatIsNoDecision() {
        assertThat(CriteriaSamples.errors("\n\nThực đơn tuần này\n- phở\n"))
                .containsExactly(new ReadError(3, "", ReadError.Code.NOT_A_DECISION, List.of()));
        assertThat(CriteriaSamples.errors("")).containsExactly(new ReadError(1, "", ReadError.Code.EMPTY, List.of()));
        assertThat(CriteriaSamples.errors("QUYẾT ĐỊNH\nvề việc khác\n\nĐiều 1. Không có gì."))
                .containsExactly(new ReadError(4, "", ReadError.Code.NO_SET, List.of()));
    }

    @Test
    void namesTheLineOfEveryFaultInASet() {
        var text = """
                QUYẾT ĐỊNH
                Điều 1. Ban hành
                BỘ TIÊU CHÍ
                Thử
                - ngoài tiêu chí
                II. Nhóm đầu
                1. Tiêu chí không có nội dung
                2. Tiêu chí
                - một
                III. Nhóm rỗng
                IV. Nhóm
                2. Bắt đầu từ hai
                - hai
                BỘ TIÊU CHÍ
                Không nhóm
                BỘ TIÊU CHÍ
                Chỉ có tiêu chí
                1. Tiêu chí
                - ba
                """;
        assertThat(CriteriaSamples.errors(text))
                .extracting(ReadError::line, ReadError::where, ReadError::code)
                .containsExactly(
                        tuple(5, "set[1]", ReadError.Code.ITEM_OUTSIDE_CRITERION),
                        tuple(6, "set[1].group[1]", ReadError.Code.NUMBERING_START),
                        tuple(7, "set[1].group[1].criterion[1]", ReadError.Code.CRITERION_WITHOUT_ITEMS),
                        tuple(10, "set[1].group[2]", ReadError.Code.GROUP_WITHOUT_CRITERIA),
                        tuple(12, "set[1].group[3].criterion[1]", ReadError.Code.NUMBERING_START),
                        tuple(14, "set[2]", ReadError.Code.SET_WITHOUT_GROUPS),
                        tuple(18, "set[3]", ReadError.Code.CRITERION_OUTSIDE_GROUP));
    }

    @Test
    void doubtsNumbersThatRepeatOrRunBackwards() {
        var text = """
                QUYẾT ĐỊNH
                Điều 1. Ban hành
                BỘ TIÊU CHÍ
                Thử
                I. Nhóm
                1. Một
                - a
                1. Lại một
                - b
                4. Bốn
                - c
                3. Ba
                - d
                """;
        assertThat(CriteriaSamples.read(text).doubts())
                .filteredOn(doubt -> doubt.code().name().startsWith("NUMBERING"))
                .extracting(Doubt::line, Doubt::code)
                .containsExactly(
                        tuple(8, Doubt.Code.NUMBERING_DUPLICATE),
                        tuple(10, Doubt.Code.NUMBERING_GAP),
                        tuple(12, Doubt.Code.NUMBERING_OUT_OF_ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\u001b", "\u009f", "\ufffd", "\ud800", "\uffff"})
    void refusesBinaryCharactersWithTheirLine(String character) {
        assertThat(CriteriaSamples.errors("QUYẾT ĐỊNH\nĐiều 1" + character + "\n"))
                .extracting(ReadError::line, ReadError::code)
                .containsExactly(tuple(2, ReadError.Code.CONTROL_CHARACTER));
    }

    @Test
    void refusesTooMuchText() {
        assertThat(DecisionReader.read(Collections.nCopies(20_001, "a")))
                .isEqualTo(new Reading.Unreadable(
                        List.of(new ReadError(20_001, "", ReadError.Code.TOO_MANY_LINES, List.of("20000")))));
        assertThat(CriteriaSamples.errors("QUYẾT ĐỊNH\n" + "a".repeat(20_001)))
                .containsExactly(new ReadError(2, "", ReadError.Code.LINE_TOO_LONG, List.of("20000")));
        assertThat(DecisionReader.read(Collections.nCopies(300, "a".repeat(20_000))))
                .isEqualTo(new Reading.Unreadable(
                        List.of(new ReadError(201, "", ReadError.Code.TEXT_TOO_LONG, List.of("4000000")))));
    }

    @Test
    void showsAtMostTwoHundredErrors() {
        var errors = CriteriaSamples.errors("QUYẾT ĐỊNH\nĐiều 1. A\nBỘ TIÊU CHÍ\nThử\n" + "- x\n".repeat(1_000));
        assertThat(errors).hasSize(201).last().extracting(ReadError::code).isEqualTo(ReadError.Code.MORE_ERRORS);
        assertThat(errors.getLast().arguments()).containsExactly("801");
    }

    @Test
    void answersHostileTextQuicklyAndWithoutAnException() {
        var parts = List.of(
                "QUYẾT ĐỊNH",
                "Điều 1.",
                "BỘ TIÊU CHÍ",
                "I.",
                "1.",
                "- ",
                "a)",
                "(ban hành kèm theo",
                "ngày 1.1.1.1.",
                "số 1....",
                "****",
                "NƠI NHẬN",
                "T/M ",
                "((((",
                "-/-/",
                " ",
                "NHÓM 1",
                "1.1",
                "Căn cứ 1-A-A-A-A");
        var random = new Random(264);
        assertThatEachReadsWithin(Duration.ofSeconds(5), () -> {
            var lines = new ArrayList<String>();
            for (int i = 0; i < DecisionReader.MOST_LINES; i++) {
                var line = new StringBuilder();
                for (int j = random.nextInt(6); j >= 0; j--) {
                    line.append(parts.get(random.nextInt(parts.size()))).append(random.nextBoolean() ? " " : "x ");
                }
                lines.add(line.toString());
            }
            return lines;
        });
        for (var part : parts) {
            assertThatEachReadsWithin(
                    Duration.ofSeconds(5),
                    () -> List.of(
                            "QUYẾT ĐỊNH",
                            part.repeat(20_000 / part.length()),
                            "Điều 1. A",
                            part.repeat(20_000 / part.length()),
                            "BỘ TIÊU CHÍ",
                            part.repeat(20_000 / part.length())));
            assertThatEachReadsWithin(
                    Duration.ofSeconds(5), () -> Collections.nCopies(DecisionReader.MOST_LINES, part));
        }
    }

    @Test
    void answersEveryDamagedCopyOfTheRealTextWithLineNumbers() {
        var random = new Random(9);
        var whole = DecisionReader.linesOf(CriteriaSamples.decision264());
        for (int round = 0; round < 500; round++) {
            var damaged = new ArrayList<>(whole);
            for (int i = random.nextInt(40); i >= 0; i--) {
                int at = random.nextInt(damaged.size());
                switch (random.nextInt(4)) {
                    case 0 -> damaged.remove(at);
                    case 1 -> damaged.add(at, whole.get(random.nextInt(whole.size())));
                    case 2 ->
                        damaged.set(
                                at, damaged.get(at).substring(damaged.get(at).length() / 2));
                    default -> damaged.set(at, damaged.get(at).toUpperCase(Locale.ROOT));
                }
            }
            switch (DecisionReader.read(damaged)) {
                case Reading.Read read ->
                    assertThat(read.doubts())
                            .isNotEmpty()
                            .allSatisfy(doubt -> assertThat(doubt.line()).isBetween(0, damaged.size()));
                case Reading.Unreadable unreadable ->
                    assertThat(unreadable.errors())
                            .isNotEmpty()
                            .allSatisfy(error -> assertThat(error.line()).isBetween(1, damaged.size()));
            }
        }
    }

    @Test
    void readsArticlesPrintedInCapitals() {
        var capitals = CriteriaSamples.decision264()
                .replace(
                        "Điều 2. Quyết định có hiệu lực kể từ ngày ký.",
                        "ĐIỀU 2. QUYẾT ĐỊNH CÓ HIỆU LỰC KỂ TỪ NGÀY KÝ.");
        var read = CriteriaSamples.read(capitals, WARD_REPORT).decision();
        assertThat(read.articles()).extracting(ReadArticle::heading).containsExactly("Điều 1.", "ĐIỀU 2.", "");
        assertThat(read.effect().rule()).isEqualTo(ReadEffect.Rule.FROM_SIGNING);
        assertThat(read.signer()).isEqualTo(decision.signer());
    }

    private static void assertThatEachReadsWithin(Duration most, Supplier<List<String>> text) {
        var lines = text.get();
        long start = System.nanoTime();
        var reading = DecisionReader.read(lines, lines.subList(0, Math.min(3, lines.size())));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
        assertThat(reading).isNotNull();
    }

    private List<Doubt> doubt(Doubt.Code code) {
        return real.doubts().stream().filter(doubt -> doubt.code() == code).toList();
    }

    private static List<ReadItem> items(ReadDecision decision) {
        return decision.sets().stream()
                .flatMap(set -> set.groups().stream())
                .flatMap(group -> group.criteria().stream())
                .flatMap(criterion -> criterion.items().stream())
                .toList();
    }

    /** Items per criterion, groups apart: "3,3 · 3,5,2,2". */
    private static String shape(ReadSet set) {
        return String.join(
                " · ",
                set.groups().stream()
                        .map(group -> String.join(
                                ",",
                                group.criteria().stream()
                                        .map(criterion ->
                                                String.valueOf(criterion.items().size()))
                                        .toList()))
                        .toList());
    }
}
