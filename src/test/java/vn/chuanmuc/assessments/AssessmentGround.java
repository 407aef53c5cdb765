package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies.Body;

/** A body whose people signed for 2021 and are assessed for its last quarter. */
final class AssessmentGround {
    static final Period QUARTER = new Period(2021, 4);

    final Body body;
    final Viewer board;
    final SmallDecision decision;
    /** Ward One's head, an official in it. */
    final Viewer head;
    /** The head of the top unit, who is on no roster. */
    final Viewer top;

    final Map<String, Viewer> officials = new LinkedHashMap<>();
    private final Campaigns campaigns;
    private final Commitments commitments;
    private final JdbcClient jdbc;
    UUID campaign = new UUID(0, 0);

    AssessmentGround(Body body, Campaigns campaigns, Commitments commitments, JdbcClient jdbc, String... names) {
        this.body = body;
        this.campaigns = campaigns;
        this.commitments = commitments;
        this.jdbc = jdbc;
        board = body.viewer(Role.BOARD, body.root);
        top = body.viewer(Role.HEAD, body.root);
        UUID leader = body.person("Lê Thị Đứng Đầu", body.wardOne, body.partyBloc, body.secretary);
        head = body.viewer(Role.HEAD, body.wardOne, leader);
        officials.put("Lê Thị Đứng Đầu", head);
        for (String name : names) {
            officials.put(name, body.official(body.person(name, body.wardOne, body.partyBloc, body.staff)));
        }
        decision = SmallDecision.publish(jdbc, body);
    }

    /** Opens the campaign of Ward One and Ward Two; those who are named do not sign. */
    AssessmentGround signed(String... unsigned) {
        body.viewer(Role.CLERK, body.wardOne);
        body.viewer(Role.CLERK, body.root);
        decision.decideForAll();
        campaign = CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id, body.wardOne));
        if (!(campaigns.launch(board, campaign) instanceof Campaigns.Launch.Launched)) {
            throw new IllegalStateException(campaigns.launch(board, campaign).toString());
        }
        officials.forEach((name, viewer) -> {
            if (!Set.of(unsigned).contains(name) && !CommitmentSamples.sign(commitments, viewer, campaign)) {
                throw new IllegalStateException(name + " could not sign");
            }
        });
        return this;
    }

    Viewer official(String name) {
        return Optional.ofNullable(officials.get(name)).orElseThrow();
    }

    UUID planned(Cycles cycles) {
        return switch (cycles.plan(
                board, new Cycles.Plan(QUARTER, campaign, "Đánh giá quý IV năm 2021", LocalDate.of(2021, 12, 25)))) {
            case Cycles.Saved.Done(var id) -> id;
            case Cycles.Saved.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    UUID opened(Cycles cycles) {
        UUID id = planned(cycles);
        return switch (cycles.open(board, id)) {
            case Cycles.Opening.Opened any -> id;
            case Cycles.Opening.Later later -> throw new IllegalStateException(later.toString());
            case Cycles.Opening.Refused(var gates) -> throw new IllegalStateException(gates.toString());
        };
    }

    static UUID person(Viewer official) {
        return Objects.requireNonNull(official.personId());
    }

    /** The only form of somebody. */
    UUID form(UUID cycle, Viewer official) {
        return forms(cycle, official).getFirst();
    }

    List<UUID> forms(UUID cycle, Viewer official) {
        return jdbc.sql(
                        "select id from assessments.form where tenant_id = ? and cycle_id = ? and person_id = ? order by segment")
                .params(body.tenant, cycle, person(official))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    static Forms.Draft draft(@Nullable Integer... levels) {
        var all = new ArrayList<@Nullable Integer>();
        for (Integer level : levels) {
            all.add(level);
        }
        return new Forms.Draft(all, Map.of());
    }
}
