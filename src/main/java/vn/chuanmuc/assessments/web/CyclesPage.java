package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.ui.View;

record CyclesPage(List<Cycle> cycles, Map<UUID, String> campaigns, boolean mayRun) implements View {
    static String tone(Cycle.State state) {
        return switch (state) {
            case DRAFT, CREATING -> "wait";
            case OPEN -> "info";
            case CLOSED -> "good";
            case CANCELLED -> "bad";
        };
    }
}
