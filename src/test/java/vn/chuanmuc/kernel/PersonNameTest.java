package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of domain.md §5. */
class PersonNameTest {

    private static final String GOLDEN =
            "54630102020100615a71010202020100695d5e010202028b0100004cc3aa205468e1bb8b20416e";

    private static final Comparator<PersonName> BY_KEY =
            Comparator.comparing(PersonName::sortKey, Arrays::compareUnsigned);

    /** Each list is in the order of a printed list of people. */
    static Stream<List<String>> sorted() {
        return Stream.of(
                // given name first, then family, then middle
                List.of("Trần Văn An", "Lê Thị Bình", "Đỗ Văn Cường", "Bùi Thị Dung", "Vũ Văn Đạt"),
                List.of("Bùi Văn Hà", "Đỗ Văn Hà", "Lê Văn Hà", "Nguyễn Thị Hà", "Nguyễn Văn Hà", "Vũ Thị Hà"),
                // the collator by itself ignores the blank and puts Thịnh between
                List.of("Lê Thịnh", "Lê Thị Yến"),
                List.of("Lê Thị Anh", "Lê Thị Thịnh", "Lê Thị Yến"),
                List.of("Lê An", "Lê Thị An", "Lê Thị Thu An", "Lê Thu An", "Lê Thu Thị An"),
                List.of("Nguyễn Hoa", "Nguyễn Thị Hoa", "Nguyễn Thị Ánh Hoa", "Nguyễn Thị Minh Hoa"),
                // tones: none, huyền, hỏi, ngã, sắc, nặng
                List.of("Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ"),
                List.of("Lê Tâm", "Lê Tầm", "Lê Tẩm", "Lê Tẫm", "Lê Tấm", "Lê Tậm"),
                List.of("Vũ Dung", "Vũ Dùng", "Vũ Dủng", "Vũ Dũng", "Vũ Dúng", "Vũ Dụng"),
                List.of("Hồ Y", "Hồ Ỳ", "Hồ Ỷ", "Hồ Ỹ", "Hồ Ý", "Hồ Ỵ"),
                // letters: a ă â, d đ, e ê, o ô ơ, u ư; a letter outweighs any tone
                List.of("Lê Lam", "Lê Lạm", "Lê Lan", "Lê Lăm", "Lê Lặm", "Lê Lâm", "Lê Lậm"),
                List.of("Lê Da", "Lê Duy", "Lê Đa", "Lê Đào", "Lê Đức", "Lê Giang"),
                List.of("Lê Hen", "Lê Hẹn", "Lê Hên", "Lê Hiền"),
                List.of("Lê Hoa", "Lê Hòa", "Lê Hỏa", "Lê Hóa", "Lê Hồng", "Lê Hợp", "Lê Huy", "Lê Hưng"),
                List.of("Lê Tu", "Lê Tú", "Lê Tụ", "Lê Tuấn", "Lê Tư", "Lê Tứ", "Lê Tự"),
                List.of("Dương Văn An", "Đào Văn An", "Đặng Văn An", "Đinh Văn An", "Đỗ Văn An"),
                List.of("Phạm An", "Phan An", "Phùng An", "Quách An", "Tạ An", "Thái An", "Tô An", "Trần An"),
                // one family, tones only in the family name
                List.of("Ngo An", "Ngo Bình", "Ngô Bình", "Ngộ Bình"),
                // case and tone placement do not part the same given name from the others
                List.of("ĐỖ VĂN HÒA", "Lê Văn Hoà", "nguyễn văn hòa", "TRẦN VĂN HOÀ", "Vũ Văn Hòa"),
                List.of("Bùi Thị Thuý", "Lê Thị Thúy", "Vũ Thị Thuý"),
                List.of("Bùi Thị Quí", "Vũ Thị Quí", "Bùi Thị Quý", "Vũ Thị Quý"),
                // the text decides last, so the order never depends on how the list came in
                List.of("LÊ VĂN AN", "Lê Văn An", "lê văn an"),
                // one word
                List.of("An", "Lê An", "Bình", "Lê Bình", "Y"),
                // names of other peoples of the country
                List.of("Y Ban", "K’Brêu", "Ngô-Tô", "H'Hen Niê", "Rơ Châm Niê"),
                List.of("H'Hen Êban", "H’Hen Niê", "Y Moan Niê"));
    }

    @ParameterizedTest
    @MethodSource
    void sorted(List<String> expected) {
        for (var seed = 0; seed < 5; seed++) {
            var names = expected.stream().map(PersonName::of).collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(names, new Random(seed));
            names.sort(BY_KEY);
            assertThat(names).extracting(PersonName::display).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void ordersTenThousandNamesAsAComparatorWrittenWordByWordDoes() {
        var names = generated(10_000);
        var byKey = names.stream()
                .map(PersonName::of)
                .sorted(BY_KEY)
                .map(PersonName::display)
                .toList();
        var byWords = names.stream().sorted(PersonNameTest::compareWordByWord).toList();
        assertThat(byKey).isEqualTo(byWords);
    }

    @Test
    void everyTwoOfAThousandNamesCompareAsTheWordsDo() {
        var names = generated(1_000);
        var keys = names.stream().map(name -> PersonName.of(name).sortKey()).toList();
        for (var i = 0; i < names.size(); i++) {
            for (var k = i + 1; k < names.size(); k += 7) {
                assertThat(Integer.signum(Arrays.compareUnsigned(keys.get(i), keys.get(k))))
                        .as("%s | %s", names.get(i), names.get(k))
                        .isEqualTo(Integer.signum(compareWordByWord(names.get(i), names.get(k))));
            }
        }
    }

    @Test
    void keepsTheKeysThatAreStoredInDatabases() {
        // A change here means every stored key must be made anew: a new JDK's collation, or this code's.
        assertThat(HexFormat.of().formatHex(PersonName.of("Lê Thị An").sortKey()))
                .isEqualTo(GOLDEN);
        assertThat(PersonName.of("Nguyễn Thị Thanh Huyền").sortKey()).hasSizeLessThan(120);
    }

    @Test
    void givesTheSameKeysToManyThreads() throws Exception {
        var names = generated(2_000);
        var expected = names.stream()
                .map(name -> HexFormat.of().formatHex(PersonName.of(name).sortKey()))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = IntStream.range(0, 16)
                    .mapToObj(run -> threads.submit(() -> names.stream()
                            .map(name ->
                                    HexFormat.of().formatHex(PersonName.of(name).sortKey()))
                            .toList()))
                    .toList();
            for (var run : runs) {
                assertThat(run.get()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Hoà, Hòa",
        "Hoá, Hóa",
        "Hoả, Hỏa",
        "Hoạ, Họa",
        "Toàn, Tòan",
        "Thuý, Thúy",
        "Thuỳ, Thùy",
        "Thuỷ, Thủy",
        "Thuỵ, Thụy",
        "Khoẻ, Khỏe",
        "Loè, Lòe",
        "Huỳnh, Hùynh",
        "Quý, Qúy",
        "Quà, Qùa",
        "Già, Gìa",
        "Giàu, Gìau",
        "Hoàng, Hòang",
        "Khoái, Khóai",
        "Tuý, Túy",
        "Uỷ, Ủy",
        "Nguyễn, Nguyêñ",
        "Huệ, Hụê",
        "Nghĩa, Nghiã",
        "Cường, Cừơng",
        "Tuyết, Tuýêt",
        "Ngoạt, Ngọat",
        "LÊ HOÀ, lê hòa",
        "NGUYỄN THỊ THUÝ, Nguyễn Thị Thúy",
        "H'Hen Niê, H’Hen Niê",
        "Ngô-Tô, NGÔ–TÔ",
        "Ngô-Hoà, Ngô-Hòa",
        "Đức, Ðức",
        "ĐỖ, đỗ",
        "'  Lê   An ', Lê An"
    })
    void recognisesTheSameName(String one, String other) {
        assertThat(PersonName.of(one).foldedKey())
                .isEqualTo(PersonName.of(other).foldedKey());
        assertThat(PersonName.of(one).searchKey())
                .isEqualTo(PersonName.of(other).searchKey());
    }

    @ParameterizedTest
    @CsvSource({
        "Quí, Quý",
        "Hòa, Hoa",
        "Hòa, Hóa",
        "Thi, Thị",
        "Dung, Đung",
        "Mai Anh, Maianh",
        "Tâm, Tăm",
        "Vy, Vi",
        "Hương, Hường",
        "Lê An, An Lê",
        "Thúy, Thùy",
        "Ngô-Tô, Ngô Tô",
        "H'Hen, Hen",
        "Lý, Lí",
        "Mỹ, Mĩ",
        "Béatrice, Beatrice"
    })
    void keepsDifferentNamesApart(String one, String other) {
        assertThat(PersonName.of(one).foldedKey())
                .isNotEqualTo(PersonName.of(other).foldedKey());
        assertThat(PersonName.of(one).sortKey())
                .isNotEqualTo(PersonName.of(other).sortKey());
    }

    @ParameterizedTest
    @CsvSource({
        "Nguyễn Văn Hoà, nguyễn văn hòa",
        "HUỲNH THỊ THUÝ, huỳnh thị thúy",
        "Lê Hòan, lê hoàn",
        "Ngoài, ngoài",
        "Khuỷu, khuỷu",
        "Quý, quý",
        "Giàng A Páo, giàng a páo",
        "Gì, gì",
        "Béatrice Đỗ, béatrice đỗ"
    })
    void writesTheFoldedKeyReadably(String name, String key) {
        assertThat(PersonName.of(name).foldedKey()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "Đỗ Đình Đức, do dinh duc",
        "Nguyễn Thị Thuý Hằng, nguyen thi thuy hang",
        "ĐẶNG Ý NHI, dang y nhi",
        "Lưu Ước, luu uoc",
        "Ưng Ơn, ung on",
        "H'Hen Niê, hhen nie",
        "K’Brêu, kbreu",
        "Ngô-Tô, ngo to",
        "Ð, d",
        "Y. Moan, y moan",
        "Trần Quốc Ỷ, tran quoc y"
    })
    void findsWithoutMarks(String name, String key) {
        assertThat(PersonName.of(name).searchKey()).isEqualTo(key);
        assertThat(PersonName.of(Normalizer.normalize(name, Normalizer.Form.NFD))
                        .searchKey())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nguyễn Thị Thuý",
                "Đặng Hữu Phước",
                "Vũ Quốc Ưng",
                "Trịnh Ngọc Ẩn",
                "Lê Ỷ Lan",
                "Bế Văn Đàn",
                "Cừ A Sùng",
                "Phạm Ngũ Lão",
                "Trần Khánh Dư",
                "Đỗ Thế Chấp",
                "Hoàng Diệu",
                "Ngạc Văn Dậu",
                "Lường Thị Ín",
                "Ksor Ơng",
                "Rơ Ông K'Ến"
            })
    void takesDecomposedLettersForTheSameText(String name) {
        var decomposed = PersonName.of(Normalizer.normalize(name, Normalizer.Form.NFD));
        assertThat(decomposed).isEqualTo(PersonName.of(name)).hasSameHashCodeAs(PersonName.of(name));
        assertThat(decomposed.display()).isEqualTo(name);
        assertThat(decomposed.sortKey()).isEqualTo(PersonName.of(name).sortKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  Lê Thị Yến", "Lê Thị Yến  ", "Lê  Thị   Yến", "Lê\tThị\nYến", "Lê\u00A0Thị\u00A0Yến",
                        "\uFEFFLê Thị Yến", "Lê\u3000Thị Yến",
                "Lê \u200BThị Yến", "Lê Thị\r\n Yến", "Lê Th\u00ADị Yến", "Lê Thị Yến\u200E", "Lê\u2003Thị Yến",
                        "Lê Thị Yến\u0000", "Lê Thị Yê\u0301n"
            })
    void putsBlanksInOrderAndDropsWhatPrintsNothing(String text) {
        assertThat(PersonName.of(text).display()).isEqualTo("Lê Thị Yến");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H'Hen Niê",
                "K’Brêu",
                "Ngô-Tô",
                "Y",
                "Nguyễn Văn A",
                "Tôn Nữ Thị Ninh",
                "Công Tằng Tôn Nữ Thị Hương Trà",
                "Y Moan Êñuôl",
                "Ka' Hiền",
                "A Brôl Vẽ",
                "Nguyễn Phước Bảo-Long",
                "Đinh Y. Nhi",
                "Lê Jean-Pierre",
                "Krăjăn Plin",
                "Y Wơ̆l",
                "Đạo Thị Ƀuôn"
            })
    void readsNamesAsTheyAreReallyWritten(String name) {
        assertThat(PersonName.of(name).display()).isEqualTo(Texts.nfc(name));
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'   ', EMPTY",
        "'\u200B', EMPTY",
        "1, DIGIT",
        "Nguyễn Văn A1, DIGIT",
        "05/02/1980, DIGIT",
        "Lê An (mẫu), CHARACTER",
        "'Lê An, Trần Bình', CHARACTER",
        "Lê An/Bình, CHARACTER",
        "Lê An*, CHARACTER",
        "=A1, CHARACTER",
        "Lê_An, CHARACTER",
        "Lê Аn, CHARACTER",
        "李小龍, CHARACTER",
        "<b>Lê</b>, CHARACTER",
        "-, NO_LETTER_FIRST",
        "'''', NO_LETTER_FIRST",
        ". Lê An, NO_LETTER_FIRST",
        "Le\u0302\u0316\u0317\u0318 An, CHARACTER",
        "Lê 😀, CHARACTER",
        "#REF!, CHARACTER"
    })
    void refusesWithAReason(String text, PersonName.Reason reason) {
        assertThat(PersonName.parse(text)).isEqualTo(new PersonName.Parsed.Refused(reason));
    }

    @Test
    void takesAHundredAndTwentyCharactersAndNoMore() {
        assertThat(PersonName.of("Ầ".repeat(120)).display()).hasSize(120);
        assertThat(PersonName.of(Normalizer.normalize("Ầ".repeat(120), Normalizer.Form.NFD))
                        .display())
                .hasSize(120);
        assertThat(PersonName.parse("a".repeat(121)))
                .isEqualTo(new PersonName.Parsed.Refused(PersonName.Reason.TOO_LONG));
        assertThat(PersonName.parse("a".repeat(5_000_000)))
                .isEqualTo(new PersonName.Parsed.Refused(PersonName.Reason.TOO_LONG));
        assertThatThrownBy(() -> PersonName.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"Lê Thị Yến, Lê, Yến", "Yến, '', Yến", "Ngô-Tô An, Ngô-Tô, An", "Lê  An, Lê, An"})
    void knowsFamilyAndGivenName(String name, String family, String given) {
        assertThat(PersonName.of(name).familyName()).isEqualTo(family);
        assertThat(PersonName.of(name).givenName()).isEqualTo(given);
    }

    @Test
    void parsesAsFastAsAListNeeds() {
        var names = generated(100_000);
        long bytes = 0;
        for (var round = 0; round < 2; round++) {
            var start = System.nanoTime();
            for (var text : names) {
                var name = PersonName.of(text);
                bytes += name.sortKey().length
                        + name.searchKey().length()
                        + name.foldedKey().length();
            }
            System.out.printf(
                    "100,000 names with all three keys: %d ms, %d bytes of keys a name%n",
                    (System.nanoTime() - start) / 1_000_000, bytes / names.size() / (round + 1));
        }
        assertThat(bytes).isPositive();
    }

    /** The order of domain.md §5, written a second time with nothing of the code under test. */
    private static int compareWordByWord(String one, String other) {
        var left = orderOfWords(one);
        var right = orderOfWords(other);
        for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
            var order = VIETNAMESE.compare(foldedForTest(left.get(i)), foldedForTest(right.get(i)));
            if (order != 0) {
                return order;
            }
        }
        if (left.size() != right.size()) {
            return Integer.compare(left.size(), right.size());
        }
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static final Collator VIETNAMESE = Collator.getInstance(Locale.of("vi"));

    private static List<String> orderOfWords(String name) {
        var words = new ArrayList<>(List.of(name.split(" ")));
        words.addFirst(words.removeLast());
        return words;
    }

    private static final Map<String, String> PLACES =
            Map.of("hoà", "hòa", "thuý", "thúy", "thuỷ", "thủy", "hoá", "hóa");

    private static String foldedForTest(String word) {
        var lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
        return PLACES.getOrDefault(lower, lower);
    }

    private static List<String> generated(int count) {
        var random = new Random(20260205);
        var family =
                "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Tạ Y H'Hen K’ Ngô-Tô Ksor"
                        .split(" ");
        var words =
                "Thị Văn Đức Hữu Ngọc Minh Thanh Thu Thuý Thúy Hoà Hòa Hoa Hóa Hoá Thịnh Thi Yến An Ân Ăn Anh Ánh Ảnh Đạt Dạt Quí Quý Tâm Tầm Tám Tam Tăm Hưng Hùng Húng Thuỷ Thủy Ý Y Lan Lân Lăn Mơ Mở Mỡ Niê Êban Bình Binh Bính"
                        .split(" ");
        var names = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            var length = random.nextInt(5);
            var name = length == 0 ? "" : family[random.nextInt(family.length)] + " ";
            for (var middle = 1; middle < length; middle++) {
                name += words[random.nextInt(words.length)] + " ";
            }
            name += words[random.nextInt(words.length)];
            names.add(
                    switch (random.nextInt(8)) {
                        case 0 -> name.toUpperCase(Locale.ROOT);
                        case 1 -> name.toLowerCase(Locale.ROOT);
                        default -> name;
                    });
        }
        return names;
    }
}
