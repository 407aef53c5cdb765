package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Entering;
import vn.chuanmuc.assessments.LevelDecisions.SignRule;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** What counts as a sign of formality, from which day. */
@Component
class SignRules {
    private final SignRuleStore store;
    private final Units units;
    private final Access access;
    private final Ledger ledger;
    private final Clock clock;

    SignRules(SignRuleStore store, Units units, Access access, Ledger ledger, Clock clock) {
        this.store = store;
        this.units = units;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What counts as a sign of formality on a day. */
    SignRule on(UUID tenantId, LocalDate day) {
        return store.on(tenantId, day).orElse(SignRule.SHIPPED);
    }

    List<SignRule> all(UUID tenantId) {
        return store.all(tenantId);
    }

    Entering set(Viewer viewer, SignRule rule) {
        UUID tenant = viewer.tenantId();
        access.require(viewer, Permission.RUN_CYCLE, units.root(tenant));
        if (rule.seconds() < 0 || rule.seconds() > 3_600) {
            return new Entering.Refused("giay", Reason.of("assessments.signs.seconds"));
        }
        if (rule.people() < 2 || rule.people() > 1_000) {
            return new Entering.Refused("nguoi", Reason.of("assessments.signs.people"));
        }
        if (rule.validFrom().isBefore(today())) {
            return new Entering.Refused("tu-ngay", Reason.of("assessments.signs.past", today()));
        }
        String basis = Texts.oneLine(rule.basis());
        if (basis.length() > LevelDecisions.LONGEST_BASIS) {
            return new Entering.Refused("can-cu", Reason.of("assessments.step.basis", LevelDecisions.LONGEST_BASIS));
        }
        UUID id = Ids.next();
        store.set(viewer, id, rule, basis, now());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("from", rule.validFrom().toString());
        facts.put("seconds", rule.seconds());
        facts.put("people", rule.people());
        ledger.append(new Act(tenant, "assessments.signs-set", id, viewer.accountId(), facts)
                .with(Piece.of(ResultEvidence.SIGN_RULE, id)));
        return new Entering.Done();
    }

    boolean maySet(Viewer viewer) {
        return access.covers(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
