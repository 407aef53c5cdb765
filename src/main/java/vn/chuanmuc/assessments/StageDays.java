package vn.chuanmuc.assessments;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.Cycle.Stage;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.WorkingCalendar;
import vn.chuanmuc.rules.WorkingDays;

/** The last days of stages: those of one order begin together, the next order when the longest of them is over. */
@Component
class StageDays {
    private final WorkingDays working;

    StageDays(WorkingDays working) {
        this.working = working;
    }

    List<Stage> of(UUID tenantId, List<RuleBook.Stage> stages, LocalDate opensOn) {
        WorkingCalendar calendar = working.calendar(tenantId);
        var begins = new TreeMap<Integer, LocalDate>();
        LocalDate begin = opensOn;
        for (int order :
                stages.stream().map(RuleBook.Stage::order).sorted().distinct().toList()) {
            begins.put(order, begin);
            LocalDate from = begin;
            begin = stages.stream()
                    .filter(stage -> stage.order() == order)
                    .map(stage -> calendar.after(from, stage.days()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        return stages.stream()
                .sorted(Comparator.comparingInt(RuleBook.Stage::order)
                        .thenComparing(RuleBook.Stage::actor)
                        .thenComparing(RuleBook.Stage::code))
                .map(stage -> new Stage(
                        stage.code(),
                        stage.words(),
                        stage.actor(),
                        stage.whose(),
                        stage.order(),
                        stage.blind(),
                        calendar.after(Objects.requireNonNull(begins.get(stage.order())), stage.days())))
                .toList();
    }

    /** So many working days behind the day. */
    LocalDate due(UUID tenantId, LocalDate from, int days) {
        return working.calendar(tenantId).after(from, days);
    }

    /** Years the stages run through of which the body has entered no public holidays: their days may move. */
    Set<Integer> unknownYears(UUID tenantId, List<Stage> stages, LocalDate opensOn) {
        Set<Integer> known = working.calendar(tenantId).known();
        return stages.stream()
                .flatMap(stage -> IntStream.rangeClosed(
                                opensOn.getYear(), stage.due().getYear())
                        .boxed())
                .filter(year -> !known.contains(year))
                .collect(Collectors.toSet());
    }
}
