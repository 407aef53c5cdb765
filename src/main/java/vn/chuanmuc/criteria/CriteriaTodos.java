package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** What waits here: drafts to proof-read, people without a set. */
@Component
class CriteriaTodos implements Todos {
    private static final int PROOF_RANK = 20;
    private static final int SETS_RANK = 30;

    private final DecisionStore decisions;
    private final CriteriaStore criteria;
    private final Applicability applicability;

    CriteriaTodos(DecisionStore decisions, CriteriaStore criteria, Applicability applicability) {
        this.decisions = decisions;
        this.criteria = criteria;
        this.applicability = applicability;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        if (viewer.may(Permission.PROOFREAD_DECISION)) {
            int drafts = decisions.draftsOfOthers(viewer.tenantId(), viewer.accountId());
            if (drafts > 0) {
                todos.add(new Todo(Reason.of("criteria.todo.proof", drafts), "/van-ban", null, PROOF_RANK));
            }
        }
        if (viewer.may(Permission.DECIDE_SETS)) {
            criteria.inForce(viewer.tenantId()).ifPresent(decision -> {
                long people = applicability.undecided(viewer, decision);
                if (people > 0) {
                    String href = "/can-bo/bo-tieu-chi?van-ban=" + decision + "&loc=chua";
                    todos.add(new Todo(Reason.of("criteria.todo.sets", people), href, null, SETS_RANK));
                }
            });
        }
        return todos;
    }
}
