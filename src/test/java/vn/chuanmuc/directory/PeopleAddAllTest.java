package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class PeopleAddAllTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    People people;

    @Test
    void addsManyPeopleAndMakesBlocsAndPositionsOnce() {
        var body = bodies.create();
        var many = new ArrayList<NewPerson>();
        for (int i = 0; i < 4_500; i++) {
            many.add(new NewPerson(
                    PersonName.of("Trần Thị " + letters(i)),
                    i % 7 == 0 ? null : LocalDate.of(1970, 1, 1).plusDays(i),
                    PersonKind.CIVIL_SERVANT,
                    body.wardOne,
                    i % 2 == 0 ? "khối đảng,  đoàn thể" : "Khối mới",
                    "Chủ tịch UBND",
                    true,
                    5,
                    true));
        }
        List<UUID> ids = people.addAll(body.tenant, body.tenant, many);
        var members = people.membersOf(body.tenant, List.of(body.wardOne));
        assertThat(members).hasSize(4_500).allMatch(People.Member::leads).allMatch(People.Member::main);
        assertThat(members.stream().map(People.Member::blocName)).containsOnly("Khối Đảng, đoàn thể", "Khối mới");
        assertThat(Set.copyOf(ids)).hasSize(4_500);
        assertThat(people.find(body.tenant, ids.get(7)))
                .contains(new People.Person(ids.get(7), "Trần Thị " + letters(7), null, true));
        assertThat(people.names(body.tenant, ids.subList(0, 2))).containsOnlyKeys(ids.get(0), ids.get(1));
    }

    private static String letters(int number) {
        return "A" + (char) ('a' + number % 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number / 676);
    }
}
