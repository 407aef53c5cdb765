package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

@ProductTest
class DecisionsTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    Decisions decisions;

    @Autowired
    Criteria criteria;

    @Autowired
    Ledger ledger;

    @Test
    void publishesTheRealDecisionWithTheWordsOfItsSource() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        var published = criteria.findPublished(body.tenant, real.id()).orElseThrow();
        assertThat(published.number()).isEqualTo("264-QĐ/QU");
        assertThat(published.signedOn()).isEqualTo("2021-09-24").isEqualTo(published.effectiveFrom());
        var read = CriteriaSamples.read(RealDecision.text()).decision();
        var text = criteria.text(body.tenant, real.leadersSet());
        assertThat(text.groups()).hasSize(3);
        assertThat(text.groups().stream()
                        .flatMap(group -> group.criteria().stream())
                        .flatMap(criterion -> criterion.items().stream())
                        .map(Criteria.SetText.Item::words))
                .hasSize(27)
                .isEqualTo(read.sets().getFirst().groups().stream()
                        .flatMap(group -> group.criteria().stream())
                        .flatMap(criterion -> criterion.items().stream())
                        .map(ReadItem::text)
                        .toList());
        assertThat(criteria.sets(body.tenant, real.id()))
                .extracting(Criteria.CriteriaSet::items)
                .containsExactly(27, 18);
        var act = ledger.newest(body.tenant, real.id(), 1).getFirst();
        assertThat(act.act()).isEqualTo("criteria.decision-published");
        assertThat(act.payload()).contains(HexFormat.of().formatHex(text.hash()));
    }
}
