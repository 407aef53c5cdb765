package vn.chuanmuc.assessments.web;

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

        /** What is looked at by itself is not chosen beforehand. */
        boolean remarkable() {
            return differs() || !shown.signs().isEmpty() || !reason.isEmpty();
        }
    }

    record Typed(String verdict, String reason) {}

    @Override
    public int status() {
        return wrong.isEmpty() && whole == null ? 200 : 422;
    }

    Typed typed(Row row) {
        return typed.getOrDefault(row.about().formId(), new Typed(row.remarkable() ? "" : "duyet", ""));
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
