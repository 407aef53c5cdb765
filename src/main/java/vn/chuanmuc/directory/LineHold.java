package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Lines.Saved;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;

/**
 * What everybody who writes in a line begins with: the row of the line held until the transaction ends, and the unit asked for within
 * their reach.
 */
@Component
class LineHold {
    private final LineStore store;
    private final Clock clock;

    LineHold(LineStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Line lock(Scope scope, UUID lineId) {
        return store.lock(scope.tenantId(), lineId).orElseThrow(() -> new NotFound("line"));
    }

    void require(Scope scope, UUID unitId) {
        if (!store.covers(scope, unitId, false)) {
            throw new NotFound("unit");
        }
    }

    /** Why something that began on {@code from} cannot end on the day; null where it can. @param current whether nobody wrote since it was read */
    Saved.@Nullable Refused ending(LocalDate day, LocalDate from, String reason, boolean current) {
        Optional<Reason> wrong = LineRules.end(day, today(), from);
        if (wrong.isPresent()) {
            return Lines.no("ngay-thoi", wrong.get());
        }
        Optional<Reason> unsaid = LineRules.reason(reason);
        if (unsaid.isPresent()) {
            return Lines.no("ly-do", unsaid.get());
        }
        return current ? null : Lines.no("", Reason.of("directory.line.refused.meanwhile"));
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
