package vn.chuanmuc.campaigns.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.chuanmuc.campaigns.Branches;
import vn.chuanmuc.campaigns.Branches.Mark;
import vn.chuanmuc.directory.Units.Unit;

/**
 * One thing that is said about the units of a plan.
 *
 * @param above name of the unit above; empty at the top
 * @param leaf whether nothing is below it
 */
record BranchLine(Mark mark, String name, String above, boolean leaf) {
    static List<BranchLine> of(List<Unit> tree, Branches branches) {
        Map<UUID, Unit> known = new HashMap<>();
        Set<UUID> parents = new HashSet<>();
        tree.forEach(unit -> {
            known.put(unit.id(), unit);
            if (unit.parentId() != null) {
                parents.add(unit.parentId());
            }
        });
        return branches.marks().stream()
                .map(mark -> {
                    Unit unit = java.util.Objects.requireNonNull(known.get(mark.unit()));
                    Unit above = known.get(unit.parentId());
                    return new BranchLine(
                            mark, unit.name(), above == null ? "" : above.name(), !parents.contains(unit.id()));
                })
                .toList();
    }

    /** Key of the words that say it; of a unit with nothing below it there is less to say. */
    String key() {
        return "campaigns.branch."
                + (leaf
                        ? mark.kind().takes() ? "lay-mot" : "tru-mot"
                        : mark.kind().code());
    }
}
