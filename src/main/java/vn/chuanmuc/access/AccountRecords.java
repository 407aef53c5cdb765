package vn.chuanmuc.access;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;

/** The account goes with the person when two records become one; two accounts are for an administrator to sort out first. */
@Component
class AccountRecords implements PersonRecords {
    private final AccountStore store;

    AccountRecords(AccountStore store) {
        this.store = store;
    }

    @Override
    public Optional<Reason> objection(UUID tenantId, UUID kept, UUID givenUp) {
        return store.ofPerson(tenantId, givenUp)
                .flatMap(one -> store.ofPerson(tenantId, kept)
                        .map(other -> Reason.of("access.person.two-accounts", other.username(), one.username())));
    }

    @Override
    public void merged(UUID tenantId, UUID actor, UUID kept, UUID givenUp) {
        store.ofPerson(tenantId, givenUp)
                .ifPresent(account -> Check.that(
                        store.hand(tenantId, account.id(), givenUp, kept), "an account that was found is there"));
    }
}
