package vn.chuanmuc.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.platform.Planner;

/**
 * Computes a body's whole ledger once more from the live tables: every row of evidence against its record and every record
 * against its row, every entry against its leaf, the tree, its checkpoints with their signatures, the keys in the folder against
 * those the acts tell of, and what the modules can compute from raw records. Reads one moment; nobody waits for it.
 */
@Component
public class Recheck {
    private static final Logger LOG = LoggerFactory.getLogger(Recheck.class);
    private static final int AT_ONCE = 2_000;
    /** Enough to see what happened; that there are more is said by number. */
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final EvidenceText texts;
    private final LeafStore store;
    private final KeyHistory history;
    private final LedgerKeys keys;
    private final Border border;
    private final Sequencer sequencer;
    private final ObjectProvider<Recomputation> recomputations;
    private final TransactionTemplate reading;
    private final Clock clock;
    private final Duration longest;

    Recheck(
            JdbcClient jdbc,
            JdbcTemplate template,
            EvidenceText texts,
            LeafStore store,
            KeyHistory history,
            LedgerKeys keys,
            Border border,
            Sequencer sequencer,
            ObjectProvider<Recomputation> recomputations,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${chuanmuc.ledger.waiting-minutes:15}") int waitingMinutes) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(AT_ONCE);
        this.texts = texts;
        this.store = store;
        this.history = history;
        this.keys = keys;
        this.border = border;
        this.sequencer = sequencer;
        this.clock = clock;
        this.longest = Duration.ofMinutes(waitingMinutes);
        this.recomputations = recomputations;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.reading.setReadOnly(true);
    }

    /** @param faults the first 200 of them, {@code count} how many there are; {@code acts} how many leaves were looked at */
    public record Result(long acts, long count, List<Fault> faults) {
        public boolean good() {
            return count == 0;
        }
    }

    /** Told now and then: how many parts are done, of how many. */
    @FunctionalInterface
    public interface Told {
        void at(long done, long total);
    }

    private static final class Faults implements Consumer<Fault> {
        private final List<Fault> first = new ArrayList<>();
        private long count;

        @Override
        public void accept(Fault fault) {
            count++;
            if (first.size() < MOST) {
                first.add(fault);
            }
        }
    }

    /** Every body there is something to check of. */
    public List<UUID> bodies() {
        return store.tenants();
    }

    /** Orders what waits, so that a machine that slept does not find its own night. Never within a transaction that holds rows. */
    public void settle(UUID tenantId) {
        try {
            sequencer.sequence(tenantId);
        } catch (RuntimeException e) {
            LOG.error("The entries of body {} could not be ordered before the re-check", tenantId, e);
        }
    }

    /** When the body's first act was done; empty when there is none. */
    public Optional<Instant> began(UUID tenantId) {
        return store.firstAct(tenantId);
    }

    public Result run(UUID tenantId, Told told) {
        return Objects.requireNonNull(reading.execute(status -> {
            Planner.wholeBody(jdbc);
            var faults = new Faults();
            List<String> kinds = List.copyOf(texts.kinds().keySet());
            long total = kinds.size() + 2L;
            long acts = tree(tenantId, faults);
            told.at(1, total);
            Set<String> drawn = border.drawnFor(tenantId);
            for (int i = 0; i < kinds.size(); i++) {
                evidence(tenantId, kinds.get(i), drawn, faults);
                told.at(i + 2L, total);
            }
            recomputations.orderedStream().forEach(module -> recompute(module, tenantId, faults));
            told.at(total, total);
            return new Result(acts, faults.count, List.copyOf(faults.first));
        }));
    }

    /** What was changed may be nothing the module can read any more: that too is a fault, and the others are still looked at. */
    private static void recompute(Recomputation module, UUID tenantId, Consumer<Fault> faults) {
        try {
            module.check(tenantId, faults);
        } catch (IllegalArgumentException | NoSuchElementException | NullPointerException e) {
            LOG.warn("{} could not compute", module.getClass().getSimpleName(), e);
            faults.accept(new Fault("ledger.recheck", module.getClass().getSimpleName(), Fault.DISAGREES));
        }
    }

    /** The rows of one kind, each against what the records tell of it. @param drawn kinds whose rows are all recorded */
    void evidence(UUID tenantId, String kind, Set<String> drawn, Consumer<Fault> faults) {
        EvidenceText.Shape shape = texts.shape(kind);
        boolean bordered = drawn.contains(kind);
        String records = shape.kind().changes()
                ? "select distinct on (key) key, hash from ledger.record where tenant_id = ? and kind = ? "
                        + "order by key, entry_id desc, n desc"
                : "select key, hash from ledger.record where tenant_id = ? and kind = ?";
        streaming.query(
                "select coalesce(r.key, t.key) as key, r.hash is null as unrecorded, t.hash is null as missing from ("
                        + records + ") r full join (" + shape.named()
                        + ") t on t.key = r.key where r.hash is distinct from t.hash",
                row -> {
                    boolean unrecorded = row.getBoolean("unrecorded");
                    if (!unrecorded || bordered) {
                        String fault = unrecorded
                                ? Fault.UNRECORDED
                                : row.getBoolean("missing") ? Fault.MISSING : Fault.CHANGED;
                        faults.accept(new Fault(kind, row.getString("key"), fault));
                    }
                },
                tenantId,
                kind,
                tenantId);
    }

    /** The leaves in their order, what they were made from, and what is made from them. */
    private long tree(UUID tenantId, Consumer<Fault> faults) {
        Map<Place, byte[]> nodes = nodes(tenantId);
        List<KeyHistory.Period> periods = history.of(tenantId);
        var checkpoints = new Checkpoints(tenantId, periods, faults);
        var frontier = new MerkleTree.Frontier(0);
        streaming.query(
                """
                select l.position, l.entry_id, l.hash, e.id is null as missing, e.at, e.act, e.subject_id, e.actor_id, e.payload_hash,
                       e.document_hash, e.records_hash, e.records, sha256(convert_to(e.payload, 'UTF8')) as payload_now,
                       coalesce(r.records, 0) as records_now, r.hash as records_hash_now
                from ledger.leaf l
                left join ledger.entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
                left join (
                    select entry_id, count(*) as records, sha256(convert_to(string_agg(
                        n || E'\\t' || kind || E'\\t' || key || E'\\t' || encode(hash, 'hex') || E'\\n', '' order by n), 'UTF8')) as hash
                    from ledger.record where tenant_id = ? group by entry_id) r on r.entry_id = l.entry_id
                where l.tenant_id = ?
                order by l.position
                """,
                row -> {
                    leaf(tenantId, row, frontier, nodes, checkpoints, faults);
                },
                tenantId,
                tenantId);
        checkpoints.end(frontier.size());
        nodes.forEach((at, hash) -> faults.accept(new Fault("ledger.node", at.name(), Fault.UNRECORDED)));
        waiting(tenantId, faults);
        late(tenantId, faults);
        KeyRules.check(
                periods, keys.look(), size -> store.checkpoint(tenantId, size).isPresent(), history::anybodys, faults);
        stamps(tenantId, faults);
        return frontier.size();
    }

    private static void leaf(
            UUID tenantId,
            ResultSet row,
            MerkleTree.Frontier frontier,
            Map<Place, byte[]> nodes,
            Checkpoints checkpoints,
            Consumer<Fault> faults)
            throws SQLException {
        UUID entry = row.getObject("entry_id", UUID.class);
        byte[] hash = row.getBytes("hash");
        if (row.getLong("position") != frontier.size()) {
            faults.accept(new Fault("ledger.leaf", Long.toString(row.getLong("position")), Fault.CHANGED));
        }
        if (row.getBoolean("missing")) {
            faults.accept(new Fault("ledger.entry", entry.toString(), Fault.MISSING));
        } else {
            byte[] records = row.getBytes("records_hash");
            byte[] recordsNow = row.getBytes("records_hash_now");
            boolean whole = Sha256.same(row.getBytes("payload_hash"), row.getBytes("payload_now"))
                    && row.getLong("records") == row.getLong("records_now")
                    && (records == null ? recordsNow == null : recordsNow != null && Sha256.same(records, recordsNow));
            var leaf = new Leaf(
                    tenantId,
                    entry,
                    row.getTimestamp("at").toInstant(),
                    row.getString("act"),
                    row.getObject("subject_id", UUID.class),
                    row.getObject("actor_id", UUID.class),
                    row.getBytes("payload_hash"),
                    row.getBytes("document_hash"),
                    records);
            if (!whole || !Sha256.same(leaf.hash(), hash)) {
                faults.accept(new Fault("ledger.entry", entry.toString(), Fault.CHANGED));
            }
        }
        frontier.add(hash, (level, position, node) -> {
            if (level % MerkleTree.STEP == 0) {
                byte[] kept = nodes.remove(new Place(level, position));
                if (kept == null || !Sha256.same(kept, node)) {
                    faults.accept(new Fault(
                            "ledger.node", level + "/" + position, kept == null ? Fault.MISSING : Fault.CHANGED));
                }
            }
        });
        checkpoints.upTo(frontier);
    }

    private Map<Place, byte[]> nodes(UUID tenantId) {
        var nodes = new HashMap<Place, byte[]>();
        streaming.query(
                "select level, position, hash from ledger.node where tenant_id = ?",
                row -> {
                    nodes.put(new Place(row.getInt("level"), row.getLong("position")), row.getBytes("hash"));
                },
                tenantId);
        return nodes;
    }

    private record Place(int level, long position) {
        String name() {
            return level + "/" + position;
        }
    }

    /** The signed tree heads, met in the order of their sizes while the tree grows. */
    private final class Checkpoints {
        private final UUID tenantId;
        private final List<KeyHistory.Period> periods;
        private final Consumer<Fault> faults;
        private List<LeafStore.Checkpoint> next = List.of();
        private int at;
        private long before;
        private boolean all;

        Checkpoints(UUID tenantId, List<KeyHistory.Period> periods, Consumer<Fault> faults) {
            this.tenantId = tenantId;
            this.periods = periods;
            this.faults = faults;
        }

        void upTo(MerkleTree.Frontier frontier) {
            for (LeafStore.Checkpoint head = peek(); head != null && head.size() <= frontier.size(); head = peek()) {
                byte[] root = frontier.root();
                if (head.before() != before) {
                    faults.accept(new Fault("ledger.checkpoint", Long.toString(head.before()), Fault.MISSING));
                }
                boolean good = head.size() == frontier.size()
                        && Sha256.same(head.root(), root)
                        && !periods.isEmpty()
                        && signed(head, root);
                if (!good) {
                    faults.accept(new Fault("ledger.checkpoint", Long.toString(head.size()), Fault.CHANGED));
                }
                before = head.size();
                at++;
            }
        }

        private boolean signed(LeafStore.Checkpoint head, byte[] root) {
            List<Note.Verifier> signers = KeyHistory.signersOf(periods, before, head.size());
            return Note.holds(head.note(), Note.body(signers.getLast().name(), head.size(), root), signers);
        }

        void end(long size) {
            for (LeafStore.Checkpoint head = peek(); head != null; head = peek()) {
                faults.accept(new Fault("ledger.checkpoint", Long.toString(head.size()), Fault.CHANGED));
                before = head.size();
                at++;
            }
            if (before != size && size > 0) {
                faults.accept(new Fault("ledger.checkpoint", Long.toString(size), Fault.MISSING));
            }
        }

        private LeafStore.@org.jspecify.annotations.Nullable Checkpoint peek() {
            if (at == next.size() && !all) {
                next = store.checkpoints(
                        tenantId, next.isEmpty() ? 0 : next.getLast().size(), AT_ONCE);
                at = 0;
                all = next.isEmpty();
            }
            return at < next.size() ? next.get(at) : null;
        }
    }

    /** Every entry is a leaf or waits to be one; no record is without its entry. */
    private void waiting(UUID tenantId, Consumer<Fault> faults) {
        streaming.query(
                """
                select 'ledger.entry' as kind, e.id::text as key, 'unrecorded' as fault from ledger.entry e
                where e.tenant_id = ?
                  and not exists (select from ledger.leaf l where l.tenant_id = e.tenant_id and l.entry_id = e.id)
                  and not exists (select from ledger.waiting w where w.tenant_id = e.tenant_id and w.entry_id = e.id)
                union all
                select 'ledger.entry', w.entry_id::text, 'missing' from ledger.waiting w
                where w.tenant_id = ?
                  and not exists (select from ledger.entry e where e.tenant_id = w.tenant_id and e.id = w.entry_id)
                union all
                select 'ledger.record', r.entry_id || '/' || r.n, 'unrecorded' from ledger.record r
                where r.tenant_id = ?
                  and not exists (select from ledger.entry e where e.tenant_id = r.tenant_id and e.id = r.entry_id)
                union all
                select 'ledger.record', r.entry_id || '/' || r.n, 'unrecorded' from ledger.record r
                where r.tenant_id = ? and r.kind <> all (?)
                """,
                row -> {
                    faults.accept(new Fault(row.getString("kind"), row.getString("key"), row.getString("fault")));
                },
                tenantId,
                tenantId,
                tenantId,
                tenantId,
                texts.kinds().keySet().toArray(String[]::new));
    }

    /** Seconds are the rule; what waits longer than is set waits for something that is not there, mostly the key. */
    private void late(UUID tenantId, Consumer<Fault> faults) {
        streaming.query(
                """
                select w.entry_id from ledger.waiting w
                join ledger.entry e on e.tenant_id = w.tenant_id and e.id = w.entry_id
                where w.tenant_id = ? and e.at < ? order by w.entry_id
                """,
                row -> {
                    faults.accept(new Fault("ledger.waiting", row.getString("entry_id"), Fault.LATE));
                },
                tenantId,
                Timestamp.from(clock.instant().minus(longest)));
    }

    private void stamps(UUID tenantId, Consumer<Fault> faults) {
        streaming.query(
                """
                select s.size, s.token, c.note from ledger.stamp s
                left join ledger.checkpoint c on c.tenant_id = s.tenant_id and c.size = s.size
                where s.tenant_id = ?
                """,
                row -> {
                    String note = row.getString("note");
                    if (note == null || !Stamping.isAbout(row.getBytes("token"), note)) {
                        faults.accept(new Fault("ledger.stamp", Long.toString(row.getLong("size")), Fault.CHANGED));
                    }
                },
                tenantId);
    }
}
