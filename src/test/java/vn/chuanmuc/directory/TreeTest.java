package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.ProductTest;

/** The tree, its people and the choice of a unit as of days before and after units were moved, renamed and dissolved. */
@ProductTest
class TreeTest {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final LocalDate BEGIN = LocalDate.of(2020, 1, 1);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

    @Autowired
    Units units;

    @Autowired
    Tree tree;

    @Autowired
    Members members;

    @Autowired
    UnitChoices choices;

    @Autowired
    People people;

    @Autowired
    PeopleStore store;

    @Autowired
    ImportedPeople known;

    @Autowired
    Headcounts headcounts;

    @Autowired
    UnitPaths paths;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private UUID tenant = NOBODY;
    private UUID root = NOBODY;
    private UUID oldWard = NOBODY;
    private UUID newWard = NOBODY;
    private UUID office = NOBODY;
    private UUID school = NOBODY;
    private LocalDate today = REFORM;

    /**
     * On 1 July 2025 the old ward is dissolved: its office goes to the new ward under a new name, its own person moves there, and
     * the new ward keeps its records. The school stays where it was, below the new ward.
     */
    @BeforeEach
    void reform() {
        tenant = units.createTenant("Quận có cải cách");
        root = units.root(tenant);
        List<UUID> made = units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("CU", "Phường Cự Khối", Units.Kind.WARD, root),
                        new Units.NewUnit("MOI", "Phường Long Biên", Units.Kind.WARD, root)));
        oldWard = made.get(0);
        newWard = made.get(1);
        List<UUID> below = units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("VP", "Văn phòng", Units.Kind.OFFICE, oldWard),
                        new Units.NewUnit("TH", "Trường Tiểu học Hòa Bình", Units.Kind.SCHOOL, newWard)));
        office = below.get(0);
        school = below.get(1);
        today = jdbc.sql("select min(valid_from) from directory.unit_version where tenant_id = ?")
                .param(tenant)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .single();
        people.addAll(
                tenant,
                NOBODY,
                List.of(
                        person("Nguyễn Văn An", oldWard),
                        person("Trần Thị Bình", office),
                        person("Lê Văn Ánh", school)));
        UUID who = jdbc.sql("select person_id from directory.assignment where tenant_id = ? and unit_id = ?")
                .params(tenant, oldWard)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
        transaction.executeWithoutResult(status -> {
            List<UUID> all = List.of(root, oldWard, newWard, office, school);
            headcounts.withoutUnits(tenant, all);
            for (String table : List.of("unit_version", "unit_path", "assignment")) {
                jdbc.sql("update directory." + table + " set valid_from = ? where tenant_id = ?")
                        .params(Date.valueOf(BEGIN), tenant)
                        .update();
            }
            headcounts.withUnits(tenant, all);
        });
        transaction.executeWithoutResult(status -> {
            List<UUID> moved = List.of(oldWard, office);
            headcounts.withoutUnits(tenant, moved);
            jdbc.sql("update directory.unit_version set valid_to = ? where tenant_id = ? and unit_id = any (?)")
                    .param(Date.valueOf(REFORM))
                    .param(tenant)
                    .param(moved.toArray(UUID[]::new))
                    .update();
            jdbc.sql("""
                            insert into directory.unit_version
                                (tenant_id, unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code)
                            values (?, ?, ?, 'Văn phòng Đảng ủy', ?, 'office', ?, 9, 'VPDU')
                            """)
                    .params(tenant, office, Date.valueOf(REFORM), Units.matchKey("Văn phòng Đảng ủy"), newWard)
                    .update();
            paths.follow(tenant, moved);
            paths.entrust(tenant, oldWard, newWard);
            headcounts.withUnits(tenant, moved);
            UUID assignment = jdbc.sql("select id from directory.assignment where tenant_id = ? and person_id = ?")
                    .params(tenant, who)
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .single();
            assertThat(known.end(tenant, List.of(new ImportedPeople.Ended(assignment, 0, REFORM))))
                    .isTrue();
            var held = jdbc.sql("select position_id, bloc_id from directory.assignment where tenant_id = ? and id = ?")
                    .params(tenant, assignment)
                    .query((row, n) -> new UUID[] {row.getObject(1, UUID.class), row.getObject(2, UUID.class)})
                    .single();
            store.insertAssignments(
                    tenant,
                    List.of(new PeopleStore.Assigned(
                            who,
                            new PeopleStore.NewAssignment(
                                    UUID.randomUUID(), newWard, held[0], held[1], "can-bo", true, 10, "", REFORM))));
        });
        choices.changed(tenant);
    }

    private Scope scope(UUID... held) {
        return new Scope(tenant, NOBODY, List.of(held));
    }

    private static List<String> names(List<Tree.Node> nodes) {
        return nodes.stream().map(Tree.Node::name).toList();
    }

    @Test
    void showsEveryDayTheUnitsNamesAndCountsOfThatDay() {
        var before = tree.branch(scope(root), root, REFORM.minusDays(1), 0).orElseThrow();
        assertThat(names(before.below())).containsExactly("Phường Cự Khối", "Phường Long Biên");
        assertThat(before.below().stream().map(Tree.Node::people)).containsExactly(2, 1);
        assertThat(before.ended()).isEmpty();
        assertThat(before.node().people()).isEqualTo(3);

        var after = tree.branch(scope(root), root, today, 0).orElseThrow();
        assertThat(names(after.below())).containsExactly("Phường Long Biên");
        assertThat(after.below().getFirst().people()).isEqualTo(3);
        assertThat(names(after.ended())).containsExactly("Phường Cự Khối");
        assertThat(after.ended().getFirst().ended()).isEqualTo(REFORM);
    }

    @Test
    void showsADissolvedUnitAsItWasLastAndWhereItWas() {
        var dissolved = tree.branch(scope(root), oldWard, today, 0).orElseThrow();
        assertThat(dissolved.node().ended()).isEqualTo(REFORM);
        assertThat(dissolved.node().people()).isZero();
        assertThat(dissolved.above()).extracting(Tree.Step::name).containsExactly("Quận có cải cách");
        assertThat(dissolved.below()).isEmpty();
        // The office was not dissolved: it moved.
        assertThat(dissolved.ended()).isEmpty();
        assertThat(names(tree.branch(scope(root), oldWard, REFORM.minusDays(1), 0)
                        .orElseThrow()
                        .below()))
                .containsExactly("Văn phòng");
    }

    @Test
    void keepsAViewerToTheirBranchAndToTheRecordsTheyKeep() {
        assertThat(tree.branch(scope(school), newWard, today, 0)).isEmpty();
        assertThat(tree.branch(scope(newWard), oldWard, today, 0)).isPresent();
        assertThat(tree.branch(scope(school), oldWard, today, 0)).isEmpty();
        var branch = tree.branch(scope(newWard), newWard, today, 0).orElseThrow();
        assertThat(branch.above()).extracting(Tree.Step::seen).containsExactly(false);
        assertThat(tree.branch(scope(root), root, BEGIN.minusDays(1), 0)).isEmpty();
        assertThat(tree.begins(scope(root), root)).contains(BEGIN);
        assertThat(tree.search(scope(school), "van phong", today).hits()).isEmpty();
    }

    @Test
    void findsUnitsWithAndWithoutMarksByCodeAndUnderTheirNameOfTheDay() {
        assertThat(tree.search(scope(root), "hoa binh", today).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.path()).containsExactly("Quận có cải cách", "Phường Long Biên"));
        assertThat(tree.search(scope(root), "VPDU", today).hits()).hasSize(1);
        assertThat(tree.search(scope(root), "VPDU", REFORM.minusDays(1)).hits()).isEmpty();
        assertThat(tree.search(scope(root), "văn phòng", today).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.node().name()).isEqualTo("Văn phòng Đảng ủy"));
        assertThat(tree.search(scope(root), "van phong", REFORM.minusDays(1)).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.path()).containsExactly("Quận có cải cách", "Phường Cự Khối"));
        assertThat(tree.search(scope(root), "cu khoi", today).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.node().ended()).isEqualTo(REFORM));
        assertThat(tree.search(scope(root), "'); drop", today).hits()).isEmpty();
    }

    @Test
    void findsTheWardsByTheWordForWard() {
        units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("XA", "Xã Đông Dư", Units.Kind.WARD, root),
                        new Units.NewUnit("GB", "Giang Biên", Units.Kind.WARD, root),
                        new Units.NewUnit("UB", "UBND phường Long Biên", Units.Kind.OFFICE, newWard),
                        new Units.NewUnit("PM", "Trường Phương Mai", Units.Kind.SCHOOL, newWard)));
        for (String typed : List.of("phuong", "Phường", "PHUONG ", "phuo")) {
            assertThat(names(typed))
                    .as(typed)
                    .containsExactlyInAnyOrder(
                            "Phường Long Biên",
                            "Phường Cự Khối",
                            "Giang Biên",
                            "Trường Phương Mai",
                            "UBND phường Long Biên")
                    .startsWith("Phường Long Biên");
        }
        assertThat(names("phuong")).endsWith("Phường Cự Khối"); // which is no more
        assertThat(names("phuong mai")).isEqualTo(List.of("Trường Phương Mai"));
        assertThat(names("phuong long")).isEqualTo(List.of("Phường Long Biên", "UBND phường Long Biên"));
        assertThat(names("xa")).isEqualTo(List.of("Xã Đông Dư"));
        assertThat(tree.search(scope(school), "phuong", today).hits()).isEmpty();
    }

    private List<String> names(String typed) {
        return tree.search(scope(root), typed, today).hits().stream()
                .map(hit -> hit.node().name())
                .toList();
    }

    @Test
    void putsNamesThatHaveTheMarksAsTypedFirst() {
        units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("H1", "Trường Hoa", Units.Kind.SCHOOL, newWard),
                        new Units.NewUnit("H2", "Trường Hóa", Units.Kind.SCHOOL, newWard)));
        assertThat(tree.search(scope(root), "trường hóa", today)
                        .hits()
                        .getFirst()
                        .node()
                        .name())
                .isEqualTo("Trường Hóa");
        assertThat(tree.search(scope(root), "truong hoa", today).hits()).hasSize(3);
    }

    @Test
    void listsWhoWasThereThatDayUnderTheUnitsNameOfThatDay() {
        assertThat(list(oldWard, REFORM.minusDays(1)))
                .containsExactly("Nguyễn Văn An – Phường Cự Khối", "Trần Thị Bình – Văn phòng");
        assertThat(list(oldWard, today)).isEmpty();
        assertThat(list(root, REFORM.minusDays(1)))
                .containsExactly(
                        "Nguyễn Văn An – Phường Cự Khối",
                        "Lê Văn Ánh – Trường Tiểu học Hòa Bình",
                        "Trần Thị Bình – Văn phòng");
        assertThat(list(root, REFORM))
                .containsExactly(
                        "Nguyễn Văn An – Phường Long Biên",
                        "Lê Văn Ánh – Trường Tiểu học Hòa Bình",
                        "Trần Thị Bình – Văn phòng Đảng ủy");
        assertThat(list(root, today)).isEqualTo(list(root, REFORM));
        assertThat(list(root, BEGIN.minusDays(1))).isEmpty();
    }

    private List<String> list(UUID unit, LocalDate day) {
        return members.list(scope(root), new Members.Filter("", unit, null, false, day), 0, 50).people().stream()
                .map(listed ->
                        listed.member().fullName() + " – " + listed.member().unitName())
                .toList();
    }

    @Test
    void takesOneUnitFromWhatWasTypedOrSaysWhichThereAre() {
        assertThat(choices.of(scope(root), today, null, null).few()).isTrue();
        assertThat(choices.of(scope(root), today, school, null).unit()).isEqualTo(school);
        assertThat(choices.of(scope(root), REFORM.minusDays(1), null, null).options())
                .extracting(option -> option.depth() + " " + option.name())
                .containsExactly(
                        "0 Quận có cải cách",
                        "1 Phường Cự Khối",
                        "2 Văn phòng",
                        "1 Phường Long Biên",
                        "2 Trường Tiểu học Hòa Bình");
        List<Units.NewUnit> many = java.util.stream.IntStream.rangeClosed(1, UnitChoices.FEW)
                .mapToObj(n -> new Units.NewUnit("T" + n, "Tổ dân phố số " + n, Units.Kind.OTHER, newWard))
                .toList();
        units.addAll(tenant, NOBODY, many);
        var empty = choices.of(scope(root), today, null, null);
        assertThat(empty.few()).isFalse();
        assertThat(empty.options()).isEmpty();
        assertThat(choices.of(scope(root), today, null, "hoa binh").unit()).isEqualTo(school);
        var several = choices.of(scope(root), today, null, "to dan pho");
        assertThat(several.unit()).isNull();
        assertThat(several.problem()).isNotNull();
        assertThat(several.options()).hasSize(Tree.MOST_HITS);
        UUID picked = several.options().get(3).id();
        assertThat(choices.of(scope(root), today, picked, "to dan pho").unit()).isEqualTo(picked);
        assertThat(choices.of(scope(root), today, null, several.options().get(7).label())
                        .unit())
                .isEqualTo(several.options().get(7).id());
        assertThat(choices.of(scope(root), today, null, "T12").unit()).isNotNull();
        assertThat(choices.of(scope(root), today, null, "không có").problem()).isNotNull();
        assertThat(choices.of(scope(root), today, picked, "").unit()).isNull();
    }

    private static NewPerson person(String name, UUID unit) {
        return new NewPerson(
                PersonName.of(name),
                LocalDate.of(1980, 1, 1),
                PersonKind.CIVIL_SERVANT,
                unit,
                "Khối Đảng, đoàn thể",
                "Chuyên viên",
                false,
                100,
                true);
    }
}
