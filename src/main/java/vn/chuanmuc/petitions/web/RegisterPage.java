package vn.chuanmuc.petitions.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.PetitionLists.ClockState;
import vn.chuanmuc.petitions.PetitionLists.Line;
import vn.chuanmuc.petitions.PetitionLists.Page;
import vn.chuanmuc.petitions.PetitionLists.Query;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** The register of petitions. @param units to choose from @param filters as they stand in an address, without a question mark */
record RegisterPage(
        Page page, Query query, Map<UUID, String> units, boolean records, String filters, Paging paging, LocalDate today)
        implements View {
    static List<State> states() {
        return Arrays.stream(State.values())
                .filter(state -> state != State.DRAFT && state != State.DROPPED)
                .toList();
    }

    static List<ClockState> clocks() {
        return List.of(ClockState.values());
    }

    long count(ClockState clock) {
        return page.counts().getOrDefault(clock, 0L);
    }

    static String to(Line line) {
        return PetitionsController.PETITIONS + "/" + line.id();
    }
}
