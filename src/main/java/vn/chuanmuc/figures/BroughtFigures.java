package vn.chuanmuc.figures;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.FigureSource;

/** Offers confirmed figures to assessment forms. */
@Component
class BroughtFigures implements FigureSource {
    private final FigureStore store;

    BroughtFigures(FigureStore store) {
        this.store = store;
    }

    @Override
    public List<Figure> of(UUID tenantId, UUID personId, LocalDate from, LocalDate to) {
        return store.offered(tenantId, personId, from, to);
    }

    @Override
    public Map<UUID, Change> changed(UUID tenantId, Collection<UUID> figures) {
        return store.changed(tenantId, figures);
    }
}
