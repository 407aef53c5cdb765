package vn.chuanmuc.campaigns;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.kernel.Reason;

/** Drafts that wait for the board to open them, campaigns whose lists are all accepted, and who is missing on a supplementary roster. */
@Component
class CampaignTodos implements Todos {
    private final Campaigns campaigns;
    private final Supplements supplements;
    private final Access access;

    CampaignTodos(Campaigns campaigns, Supplements supplements, Access access) {
        this.campaigns = campaigns;
        this.supplements = supplements;
        this.access = access;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        boolean runs = viewer.may(Permission.RUN_CAMPAIGN);
        if (!runs && !viewer.may(Permission.MANAGE_PEOPLE)) {
            return List.of();
        }
        // No gate is looked at here: this page is opened far more often than a campaign.
        var todos = new ArrayList<Todo>();
        List<Campaign> visible = campaigns.visible(viewer);
        for (Campaign campaign : visible) {
            long late = campaign.supplementary() ? supplements.countLate(viewer, campaign) : 0;
            if (late > 0) {
                todos.add(new Todo(
                        Reason.of("campaigns.todo.late", late, campaign.title()),
                        "/dot/" + campaign.id() + "#ky-muon",
                        campaign.signBy(),
                        20));
            }
        }
        if (!runs) {
            return todos;
        }
        List<UUID> unanswered = supplements.unanswered(
                viewer.tenantId(), visible.stream().map(Campaign::id).toList());
        for (Campaign campaign : visible) {
            if (unanswered.contains(campaign.id())
                    && access.covers(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit())) {
                todos.add(new Todo(
                        Reason.of("campaigns.todo.supplement", campaign.title(), String.valueOf(campaign.year())),
                        "/dot/" + campaign.id() + "/bo-sung",
                        null,
                        20));
            }
            if (campaign.state() == State.CLOSED
                    || !access.covers(viewer, Permission.RUN_CAMPAIGN, campaign.receiverUnit())) {
                continue;
            }
            if (campaign.state() == State.DRAFT) {
                todos.add(todo("campaigns.todo.draft", campaign, campaign.signBy()));
            } else if (campaigns.lists(viewer.tenantId(), campaign.id(), 0).complete()) {
                todos.add(todo("campaigns.todo.close", campaign, campaign.submitBy()));
            }
        }
        return todos;
    }

    private static Todo todo(String key, Campaign campaign, LocalDate by) {
        return new Todo(
                Reason.of(key, campaign.title(), String.valueOf(campaign.year())), "/dot/" + campaign.id(), by, 20);
    }
}
