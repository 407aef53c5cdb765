package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.testing.ProductTest;

/** Stored head-counts follow every change of people and of the tree, for every day. */
@ProductTest
class HeadcountsTest {
    private static final UUID NOBODY = new UUID(0, 0);

    @Autowired
    Units units;

    @Autowired
    People people;

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

    @Test
    void aMovedBranchTakesItsPeopleAlongFromThatDay() {
        UUID tenant = units.createTenant("Đếm người");
        UUID root = units.root(tenant);
        List<UUID> wards = units.addAll(
                tenant,
                NOBODY,
                List.of(
                        new Units.NewUnit("A", "Phường A", Units.Kind.WARD, root),
                        new Units.NewUnit("B", "Phường B", Units.Kind.WARD, root)));
        UUID office = units.addAll(
                        tenant,
                        NOBODY,
                        List.of(new Units.NewUnit("A1", "Văn phòng", Units.Kind.OFFICE, wards.getFirst())))
                .getFirst();
        LocalDate today = jdbc.sql("select min(valid_from) from directory.unit_version where tenant_id = ?")
                .param(tenant)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .single();
        List<UUID> ids = people.addAll(
                tenant, NOBODY, List.of(person("Nguyễn Văn An", office), person("Trần Thị Bình", wards.getFirst())));
        assertThat(headcounts.on(tenant, List.of(root, wards.get(0), wards.get(1), office), today))
                .isEqualTo(Map.of(root, 2, wards.get(0), 2, office, 1));
        assertThat(headcounts.on(tenant, List.of(root), today.minusDays(1))).isEmpty();

        LocalDate day = today.plusDays(10);
        transaction.executeWithoutResult(status -> {
            List<UUID> moved = paths.below(tenant, List.of(office), day);
            headcounts.withoutUnits(tenant, moved);
            jdbc.sql("update directory.unit_version set valid_to = ? where tenant_id = ? and unit_id = ?")
                    .params(java.sql.Date.valueOf(day), tenant, office)
                    .update();
            jdbc.sql("""
                            insert into directory.unit_version
                                (tenant_id, unit_id, valid_from, name, match_key, kind, parent_id, rank_order, code)
                            select tenant_id, unit_id, ?, name, match_key, kind, ?, rank_order, code
                            from directory.unit_version where tenant_id = ? and unit_id = ?
                            """)
                    .params(java.sql.Date.valueOf(day), wards.get(1), tenant, office)
                    .update();
            paths.follow(tenant, moved);
            headcounts.withUnits(tenant, moved);
        });
        assertThat(headcounts.on(tenant, List.of(root, wards.get(0), wards.get(1), office), day.minusDays(1)))
                .isEqualTo(Map.of(root, 2, wards.get(0), 2, office, 1));
        assertThat(headcounts.on(tenant, List.of(root, wards.get(0), wards.get(1), office), day))
                .isEqualTo(Map.of(root, 2, wards.get(0), 1, wards.get(1), 1, office, 1));

        UUID assignment = jdbc.sql("select id from directory.assignment where tenant_id = ? and person_id = ?")
                .params(tenant, ids.getFirst())
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
        transaction.executeWithoutResult(status -> assertThat(
                        known.end(tenant, List.of(new ImportedPeople.Ended(assignment, 0, day.plusDays(5)))))
                .isTrue());
        assertThat(headcounts.on(tenant, List.of(root, wards.get(1), office), day.plusDays(5)))
                .isEqualTo(Map.of(root, 1));
        var before = headcounts.on(tenant, List.of(root, wards.get(0), wards.get(1), office), day);
        while (headcounts.compact(tenant) > 0) {
            // until one line per unit and day is left
        }
        assertThat(headcounts.on(tenant, List.of(root, wards.get(0), wards.get(1), office), day))
                .isEqualTo(before);
        assertThat(jdbc.sql(
                                "select count(*) - count(distinct (unit_id, day)) from directory.headcount where tenant_id = ?")
                        .param(tenant)
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isZero();
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
