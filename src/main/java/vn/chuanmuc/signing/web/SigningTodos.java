package vn.chuanmuc.signing.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.signing.TrustList.ItemState;
import vn.chuanmuc.signing.TrustList.Kind;

/** Certificates to look at, and what another proposed to trust. */
@Component
class SigningTodos implements Todos {
    private static final int RANK = 40;

    private final SignerConfirmations confirmations;
    private final TrustList trust;
    private final AgencyCertificates agencies;

    SigningTodos(SignerConfirmations confirmations, TrustList trust, AgencyCertificates agencies) {
        this.confirmations = confirmations;
        this.trust = trust;
        this.agencies = agencies;
    }

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        long signers = confirmations.waiting(viewer);
        if (signers > 0) {
            todos.add(new Todo(Reason.of("signing.todo.signers", signers), TrustController.PEOPLE, null, RANK));
        }
        if (viewer.may(Permission.MANAGE_TRUST)) {
            long proposed = java.util.stream.Stream.of(Kind.ANCHOR, Kind.STAMPS)
                    .flatMap(kind -> trust.list(viewer, kind).stream())
                    .filter(item -> item.state() == ItemState.PROPOSED
                            && item.endedAt() == null
                            && !item.proposedBy().equals(viewer.accountId()))
                    .count();
            if (proposed > 0) {
                todos.add(new Todo(Reason.of("signing.todo.trust", proposed), TrustController.TRUST, null, RANK));
            }
        }
        if (agencies.decides(viewer)) {
            long proposed = agencies.list(viewer).stream()
                    .filter(item -> item.state() == ItemState.PROPOSED
                            && item.endedAt() == null
                            && !item.proposedBy().equals(viewer.accountId()))
                    .count();
            if (proposed > 0) {
                todos.add(new Todo(Reason.of("signing.todo.agencies", proposed), AgencyController.PATH, null, RANK));
            }
        }
        return todos;
    }
}
