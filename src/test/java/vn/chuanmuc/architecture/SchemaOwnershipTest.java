package vn.chuanmuc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** design.md: a module's SQL writes only its own schema; a rule that matches nothing fails. */
class SchemaOwnershipTest {
    private static final Path SOURCES = Path.of("src/main/java/vn/chuanmuc");
    private static final Pattern WRITE = Pattern.compile(
            "\\b(?:insert\\s+into|update|delete\\s+from|truncate(?:\\s+table)?|merge\\s+into)\\s+([a-z_]+)\\.([a-z_]+)",
            Pattern.CASE_INSENSITIVE);

    private record Write(String module, String schema, String table, Path file) {}

    @Test
    void everyModuleWritesOnlyItsOwnSchema() throws IOException {
        List<Write> writes = writes();
        assertThat(writes).as("statements found").hasSizeGreaterThan(20);
        assertThat(writes)
                .allSatisfy(write -> assertThat(write.schema())
                        .as("%s writes %s.%s", write.file(), write.schema(), write.table())
                        .isEqualTo(write.module()));
    }

    /** Rule 5 of the data model: records of acts are corrected by a new version, never changed or deleted. */
    @Test
    void noSourceChangesOrDeletesEvidence() throws IOException {
        List<String> evidence = List.of(
                "ledger.entry",
                "ledger.record",
                "ledger.leaf",
                "ledger.node",
                "ledger.checkpoint",
                "ledger.stamp",
                "commitments.commitment",
                "documents.content",
                "documents.paper",
                "documents.paper_state",
                "documents.paper_print",
                "documents.number",
                "documents.number_cancellation",
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
                "assessments.decision",
                "assessments.approval",
                "assessments.telling",
                "assessments.sighting",
                "assessments.growth",
                "assessments.petition_mark",
                "assessments.exception",
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
                "rules.version",
                "rules.verdict",
                "rules.withdrawal",
                "rules.calendar_day");
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                for (String table : evidence) {
                    assertThat(source)
                            .as("%s", file)
                            .doesNotContain("update " + table + " ")
                            .doesNotContain("delete from " + table);
                }
            }
        }
    }

    private static List<Write> writes() throws IOException {
        var writes = new ArrayList<Write>();
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Path inside = SOURCES.relativize(file);
                if (inside.getNameCount() < 2) {
                    continue;
                }
                Matcher matcher = WRITE.matcher(Files.readString(file));
                while (matcher.find()) {
                    writes.add(new Write(inside.getName(0).toString(), matcher.group(1), matcher.group(2), file));
                }
            }
        }
        return writes;
    }
}
