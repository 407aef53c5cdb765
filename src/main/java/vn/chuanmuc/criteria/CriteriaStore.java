package vn.chuanmuc.criteria;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.NotFound;

@Component
class CriteriaStore {
    private static final String PUBLISHED = """
            select id, number_normalised, signed_on, issuer, subject, effective_from, superseded_from
            from criteria.decision
            where tenant_id = ? and state in ('published', 'superseded')
            """;
    private static final RowMapper<PublishedDecision> DECISION = (row, n) -> {
        Date superseded = row.getDate("superseded_from");
        return new PublishedDecision(
                row.getObject("id", UUID.class),
                row.getString("number_normalised"),
                row.getDate("signed_on").toLocalDate(),
                row.getString("issuer"),
                row.getString("subject"),
                row.getDate("effective_from").toLocalDate(),
                superseded == null ? null : superseded.toLocalDate());
    };

    private final JdbcClient jdbc;

    CriteriaStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<PublishedDecision> published(UUID tenantId) {
        return jdbc.sql(PUBLISHED + " order by signed_on desc, id desc limit 100")
                .param(tenantId)
                .query(DECISION)
                .list();
    }

    /** The newest decision that no later one supersedes. */
    Optional<UUID> inForce(UUID tenantId) {
        return jdbc.sql("""
                        select id from criteria.decision
                        where tenant_id = ? and state = 'published'
                        order by signed_on desc, id desc
                        limit 1
                        """)
                .param(tenantId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    Optional<PublishedDecision> findPublished(UUID tenantId, UUID decisionId) {
        return jdbc.sql(PUBLISHED + " and id = ?")
                .param(tenantId)
                .param(decisionId)
                .query(DECISION)
                .optional();
    }

    List<PublishedDecision> successors(UUID tenantId, UUID decisionId) {
        return jdbc.sql("""
                        with recursive later as (
                            select id, 1 as n from criteria.decision
                            where tenant_id = :tenant and supersedes_id = :decision and state in ('published', 'superseded')
                            union all
                            select d.id, l.n + 1
                            from later l
                            join criteria.decision d on d.tenant_id = :tenant and d.supersedes_id = l.id
                                and d.state in ('published', 'superseded')
                            where l.n < 50)
                        select d.id, d.number_normalised, d.signed_on, d.issuer, d.subject, d.effective_from, d.superseded_from
                        from later l
                        join criteria.decision d on d.tenant_id = :tenant and d.id = l.id
                        order by l.n, d.id
                        """)
                .param("tenant", tenantId)
                .param("decision", decisionId)
                .query(DECISION)
                .list();
    }

    List<CriteriaSet> sets(UUID tenantId, UUID decisionId) {
        return jdbc.sql("""
                        select id, decision_id, ordinal, title, audience, items
                        from criteria.criteria_set
                        where tenant_id = ? and decision_id = ?
                        order by ordinal
                        limit 100
                        """)
                .param(tenantId)
                .param(decisionId)
                .query((row, n) -> new CriteriaSet(
                        row.getObject("id", UUID.class),
                        row.getObject("decision_id", UUID.class),
                        row.getInt("ordinal"),
                        row.getString("title"),
                        Audience.valueOf(row.getString("audience").toUpperCase(java.util.Locale.ROOT)),
                        row.getInt("items")))
                .list();
    }

    SetText text(UUID tenantId, UUID setId) {
        record Head(String title, String issuedWith) {}
        Head head = jdbc.sql("select title, issued_with from criteria.criteria_set where tenant_id = ? and id = ?")
                .param(tenantId)
                .param(setId)
                .query((row, n) -> new Head(row.getString("title"), row.getString("issued_with")))
                .optional()
                .orElseThrow(() -> new NotFound("criteria set"));
        Map<Integer, SetText.Group> groups = new LinkedHashMap<>();
        Map<String, SetText.Criterion> criteria = new HashMap<>();
        jdbc.sql("""
                        select g.ordinal as g, g.numeral as g_numeral, g.title as g_title,
                               c.ordinal as c, c.numeral as c_numeral, c.title as c_title, i.position, i.words
                        from criteria.criteria_group g
                        join criteria.criterion c
                            on c.tenant_id = g.tenant_id and c.set_id = g.set_id and c.group_ordinal = g.ordinal
                        join criteria.item i on i.tenant_id = c.tenant_id and i.set_id = c.set_id
                            and i.group_ordinal = c.group_ordinal and i.criterion_ordinal = c.ordinal
                        where g.tenant_id = ? and g.set_id = ?
                        order by i.position
                        """).param(tenantId).param(setId).query((ResultSet row) -> {
            add(row, groups, criteria);
        });
        return new SetText(setId, head.title(), head.issuedWith(), List.copyOf(groups.values()));
    }

    private static void add(ResultSet row, Map<Integer, SetText.Group> groups, Map<String, SetText.Criterion> criteria)
            throws SQLException {
        SetText.Group group = groups.get(row.getInt("g"));
        if (group == null) {
            group = new SetText.Group(row.getString("g_numeral"), row.getString("g_title"), new ArrayList<>());
            groups.put(row.getInt("g"), group);
        }
        String path = row.getInt("g") + "." + row.getInt("c");
        SetText.Criterion criterion = criteria.get(path);
        if (criterion == null) {
            criterion = new SetText.Criterion(row.getString("c_numeral"), row.getString("c_title"), new ArrayList<>());
            criteria.put(path, criterion);
            group.criteria().add(criterion);
        }
        criterion.items().add(new SetText.Item(row.getInt("position"), row.getString("words")));
    }

    Map<UUID, UUID> chosenSets(UUID tenantId, UUID decisionId, Collection<UUID> people) {
        Map<UUID, UUID> chosen = new HashMap<>();
        jdbc.sql("""
                        select person_id, set_id from criteria.applicability
                        where tenant_id = ? and decision_id = ? and person_id = any (?)
                        """)
                .param(tenantId)
                .param(decisionId)
                .param(people.toArray(UUID[]::new))
                .query(row -> {
                    chosen.put(row.getObject("person_id", UUID.class), row.getObject("set_id", UUID.class));
                });
        return chosen;
    }
}
