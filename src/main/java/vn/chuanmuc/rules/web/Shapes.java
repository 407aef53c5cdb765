package vn.chuanmuc.rules.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.SetShape;

/** The sets of the newest published decision, on which weights are shown and formulas tried. */
@Component("rulesShapes")
class Shapes {
    private final Criteria criteria;

    Shapes(Criteria criteria) {
        this.criteria = criteria;
    }

    List<CriteriaSet> sets(UUID tenantId) {
        return criteria.published(tenantId).stream()
                .filter(decision -> decision.supersededFrom() == null)
                .findFirst()
                .or(() -> criteria.published(tenantId).stream().findFirst())
                .map(decision -> criteria.sets(tenantId, decision.id()))
                .orElse(List.of());
    }

    List<SetShape> shapes(UUID tenantId) {
        return sets(tenantId).stream().map(set -> shape(tenantId, set)).toList();
    }

    SetShape shape(UUID tenantId, CriteriaSet set) {
        return SetShape.of(set.audience(), criteria.text(tenantId, set.id()));
    }

    Criteria.SetText text(UUID tenantId, CriteriaSet set) {
        return criteria.text(tenantId, set.id());
    }

    Optional<CriteriaSet> find(UUID tenantId, @Nullable UUID id) {
        List<CriteriaSet> sets = sets(tenantId);
        return sets.stream()
                .filter(set -> set.id().equals(id))
                .findFirst()
                .or(() -> sets.stream().findFirst());
    }

    /** Made-up levels to begin with: mostly the best, a few of the next, so that weightings give different results. */
    static List<@Nullable Integer> example(RuleBook book, int items) {
        List<Integer> counting = new ArrayList<>();
        for (int ordinal = 1; ordinal <= book.scale().size(); ordinal++) {
            if (book.level(ordinal).counts()) {
                counting.add(ordinal);
            }
        }
        var levels = new ArrayList<@Nullable Integer>();
        for (int at = 0; at < items; at++) {
            levels.add(counting.get(at >= 9 && at < 14 ? Math.min(1, counting.size() - 1) : 0));
        }
        return levels;
    }

    /** And figures at their most. */
    static Answers answers(RuleBook book, int items) {
        var figures = new java.util.HashMap<String, java.math.BigDecimal>();
        book.figures().forEach(figure -> figures.put(figure.code(), figure.most()));
        return new Answers(example(book, items), figures, java.util.Map.of());
    }
}
