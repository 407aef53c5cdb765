package vn.chuanmuc.assessments.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Result;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * The forms one head decides about, down a list.
 *
 * @param typed what stands in the fields, by form
 * @param wrong what is wrong with it, by form and field
 * @param counts how many have each grade, those that are only chosen on the page among them
 * @param allBest how many grades there are when all are the best one; 0 otherwise
 * @param asked what a person, not a formula, says of each; {@code looked}: what is said for all lines at once
 */
record DeskPage(
        Desk desk,
        List<Row> rows,
        Map<UUID, Typed> typed,
        Map<UUID, Map<String, Reason>> wrong,
        @Nullable Reason whole,
        Map<String, Integer> counts,
        List<QuotaView> quotas,
        int allBest,
        List<Disqualifier> asked,
        String looked,
        String filter,
        String words,
        boolean mayTell,
        Paging paging)
        implements View {
    static final List<String> FILTERS = List.of("cho", "da", "chua", "tat-ca");

    /** @param choose whether the viewer can choose a grade now; {@code reason}: written with the newest decision */
    record Row(Shown shown, boolean choose, String reason) {
        Case about() {
            return shown.about();
        }

        String id() {
            return shown.about().formId().toString();
        }
    }

    /** @param single left out of the batch, to be decided by itself */
    record Typed(String grade, String reason, boolean single) {
        static final Typed NOTHING = new Typed("", "", false);
    }

    /** Those whose stages are not all in. */
    long running() {
        return desk.cases().stream()
                .filter(one -> !one.ready() && one.result() == null)
                .count();
    }

    @Override
    public int status() {
        return wrong.isEmpty() && whole == null ? 200 : 422;
    }

    /** What stands in the fields of a line; before anything is typed, the reason of the decision that was sent back. */
    Typed typed(Row row) {
        return typed.getOrDefault(row.about().formId(), new Typed("", row.reason(), false));
    }

    /** What was typed of a line that can no longer be decided about: it is shown, for it was not written. */
    @Nullable
    Typed lost(Row row) {
        Typed entered = typed.get(row.about().formId());
        return row.choose() || entered == null || entered.grade().isEmpty() ? null : entered;
    }

    String grade(String code) {
        return desk.book().grade(code).map(Grade::words).orElse(code);
    }

    @Nullable
    Reason wrong(Row row, String field) {
        return wrong.getOrDefault(row.about().formId(), Map.of()).get(field);
    }

    boolean anythingToChoose() {
        return rows.stream().anyMatch(Row::choose);
    }

    String address() {
        return "/danh-gia/quyet-dinh/" + desk.cycle().id() + "/" + desk.unitId();
    }

    String filtered(String wanted) {
        return address() + "?loc=" + wanted;
    }

    static String caseOf(Case about) {
        return "/danh-gia/quyet-dinh/phieu/" + about.period().code() + "/" + about.formId();
    }

    static String resultOf(Case about) {
        return "/danh-gia/ket-qua/" + about.period().code() + "/" + about.formId();
    }

    /** The grade that a meeting concluded; “–” when it named none. */
    static String concluded(RuleBook book, Given given) {
        String grade = given.grade();
        return grade == null ? "–" : book.grade(grade).map(Grade::words).orElse(grade);
    }

    /** “Đạt 20 · Đạt một phần 5 · –: 2”: how many items have each level; the last counts those without one. */
    static String tally(RuleBook book, Given given) {
        if (given.wholeOnly()) {
            return concluded(book, given);
        }
        String named = book.scale().stream()
                .map(level -> level.words() + " "
                        + given.levels().stream()
                                .filter(one -> one != null && book.level(one).equals(level))
                                .count())
                .filter(text -> !text.endsWith(" 0"))
                .collect(Collectors.joining(" · "));
        long none = given.levels().stream().filter(Objects::isNull).count();
        return none == 0 ? named : named.isEmpty() ? "– " + none : named + " · – " + none;
    }

    static String tone(Result result) {
        return switch (result.state()) {
            case DECIDED -> "info";
            case SENT_BACK -> "bad";
            case APPROVED -> "wait";
            case TOLD -> "good";
        };
    }

    int count(Grade grade) {
        return counts.getOrDefault(grade.code(), 0);
    }

    long counted() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
