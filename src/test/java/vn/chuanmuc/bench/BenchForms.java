package vn.chuanmuc.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.rules.Rules;

/**
 * A cycle in which everybody has been told their result: a form and two stages each, of 27 items for every tenth and of 18 for the
 * others. Written by the owner in whole sets, past keys, because what is measured is adding them up.
 */
final class BenchForms {
    static final Period PERIOD = new Period(2026, 3);

    final UUID cycle = UUID.randomUUID();
    private final UUID leaders = UUID.randomUUID();
    private final UUID staff = UUID.randomUUID();

    /** @param people a select of person_id, unit_id, i: who gets a form where, and their number */
    BenchForms(ApplicationContext context, UUID tenant, UUID root, String people) throws SQLException {
        try (Connection connection = context.getBean(DataSource.class).getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("reset role");
            sql.execute("set session_replication_role = replica");
            sql.execute("set synchronous_commit = off");
            sql.execute("set work_mem = '256MB'");
            sql.execute("set maintenance_work_mem = '512MB'");
            try {
                set(sql, tenant, leaders, 1, 27);
                set(sql, tenant, staff, 2, 18);
                List<String> indexes = dropIndexes(sql);
                load(sql, tenant, root, people);
                for (String index : indexes) {
                    sql.execute(index);
                }
                sql.execute("analyze assessments.form, assessments.rating, assessments.result");
            } finally {
                sql.execute("reset session_replication_role");
                sql.execute("reset synchronous_commit");
                sql.execute("reset work_mem");
                sql.execute("reset maintenance_work_mem");
                sql.execute("set role chuanmuc_app");
            }
        }
    }

    /** Secondary indexes are made once over everything: that is several times quicker. */
    private static List<String> dropIndexes(Statement sql) throws SQLException {
        var definitions = new ArrayList<String>();
        var drops = new ArrayList<String>();
        try (var rows = sql.executeQuery("""
                select x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid) from pg_index x
                where x.indrelid in ('assessments.form'::regclass, 'assessments.rating'::regclass, 'assessments.result'::regclass)
                  and not exists (select from pg_constraint c where c.conindid = x.indexrelid)
                """)) {
            while (rows.next()) {
                drops.add("drop index " + rows.getString(1));
                definitions.add(rows.getString(2).replace(" ON ONLY ", " ON "));
            }
        }
        for (String drop : drops) {
            sql.execute(drop);
        }
        return definitions;
    }

    private static void set(Statement sql, UUID tenant, UUID set, int ordinal, int items) throws SQLException {
        sql.execute("""
                insert into criteria.criteria_set (tenant_id, id, decision_id, ordinal, title, audience, items)
                values ('%1$s', '%2$s', gen_random_uuid(), %3$d, 'Bộ %4$d nội dung', 'all', %4$d);
                insert into criteria.criteria_group (tenant_id, set_id, ordinal, numeral, title)
                select '%1$s', '%2$s', g, 'N' || g, 'Nhóm ' || g from generate_series(1, 3) as g;
                insert into criteria.criterion (tenant_id, set_id, group_ordinal, ordinal, numeral, title)
                select '%1$s', '%2$s', g, c, c::text, 'Tiêu chí ' || c from generate_series(1, 3) as g, generate_series(1, 3) as c;
                insert into criteria.item (tenant_id, id, set_id, position, group_ordinal, criterion_ordinal, ordinal, words)
                select '%1$s', gen_random_uuid(), '%2$s', p + 1, 1 + p / (%4$d / 3), 1 + p / (%4$d / 9) %% 3, 1 + p %% (%4$d / 9),
                       'Nội dung ' || p
                from generate_series(0, %4$d - 1) as p
                """.formatted(tenant, set, ordinal, items));
    }

    private void load(Statement sql, UUID tenant, UUID root, String people) throws SQLException {
        sql.execute("""
                insert into assessments.cycle
                    (tenant_id, id, period, campaign_id, unit_id, rule_version, title, opens_on, levels, state, forms, not_assessed,
                     created_by, created_at, opened_by, opened_at)
                values ('%1$s', '%2$s', %3$d, gen_random_uuid(), '%4$s', '%5$s', 'Đợt đo', date '2026-09-25', 4, 'open', 0, 0,
                        gen_random_uuid(), now(), gen_random_uuid(), now());
                insert into assessments.cycle_stage (tenant_id, cycle_id, code, ord, actor, applies, blind, name, due)
                values ('%1$s', '%2$s', 'tu-danh-gia', 1, 'self', 'all', true, 'Tự đánh giá', date '2026-09-30'),
                       ('%1$s', '%2$s', 'thu-truong', 1, 'head', 'all', true, 'Thủ trưởng đánh giá', date '2026-09-30');
                create temporary table said as
                    select items, k, array(select case when (k * 31 + p * 17) %% 50 = 0 then null
                                                       else (1 + ((k * 7 + p * 3) %% 11) / 8 + ((k + p) %% 37) / 36)::smallint end
                                           from generate_series(1, items) as p order by p) as levels
                    from unnest(array[18, 27]) as items, generate_series(0, 63) as k
                """.formatted(tenant, cycle, PERIOD.code(), root, Rules.DEFAULT_ID));
        sql.execute("""
                insert into assessments.form
                    (tenant_id, period, id, cycle_id, person_id, segment, segments, unit_id, unit_name, full_name, position_name,
                     sort_key, search_key, leads, sample, day_from, day_to, set_id, items, commitment_id, document_hash, route, step,
                     state)
                select '%1$s', %2$d, uuidv7(), '%3$s', w.person_id, 1, 1, w.unit_id, '', '',
                       case when w.i %% 10 = 0 then 'Trưởng phòng' else 'Chuyên viên' end, '', '', w.i %% 10 = 0, true,
                       date '2026-07-01', date '2026-09-30', case when w.i %% 10 = 0 then uuid '%4$s' else uuid '%5$s' end,
                       case when w.i %% 10 = 0 then 27 else 18 end, w.person_id, sha256('đo'), '{tu-danh-gia,thu-truong}', 0, 'told'
                from (%6$s) as w
                """.formatted(tenant, PERIOD.code(), cycle, leaders, staff, people));
        sql.execute("""
                insert into assessments.rating
                    (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, due, state, levels, version, handing, handed_at)
                select f.tenant_id, f.period, f.id, s.stage, f.cycle_id, 1, s.actor, true, date '2026-09-30', 'handed-in', d.levels, 1,
                       1, now()
                from assessments.form f
                cross join (values ('tu-danh-gia', 'self', 0), ('thu-truong', 'head', 5)) as s (stage, actor, k)
                join said d on d.items = f.items
                    and d.k = (('x' || right(f.person_id::text, 4))::bit(16)::int + s.k) %% 64
                where f.tenant_id = '%s' and f.period = %d and f.cycle_id = '%s'
                """.formatted(tenant, PERIOD.code(), cycle));
        sql.execute("""
                insert into assessments.result
                    (tenant_id, period, form_id, cycle_id, unit_id, version, state, grade, rank, decided_by, standing, standing_grade,
                     standing_name, tell_by, told)
                select tenant_id, period, id, cycle_id, unit_id, 1, 'told', 'dat', 1 + (row_number() over () %% 13 / 12), person_id, 1,
                       'dat', 'Đạt', day_to, 1
                from assessments.form
                where tenant_id = '%s' and period = %d and cycle_id = '%s'
                """.formatted(tenant, PERIOD.code(), cycle));
        sql.execute("drop table said");
    }

    /** One person's ratings are others now: what a handing in leaves behind. */
    void change(ApplicationContext context, UUID tenant, UUID unit, int level) {
        int rows = context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("""
                        update assessments.rating set levels[1] = ?
                        where tenant_id = ? and period = ? and stage = 'thu-truong' and form_id = (
                            select id from assessments.form where tenant_id = ? and period = ? and cycle_id = ? and unit_id = ?
                            order by sort_key, id limit 1)
                        """)
                .params((short) level, tenant, PERIOD.code(), tenant, PERIOD.code(), cycle, unit)
                .update();
        if (rows != 1) {
            throw new IllegalStateException("nobody in " + unit);
        }
    }
}
