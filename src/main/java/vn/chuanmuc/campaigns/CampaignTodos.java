package vn.chuanmuc.campaigns;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.kernel.Reason;

/** Drafts that wait for the board to open them. */
@Component
class CampaignTodos implements Todos {
    private final Campaigns campaigns;
    private final Access access;

    CampaignTodos(Campaigns campaigns, Access access) {
        this.campaigns = campaigns;
        this.access = access;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        if (!viewer.may(Permission.RUN_CAMPAIGN)) {
            return List.of();
        }
        return campaigns.visible(viewer).stream()
                .filter(campaign -> campaign.state() == State.DRAFT
                        && access.covers(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit()))
                .map(campaign -> {
                    boolean blocked = campaigns.gates(viewer, campaign).stream()
                            .anyMatch(gate -> gate.kind().blocking());
                    return new Todo(
                            Reason.of(
                                    blocked ? "campaigns.todo.blocked" : "campaigns.todo.ready",
                                    campaign.title(),
                                    String.valueOf(campaign.year())),
                            "/dot/" + campaign.id(),
                            campaign.signBy(),
                            20);
                })
                .toList();
    }
}
