package vn.chuanmuc.figures.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.figures.FigureLists.FigureList;
import vn.chuanmuc.figures.FigureLists.State;
import vn.chuanmuc.ui.View;

/** Lists that were brought in. @param state shown; null for all @param names of who brought them */
record ListsPage(List<FigureList> lists, @Nullable State state, Map<UUID, String> names, boolean brings)
        implements View {
    static String tag(State state) {
        return switch (state) {
            case WAITING -> "wait";
            case CONFIRMED -> "good";
            case REFUSED, WITHDRAWN -> "bad";
        };
    }
}
