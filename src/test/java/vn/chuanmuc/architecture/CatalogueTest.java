package vn.chuanmuc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.ledger.Evidence;
import vn.chuanmuc.testing.ProductTest;

/** The rules of the data model, asked of the real catalogue (design.md, data model 1 and 5). */
@ProductTest
class CatalogueTest {
    /** Known before anybody is: sign-in names, the set-up code, codes of papers, the list of tenants; and a library's own queue. */
    private static final Set<String> REFERENCE = Set.of(
            "directory.tenant",
            "access.login",
            "access.passkey_entry",
            "access.setup_code",
            "jobs.scheduled_tasks",
            "documents.paper_code");

    private static final Set<String> EVIDENCE = Set.of(
            "ledger.entry",
            "ledger.record",
            "ledger.leaf",
            "ledger.node",
            "ledger.checkpoint",
            "ledger.stamp",
            "commitments.commitment",
            "documents.content",
            "documents.paper",
            "documents.paper_code",
            "documents.paper_state",
            "documents.paper_print",
            "documents.number",
            "documents.number_rule",
            "documents.number_cancellation",
            "documents.type_sign",
            "documents.issuer_sign",
            "documents.number_reservation",
            "documents.number_reservation_answer",
            "documents.term",
            "scans.file",
            "scans.retention",
            "sheets.file",
            "sheets.sheet",
            "overview.threshold",
            "overview.report",
            "directory.people_import_change",
            "campaigns.roster_change",
            "campaigns.roster_line",
            "campaigns.closing",
            "submissions.list_row",
            "submissions.row_remark",
            "submissions.late_row",
            "signing.checked",
            "signing.signature",
            "signing.preserved",
            "signing.revocation",
            "signing.manifest",
            "signing.manifest_row",
            "assessments.handing",
            "assessments.exception",
            "assessments.decision",
            "assessments.approval",
            "assessments.telling",
            "assessments.sighting",
            "assessments.growth",
            "assessments.petition_mark",
            "assessments.unit_grade",
            "assessments.sign_rule",
            "panels.rule",
            "panels.presence",
            "panels.remark",
            "panels.round_form",
            "panels.count",
            "panels.witness",
            "panels.conclusion",
            "panels.minutes",
            "panels.minutes_copy",
            "panels.signature",
            "panels.delivery",
            "petitions.rule",
            "petitions.step",
            "rules.version",
            "rules.verdict",
            "rules.withdrawal",
            "rules.calendar_day");

    /** Only ever added to, and yet no kind of evidence: why. */
    private static final Map<String, String> NO_KIND = Map.of(
            "ledger.entry", "is the act itself, hashed as a leaf of the tree",
            "ledger.record", "its lines are hashed into the act's leaf",
            "ledger.leaf", "is what the tree is made of",
            "ledger.node", "is computed from the leaves",
            "ledger.checkpoint", "is signed",
            "access.login", "finds the tenant of a sign-in name; says nothing that access.account does not",
            "directory.person_name", "finds people by their names; made from directory.person",
            "assessments.rollup_node", "the tree of a cycle, made from directory.unit_version");

    /** May be changed, and yet no kind of evidence: why. */
    private static final Map<String, String> NO_CHANGING_KIND = reasons(Map.of(
            "who may come in and do what: every change is an act that tells it",
            List.of("access.account", "access.api_token", "access.passkey", "access.role_grant"),
            "the organisation as it stands: every change is an act; what it meant for a campaign is kept in rosters and lists",
            List.of(
                    "criteria.applicability",
                    "directory.assignment",
                    "directory.bloc",
                    "directory.leave",
                    "directory.line",
                    "directory.line_duty",
                    "directory.line_member",
                    "directory.line_place",
                    "directory.merge",
                    "directory.person",
                    "directory.position",
                    "directory.reorganisation",
                    "directory.reorganisation_line",
                    "directory.reorganisation_outside",
                    "directory.reorganisation_part",
                    "directory.reorganisation_unit",
                    "directory.tenant",
                    "directory.transfer",
                    "directory.unit",
                    "directory.unit_custody",
                    "directory.unit_version"),
            "computed from other rows, and computed again",
            List.of(
                    "assessments.rollup_part",
                    "assessments.rollup_queue",
                    "assessments.rollup_unit",
                    "campaigns.freeze",
                    "campaigns.roster_entry",
                    "commitments.standing",
                    "directory.headcount",
                    "directory.line_count",
                    "directory.line_crowd",
                    "directory.line_unit_count",
                    "directory.look_alike",
                    "directory.unit_closure",
                    "directory.unit_path",
                    "overview.cell",
                    "overview.seal"),
            "work on its way: what comes of it is evidence elsewhere",
            List.of(
                    "access.api_request",
                    "access.passkey_challenge",
                    "access.passkey_entry",
                    "access.session",
                    "access.setup_code",
                    "assessments.evidence",
                    "assessments.remark",
                    "commitments.print_part",
                    "commitments.print_run",
                    "directory.people_import",
                    "directory.people_import_file",
                    "directory.people_import_gone",
                    "directory.people_import_row",
                    "jobs.job",
                    "jobs.scheduled_tasks",
                    "ledger.waiting",
                    "notifications.code",
                    "notifications.mail",
                    "notifications.notice",
                    "notifications.recipient",
                    "panels.claim",
                    "panels.code",
                    "panels.urn",
                    "petitions.attachment",
                    "scans.file_part",
                    "scans.look",
                    "scans.page",
                    "scans.page_image",
                    "scans.pile",
                    "scans.sheaf",
                    "sheets.file_part",
                    "sheets.look",
                    "sheets.page",
                    "sheets.page_image",
                    "sheets.pile",
                    "sheets.print_part",
                    "sheets.print_run",
                    "sheets.reading",
                    "sheets.witness", // what they say is sheets.witnessing
                    "signing.errand",
                    "signing.preparation",
                    "signing.request"),
            "a counter or the head of rows that are evidence themselves",
            List.of(
                    "assessments.approval_way", // each change of which is an assessments.exception
                    "assessments.result",
                    "documents.number_series",
                    "petitions.opinion",
                    "petitions.petition",
                    "rules.book",
                    "submissions.list")));

    private static Map<String, String> reasons(Map<String, List<String>> tables) {
        var reasons = new HashMap<String, String>();
        tables.forEach((why, named) -> named.forEach(table -> reasons.put(table, why)));
        return reasons;
    }

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<Evidence> evidence;

    /** ADR 0012: a table that is only ever added to is evidence, unless it is said why not. */
    @Test
    void everyTableThatIsOnlyAddedToIsEvidenceOfAKind() {
        Set<String> covered = evidence.stream()
                .flatMap(module -> module.kinds().stream())
                .map(Evidence.Kind::table)
                .collect(Collectors.toSet());
        List<String> added = strings("""
                select n.nspname || '.' || c.relname
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
                  and has_table_privilege('chuanmuc_app', c.oid, 'INSERT')
                  and not has_table_privilege('chuanmuc_app', c.oid, 'UPDATE')
                  and not has_table_privilege('chuanmuc_app', c.oid, 'DELETE')
                """);
        assertThat(added).hasSizeGreaterThan(20);
        assertThat(added.stream().filter(table -> !covered.contains(table) && !NO_KIND.containsKey(table)))
                .as("append-only tables that no act names")
                .isEmpty();
        assertThat(NO_KIND.keySet()).allMatch(added::contains);
        assertThat(NO_KIND.keySet()).noneMatch(covered::contains);
    }

    /**
     * ADR 0012: what states, decisions and trust rest on is changed only with a record of every version, unless it is said why the
     * table is none of that.
     */
    @Test
    void everyTableThatIsChangedIsEvidenceOfAChangingKindOrSaysWhyNot() {
        Map<String, List<Evidence.Kind>> kinds = evidence.stream()
                .flatMap(module -> module.kinds().stream())
                .collect(Collectors.groupingBy(Evidence.Kind::table));
        List<String> changed = strings("""
                select n.nspname || '.' || c.relname
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
                  and (has_any_column_privilege('chuanmuc_app', c.oid, 'UPDATE')
                       or has_table_privilege('chuanmuc_app', c.oid, 'DELETE'))
                order by 1
                """);
        assertThat(changed.stream().filter(table -> !kinds.containsKey(table) && !NO_CHANGING_KIND.containsKey(table)))
                .as("tables that are changed without a record")
                .isEmpty();
        assertThat(NO_CHANGING_KIND.keySet()).allMatch(changed::contains);
        assertThat(NO_CHANGING_KIND.keySet()).noneMatch(kinds::containsKey);
        assertThat(changed.stream().flatMap(table -> kinds.getOrDefault(table, List.of()).stream()))
                .as("kinds whose rows change, unless they are of the kind only when they change no more")
                .allMatch(kind -> kind.changes() || !kind.condition().equals("true"));
    }

    private List<String> strings(String sql) {
        return jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
    }

    @Test
    void everyKeyAndUniqueIndexOfATenantTableStartsWithTheTenant() {
        List<String> indexes = strings("""
                select n.nspname || '.' || t.relname || ': ' || i.relname || ' starts with ' || a.attname
                from pg_index x
                join pg_class i on i.oid = x.indexrelid
                join pg_class t on t.oid = x.indrelid
                join pg_namespace n on n.oid = t.relnamespace
                join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
                where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') and x.indisunique
                """);
        assertThat(indexes).hasSizeGreaterThan(20);
        assertThat(indexes.stream().filter(index -> REFERENCE.stream().noneMatch(index::startsWith)))
                .allMatch(index -> index.endsWith("starts with tenant_id"));
    }

    @Test
    void everyForeignKeyOfATenantTableStartsWithTheTenant() {
        List<String> keys = strings("""
                select n.nspname || '.' || t.relname || ': ' || c.conname || ' starts with ' || a.attname
                       || case when c.confdeltype <> 'a' then ' CASCADES' else '' end
                from pg_constraint c
                join pg_class t on t.oid = c.conrelid
                join pg_namespace n on n.oid = t.relnamespace
                join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
                where c.contype = 'f'
                """);
        assertThat(keys).hasSizeGreaterThan(20);
        assertThat(keys.stream().filter(key -> REFERENCE.stream().noneMatch(key::startsWith)))
                .allMatch(key -> key.endsWith("starts with tenant_id"));
    }

    @Test
    void hasNoTriggersExclusionsOrDeferrableConstraints() {
        assertThat(strings("""
                        select c.conname from pg_constraint c join pg_namespace n on n.oid = c.connamespace
                        where n.nspname not in ('pg_catalog', 'information_schema') and (c.contype = 'x' or c.condeferrable)
                        union all
                        select t.tgname from pg_trigger t where not t.tgisinternal
                        """)).isEmpty();
    }

    /** The running product may add to evidence and read it, and nothing else. */
    @Test
    void theRunningProductCannotChangeEvidence() {
        for (String table : EVIDENCE) {
            for (String right : List.of("UPDATE", "DELETE", "TRUNCATE")) {
                assertThat(jdbc.sql("select has_table_privilege('chuanmuc_app', ?, ?)")
                                .params(table, right)
                                .query((row, n) -> row.getBoolean(1))
                                .single())
                        .as("%s on %s", right, table)
                        .isFalse();
            }
        }
        assertThat(strings("select current_user")).containsExactly("chuanmuc_app");
    }
}
