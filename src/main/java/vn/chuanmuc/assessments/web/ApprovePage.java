package vn.chuanmuc.assessments.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * LevelDecisions of one desk that wait for another person.
 *
 * @param typed what is said to each, by form: {@code duyet}, {@code tra} or nothing, with a reason
 */
record ApprovePage(
        Desk desk,
        List<Row> rows,
        Map<UUID, Typed> typed,
        Map<UUID, Reason> wrong,
        @Nullable Reason whole,
        Map<String, Integer> counts,
        List<QuotaView> quotas,
        Paging paging)
        implements View {
    /** @param mayNot why the viewer may not approve it; null when they may */
    record Row(
            Shown shown,
            Result result,
            String reason,
            @Nullable Reason mayNot) {
        Case about() {
            return shown.about();
        }

        String id() {
            return shown.about().formId().toString();
        }

        boolean differs() {
            return shown.suggested() != null && !shown.suggested().code().equals(result.grade());
        }

        /** What is looked at by itself: it is never chosen together with others. */
        boolean remarkable() {
            return differs()
                    || !shown.signs().isEmpty()
                    || !shown.changed().isEmpty()
                    || !reason.isEmpty()
                    || shown.computation().caps().stream().anyMatch(cap -> cap.struck() != Computation.Struck.NO);
        }
    }

    record Typed(String verdict, String reason) {
        static final Typed NOTHING = new Typed("", "");
    }

    /** What is typed, with approval chosen for lines that have nothing to be looked at by itself and of which nothing is said yet. */
    static Map<UUID, Typed> chosen(List<Row> rows, Map<UUID, Typed> typed) {
        var chosen = new HashMap<>(typed);
        for (Row row : rows) {
            Typed said = typed.getOrDefault(row.about().formId(), Typed.NOTHING);
            if (row.mayNot() == null && !row.remarkable() && said.verdict().isEmpty()) {
                chosen.put(row.about().formId(), new Typed("duyet", said.reason()));
            }
        }
        return chosen;
    }

    /** How many lines can be chosen together. */
    long plain() {
        return rows.stream()
                .filter(row -> row.mayNot() == null && !row.remarkable())
                .count();
    }

    boolean anythingToSay() {
        return rows.stream().anyMatch(row -> row.mayNot() == null);
    }

    @Override
    public int status() {
        return wrong.isEmpty() && whole == null ? 200 : 422;
    }

    Typed typed(Row row) {
        return typed.getOrDefault(row.about().formId(), Typed.NOTHING);
    }

    @Nullable
    Reason wrong(Row row) {
        return wrong.get(row.about().formId());
    }

    String address() {
        return "/danh-gia/phe-duyet/" + desk.cycle().id() + "/" + desk.unitId();
    }

    String grade(String code) {
        return desk.book().grade(code).map(grade -> grade.words()).orElse(code);
    }

    long counted() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
