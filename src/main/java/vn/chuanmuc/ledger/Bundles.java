package vn.chuanmuc.ledger;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.platform.Planner;

/**
 * Writes what {@code chuanmuc-verify.jar} checks without this server: acts with their payloads and records, the rows of evidence,
 * the files, the checkpoints and the keys, as one zip of plain text (ADR 0012). Reads one moment from cursors; memory does not
 * grow with the body.
 */
@Component
public class Bundles {
    private static final int AT_ONCE = 2_000;
    private static final int FEW = 8;
    /** Between two batches of the sequencer there is soon a moment without anything waiting, however much is signed. */
    private static final int ATTEMPTS = 100;

    private static final int PAUSE_MILLIS = 30;

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final JdbcTemplate slowly;
    private final EvidenceText texts;
    private final LeafStore store;
    private final KeyHistory history;
    private final Sequencer sequencer;
    private final List<CampaignActs> further;
    private final TransactionTemplate reading;

    Bundles(
            JdbcClient jdbc,
            JdbcTemplate template,
            EvidenceText texts,
            LeafStore store,
            KeyHistory history,
            Sequencer sequencer,
            List<CampaignActs> further,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(AT_ONCE);
        this.slowly = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.slowly.setFetchSize(FEW);
        this.texts = texts;
        this.store = store;
        this.history = history;
        this.sequencer = sequencer;
        this.further = List.copyOf(further);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.reading.setReadOnly(true);
        this.reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * What goes into a bundle.
     *
     * @param about the campaign it is about, or null for everything there is
     * @param subjects only acts about these records, acts whose facts name the campaign, and those that modules say belong to it
     *     ({@link CampaignActs}); with what they wrote
     */
    public record Scope(@org.jspecify.annotations.Nullable UUID about, List<UUID> subjects) {
        public static final Scope ALL = new Scope(null, List.of());
    }

    /** Told now and then. */
    @FunctionalInterface
    public interface Told {
        void at(long done, long total);
    }

    /** @param acts how many are in it, {@code size} how many stand in the tree of its checkpoint */
    public record Written(long acts, long size) {}

    /**
     * Writes the bundle to the file; it is there whole or not at all.
     *
     * @return empty when the body has no act, or acts came faster than they could be ordered
     */
    public Optional<Written> write(UUID tenantId, Scope scope, Path file, Told told) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (attempt > 0) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // somebody else may be sequencing
                }
                sequencer.sequence(tenantId);
                Optional<Written> written = Objects.requireNonNull(reading.execute(status -> {
                    if (store.anyWaiting(tenantId) || store.newest(tenantId).isEmpty()) {
                        return Optional.empty();
                    }
                    try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                        return Optional.of(new Writing(tenantId, scope, out, told).write());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                if (written.isPresent()) {
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    return written;
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private final class Writing {
        private final UUID tenantId;
        private final Scope scope;
        private final ZipOutputStream zip;
        private final Told told;
        private final LeafStore.Checkpoint head;
        /** SQL on an entry {@code e} of the tenant, without parameters. */
        private final String chosen;

        private long acts;

        Writing(UUID tenantId, Scope scope, OutputStream out, Told told) {
            this.tenantId = tenantId;
            this.scope = scope;
            this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            this.told = told;
            this.head = store.newest(tenantId).orElseThrow();
            this.chosen = scope.about() == null ? "true" : chosen(scope.about(), scope.subjects());
        }

        /** Ids are written as they are: they are ids. */
        private String chosen(UUID about, List<UUID> subjects) {
            String acts = Stream.concat(
                            Stream.of("ledger.key-begun", "ledger.border-drawn"),
                            further.stream().flatMap(more -> more.always().stream()))
                    .map(act -> "'" + act + "'")
                    .collect(Collectors.joining(", "));
            String more = further.stream()
                    .flatMap(one -> one.subjects(tenantId, about).stream())
                    .map(sql -> " or e.subject_id in (" + sql + ")")
                    .collect(Collectors.joining());
            return "(e.subject_id in ("
                    + subjects.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "))
                    + ") or e.payload like '%\"campaign\":\"" + about + "\"%'"
                    + more
                    + " or e.act in (" + acts + ")"
                    + " or e.act = 'ledger.taken-up' and e.payload ~"
                    + " '\"kind\":\"(campaigns|commitments|submissions|criteria|documents|signing|scans)\\.')";
        }

        Written write() throws IOException {
            Planner.wholeBody(jdbc);
            List<KeyHistory.Period> periods = history.of(tenantId);
            text(
                    "bundle.txt",
                    "chuanmuc/bundle/1\n" + periods.getLast().verifier().name() + '\n' + tenantId + '\n'
                            + (scope.about() == null ? "all" : "campaign " + scope.about()) + '\n'
                            + head.size() + '\n');
            var keys = new StringBuilder();
            periods.forEach(period -> keys.append(period.size())
                    .append(period.alone() ? " alone " : " joint ")
                    .append(period.verifier().text())
                    .append('\n'));
            text("keys.txt", keys.toString());
            text("checkpoint", head.note());
            if (scope.about() == null) {
                checkpoints();
            }
            entries();
            List<String> kinds = List.copyOf(texts.kinds().keySet());
            for (String kind : kinds) {
                evidence(texts.shape(kind));
                told.at(head.size(), head.size());
            }
            for (String kind : kinds) {
                files(texts.shape(kind));
            }
            zip.finish();
            return new Written(acts, head.size());
        }

        private void text(String name, String content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }

        private void line(String text) throws IOException {
            zip.write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }

        private void checkpoints() throws IOException {
            zip.putNextEntry(new ZipEntry("checkpoints.txt"));
            rows(
                    streaming,
                    "select note from ledger.checkpoint where tenant_id = ? order by size",
                    row -> {
                        line(row.getString("note")); // and a blank line behind it
                    },
                    tenantId);
            zip.closeEntry();
        }

        private interface Each {
            void row(ResultSet row) throws SQLException, IOException;
        }

        private static void rows(JdbcTemplate template, String sql, Each each, Object... parameters) {
            template.query(
                    sql,
                    (RowCallbackHandler) row -> {
                        try {
                            each.row(row);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    parameters);
        }

        private void entries() throws IOException {
            zip.putNextEntry(new ZipEntry("entries.txt"));
            MerkleTree tree = store.tree(tenantId);
            rows(
                    streaming,
                    """
                    select l.position, e.tenant_id, e.id, e.at, e.act, e.subject_id, e.actor_id, e.payload, e.payload_hash,
                           e.document_hash, e.records_hash, r.lines
                    from ledger.leaf l
                    join ledger.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
                    left join (
                        select entry_id, string_agg(
                            n || E'\\t' || kind || E'\\t' || key || E'\\t' || encode(hash, 'hex') || E'\\n', '' order by n) as lines
                        from ledger.record where tenant_id = ? group by entry_id) r on r.entry_id = e.id
                    where l.tenant_id = ? and %s
                    order by l.position
                    """.formatted(chosen),
                    row -> {
                        long position = row.getLong("position");
                        var entry = new StringBuilder("leaf ").append(position).append('\n');
                        entry.append(LeafStore.leaf(row).text());
                        entry.append(row.getString("payload")).append('\n');
                        String lines = row.getString("lines");
                        if (lines != null) {
                            entry.append(lines);
                        }
                        if (scope.about() != null) {
                            entry.append("proof");
                            tree.inclusion(position, head.size())
                                    .forEach(hash -> entry.append(' ')
                                            .append(Base64.getEncoder().encodeToString(hash)));
                            entry.append('\n');
                        }
                        line(entry.toString());
                        if (++acts % AT_ONCE == 0) {
                            told.at(position, head.size());
                        }
                    },
                    tenantId,
                    tenantId);
            zip.closeEntry();
        }

        /** Every record's rows in the order of the acts; then, of everything, rows that no act names. */
        private void evidence(EvidenceText.Shape shape) throws IOException {
            Evidence.Kind kind = shape.kind();
            zip.putNextEntry(new ZipEntry("evidence/" + kind.name() + ".txt"));
            var order = new ArrayList<String>();
            var columns = new ArrayList<String>();
            for (int i = 0; i < kind.key().size(); i++) {
                columns.add("t." + kind.key().get(i) + " as o" + i);
                order.add("t.o" + i);
            }
            String rows =
                    "select " + shape.name() + " as key, " + shape.text() + " as text, " + String.join(", ", columns)
                            + " from " + kind.table() + " t where t.tenant_id = ? and (" + kind.condition() + ")";
            String newest = kind.changes() ? "r.position = max(r.position) over (partition by r.key)" : "true";
            var last = new String[] {""};
            rows(
                    streaming,
                    """
                    select r.position, r.n, r.key, r.newest, t.text from (
                        select r.position, r.n, r.key, %s as newest from (
                            select l.position, r.n, r.key
                            from ledger.record r
                            join ledger.leaf l on l.tenant_id = r.tenant_id and l.entry_id = r.entry_id
                            join ledger.entry e on e.tenant_id = r.tenant_id and e.id = r.entry_id
                            where r.tenant_id = ? and r.kind = ? and %s) r) r
                    left join (%s) t on t.key = r.key and r.newest
                    order by r.position, r.n, %s
                    """.formatted(newest, chosen, rows, String.join(", ", order)),
                    row -> {
                        String at = row.getLong("position") + " " + row.getInt("n") + " " + row.getString("key");
                        if (!at.equals(last[0])) {
                            line((!row.getBoolean("newest") ? "- " : shape.grouped() ? "* " : "@ ") + at);
                            last[0] = at;
                        }
                        String text = row.getString("text");
                        if (text != null) {
                            line("=" + text);
                        }
                    },
                    tenantId,
                    kind.name(),
                    tenantId);
            if (scope.about() == null) {
                rows(
                        streaming,
                        "select t.key, t.text from (" + rows + ") t where not exists ("
                                + "select from ledger.record r where r.tenant_id = ? and r.kind = ? and r.key = t.key) order by t.key",
                        row -> {
                            line("! " + row.getString("key"));
                            line("=" + row.getString("text"));
                        },
                        tenantId,
                        tenantId,
                        kind.name());
            }
            zip.closeEntry();
        }

        private void files(EvidenceText.Shape shape) throws IOException {
            Evidence.Kind kind = shape.kind();
            for (String column : kind.files()) {
                rows(
                        slowly,
                        "select distinct on (hash) sha256(t." + column + ") as hash, t." + column + " as bytes from "
                                + kind.table() + " t where t.tenant_id = ? and (" + kind.condition() + ") and exists ("
                                + "select from ledger.record r join ledger.entry e on e.tenant_id = r.tenant_id and e.id = r.entry_id"
                                + " where r.tenant_id = ? and r.kind = ? and r.key = " + shape.key() + " and " + chosen
                                + ") order by hash",
                        row -> {
                            zip.putNextEntry(
                                    new ZipEntry("files/" + HexFormat.of().formatHex(row.getBytes("hash"))));
                            zip.write(row.getBytes("bytes"));
                            zip.closeEntry();
                        },
                        tenantId,
                        tenantId,
                        kind.name());
            }
        }
    }
}
