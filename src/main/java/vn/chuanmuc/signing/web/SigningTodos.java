package vn.chuanmuc.signing.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;

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
        long proposed = trust.waiting(viewer);
        if (proposed > 0) {
            todos.add(new Todo(Reason.of("signing.todo.trust", proposed), TrustController.TRUST, null, RANK));
        }
        long links = agencies.waiting(viewer);
        if (links > 0) {
            todos.add(new Todo(Reason.of("signing.todo.agencies", links), AgencyController.PATH, null, RANK));
        }
        return todos;
    }
}
