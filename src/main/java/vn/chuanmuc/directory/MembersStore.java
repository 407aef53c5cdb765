package vn.chuanmuc.directory;

import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Members.Filter;
import vn.chuanmuc.directory.Members.Listed;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Texts;

/**
 * Finds the assignments of one page in an index that has order, place and dates, then reads only those rows. How it walks depends
 * on how many people there are, which the stored head-counts say: few are read and put in order, of many the order is walked
 * until the page is full.
 */
@Component
class MembersStore {
    /** So many people are read whole and sorted in less time than a long walk takes to meet fifty of them. */
    private static final int FEW_PEOPLE = 6_000;
    /** More names than these that match a search are so frequent that a walk through all people meets them soon. */
    private static final int FEW_NAMES = 5_000;

    private static final String ON_DAY = " and a.valid_from <= :day and (a.valid_to is null or a.valid_to > :day)";
    private static final String SEEN = """
             and exists (select from directory.unit_closure s
                         where s.tenant_id = :tenant and s.ancestor_id = any (:held) and s.descendant_id = c.descendant_id)
            """;
    private static final String OPEN = " and a.valid_to is null";

    private final JdbcClient jdbc;
    private final Headcounts headcounts;
    private final TreeStore tree;

    MembersStore(JdbcClient jdbc, Headcounts headcounts, TreeStore tree) {
        this.jdbc = jdbc;
        this.headcounts = headcounts;
        this.tree = tree;
    }

    /** @param parameters of the text; more are added for one page */
    private record Query(String from, String order, Map<String, Object> parameters) {}

    Members.Page list(Scope scope, Filter filter, int offset, int limit) {
        String loose = BeginningsOfWords.query(Texts.searchKey(filter.words()), "");
        if (loose.isEmpty() && !filter.words().isBlank()) {
            return new Members.Page(List.of(), 0); // signs only: no name has them
        }
        UUID unit = filter.unitId();
        List<UUID> tops = unit == null ? scope.units() : List.of(unit);
        boolean whole = tree.holdsTop(new Scope(scope.tenantId(), scope.actor(), tops));
        int people = headcounts.on(scope.tenantId(), tops, filter.day()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        var parameters = new HashMap<String, Object>();
        parameters.put("tenant", scope.tenantId());
        parameters.put("held", scope.tops());
        parameters.put("tops", tops.toArray(UUID[]::new));
        parameters.put("day", Date.valueOf(filter.day()));
        String held =
                (tree.today(filter.day()) ? OPEN : ON_DAY) + (filter.blocId() == null ? "" : " and a.bloc_id = :bloc");
        if (filter.blocId() != null) {
            parameters.put("bloc", filter.blocId());
        }
        String exact = "";
        if (!loose.isEmpty()) {
            parameters.put("loose", loose);
            exact = PersonName.parse(filter.words()) instanceof PersonName.Parsed.Read(var written)
                    ? BeginningsOfWords.query(written.foldedKey(), "=")
                    : loose;
            parameters.put("exact", exact);
        }
        String order = filter.byRank() ? "a.rank_order, a.sort_key, a.id" : "a.sort_key, a.id";
        String units = units(filter, scope.units().equals(tops) || tree.holdsTop(scope));
        if (people <= FEW_PEOPLE) {
            return few(units, held, order, parameters, !loose.isEmpty(), offset, limit);
        }
        // said in brackets so that it stays a test of each row of the walk and does not become the place where it
        // starts
        String place = whole ? "" : " and (a.unit_id in (" + units + ")) is true";
        if (loose.isEmpty()) {
            var query = new Query(
                    " from directory.assignment a where a.tenant_id = :tenant" + held + place, order, parameters);
            boolean counted = filter.blocId() == null && people > Members.MOST_COUNTED;
            return new Members.Page(page(query, offset, limit), counted ? Members.MOST_COUNTED + 1 : count(query));
        }
        return named(held + place, order, parameters, filter, offset, limit);
    }

    /** The units asked for: those of today, or of one unit those that were below it that day, as far as the scope reaches. */
    private String units(Filter filter, boolean inScope) {
        if (filter.unitId() == null || tree.today(filter.day())) {
            return """
                    select distinct c.descendant_id from directory.unit_closure c
                    where c.tenant_id = :tenant and c.ancestor_id = any (:tops)
                    """ + (inScope ? "" : SEEN);
        }
        return """
                select c.descendant_id from directory.unit_path c
                where c.tenant_id = :tenant and c.ancestor_id = any (:tops)
                  and c.valid_from <= :day and (c.valid_to is null or c.valid_to > :day)
                """ + (inScope ? "" : SEEN);
    }

    private Members.Page few(
            String units,
            String held,
            String order,
            Map<String, Object> parameters,
            boolean words,
            int offset,
            int limit) {
        var query = new Query(
                """
                 from (%s) as u
                 join directory.assignment a on a.tenant_id = :tenant and a.unit_id = u.descendant_id
                """.formatted(units) + (words ? """
                 join directory.person w on w.tenant_id = :tenant and w.id = a.person_id
                     and w.words @@ cast(:loose as tsquery)
                """ : "") + " where true" + held,
                (words ? "not (w.words @@ cast(:exact as tsquery)), " : "") + order,
                parameters);
        return new Members.Page(page(query, offset, limit), count(query));
    }

    private Members.Page named(
            String conditions, String order, Map<String, Object> parameters, Filter filter, int offset, int limit) {
        String names = """
                select distinct n.sort_key, not (n.words @@ cast(:exact as tsquery)) as other
                from directory.person_name n
                where n.tenant_id = :tenant and n.words @@ cast(:loose as tsquery)
                """;
        int matching = jdbc.sql("select count(*) from (" + names + " limit " + (FEW_NAMES + 1) + ") as counted")
                .params(parameters)
                .query((row, n) -> row.getInt(1))
                .single();
        if (matching == 0) {
            return new Members.Page(List.of(), 0);
        }
        if (matching <= FEW_NAMES) {
            // by name the names come in their order, and the people of each after another: nothing is left to sort
            var query = new Query(
                    """
                     from (%s order by other, sort_key offset 0) as n
                     cross join lateral (
                         select a.id, a.sort_key, a.rank_order
                         from directory.assignment a
                         where a.tenant_id = :tenant and a.sort_key = n.sort_key %s
                         offset 0) as a
                    """.formatted(names, conditions),
                    "n.other, " + (filter.byRank() ? order : "n.sort_key, a.id"),
                    parameters);
            return new Members.Page(page(query, offset, limit), count(query));
        }
        // first those with just these marks, then the others: two walks in order, for neither is far to go
        var all = new Query("""
                 from directory.assignment a
                 where a.tenant_id = :tenant %s
                   and (select (n.words @@ cast(:loose as tsquery)) and (%s) from directory.person_name n
                        where n.tenant_id = :tenant and n.sort_key = a.sort_key limit 1)
                """, order, parameters);
        Query exactly = walk(all, conditions, "n.words @@ cast(:exact as tsquery)");
        Query other = walk(all, conditions, "not n.words @@ cast(:exact as tsquery)");
        int total = count(walk(all, conditions, "true"));
        int exact = count(exactly);
        var people = new ArrayList<Listed>();
        if (offset < exact) {
            people.addAll(page(exactly, offset, limit));
        }
        if (people.size() < limit && exact <= Members.MOST_COUNTED) {
            people.addAll(page(other, Math.max(0, offset - exact), limit - people.size()));
        }
        return new Members.Page(people, total);
    }

    private static Query walk(Query all, String conditions, String marks) {
        return new Query(all.from().formatted(conditions, marks), all.order(), all.parameters());
    }

    private int count(Query query) {
        return jdbc.sql("select count(*) from (select 1 " + query.from() + " limit " + (Members.MOST_COUNTED + 1)
                        + ") as counted")
                .params(query.parameters())
                .query((row, n) -> row.getInt(1))
                .single();
    }

    private List<Listed> page(Query query, int offset, int limit) {
        // As numbers in the text: a plan kept for any limit would sort everybody.
        String sql = """
                select p.id as person_id, p.full_name, p.sort_key, p.search_key, p.birth_date, p.sample, a.id, a.unit_id,
                       v.name as unit_name, a.bloc_id, b.name as bloc_name, a.position_id, o.name as position_name, o.leads, a.kind,
                       a.rank_order, a.main
                from (select a.id, row_number() over () as place from (select a.id %s order by %s limit %d offset %d) as a) as page
                join directory.assignment a on a.tenant_id = :tenant and a.id = page.id
                join directory.person p on p.tenant_id = :tenant and p.id = a.person_id
                left join lateral (
                    select u.name from directory.unit_version u
                    where u.tenant_id = :tenant and u.unit_id = a.unit_id and u.valid_from <= :day
                    order by u.valid_from desc limit 1) as v on true
                join directory.bloc b on b.tenant_id = :tenant and b.id = a.bloc_id
                join directory.position o on o.tenant_id = :tenant and o.id = a.position_id
                order by page.place
                """.formatted(query.from(), query.order(), limit, offset);
        return jdbc.sql(sql)
                .params(query.parameters())
                .query((row, n) -> new Listed(row.getObject("id", UUID.class), PeopleStore.member(row)))
                .list();
    }
}
