package vn.chuanmuc.criteria.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Decisions.Listed;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** @param drafts also those dropped; empty for whoever does not work on them */
record DecisionsPage(
        List<Listed> drafts,
        List<Listed> published,
        Map<UUID, String> names,
        boolean mayImport,
        boolean worksOnDrafts,
        AsOf asOf)
        implements Dated {
    @Override
    public String undated() {
        return "criteria.undated";
    }

    /** How a decision stood on the day by its own dates. */
    static Standing standing(@Nullable LocalDate effectiveFrom, @Nullable LocalDate supersededFrom, AsOf asOf) {
        return supersededFrom != null && (asOf.past() ? !supersededFrom.isAfter(asOf.day()) : true)
                ? Standing.SUPERSEDED
                : effectiveFrom != null && effectiveFrom.isAfter(asOf.day()) ? Standing.COMING : Standing.IN_FORCE;
    }

    Standing standing(Listed listed) {
        return standing(listed.effectiveFrom(), listed.supersededFrom(), asOf);
    }

    enum Standing {
        COMING,
        IN_FORCE,
        SUPERSEDED
    }

    String importer(Listed listed) {
        return names.getOrDefault(listed.importedBy(), "–");
    }
}
