package vn.chuanmuc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.criteria.Decisions.Import;
import vn.chuanmuc.criteria.Decisions.Publication;
import vn.chuanmuc.criteria.Decisions.Settled;

/**
 * Decision 264-QĐ/QU of the Standing Board of the Long Biên District Party Committee, published into a body: 27 items for
 * leaders, 18 for staff, in force from its signing on 24/9/2021.
 */
public record RealDecision(UUID id, UUID leadersSet, UUID staffSet, Viewer importer, Viewer proofreader) {
    public static final String NUMBER = "264-QĐ/QU";
    /** How a ward's report cites it: a third reading, in conflict with the two in the decision itself. */
    public static final String OTHER_READING = "Quyết định số 264-QĐ/ĐU, ngày 24/9/2021";
    /** What people settle about it; everything else is as read. */
    public static final Map<String, String> SETTLED = Map.of(
            "decision.number", NUMBER,
            "decision.date", "24/09/2021",
            "decision.signer", "Đương Hoài Nam");

    public static String text() {
        try (var in = Objects.requireNonNull(RealDecision.class.getResourceAsStream("/samples/quyet-dinh-264.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Imports it by one account, settles and publishes it by another. */
    public static RealDecision publish(Decisions decisions, Criteria criteria, TestBodies.Body body) {
        Viewer importer = body.viewer(Role.IMPORTER, body.root);
        Viewer proofreader = body.viewer(Role.PROOFREADER, body.root);
        if (decisions.importText(importer, "quyet-dinh-264.txt", text(), List.of(OTHER_READING))
                        instanceof Import.Imported imported
                && decisions.acceptReadings(proofreader, imported.id(), SETTLED) instanceof Settled.Done settled
                && decisions.publish(proofreader, imported.id(), settled.version(), null)
                        instanceof Publication.Published published) {
            return new RealDecision(
                    published.id(),
                    set(criteria, body, published.id(), Audience.LEADERS),
                    set(criteria, body, published.id(), Audience.STAFF),
                    importer,
                    proofreader);
        }
        throw new AssertionError("the real decision could not be published");
    }

    private static UUID set(Criteria criteria, TestBodies.Body body, UUID decision, Audience audience) {
        return criteria.sets(body.tenant, decision).stream()
                .filter(set -> set.audience() == audience)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
