package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.kernel.Texts;

/** Finds the result that a petition on paper is about. */
@Component
public class PaperEntry {
    private static final int MOST = 50;

    private final JdbcClient jdbc;

    PaperEntry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A result somebody was told of. @param taken whether a petition about it is under way or was answered */
    public record Found(
            Period period,
            UUID formId,
            String fullName,
            String positionName,
            String unitName,
            String cycleTitle,
            String gradeName,
            LocalDate toldOn,
            boolean taken) {}

    /** Results told in the clerk's units of people whose name holds the words, the newest first; at most 50. Never one's own. */
    public List<Found> find(Viewer viewer, String words) {
        String key = Texts.searchKey(words);
        if (key.length() < 2) {
            return List.of();
        }
        return jdbc.sql("""
                        select f.period, f.id, f.full_name, f.position_name, f.unit_name, c.title, d.grade_name,
                               (select min(t.told_on) from assessments.telling t
                                where t.tenant_id = x.tenant_id and t.period = x.period and t.form_id = x.form_id and t.version = x.told)
                                   as told_on,
                               exists (select from petitions.petition p
                                       where p.tenant_id = x.tenant_id and p.period = x.period and p.form_id = x.form_id
                                         and p.told_version = x.told and p.state not in ('draft', 'dropped', 'withdrawn')) as taken
                        from assessments.form f
                        join assessments.result x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
                            and x.told is not null
                        join assessments.decision d on d.tenant_id = x.tenant_id and d.period = x.period and d.form_id = x.form_id
                            and d.version = x.told
                        join assessments.cycle c on c.tenant_id = f.tenant_id and c.id = f.cycle_id
                        where f.tenant_id = :tenant and f.state = 'told' and f.person_id <> all (array(select r.id from directory.records_of(:tenant, cast(:person as uuid)) as r (id)))
                          and f.search_key like '%' || :words || '%'
                          and f.unit_id in (select v.descendant_id from directory.unit_closure v
                                            where v.tenant_id = :tenant and v.ancestor_id = any (:units))
                        order by told_on desc, f.sort_key, f.id
                        limit :most
                        """)
                .param("tenant", viewer.tenantId())
                .param("person", viewer.personId())
                .param("words", key)
                .param("units", viewer.unitsWith(Permission.RECORD_PETITION))
                .param("most", MOST)
                .query((row, n) -> new Found(
                        Period.of(row.getInt("period")),
                        row.getObject("id", UUID.class),
                        row.getString("full_name"),
                        row.getString("position_name"),
                        row.getString("unit_name"),
                        row.getString("title"),
                        row.getString("grade_name"),
                        row.getObject("told_on", LocalDate.class),
                        row.getBoolean("taken")))
                .list();
    }
}
