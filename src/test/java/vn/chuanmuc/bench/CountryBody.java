package vn.chuanmuc.bench;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Texts;

/**
 * A body as large as a country: 65,000 units (1 + 64 + 3,300 + the rest) and 2.5 million people with 20,000 different names, the
 * commonest of them borne by thousands; and 1,000 units with 40 people each that ended on 1 July 2025. Written by the owner in
 * whole sets, past keys and triggers, because what is measured is reading.
 */
final class CountryBody {
    static final int UNITS = 65_000;
    static final int PROVINCES = 64;
    private static final int WARDS = 3_300;
    private static final int OLD_UNITS = 1_000;
    static final int PEOPLE = 2_500_000;
    private static final int OLD_PEOPLE = OLD_UNITS * 40;
    private static final int NAMES = 20_000;
    static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

    private static final String[] FAMILY = {
        "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ",
        "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"
    };
    private static final String[] MIDDLE = {
        "Văn", "Văn", "Thị", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Xuân", "Quốc", "Thùy", "Hồng", "Anh", "Gia",
        "Bảo"
    };
    private static final String[] GIVEN = {
        "An", "Ánh", "Bình", "Châu", "Chi", "Cường", "Dũng", "Đào", "Đạt", "Giang", "Hà", "Hạnh", "Hào", "Hoa", "Hòa",
        "Huệ", "Hùng", "Huyền", "Khánh", "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Nhung", "Oanh", "Phong", "Phúc",
        "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thúy", "Trang", "Tuấn", "Uyên", "Vinh", "Yến"
    };

    final UUID tenant;
    final UUID root;
    /** Appointed at the top, in one province, in one ward. */
    final Viewer board;

    final Viewer provinceBoard;
    final Viewer clerk;
    final double loadMillis;

    CountryBody(ApplicationContext context) throws SQLException {
        Units units = context.getBean(Units.class);
        tenant = units.createTenant("Cả nước");
        root = units.root(tenant);
        var viewers = new BenchAccounts(context, tenant);
        long start = System.nanoTime();
        try (Connection connection = context.getBean(DataSource.class).getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("reset role");
            sql.execute("set session_replication_role = replica");
            sql.execute("set synchronous_commit = off");
            sql.execute("set maintenance_work_mem = '1GB'");
            sql.execute("set work_mem = '256MB'");
            try {
                load(connection, sql);
            } finally {
                sql.execute("reset session_replication_role");
                sql.execute("reset synchronous_commit");
                sql.execute("reset maintenance_work_mem");
                sql.execute("reset work_mem");
                sql.execute("set role chuanmuc_app");
            }
        }
        loadMillis = (System.nanoTime() - start) / 1e6;
        board = viewers.open("ban ca nuoc", Role.BOARD, root);
        provinceBoard = viewers.open("ban tinh", Role.BOARD, unit(1));
        clerk = viewers.open("van phong phuong", Role.CLERK, unit(PROVINCES + 1));
    }

    /** The n-th unit: 0 is the top, then the provinces, then the wards, then the offices and schools. */
    UUID unit(int n) {
        return n == 0 ? root : UUID.fromString(String.format(Locale.ROOT, "00000000-0000-7002-8000-%012x", n));
    }

    static UUID person(int n) {
        return UUID.fromString(String.format(Locale.ROOT, "00000000-0000-7000-8000-%012x", n));
    }

    private static String id(String family, String number) {
        return "cast('00000000-0000-" + family + "-8000-' || lpad(to_hex(" + number + "), 12, '0') as uuid)";
    }

    private void load(Connection connection, Statement sql) throws SQLException {
        names(connection, sql);
        units(connection, sql);
        List<String> indexes = dropIndexes(sql, "directory.person", "directory.assignment");
        String tenantText = "'" + tenant + "'";
        UUID bloc = UUID.randomUUID();
        UUID leader = UUID.randomUUID();
        UUID staff = UUID.randomUUID();
        sql.execute("insert into directory.bloc (tenant_id, id, name, match_key, rank_order) values (" + tenantText
                + ", '" + bloc + "', 'Khối Đảng, đoàn thể', 'khoi dang doan the', 1)");
        sql.execute("insert into directory.position (tenant_id, id, name, match_key, leads, rank_order) values ("
                + tenantText + ", '" + leader + "', 'Trưởng phòng', 'truong phong', true, 10), (" + tenantText + ", '"
                + staff + "', 'Chuyên viên', 'chuyen vien', false, 100)");
        // Common names first: the square of a chance makes the first name thousands of times as frequent as the last.
        sql.execute("""
                insert into directory.person (tenant_id, id, full_name, folded_key, sort_key, search_key, birth_date, sample,
                                              created_at)
                select %s, %s, n.full_name, n.folded_key, n.sort_key, n.search_key,
                       date '1965-01-01' + i %% 14000, true, now()
                from (select i, floor(%d * power(((i * 7919::bigint) %% 1000003) / 1000003.0, 2))::int as which
                      from generate_series(1, %d) as i) as g
                join name n on n.id = g.which
                """.formatted(tenantText, id("7000", "i"), NAMES, PEOPLE));
        sql.execute("""
                insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order,
                                                  note, valid_from, sort_key)
                select p.tenant_id, %s, p.id, %s, case when i %% 10 = 0 then uuid '%s' else uuid '%s' end, '%s', 'cong-chuc',
                       true, case when i %% 10 = 0 then 10 else 100 end, '',
                       case when i <= %d then date '%s' else date '2020-01-01' end, p.sort_key
                from generate_series(1, %d) as i
                join directory.person p on p.tenant_id = %s and p.id = %s
                """.formatted(
                        id("7001", "i"),
                        id("7002", "(" + (PROVINCES + WARDS + 1) + " + i % " + (UNITS - PROVINCES - WARDS - 1) + ")"),
                        leader,
                        staff,
                        bloc,
                        OLD_PEOPLE,
                        REFORM,
                        PEOPLE,
                        tenantText,
                        id("7000", "i")));
        // where the first of them were before
        sql.execute("""
                insert into directory.assignment (tenant_id, id, person_id, unit_id, position_id, bloc_id, kind, main, rank_order,
                                                  note, valid_from, valid_to, sort_key)
                select p.tenant_id, %s, p.id, %s, '%s', '%s', 'cong-chuc', true, 100, '', date '2020-01-01', date '%s',
                       p.sort_key
                from generate_series(1, %d) as i
                join directory.person p on p.tenant_id = %s and p.id = %s
                """.formatted(
                        id("7003", "i"),
                        id("7002", "(" + UNITS + " + i % " + OLD_UNITS + ")"),
                        staff,
                        bloc,
                        REFORM,
                        OLD_PEOPLE,
                        tenantText,
                        id("7000", "i")));
        sql.execute("""
                insert into directory.headcount (tenant_id, unit_id, day, id, people)
                select tenant_id, unit_id, day, gen_random_uuid(), sum(people)
                from (
                    select a.tenant_id, p.ancestor_id as unit_id, a.valid_from as day, a.people
                    from (select tenant_id, unit_id, valid_from, count(*) as people from directory.assignment
                          where tenant_id = %1$s group by 1, 2, 3) as a
                    join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                    union all
                    select a.tenant_id, p.ancestor_id, a.valid_to, -a.people
                    from (select tenant_id, unit_id, valid_to, count(*) as people from directory.assignment
                          where tenant_id = %1$s and valid_to is not null group by 1, 2, 3) as a
                    join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
                ) as lines
                group by tenant_id, unit_id, day having sum(people) <> 0
                """.formatted(tenantText));
        sql.execute("""
                insert into directory.person_name (tenant_id, sort_key, id, search_key, folded_key)
                select %s, sort_key, gen_random_uuid(), search_key, folded_key from name
                """.formatted(tenantText));
        for (String index : indexes) {
            sql.execute(index);
        }
    }

    /** Secondary indexes are made once over everything: that is several times quicker. */
    private static List<String> dropIndexes(Statement sql, String... tables) throws SQLException {
        var definitions = new ArrayList<String>();
        var drops = new ArrayList<String>();
        for (String table : tables) {
            try (var rows = sql.executeQuery("""
                    select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
                    where indrelid = '%s'::regclass and not indisprimary
                    """.formatted(table))) {
                while (rows.next()) {
                    drops.add("drop index " + rows.getString(1));
                    definitions.add(rows.getString(2));
                }
            }
        }
        for (String drop : drops) {
            sql.execute(drop);
        }
        return definitions;
    }

    private static void names(Connection connection, Statement sql) throws SQLException {
        var random = new Random(264);
        var names = new LinkedHashSet<String>();
        names.add("Nguyễn Văn An");
        while (names.size() < NAMES) {
            String second = random.nextInt(3) == 0 ? " " + GIVEN[random.nextInt(GIVEN.length)] : "";
            names.add(FAMILY[random.nextInt(FAMILY.length)] + " " + MIDDLE[random.nextInt(MIDDLE.length)] + second + " "
                    + GIVEN[random.nextInt(GIVEN.length)]);
        }
        sql.execute("""
                create temporary table name
                    (id int primary key, full_name text, folded_key text, sort_key bytea, search_key text)
                """);
        try (var insert = connection.prepareStatement("insert into name values (?, ?, ?, ?, ?)")) {
            int number = 0;
            for (String text : names) {
                PersonName name = PersonName.of(text);
                insert.setInt(1, number++);
                insert.setString(2, name.display());
                insert.setString(3, name.foldedKey());
                insert.setBytes(4, name.sortKey());
                insert.setString(5, name.searchKey());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        sql.execute("analyze name");
    }

    private void units(Connection connection, Statement sql) throws SQLException {
        try (var unit = connection.prepareStatement(
                        "insert into directory.unit (tenant_id, id, created_at) values (?, ?, now())");
                var version = connection.prepareStatement("""
                        insert into directory.unit_version
                            (tenant_id, unit_id, valid_from, valid_to, name, match_key, kind, parent_id, rank_order, code)
                        values (?, ?, date '2020-01-01', ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (int i = 1; i < UNITS + OLD_UNITS; i++) {
                boolean old = i >= UNITS;
                String kind;
                String name;
                int parent;
                if (i <= PROVINCES) {
                    kind = "other";
                    name = "Tỉnh " + word(i) + " " + word(i / 8);
                    parent = 0;
                } else if (i <= PROVINCES + WARDS) {
                    kind = "ward";
                    name = "Phường " + word(i) + " " + word(i / 40);
                    parent = 1 + i % PROVINCES;
                } else if (old) {
                    kind = "ward";
                    name = "Phường cũ " + word(i) + " " + word(i / 40);
                    parent = 1 + i % PROVINCES;
                } else {
                    kind = i % 3 == 0 ? "school" : "office";
                    name = (i % 3 == 0 ? "Trường " : "Phòng ") + word(i) + " " + word(i / 40) + " " + word(i / 1600);
                    parent = PROVINCES + 1 + i % WARDS;
                }
                unit.setObject(1, tenant);
                unit.setObject(2, unit(i));
                unit.addBatch();
                version.setObject(1, tenant);
                version.setObject(2, unit(i));
                version.setDate(3, old ? Date.valueOf(REFORM) : null);
                version.setString(4, name);
                version.setString(5, Texts.searchKey(name.replace("Phường ", "")));
                version.setString(6, kind);
                version.setObject(7, unit(parent));
                version.setInt(8, i);
                version.setString(9, "D" + i);
                version.addBatch();
                if (i % 5_000 == 0) {
                    unit.executeBatch();
                    version.executeBatch();
                }
            }
            unit.executeBatch();
            version.executeBatch();
        }
        sql.execute(
                "update directory.unit_version set valid_from = date '2020-01-01' where tenant_id = '" + tenant + "'");
        sql.execute("delete from directory.unit_path where tenant_id = '" + tenant + "'");
        sql.execute("delete from directory.unit_closure where tenant_id = '" + tenant + "'");
        sql.execute("""
                insert into directory.unit_path (tenant_id, ancestor_id, descendant_id, depth, valid_from, valid_to)
                with recursive up (descendant_id, ancestor_id, depth, valid_to) as (
                    select unit_id, unit_id, 0, valid_to from directory.unit_version where tenant_id = '%1$s'
                    union all
                    select u.descendant_id, v.parent_id, u.depth + 1, u.valid_to
                    from up u
                    join directory.unit_version v on v.tenant_id = '%1$s' and v.unit_id = u.ancestor_id
                    where v.parent_id is not null
                )
                select '%1$s', ancestor_id, descendant_id, depth, date '2020-01-01', valid_to from up
                """.formatted(tenant));
        // the records of units that ended are kept by the province
        sql.execute("""
                insert into directory.unit_closure (tenant_id, ancestor_id, descendant_id, depth, custody)
                select tenant_id, ancestor_id, descendant_id, depth, valid_to is not null
                from directory.unit_path
                where tenant_id = '%s' and (valid_to is null or depth > 0)
                """.formatted(tenant));
    }

    private static String word(int n) {
        return GIVEN[n % GIVEN.length];
    }
}
