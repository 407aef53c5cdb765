package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Decisions.Import;
import vn.chuanmuc.criteria.Decisions.Publication;
import vn.chuanmuc.criteria.Decisions.Settled;
import vn.chuanmuc.kernel.Reason;
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
    Comparisons comparisons;

    @Autowired
    DecisionStore store;

    @Autowired
    JdbcClient jdbc;

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

    @Test
    void refusesToLetTheImporterPublish() {
        var body = bodies.create();
        var importer = body.viewer(Role.IMPORTER, body.root);
        var both = new Viewer(
                body.tenant,
                importer.accountId(),
                null,
                importer.name(),
                importer.username(),
                List.of(new Viewer.Grant(Role.IMPORTER, body.root), new Viewer.Grant(Role.PROOFREADER, body.root)),
                false,
                false);
        UUID id = imported(both);
        // they may not settle what the reader doubted either
        assertThat(decisions.acceptReadings(both, id, RealDecision.SETTLED))
                .isEqualTo(new Settled.Refused("", Reason.of("criteria.refused.own-import")));
        assertThat(decisions.settle(both, id, 1, Proof.DATE, "24/09/2021")).isInstanceOf(Settled.Refused.class);
        assertThatThrownBy(() -> decisions.settle(importer, id, 1, Proof.DATE, "24/09/2021"))
                .isInstanceOf(Forbidden.class);
        int version = settled(body.viewer(Role.PROOFREADER, body.root), id);
        assertThat(reasons(decisions.publish(both, id, version, null))).containsExactly("criteria.refused.own-import");
        // and the database refuses it too
        assertThat(store.publish(body.tenant, id, version, both.accountId(), Instant.now(), null))
                .isFalse();
        assertThatThrownBy(() -> jdbc.sql("""
                                update criteria.decision set state = 'published', published_by = imported_by, published_at = now()
                                where tenant_id = ? and id = ?
                                """).params(body.tenant, id).update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> decisions.publish(importer, id, version, null)).isInstanceOf(Forbidden.class);
        assertThat(criteria.published(body.tenant)).isEmpty();
    }

    @Test
    void asksForEveryDoubtBeforePublication() {
        var body = bodies.create();
        UUID id = imported(body.viewer(Role.IMPORTER, body.root));
        var proofreader = body.viewer(Role.PROOFREADER, body.root);
        assertThat(reasons(decisions.publish(proofreader, id, 1, null)))
                .containsExactly(
                        "criteria.missing.doubts",
                        "criteria.missing.number",
                        "criteria.missing.date",
                        "criteria.missing.effect");
        assertThat(decisions.settle(proofreader, id, 1, Proof.DATE, "24/9/2021"))
                .isEqualTo(new Settled.Done(2));
        assertThat(decisions.settle(proofreader, id, 2, Proof.EFFECT, "23/9/2021"))
                .isEqualTo(new Settled.Done(3));
        assertThat(reasons(decisions.publish(proofreader, id, 3, null)))
                .contains("criteria.missing.effect-early")
                .doesNotContain("criteria.missing.date");
    }

    @Test
    void changesNothingOnceADecisionIsPublished() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        var document = decisions.get(real.proofreader(), real.id());
        assertThat(decisions.settle(real.proofreader(), real.id(), document.version(), Proof.SUBJECT, "khác"))
                .isEqualTo(new Settled.Stale());
        assertThat(decisions.drop(real.proofreader(), real.id(), document.version(), "nhầm"))
                .isInstanceOf(Decisions.Dropped.Refused.class);
        assertThat(store.save(body.tenant, real.id(), document.version(), document.proof()))
                .isFalse();
        assertThat(store.drop(body.tenant, real.id(), document.version(), document.proof()))
                .isFalse();
        for (String sql : List.of(
                "update criteria.item set words = 'khác' where tenant_id = ?",
                "delete from criteria.item where tenant_id = ?",
                "update criteria.criteria_set set title = 'khác' where tenant_id = ?",
                "delete from criteria.decision where tenant_id = ?")) {
            assertThatThrownBy(() -> jdbc.sql(sql).param(body.tenant).update())
                    .as(sql)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void publishesOnceWhenTwoPublishAtTheSameMoment() throws Exception {
        var body = bodies.create();
        UUID id = imported(body.viewer(Role.IMPORTER, body.root));
        int version = settled(body.viewer(Role.PROOFREADER, body.root), id);
        var together = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Future<Publication>>();
            for (int i = 0; i < 8; i++) {
                var proofreader = body.viewer(Role.PROOFREADER, body.root);
                outcomes.add(threads.submit(() -> {
                    together.await();
                    return decisions.publish(proofreader, id, version, null);
                }));
            }
            together.countDown();
            int published = 0;
            for (var outcome : outcomes) {
                if (outcome.get() instanceof Publication.Published) {
                    published++;
                } else {
                    assertThat(reasons(outcome.get())).containsExactly("criteria.refused.published");
                }
            }
            assertThat(published).isEqualTo(1);
        }
        assertThat(criteria.sets(body.tenant, id)).hasSize(2);
        assertThat(ledger.newest(body.tenant, id, 100))
                .filteredOn(entry -> entry.act().equals("criteria.decision-published"))
                .hasSize(1);
    }

    @Test
    void supersedesAnEarlierDecisionOnceFromTheDayTheLaterTakesEffect() {
        var body = bodies.create();
        var real = RealDecision.publish(decisions, criteria, body);
        String text = RealDecision.text()
                .replace("- Đủ sức khỏe để thực hiện nhiệm vụ.\n\n3. Hợp tác", "3. Hợp tác")
                .replace("- Thực hiện nghiêm kỷ luật phát ngôn;", "- Thực hiện rất nghiêm kỷ luật phát ngôn;");
        UUID later = ((Import.Imported) decisions.importText(real.importer(), "sau", text, List.of())).id();
        UUID another = ((Import.Imported) decisions.importText(real.importer(), "sau", text, List.of())).id();
        int version = settled(real.proofreader(), later);
        assertThat(reasons(decisions.publish(real.proofreader(), later, version, real.id())))
                .containsExactly("criteria.refused.supersedes"); // the same day
        assertThat(decisions.settle(real.proofreader(), later, version, Proof.EFFECT, "01/01/2022"))
                .isEqualTo(new Settled.Done(version + 1));
        assertThat(decisions.publish(real.proofreader(), later, version + 1, real.id()))
                .isEqualTo(new Publication.Published(later));
        assertThat(criteria.findPublished(body.tenant, real.id()).orElseThrow().supersededFrom())
                .isEqualTo("2022-01-01");
        int other = settled(real.proofreader(), another);
        decisions.settle(real.proofreader(), another, other, Proof.EFFECT, "01/02/2022");
        assertThat(reasons(decisions.publish(real.proofreader(), another, other + 1, real.id())))
                .containsExactly("criteria.refused.supersedes");
        var comparisons = this.comparisons.ofDecisions(body.tenant, real.id(), later);
        assertThat(comparisons).hasSize(2);
        assertThat(comparisons).allSatisfy(comparison -> {
            assertThat(comparison.count(ItemChange.Kind.REWORDED)).isEqualTo(1);
            assertThat(comparison.count(ItemChange.Kind.REMOVED)).isEqualTo(1);
        });
    }

    @Test
    void writesEveryCorrectionIntoTheLedgerWithBothSides() {
        var body = bodies.create();
        UUID id = imported(body.viewer(Role.IMPORTER, body.root));
        var proofreader = body.viewer(Role.PROOFREADER, body.root);
        String where = "set[1].group[1].criterion[1].item[1]";
        String printed = decisions.get(proofreader, id).proof().at(where).printed();
        assertThat(decisions.settle(proofreader, id, 1, where, "Có bản lĩnh.")).isEqualTo(new Settled.Done(2));
        assertThat(decisions.settle(proofreader, id, 1, where, "Muộn.")).isEqualTo(new Settled.Stale());
        assertThat(decisions.settle(proofreader, id, 2, where, " ")).isInstanceOf(Settled.Refused.class);
        var place = decisions.get(proofreader, id).proof().at(where);
        assertThat(place.value()).isEqualTo("Có bản lĩnh.");
        assertThat(place.corrected()).isTrue();
        var act = ledger.newest(body.tenant, id, 1).getFirst();
        assertThat(act.act()).isEqualTo("criteria.reading-settled");
        assertThat(act.actor()).isEqualTo(proofreader.accountId());
        assertThat(act.payload()).contains(printed).contains("Có bản lĩnh.");
        // back to the words as printed: no correction any more
        assertThat(decisions.settle(proofreader, id, 2, where, printed)).isEqualTo(new Settled.Done(3));
        assertThat(decisions.get(proofreader, id).proof().at(where).corrected()).isFalse();
    }

    @Test
    void dropsADraftWithAReason() {
        var body = bodies.create();
        var importer = body.viewer(Role.IMPORTER, body.root);
        UUID id = imported(importer);
        assertThat(decisions.drop(importer, id, 1, " ")).isInstanceOf(Decisions.Dropped.Refused.class);
        assertThat(decisions.drop(importer, id, 1, "nhập trùng")).isEqualTo(new Decisions.Dropped.Done());
        assertThat(decisions.list(importer))
                .extracting(Decisions.Listed::dropReason)
                .containsExactly("nhập trùng");
        assertThat(reasons(decisions.publish(body.viewer(Role.PROOFREADER, body.root), id, 1, null)))
                .containsExactly("criteria.refused.dropped");
    }

    private UUID imported(Viewer importer) {
        return ((Import.Imported) decisions.importText(importer, "264.txt", RealDecision.text(), List.of())).id();
    }

    private int settled(Viewer viewer, UUID id) {
        return ((Settled.Done) decisions.acceptReadings(viewer, id, RealDecision.SETTLED)).version();
    }

    private static List<String> reasons(Publication outcome) {
        return outcome instanceof Publication.Refused(var why)
                ? why.stream().map(Reason::key).toList()
                : List.of();
    }
}
