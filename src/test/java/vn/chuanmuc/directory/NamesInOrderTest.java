package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.testing.ProductTest;

/** domain.md §5: Java, the database and a comparator written down letter by letter agree about 10,000 names. */
@ProductTest
class NamesInOrderTest {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    /** None, huyền, hỏi, ngã, sắc, nặng. */
    private static final String TONES = "\u0300\u0309\u0303\u0301\u0323";

    @Autowired
    Units units;

    @Autowired
    People people;

    @Autowired
    Members members;

    @Autowired
    JdbcClient jdbc;

    /** A word by its letters, then by its tone wherever that stands: Hoà and Hòa are one. */
    private static int compareWords(String one, String other) {
        int letters = spelt(one).compareTo(spelt(other));
        return letters != 0 ? letters : Integer.compare(tone(one), tone(other));
    }

    private static String spelt(String word) {
        String bare = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("[" + TONES + "]", "");
        var spelt = new StringBuilder();
        Normalizer.normalize(bare, Normalizer.Form.NFC).chars().forEach(letter -> {
            int place = LETTERS.indexOf(letter);
            assertThat(place).as("%c of %s", letter, word).isNotNegative();
            spelt.append((char) ('A' + place));
        });
        return spelt.toString();
    }

    private static int tone(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .chars()
                .map(c -> TONES.indexOf(c) + 1)
                .max()
                .orElse(0);
    }

    private static int byGivenName(String one, String other) {
        List<String> left = new ArrayList<>(List.of(one.split(" ")));
        List<String> right = new ArrayList<>(List.of(other.split(" ")));
        left.addFirst(left.removeLast());
        right.addFirst(right.removeLast());
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compareWords(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return left.size() != right.size()
                ? Integer.compare(left.size(), right.size())
                : Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names() {
        var random = new Random(264);
        String[] family =
                "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Tạ Dư Đậu Quách Ưng Ứng"
                        .split(" ");
        String[] words =
                ("Thị Văn Đức Hữu Ngọc Minh Thanh Thu Thuý Thúy Thùy Thuỳ Hoà Hòa Hoa Hóa Hoá Thịnh Thi Yến An Ân Ăn Anh Ánh Ảnh"
                                + " Đạt Dạt Quí Quý Tâm Tầm Tám Tam Tăm Hưng Hùng Húng Thuỷ Thủy Ý Y Lan Lân Lăn Mơ Mở Mỡ Bình Binh Bính"
                                + " Ước Uyên Uyển Đào Dào Ái Ấm Ôn Ơn Oanh Khoẻ Khỏe Toàn Tòan Nghĩa Nghiã")
                        .split(" ");
        var names =
                new ArrayList<>(List.of("Lê Thịnh", "Lê Thị Yến", "Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "Trần Văn Quí"));
        while (names.size() < 10_000) {
            var name = new StringBuilder(family[random.nextInt(family.length)]);
            for (int word = random.nextInt(4); word >= 0; word--) {
                name.append(' ').append(words[random.nextInt(words.length)]);
            }
            names.add(random.nextInt(9) == 0 ? name.toString().toUpperCase(Locale.ROOT) : name.toString());
        }
        return names;
    }

    @Test
    void tenThousandNamesStandInOneOrderInJavaInTheDatabaseAndByTheLetters() {
        UUID tenant = units.createTenant("Thứ tự tên");
        UUID root = units.root(tenant);
        List<String> names = names();
        var random = new Random(7);
        var newPeople = new ArrayList<NewPerson>();
        for (String name : names) {
            newPeople.add(new NewPerson(
                    PersonName.of(random.nextBoolean() ? name : Normalizer.normalize(name, Normalizer.Form.NFD)),
                    LocalDate.of(1980, 1, 1),
                    PersonKind.CIVIL_SERVANT,
                    root,
                    "Khối chính quyền",
                    "Chuyên viên",
                    false,
                    random.nextInt(20),
                    true));
        }
        people.addAll(tenant, NOBODY, newPeople);

        List<String> byLetters =
                names.stream().sorted(NamesInOrderTest::byGivenName).toList();
        List<String> byJava = names.stream()
                .map(PersonName::of)
                .sorted(Comparator.comparing(PersonName::sortKey, Arrays::compareUnsigned))
                .map(PersonName::display)
                .toList();
        List<String> bySql = jdbc.sql("select full_name from directory.person where tenant_id = ? order by sort_key")
                .param(tenant)
                .query((row, n) -> row.getString(1))
                .list();
        assertThat(byJava).isEqualTo(byLetters);
        assertThat(bySql).isEqualTo(byLetters);

        List<People.Member> listed = people.membersOf(tenant, List.of(root));
        List<String> byRank = listed.stream()
                .sorted(Comparator.comparingInt(People.Member::rankOrder)
                        .thenComparing(People.Member::fullName, NamesInOrderTest::byGivenName))
                .map(People.Member::fullName)
                .toList();
        assertThat(listed).extracting(People.Member::fullName).isEqualTo(byRank);

        // Search keys are the same whatever way the name came in, and the two ways to place a tone find each other.
        var scope = new Scope(tenant, NOBODY, List.of(root));
        int written = members.list(scope, new Members.Filter("Thuý", null, null, false, PeopleGround.today()), 0, 1)
                .total();
        assertThat(written).isPositive();
        for (String same : List.of("Thúy", "thuy\u0301", "THUÝ", "thuy")) {
            assertThat(members.list(scope, new Members.Filter(same, null, null, false, PeopleGround.today()), 0, 1)
                            .total())
                    .as(same)
                    .isEqualTo(written);
        }
        String first = members.list(scope, new Members.Filter("Quí", null, null, false, PeopleGround.today()), 0, 1)
                .people()
                .getFirst()
                .member()
                .fullName();
        assertThat(first.toLowerCase(Locale.ROOT)).contains("quí").doesNotContain("quý");
        assertThat(members.list(scope, new Members.Filter("dao dat", null, null, false, PeopleGround.today()), 0, 200)
                        .people())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(Texts.searchKey(found.member().fullName()))
                        .contains("dao")
                        .contains("dat"));
    }
}
