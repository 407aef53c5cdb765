package vn.chuanmuc.overview.web;

import java.util.List;
import vn.chuanmuc.overview.Overview.CycleLine;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** What the open data of a cycle holds, field by field. */
record OpenDataPage(CycleLine cycle, AsOf asOf) implements Dated {
    static final List<String> FIELDS = List.of(
            "quarter", "cycle", "unit", "parent", "unit_name", "set", "stage", "place", "people", "level", "count");

    static String key(String field) {
        return "overview.open-data.f." + field.replace('_', '-');
    }
}
