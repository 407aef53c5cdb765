package vn.chuanmuc.overview.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.overview.Overview.Picture;
import vn.chuanmuc.overview.Reports.Issued;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * The reports of a unit in a quarter.
 *
 * @param prospect what number one would be issued under; null for whoever does not issue it
 * @param issued those the viewer may open
 */
record ReportPage(
        List<CycleLine> cycles,
        Picture picture,
        Numbering.@Nullable Prospect prospect,
        List<Issued> issued,
        Typed typed,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    static final String FULL = "day-du";
    static final String SEALED = "che";

    /** What was chosen, when it could not be issued. */
    record Typed(boolean sealed, boolean unnumbered) {
        static final Typed NOTHING = new Typed(false, false);
    }

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "overview.undated";
    }

    CycleLine cycle() {
        return picture.cycle();
    }

    String unit() {
        return picture.whole().unit().id().toString();
    }

    /** Parameters of its addresses, behind a question mark. */
    String query() {
        return asOf.parameter() + "dot=" + cycle().id() + "&don-vi=" + unit();
    }

    String preview(String kind, boolean sealed) {
        return ReportController.REPORTS + "." + kind + "?" + query() + (sealed ? "&ban=" + SEALED : "");
    }

    static String file(Issued report, String kind) {
        return ReportController.REPORTS + "/" + report.id() + "." + kind;
    }

    boolean full() {
        return picture.whole().full();
    }

    boolean sealable() {
        return cycle().sealedAt() != null;
    }
}
