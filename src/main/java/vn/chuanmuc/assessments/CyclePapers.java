package vn.chuanmuc.assessments;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.PaperLines;
import vn.chuanmuc.office.Layout;

/** Whose rules of document form the papers of assessment follow: those of the campaign whose people are assessed (ADR 0024). */
@Component
public class CyclePapers {
    private final CycleStore cycles;
    private final PaperLines lines;

    CyclePapers(CycleStore cycles, PaperLines lines) {
        this.cycles = cycles;
        this.lines = lines;
    }

    public Layout.Line line(UUID tenantId, UUID cycleId) {
        return line(tenantId, List.of(cycleId));
    }

    /** Of one paper about several cycles. */
    public Layout.Line line(UUID tenantId, Collection<UUID> cycleIds) {
        return lines.of(tenantId, cycles.campaigns(tenantId, cycleIds));
    }

    Layout.Line line(UUID tenantId, Cycle cycle) {
        return lines.of(tenantId, cycle.campaignId());
    }
}
