package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.CycleGate;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Cycles.UnitProgress;
import vn.chuanmuc.assessments.Exceptions;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.ui.View;

/** @param progress of the units the viewer reads in */
record CyclePage(
        Cycle cycle,
        Campaign campaign,
        RuleBook book,
        List<Cycle.Stage> stages,
        Cycles.Readiness readiness,
        List<UnitProgress> progress,
        List<Exceptions.Made> made,
        Map<UUID, String> places,
        Map<UUID, String> names,
        boolean runs,
        boolean creating,
        boolean refused,
        LocalDate today)
        implements View {
    @Override
    public int status() {
        return refused ? 422 : 200;
    }

    String at() {
        return CyclesController.LIST + "/" + cycle.id();
    }

    boolean draft() {
        return cycle.state() == Cycle.State.DRAFT;
    }

    /** Stages in which forms are filled in, with a column of their own. */
    List<Cycle.Stage> counted() {
        return stages.stream()
                .filter(stage -> stage.actor() != RuleBook.Actor.APPROVAL)
                .toList();
    }

    UnitProgress.@Nullable OfStage of(UnitProgress unit, Cycle.Stage stage) {
        return unit.stages().get(stage.code());
    }

    long sum(java.util.function.ToLongFunction<UnitProgress> of) {
        return progress.stream().mapToLong(of).sum();
    }

    /** How many it is about; of years, which. */
    Object said(CycleGate gate) {
        return gate.kind() == CycleGate.Kind.CALENDAR_UNKNOWN
                ? readiness().unknownYears().stream().map(String::valueOf).collect(Collectors.joining(", "))
                : gate.count();
    }

    String link(CycleGate gate) {
        return at() + "/dieu-kien/" + gate.kind().code();
    }

    String place(@Nullable UUID unit) {
        return unit == null ? "" : places.getOrDefault(unit, "");
    }
}
