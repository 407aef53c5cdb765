package vn.chuanmuc.commitments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.kernel.Reason;

/** To sign one's own commitment; for an office, that people of its unit have not. */
@Component
class CommitmentTodos implements Todos {
    private final Commitments commitments;
    private final StandingStore standings;
    private final Campaigns campaigns;

    CommitmentTodos(Commitments commitments, StandingStore standings, Campaigns campaigns) {
        this.commitments = commitments;
        this.standings = standings;
        this.campaigns = campaigns;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        for (Commitments.Own own : commitments.own(viewer)) {
            if (own.standing() == Standing.OPEN && own.open()) {
                todos.add(new Todo(
                        Reason.of(
                                own.supplementary() ? "commitments.todo.sign-again" : "commitments.todo.sign",
                                String.valueOf(own.year()),
                                own.signBy()),
                        "/cam-ket/" + own.campaignId(),
                        own.signBy(),
                        10));
            }
        }
        if (viewer.may(Permission.RECORD_NOT_SIGNING)) {
            Map<UUID, Long> open = standings.openIn(viewer.tenantId(), viewer.unitsWith(Permission.RECORD_NOT_SIGNING));
            open.forEach((id, people) -> {
                Campaign campaign = campaigns.get(viewer.tenantId(), id);
                todos.add(new Todo(
                        Reason.of("commitments.todo.unsigned", people, String.valueOf(campaign.year())),
                        "/cam-ket/danh-sach/" + id + "?trang-thai=open",
                        campaign.signBy(),
                        30));
            });
        }
        return todos;
    }
}
