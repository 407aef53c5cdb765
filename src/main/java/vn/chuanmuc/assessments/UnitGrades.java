package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Entering;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Grades of units as wholes: the bound of what their heads may be given, where the book says so. */
@Component
class UnitGrades {
    private final UnitGradeStore store;
    private final DeskReading desks;
    private final Access access;
    private final Ledger ledger;
    private final Clock clock;

    UnitGrades(UnitGradeStore store, DeskReading desks, Access access, Ledger ledger, Clock clock) {
        this.store = store;
        this.desks = desks;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
    }

    boolean mayEnterUnitGrade(Viewer viewer, Desk desk, Case about) {
        return about.leads()
                && desk.book().headNotAboveUnit()
                && (desks.decides(viewer, about)
                        || access.covers(
                                viewer, Permission.RUN_CYCLE, desk.cycle().unitId()));
    }

    Entering enterUnitGrade(Viewer viewer, Period period, UUID formId, String grade, String basis, int version) {
        UUID tenant = viewer.tenantId();
        Desk desk = desks.deskOf(viewer, period, formId);
        Case about = desk.cases().stream()
                .filter(one -> one.formId().equals(formId))
                .findFirst()
                .orElseThrow(() -> new NotFound("form of a desk"));
        if (!mayEnterUnitGrade(viewer, desk, about)) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        String paper = Texts.oneLine(basis);
        int rank = desk.book().rank(grade);
        if (rank == 0) {
            return new Entering.Refused("muc-don-vi", Reason.of("assessments.unit-grade.grade"));
        }
        if (paper.isEmpty() || paper.length() > LevelDecisions.LONGEST_BASIS) {
            return new Entering.Refused(
                    "can-cu", Reason.of("assessments.unit-grade.basis", LevelDecisions.LONGEST_BASIS));
        }
        if (!store.enter(viewer, about, version + 1, grade, rank, paper, now())) {
            return new Entering.Refused("", Reason.of("assessments.unit-grade.behind"));
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cycle", about.cycleId().toString());
        facts.put("version", version + 1);
        facts.put("grade", grade);
        ledger.append(new Act(tenant, "assessments.unit-graded", about.formUnit(), viewer.accountId(), facts)
                .with(Piece.of(ResultEvidence.UNIT_GRADE, about.cycleId(), about.formUnit(), (short) (version + 1))));
        return new Entering.Done();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
