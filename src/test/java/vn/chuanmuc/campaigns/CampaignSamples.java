package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Launch;
import vn.chuanmuc.campaigns.Campaigns.Plan;
import vn.chuanmuc.campaigns.Campaigns.Saved;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.testing.SmallDecision;
import vn.chuanmuc.testing.TestBodies.Body;

/** Campaigns for tests. */
public final class CampaignSamples {
    private CampaignSamples() {}

    /** The plan of 2021 with its deadline, received by the top unit. */
    public static Plan plan(Body body, UUID decision, UUID... units) {
        return new Plan(
                2021,
                "Triển khai bộ tiêu chí năm 2021",
                "05-KH/BCN",
                LocalDate.of(2021, 9, 27),
                decision,
                LocalDate.of(2021, 10, 10),
                LocalDate.of(2021, 10, 20),
                Set.of(CampaignRules.ELECTRONIC),
                body.root,
                Set.of(units));
    }

    public static UUID draft(Campaigns campaigns, Viewer board, Plan plan) {
        return switch (campaigns.create(board, plan)) {
            case Saved.Done(var id) -> id;
            case Saved.Refused(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    /** Gives the units a head and a clerk, decides the sets by position, and opens the campaign. */
    public static UUID launched(Campaigns campaigns, Body body, Viewer board, SmallDecision decision, UUID... units) {
        return launched(campaigns, body, board, decision, Set.of(CampaignRules.ELECTRONIC), units);
    }

    /** The same for other ways to sign. */
    public static UUID launched(
            Campaigns campaigns, Body body, Viewer board, SmallDecision decision, Set<String> methods, UUID... units) {
        for (UUID unit : units) {
            body.viewer(Role.HEAD, unit);
            body.viewer(Role.CLERK, unit);
        }
        decision.decideForAll();
        Plan plan = plan(body, decision.id, units);
        UUID id = draft(
                campaigns,
                board,
                new Plan(
                        plan.year(),
                        plan.title(),
                        plan.planNumber(),
                        plan.planDate(),
                        plan.decisionId(),
                        plan.signBy(),
                        plan.submitBy(),
                        methods,
                        plan.receiverUnit(),
                        plan.units()));
        return switch (campaigns.launch(board, id)) {
            case Launch.Launched any -> id;
            case Launch.Later later -> throw new IllegalStateException(later.toString());
            case Launch.Moved moved -> throw new IllegalStateException(moved.toString());
            case Launch.Refused(var gates) -> throw new IllegalStateException(gates.toString());
        };
    }

    /** Makes the body's campaigns those of a line of its kind, as if they had been planned for it: what is printed from now on follows. */
    public static void ofLine(JdbcClient jdbc, Body body, Lines.Kind kind) {
        UUID line = Ids.next();
        jdbc.sql("""
                        insert into directory.line (tenant_id, id, name, match_key, kind, valid_from)
                        values (?, ?, ?, ?, ?, '2020-01-01')
                        """)
                .params(body.tenant, line, "Tuyến " + line, line.toString(), kind.code())
                .update();
        jdbc.sql("update campaigns.campaign set line_id = ? where tenant_id = ?")
                .params(line, body.tenant)
                .update();
    }

    /** One attempt to open a campaign, in a transaction, with something done on the way; empty when it was rolled back to be done again. */
    public static Optional<Launch> attempt(
            Campaigns campaigns, TransactionTemplate transaction, Viewer board, UUID campaign, Runnable midway) {
        return Optional.ofNullable(transaction.execute(status -> {
            Launch launch = campaigns
                    .open(board, campaign, (done, total) -> {
                        if (done == 1) {
                            midway.run();
                        }
                    })
                    .orElse(null);
            if (launch == null) {
                status.setRollbackOnly();
            }
            return launch;
        }));
    }
}
