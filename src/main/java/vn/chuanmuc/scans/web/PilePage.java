package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.Scans.Overview;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;

/**
 * A pile as it stands.
 *
 * @param group whose papers are shown; null for the pages that belong to none
 * @param papers of the group, a page of them
 * @param loose the pages that belong to no paper, a page of them
 * @param day what stands in the field for the day on all papers
 */
public record PilePage(
        Overview overview,
        @Nullable Group group,
        List<Sheaf> papers,
        List<ScanPage> loose,
        Paging paging,
        Map<UUID, String> names,
        String day,
        int days,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    static final String LOOSE = "trang-roi";

    public Group[] groups() {
        return Group.values();
    }

    public boolean shown(Group one) {
        return one == Group.READY || !overview.in(one).isEmpty();
    }

    public boolean working() {
        return overview.reading() != null || overview.confirming() != null;
    }

    public boolean stopped() {
        return overview.reading() == null
                && !overview.pile().allRead()
                && !overview.pile().finished();
    }

    public static String tone(Group group) {
        return switch (group) {
            case CONFIRMED -> "good";
            case READY -> "info";
            case DOUBLE, MISSING, DOUBTFUL -> "wait";
            case OTHER_CAMPAIGN, OTHER_UNIT, SIGNED, SUPERSEDED, WITHDRAWN, LEFT, REJECTED -> "bad";
        };
    }

    public static String tone(ScanPage.Found found) {
        return switch (found) {
            case OURS -> "good";
            case UNREADABLE, BROKEN -> "wait";
            case STRANGER, FOREIGN, BLANK -> "info";
        };
    }

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }
}
