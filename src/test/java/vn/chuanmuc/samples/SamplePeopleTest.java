package vn.chuanmuc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.kernel.PersonName;

class SamplePeopleTest {

    private static final LocalDate DAY = LocalDate.of(2021, 10, 8);
    /** Named in the ward's report of 08/10/2021 and in the decision. */
    private static final Set<String> REAL = Set.of("dinh xuan hung", "dao manh trung", "duong hoai nam");

    private final List<SamplePerson> people = SamplePeople.ofTheWards(DAY);

    @Test
    void fillsTheFourteenWardsWithFortyFiveToSeventyPeopleEach() {
        var sizes = people.stream().collect(Collectors.groupingBy(SamplePerson::unit, Collectors.counting()));
        assertThat(sizes)
                .hasSize(14)
                .containsKeys("Phường Giang Biên", "Phường Cự Khối", "Phường Đức Giang", "Phường Ngọc Thụy");
        assertThat(sizes.values()).allMatch(size -> size >= 45 && size <= 70);
        assertThat(new HashSet<>(sizes.values())).hasSizeGreaterThan(3);
    }

    @Test
    void everyWardHasBothBlocsAndOneSecretary() {
        for (var ward : SamplePeople.wards()) {
            var here =
                    people.stream().filter(person -> person.unit().equals(ward)).toList();
            assertThat(here).extracting(SamplePerson::bloc).contains("Khối Đảng, đoàn thể", "Khối chính quyền");
            assertThat(here)
                    .filteredOn(person -> person.position().equals("Bí thư Đảng ủy"))
                    .hasSize(1);
            assertThat(here)
                    .filteredOn(person -> person.position().equals("Phó Chủ tịch UBND"))
                    .hasSize(2);
            assertThat(here).isSortedAccordingTo((one, other) -> Integer.compare(one.rank(), other.rank()));
            assertThat(here).extracting(SamplePerson::kind).contains(PersonKind.values());
            assertThat(here).filteredOn(SamplePerson::leads).hasSizeBetween(15, 25);
        }
    }

    @Test
    void marksEverySample() {
        assertThat(people).allMatch(SamplePerson::sample);
        assertThat(people).noneMatch(person -> person.name().display().contains("mẫu"));
    }

    @Test
    void namesNobodyWhoIsNamedInTheDocuments() {
        assertThat(people).noneMatch(person -> REAL.contains(person.name().searchKey()));
        assertThat(SamplePeople.many(300_000, 1_000, 7, DAY))
                .noneMatch(person -> REAL.contains(person.name().searchKey()));
        // the words could make these names, so it is the refusal that keeps them out
        var families = people.stream().map(person -> person.name().familyName()).collect(Collectors.toSet());
        assertThat(families).contains("Đinh", "Đào", "Dương");
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(SamplePeople.ofTheWards(DAY)).isEqualTo(people);
        var many = SamplePeople.many(2_000, 50, 1, DAY).toList();
        assertThat(SamplePeople.many(2_000, 50, 1, DAY).parallel().toList()).isEqualTo(many);
        assertThat(SamplePeople.many(500, 50, 1, DAY).toList()).isEqualTo(many.subList(0, 500));
        assertThat(SamplePeople.many(500, 50, 2, DAY).toList()).isNotEqualTo(many.subList(0, 500));
    }

    @Test
    void givesNamesThatGoWithTheSex() {
        assertThat(people)
                .filteredOn(
                        person -> List.of(person.name().display().split(" ")).contains("Thị"))
                .isNotEmpty()
                .allMatch(SamplePerson::female);
        assertThat(people)
                .filteredOn(
                        person -> List.of(person.name().display().split(" ")).contains("Văn"))
                .isNotEmpty()
                .noneMatch(SamplePerson::female);
        assertThat(people)
                .filteredOn(person -> person.position().contains("Phụ nữ"))
                .allMatch(SamplePerson::female);
        assertThat(people)
                .filteredOn(person -> person.position().contains("Cựu chiến binh"))
                .noneMatch(SamplePerson::female);
        assertThat(people)
                .allSatisfy(person -> assertThat(PersonName.parse(person.name().display()))
                        .isInstanceOf(PersonName.Parsed.Read.class));
    }

    @Test
    void aboutHalfAreWomenFromTheFirstPersonOn() {
        var women = SamplePeople.many(4_000, 4_000, 1, DAY)
                .filter(SamplePerson::female)
                .count();
        assertThat(women).isBetween(1_800L, 2_200L);
        assertThat(people.stream().filter(SamplePerson::female).count())
                .isBetween(people.size() / 3L, people.size() * 2L / 3);
    }

    @Test
    void givesAgesThatGoWithThePosition() {
        var positions = WardPosition.all().stream().collect(Collectors.toMap(WardPosition::name, position -> position));
        assertThat(positions).hasSize(37);
        for (var person : people) {
            var position = positions.get(person.position());
            assertThat(position).isNotNull();
            assertThat(Period.between(person.birthDate(), DAY).getYears())
                    .as(person.toString())
                    .isBetween(position.youngest(), position.oldest());
        }
    }

    @Test
    void spreadsAHundredThousandOverAThousandUnitsOneByOne() {
        var start = System.nanoTime();
        var sizes = SamplePeople.many(100_000, 1_000, 1, DAY)
                .collect(Collectors.groupingBy(SamplePerson::unit, Collectors.counting()));
        System.out.printf("100,000 sample people over 1,000 units: %d ms%n", (System.nanoTime() - start) / 1_000_000);
        assertThat(sizes).hasSize(1_000);
        assertThat(sizes.values()).allMatch(size -> size == 100);
        assertThat(SamplePeople.many(10_000_000, 1_000, 1, DAY).limit(3)).hasSize(3);
    }
}
