package vn.chuanmuc.submissions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.ledger.Entry;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Recomputation;
import vn.chuanmuc.submissions.ListStore.Place;
import vn.chuanmuc.submissions.Lists.Key;

/** The totals and the hash of every version of every list from its rows, and its state and its place from the acts. */
@Component
class ListRecomputation implements Recomputation {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ACTS = 500;
    private static final Map<String, ListState> AFTER = Map.of(
            "submissions.compiled", ListState.COMPILED,
            "submissions.approved", ListState.APPROVED,
            "submissions.given-back", ListState.DROPPED,
            "submissions.submitted", ListState.SUBMITTED,
            "submissions.accepted", ListState.ACCEPTED,
            "submissions.accepted-as-it-stands", ListState.ACCEPTED,
            "submissions.sent-back", ListState.SENT_BACK,
            "submissions.reopened", ListState.REOPENED);

    private final ListStore store;
    private final Ledger ledger;
    private final JdbcClient jdbc;

    ListRecomputation(ListStore store, Ledger ledger, JdbcClient jdbc) {
        this.store = store;
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    private record Listed(UUID id, Key key) {}

    @Override
    public void check(UUID tenantId, Consumer<Fault> faults) {
        List<Listed> compiled = jdbc.sql("""
                        select l.id, l.campaign_id, l.unit_id, l.bloc_id from submissions.list l
                        where l.tenant_id = ?
                          and exists (select from submissions.list_version v where v.tenant_id = l.tenant_id and v.list_id = l.id)
                        order by l.id
                        """)
                .param(tenantId)
                .query((row, n) -> new Listed(
                        row.getObject("id", UUID.class),
                        new Key(
                                row.getObject("campaign_id", UUID.class),
                                row.getObject("unit_id", UUID.class),
                                row.getObject("bloc_id", UUID.class))))
                .list();
        for (Listed list : compiled) {
            List<Entry> acts = ledger.newest(tenantId, list.id(), ACTS);
            for (ListVersion version : store.versions(tenantId, list.id())) {
                String name = list.id() + "/" + version.number();
                if (!counted(tenantId, list, version)) {
                    faults.accept(new Fault(ListEvidence.ROWS, name, Fault.DISAGREES));
                }
                if (!moved(list, version, acts)) {
                    faults.accept(new Fault(ListEvidence.VERSION, name, Fault.DISAGREES));
                }
            }
        }
    }

    private boolean counted(UUID tenantId, Listed list, ListVersion version) {
        try {
            ListDigest digest = ListDigest.of(
                    store.stream(new Place(tenantId, list.id(), list.key(), null), version.number(), ListOrder.NAME));
            return digest.totals().equals(version.totals()) && Arrays.equals(digest.hash(), version.contentHash());
        } catch (IllegalArgumentException e) {
            return false; // a row says what no row can say
        }
    }

    /** The newest act about the version tells its state; a compiled one is also dropped by the next that is compiled. */
    private static boolean moved(Listed list, ListVersion version, List<Entry> acts) {
        for (Entry act : acts) {
            ListState after = AFTER.get(act.act());
            JsonNode facts = after == null ? null : read(act.payload());
            if (facts == null || facts.path("version").asInt(0) != version.number()) {
                continue;
            }
            boolean replaced = after == ListState.COMPILED && version.state() == ListState.DROPPED;
            return (after == version.state() || replaced)
                    && facts.path("campaign")
                            .asString("")
                            .equals(list.key().campaignId().toString())
                    && facts.path("unit")
                            .asString("")
                            .equals(list.key().unitId().toString())
                    && facts.path("bloc")
                            .asString("")
                            .equals(list.key().blocId().toString());
        }
        return acts.size() == ACTS; // older than what was read
    }

    private static JsonNode read(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JacksonException e) {
            return JSON.createObjectNode(); // changed, which is told elsewhere
        }
    }
}
