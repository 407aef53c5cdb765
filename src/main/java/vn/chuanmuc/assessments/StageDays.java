package vn.chuanmuc.assessments;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.assessments.Cycle.Stage;
import vn.chuanmuc.rules.RuleBook;

/** The last days of stages: those of one order begin together, the next order when the longest of them is over. */
@Component
class StageDays {
    List<Stage> of(UUID tenantId, List<RuleBook.Stage> stages, LocalDate opensOn) {
        var begins = new TreeMap<Integer, LocalDate>();
        LocalDate begin = opensOn;
        for (int order : stages.stream().map(RuleBook.Stage::order).sorted().distinct().toList()) {
            begins.put(order, begin);
            LocalDate from = begin;
            begin = stages.stream()
                    .filter(stage -> stage.order() == order)
                    .map(stage -> due(tenantId, from, stage.days()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        return stages.stream()
                .sorted(Comparator.comparingInt(RuleBook.Stage::order).thenComparing(RuleBook.Stage::code))
                .map(stage -> new Stage(
                        stage.code(),
                        stage.words(),
                        stage.actor(),
                        stage.whose(),
                        stage.order(),
                        stage.blind(),
                        due(tenantId, begins.get(stage.order()), stage.days())))
                .toList();
    }

    /** The day itself and so many working days behind it. */
    LocalDate due(UUID tenantId, LocalDate from, int days) {
        LocalDate day = from;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }
}
