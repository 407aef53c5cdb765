package vn.chuanmuc.figures.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.figures.FigureIndex;
import vn.chuanmuc.figures.FigureIndexes;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What is measured: the list of indexes, one for the whole body. */
@Controller
class IndexesController {
    static final String INDEXES = FiguresController.ADDRESS + "/chi-so";

    private final FigureIndexes indexes;
    private final Accounts accounts;
    private final Clock clock;

    IndexesController(FigureIndexes indexes, Accounts accounts, Clock clock) {
        this.indexes = indexes;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(INDEXES)
    @Allowed(Permission.READ_FIGURES)
    View show(Viewer viewer) {
        return page(
                viewer,
                Map.of("tu", "0", "den", "100", "tu-ngay", VietnameseDates.format(LocalDate.now(clock))),
                FormErrors.NONE);
    }

    private View page(Viewer viewer, Map<String, String> values, FormErrors errors) {
        List<FigureIndex> all = indexes.all(viewer.tenantId());
        return new IndexesPage(
                all,
                accounts.names(
                        viewer.tenantId(),
                        all.stream()
                                .map(FigureIndex::enteredBy)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                indexes.mayEnter(viewer),
                values,
                errors);
    }

    @PostMapping(INDEXES)
    @Allowed(Permission.ENTER_RULES)
    Object enter(Viewer viewer, @RequestParam Map<String, String> sent) {
        var typed = new FigureIndexes.Typed(
                sent.getOrDefault("ma", ""),
                sent.getOrDefault("ten", ""),
                sent.getOrDefault("do", ""),
                sent.getOrDefault("dem", ""),
                sent.getOrDefault("tu", ""),
                sent.getOrDefault("den", ""),
                sent.getOrDefault("cua", ""),
                sent.getOrDefault("can-cu", ""),
                sent.getOrDefault("tu-ngay", ""),
                sent.getOrDefault("den-ngay", ""));
        return switch (indexes.enter(viewer, typed)) {
            case FigureIndexes.Saved.Done done -> Answer.done(INDEXES, "figures-index-entered");
            case FigureIndexes.Saved.Refused(var byField) -> page(viewer, sent, new FormErrors(byField));
        };
    }
}
