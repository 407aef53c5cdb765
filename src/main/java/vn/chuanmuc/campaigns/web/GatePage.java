package vn.chuanmuc.campaigns.web;

import java.util.List;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Gate;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

record GatePage(Viewer viewer, Campaign campaign, Gate.Kind kind, List<Gate.Case> cases, Paging paging)
        implements View {
    /** Where the viewer puts it right; empty when that is not a page, or not one of theirs. */
    static String link(Viewer viewer, Campaign campaign, Gate.Kind kind, Gate.Case one) {
        Permission needed = switch (kind) {
            case DECISION_NOT_IN_FORCE, DEADLINE_PASSED, NOBODY_CONCERNED, SUPPLEMENT_OPEN -> Permission.RUN_CAMPAIGN;
            case PERSON_WITHOUT_SET -> Permission.DECIDE_SETS;
            case PERSON_IN_TWO_UNITS,
                    PERSON_WITH_SECOND_POST,
                    PERSON_WITHOUT_BIRTH_DATE,
                    PERSON_ON_ANOTHER_ROSTER,
                    PERSON_COUNTED_ELSEWHERE,
                    UNIT_WITHOUT_PEOPLE,
                    UNIT_WITHOUT_HEAD,
                    UNIT_WITHOUT_CLERK -> Permission.READ_PEOPLE;
        };
        return viewer.may(needed) ? address(campaign, kind, one) : "";
    }

    private static String address(Campaign campaign, Gate.Kind kind, Gate.Case one) {
        return switch (kind) {
            case DECISION_NOT_IN_FORCE, DEADLINE_PASSED -> "/dot/" + campaign.id() + "/sua";
            case NOBODY_CONCERNED -> SupplementController.address(campaign);
            case SUPPLEMENT_OPEN -> "/dot/" + one.id();
            case PERSON_WITHOUT_SET ->
                "/can-bo/bo-tieu-chi?loc=chua&van-ban=" + campaign.decisionId() + "&don-vi=" + one.unitId();
            case PERSON_IN_TWO_UNITS,
                    PERSON_WITH_SECOND_POST,
                    PERSON_WITHOUT_BIRTH_DATE,
                    PERSON_ON_ANOTHER_ROSTER,
                    PERSON_COUNTED_ELSEWHERE -> "/can-bo/" + one.id();
            case UNIT_WITHOUT_PEOPLE -> "/can-bo?don-vi=" + one.id();
            case UNIT_WITHOUT_HEAD, UNIT_WITHOUT_CLERK ->
                ""; // roles are given by the administrator, who has no campaign
        };
    }

    String link(Gate.Case one) {
        return link(viewer, campaign, kind, one);
    }
}
