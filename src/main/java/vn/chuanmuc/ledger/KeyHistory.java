package vn.chuanmuc.ledger;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Which key signed a body's checkpoints from which size on: said by acts, so that the list of keys stands in the tree itself. */
@Component
class KeyHistory {
    static final String BEGUN = "ledger.key-begun";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LeafStore store;

    KeyHistory(LeafStore store) {
        this.store = store;
    }

    /**
     * @param size of the tree when it began: it signs all larger ones, until the next begins
     * @param alone whether it began without the signature of the key before, which was lost, or is the first
     */
    record Period(long size, Note.Verifier verifier, boolean alone) {}

    /** Newest last. */
    List<Period> of(UUID tenantId) {
        var periods = new ArrayList<Period>();
        for (String payload : store.payloads(tenantId, BEGUN)) {
            var facts = JSON.readTree(payload);
            periods.add(new Period(
                    facts.required("size").asLong(),
                    Note.Verifier.parse(facts.required("key").asString()),
                    facts.required("alone").asBoolean()));
        }
        return periods;
    }

    /** Whether the acts of any body of this installation tell of the key. */
    boolean anybodys(PublicKey key) {
        String written = Note.Verifier.of("", key).text().split("\\+", 3)[2]; // the same under every body's name
        return store.tenants().stream()
                .anyMatch(tenant ->
                        store.payloads(tenant, BEGUN).stream().anyMatch(payload -> payload.contains(written)));
    }

    /**
     * Those that must have signed the tree of a size: the key of that time, and with its first one the key before it.
     *
     * @param before the size of the checkpoint before; 0 for none
     */
    static List<Note.Verifier> signersOf(List<Period> periods, long before, long size) {
        int now = 0;
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i).size() < size) {
                now = i;
            }
        }
        Period period = periods.get(now);
        return before <= period.size() && !period.alone()
                ? List.of(periods.get(now - 1).verifier(), period.verifier())
                : List.of(period.verifier());
    }
}
