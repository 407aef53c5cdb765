package vn.chuanmuc.campaigns.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.campaigns.Branches;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.SigningDeadline;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param id null for a new one
 * @param version as it was read; sent back, so that a change from an old page is noticed
 * @param receiver the unit that receives lists
 * @param units to be ticked, while they are few
 * @param branches what is chosen, where they are many
 * @param added the unit that is just being added to that, and in which way
 * @param chosen how many units are chosen
 * @param people how many people have a post there today
 */
record CampaignFormPage(
        @Nullable UUID id,
        int version,
        CampaignForm form,
        List<PublishedDecision> decisions,
        UnitChoice receiver,
        List<Unit> units,
        List<BranchLine> branches,
        UnitChoice added,
        String kind,
        int chosen,
        long people,
        List<Line> lines,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    /** Where the deadline of the year that is typed comes from; null where no document is known. */
    @Nullable
    SigningDeadline deadline() {
        String year = form.year().strip();
        return year.matches("\\d{4}")
                ? Campaigns.proposedDeadline(Integer.parseInt(year)).orElse(null)
                : null;
    }

    List<Branches.Kind> kinds() {
        return List.of(Branches.Kind.values());
    }

    /** The ways to sign that may be ticked. */
    List<String> methods() {
        return Campaigns.methods();
    }

    String action() {
        return id == null ? "/dot/moi" : "/dot/" + id + "/sua";
    }

    /** Depth in the tree as it is indented; deeper than six is shown as six. */
    String indent(Unit unit) {
        int top = units.isEmpty() ? 0 : units.getFirst().depth();
        return "cm-depth-" + Math.min(Math.max(unit.depth() - top, 0), 6);
    }
}
