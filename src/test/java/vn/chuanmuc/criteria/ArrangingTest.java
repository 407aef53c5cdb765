package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Decisions.Import;
import vn.chuanmuc.criteria.Decisions.Publication;
import vn.chuanmuc.criteria.Decisions.Settled;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

/** The proof-reader changes which items there are without importing again; what was read and its lines stay beside it. */
@ProductTest
class ArrangingTest {
    private static final String FIRST = "set[1].group[1].criterion[1]";
    private static final String SECOND = "set[1].group[1].criterion[2]";

    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    Ledger ledger;

    @SuppressWarnings("NullAway.Init")
    private Viewer reader;

    @SuppressWarnings("NullAway.Init")
    private Viewer importer;

    @SuppressWarnings("NullAway.Init")
    private UUID id;

    private int version;

    @BeforeEach
    void importTheDecision() {
        var body = bodies.create();
        importer = body.viewer(Role.IMPORTER, body.root);
        reader = body.viewer(Role.PROOFREADER, body.root);
        id = ((Import.Imported) decisions.importText(importer, "264", RealDecision.text(), List.of())).id();
        version = 1;
    }

    private void does(Reshaping change) {
        Settled outcome = decisions.reshape(reader, id, version, change);
        assertThat(outcome).isEqualTo(new Settled.Done(version + 1));
        version++;
    }

    private Proof proof() {
        return decisions.get(reader, id).proof();
    }

    private List<String> words(String criterion) {
        Proof proof = proof();
        return proof.items(criterion).stream()
                .map(slot -> proof.at(slot.where()).value())
                .toList();
    }

    private static String item(String criterion, int number) {
        return criterion + ".item[" + number + "]";
    }

    @Test
    void movesItemsWithinAndBeyondTheirCriterion() {
        List<String> one = words(FIRST);
        List<String> two = words(SECOND);
        assertThat(one).hasSize(3);
        does(new Reshaping.Shift(item(FIRST, 1), false));
        assertThat(words(FIRST)).containsExactly(one.get(1), one.get(0), one.get(2));
        does(new Reshaping.Shift(item(FIRST, 1), true));
        assertThat(words(FIRST)).isEqualTo(one);
        assertThat(proof().layout()).isEqualTo(ItemLayout.AS_READ);
        does(new Reshaping.Shift(item(FIRST, 3), false));
        assertThat(words(FIRST)).isEqualTo(one.subList(0, 2));
        assertThat(words(SECOND).getFirst()).isEqualTo(one.get(2));
        does(new Reshaping.Shift(item(FIRST, 3), true));
        assertThat(words(FIRST)).isEqualTo(one);
        does(new Reshaping.Move(item(FIRST, 1), SECOND));
        assertThat(words(SECOND).getLast()).isEqualTo(one.get(0));
        assertThat(words(SECOND)).hasSize(two.size() + 1);
        // the first of all cannot go further up
        does(new Reshaping.Shift(item(FIRST, 2), true));
        assertThat(words(FIRST)).isEqualTo(one.subList(1, 3));
    }

    @Test
    void splitsAndMergesAndKeepsTheSourceLine() {
        List<String> before = words(FIRST);
        int line = proof().at(item(FIRST, 1)).line();
        does(new Reshaping.Split(item(FIRST, 1), "Phần một\r\n\r\nPhần hai\n \nPhần ba"));
        assertThat(words(FIRST)).containsExactly("Phần một", "Phần hai", "Phần ba", before.get(1), before.get(2));
        Proof split = proof();
        assertThat(split.items(FIRST).subList(0, 3))
                .allSatisfy(slot -> assertThat(slot.line()).isEqualTo(line));
        assertThat(split.at(item(FIRST, 1)).printed()).isEqualTo(before.getFirst());
        does(new Reshaping.Merge(item(FIRST, 1)));
        assertThat(words(FIRST).getFirst()).isEqualTo("Phần một Phần hai");
        assertThat(words(FIRST)).hasSize(4);
        assertThat(decisions.reshape(reader, id, version, new Reshaping.Merge(item(FIRST, 3))))
                .isInstanceOf(Settled.Refused.class);
        assertThat(decisions.reshape(reader, id, version, new Reshaping.Split(item(FIRST, 2), "không tách")))
                .isInstanceOf(Settled.Refused.class);
    }

    @Test
    void removesPutsBackAndAddsWithALine() {
        List<String> before = words(FIRST);
        does(new Reshaping.Remove(item(FIRST, 2)));
        assertThat(words(FIRST)).containsExactly(before.get(0), before.get(2));
        assertThat(proof().removedItems()).extracting(ItemLayout.Slot::printed).containsExactly(before.get(1));
        does(new Reshaping.Move(item(FIRST, 2), FIRST));
        assertThat(words(FIRST)).containsExactly(before.get(0), before.get(2), before.get(1));
        does(new Reshaping.Add(FIRST, null, "Thêm ở đầu", 0));
        does(new Reshaping.Add(FIRST, item(FIRST, 1), "Thêm ở giữa", 30));
        assertThat(words(FIRST))
                .containsExactly("Thêm ở đầu", before.get(0), "Thêm ở giữa", before.get(2), before.get(1));
        assertThat(proof().items(FIRST).get(2).line()).isEqualTo(30);
        for (var bad : List.of(
                new Reshaping.Add(FIRST, null, " ", 0),
                new Reshaping.Add(FIRST, null, "chữ", 1_000_000),
                new Reshaping.Add(FIRST, null, "a\u0001", 0))) {
            assertThat(decisions.reshape(reader, id, version, bad)).isInstanceOf(Settled.Refused.class);
        }
        assertThatThrownBy(() -> decisions.reshape(reader, id, version, new Reshaping.Remove("set[9]")))
                .isInstanceOf(NotFound.class);
        // an added one is reworded, taken out and put back like any other
        String added = proof().items(FIRST).getFirst().where();
        assertThat(decisions.settle(reader, id, version, added, "Sửa lời")).isEqualTo(new Settled.Done(version + 1));
        version++;
        does(new Reshaping.Remove(added));
        does(new Reshaping.Move(added, SECOND));
        assertThat(words(SECOND).getLast()).isEqualTo("Sửa lời");
    }

    @Test
    void recordsEveryChangeAndRefusesTheImporterAndWhoeverComesLate() {
        assertThat(decisions.reshape(reader, id, 7, new Reshaping.Remove(item(FIRST, 1))))
                .isEqualTo(new Settled.Stale());
        assertThatThrownBy(() -> decisions.reshape(importer, id, 1, new Reshaping.Remove(item(FIRST, 1))))
                .isInstanceOf(vn.chuanmuc.access.Forbidden.class);
        does(new Reshaping.Remove(item(FIRST, 1)));
        var entry = ledger.newest(reader.tenantId(), id, 1).getFirst();
        assertThat(entry.act()).isEqualTo("criteria.items-arranged");
        assertThat(entry.payload()).contains("remove").contains(item(FIRST, 1));
    }

    @Test
    void publishesTheItemsAsTheyStandAndNoCriterionWithoutAny() {
        for (int number = 1; number <= 3; number++) {
            does(new Reshaping.Remove(item(FIRST, number)));
        }
        assertThat(decisions.missing(decisions.get(reader, id)))
                .anyMatch(reason -> reason.key().equals("criteria.missing.no-item"));
        does(new Reshaping.Add(FIRST, null, "Nội dung duy nhất", 12));
        does(new Reshaping.Move("set[1].group[1].criterion[2].item[1]", FIRST));
        version = ((Settled.Done) decisions.acceptReadings(reader, id, RealDecision.SETTLED)).version();
        assertThat(decisions.publish(reader, id, version, null)).isInstanceOf(Publication.Published.class);
        var set = criteria.sets(reader.tenantId(), id).getFirst();
        assertThat(set.items()).isEqualTo(27 - 2);
        var items = criteria.text(reader.tenantId(), set.id())
                .groups()
                .getFirst()
                .criteria()
                .getFirst()
                .items();
        assertThat(items).hasSize(2);
        assertThat(items.getFirst().words()).isEqualTo("Nội dung duy nhất");
    }

    @Test
    void readsAProofThatWasStoredBeforeItemsCouldBeMoved() {
        var json = tools.jackson.databind.json.JsonMapper.builder().build();
        var tree = (tools.jackson.databind.node.ObjectNode) json.readTree(json.writeValueAsString(proof()));
        tree.remove("layout");
        assertThat(json.readValue(tree.toString(), Proof.class)).isEqualTo(proof());
    }
}
