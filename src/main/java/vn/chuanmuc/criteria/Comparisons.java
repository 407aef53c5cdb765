package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.kernel.NotFound;

/** What differs between published decisions and between the sets of one. */
@Component
public class Comparisons {
    private final Criteria criteria;

    Comparisons(Criteria criteria) {
        this.criteria = criteria;
    }

    /** Two sets of one decision. */
    public SetComparison ofSets(UUID tenantId, UUID decisionId, UUID before, UUID after) {
        List<CriteriaSet> sets = criteria.sets(tenantId, decisionId);
        return compare(tenantId, find(sets, before), find(sets, after));
    }

    /**
     * The sets of two decisions, in pairs: those for the same people belong together if each decision has one such set, the
     * rest in their order; what finds no counterpart stands alone.
     */
    public List<SetComparison> ofDecisions(UUID tenantId, UUID earlier, UUID later) {
        var old = new ArrayList<>(criteria.sets(tenantId, earlier));
        var now = new ArrayList<>(criteria.sets(tenantId, later));
        if (old.isEmpty() || now.isEmpty()) {
            throw new NotFound("decision");
        }
        var pairs = new ArrayList<SetComparison>();
        for (Audience audience : Audience.values()) {
            var before = only(old, audience);
            var after = only(now, audience);
            if (before.isPresent() && after.isPresent()) {
                old.remove(before.get());
                now.remove(after.get());
                pairs.add(compare(tenantId, before.get(), after.get()));
            }
        }
        for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
            pairs.add(compare(tenantId, i < old.size() ? old.get(i) : null, i < now.size() ? now.get(i) : null));
        }
        return pairs;
    }

    /** The sets of two decisions, whichever they are. */
    public SetComparison between(UUID tenantId, CriteriaSet before, CriteriaSet after) {
        return compare(tenantId, before, after);
    }

    /** Two published sets item by item, whatever decisions they are of. */
    public List<SetComparison.Row> ofWords(UUID tenantId, UUID before, UUID after) {
        return SetComparison.of(null, criteria.text(tenantId, before), null, criteria.text(tenantId, after))
                .rows();
    }

    private SetComparison compare(UUID tenantId, @Nullable CriteriaSet before, @Nullable CriteriaSet after) {
        return SetComparison.of(
                before,
                before == null ? null : criteria.text(tenantId, before.id()),
                after,
                after == null ? null : criteria.text(tenantId, after.id()));
    }

    private static CriteriaSet find(List<CriteriaSet> sets, UUID id) {
        return sets.stream().filter(set -> set.id().equals(id)).findFirst().orElseThrow(() -> new NotFound("set"));
    }

    private static Optional<CriteriaSet> only(List<CriteriaSet> sets, Audience audience) {
        var fitting = sets.stream().filter(set -> set.audience() == audience).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }
}
