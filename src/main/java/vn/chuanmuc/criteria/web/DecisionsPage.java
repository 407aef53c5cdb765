package vn.chuanmuc.criteria.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.criteria.Decisions.Listed;
import vn.chuanmuc.ui.View;

/** @param drafts also those dropped; empty for whoever does not work on them */
record DecisionsPage(
        List<Listed> drafts, List<Listed> published, Map<UUID, String> names, boolean mayImport, boolean worksOnDrafts)
        implements View {
    String importer(Listed listed) {
        return names.getOrDefault(listed.importedBy(), "–");
    }
}
