package vn.chuanmuc.submissions.web;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.Lines.OnDuty;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.submissions.LateRow;
import vn.chuanmuc.submissions.ListChange;
import vn.chuanmuc.submissions.ListChanges;
import vn.chuanmuc.submissions.ListOrder;
import vn.chuanmuc.submissions.ListRow;
import vn.chuanmuc.submissions.ListSeals;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.ListVersion.Step;
import vn.chuanmuc.submissions.Lists.Numbered;
import vn.chuanmuc.submissions.Lists.Remarked;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.submissions.Totals;
import vn.chuanmuc.submissions.web.ListWords.Column;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/**
 * A list: the people as they stand now, or one of its versions.
 *
 * @param shown the version shown; null for the people as they stand now
 * @param base the version the changes are counted from; null before anything was sent
 * @param drift how people stand differently now from the version shown, while it is under way
 * @param seen what the board has seen of that, when it is the board's to decide; empty otherwise
 * @param late who had changed when the version shown was accepted as it stands, the first of them
 * @param lateHere those of them who are on this page of rows
 * @param remarked the version whose remarks stand beside the rows; null without any
 * @param remarkCount on how many rows of that version there are remarks
 * @param remarks those on the rows of this page
 * @param gone remarks on people who are not on the rows shown any more
 * @param names of the accounts that did something
 * @param numbers of the versions that were sent up under one
 * @param prospect of a number for the version that may be sent up now; null when none may
 * @param seals how the version shown stands with digital seals
 * @param today the address of the same list today
 * @param person the official who looks, if the account is one's
 * @param mayDutiesBeSeen whether the page of the unit in the line is open to whoever looks
 * @param typed what was typed into a form that is shown again
 */
record ListPage(
        Sheet sheet,
        @Nullable ListVersion shown,
        List<Numbered> rows,
        Map<String, Audience> titles,
        Totals totals,
        @Nullable ListVersion base,
        ListChanges changes,
        ListChanges drift,
        String seen,
        List<LateRow> late,
        Map<UUID, LateRow> lateHere,
        @Nullable ListVersion remarked,
        int remarkCount,
        Map<UUID, String> remarks,
        List<Remarked> gone,
        Map<UUID, String> names,
        Map<Integer, Bearing> numbers,
        Numbering.@Nullable Prospect prospect,
        ListOrder order,
        String wanted,
        String words,
        Paging paging,
        AsOf asOf,
        String today,
        UUID viewer,
        ListSeals.Look seals,
        @Nullable UUID person,
        boolean mayDutiesBeSeen,
        Typed typed,
        FormErrors errors)
        implements View {
    static final String LIVE = "hien-thoi";

    /** What was typed into a form, by field. */
    record Typed(String form, Map<String, String> fields) {
        static final Typed NOTHING = new Typed("", Map.of());
    }

    /** One of the four things that are kept apart. */
    record Stage(String key, @Nullable Step step, String tone) {}

    record FieldChange(String key, String before, String after) {}

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    ListWords speech(Ui ui) {
        return new ListWords(ui::t, titles, lateHere);
    }

    String address() {
        return ListsController.address(sheet.key());
    }

    String toVersion(String version) {
        return address() + "?" + asOf.parameter() + "ban=" + version
                + (order == ListOrder.RANK ? "&thu-tu=" + order.code() : "");
    }

    String paper(ListVersion version, String ending) {
        return address() + "/v" + version.number() + "." + ending
                + (order == ListOrder.RANK ? "?thu-tu=" + order.code() : "");
    }

    static boolean tooLongForPdf(ListVersion version) {
        return ListPapers.tooLongForPdf(version);
    }

    @Nullable
    Bearing bearing(ListVersion version) {
        return numbers.get(version.number());
    }

    String name(UUID account) {
        return names.getOrDefault(account, "");
    }

    @Nullable
    String remark(ListRow row) {
        return remarks.get(row.personId());
    }

    boolean current(ListVersion version) {
        return version.equals(sheet.current());
    }

    /** Completed, approved, submitted, decided: each with its own time and person. */
    List<Stage> stages(ListVersion version) {
        var stages = new ArrayList<Stage>();
        stages.add(new Stage("submissions.stage.compiled", version.compiled(), "done"));
        stages.add(stage(
                sheet.line() == null ? "submissions.stage.approved" : "submissions.stage.approved.line",
                version.approved(),
                version.state() == ListState.COMPILED));
        stages.add(stage("submissions.stage.submitted", version.submitted(), version.state() == ListState.APPROVED));
        boolean back = version.state() == ListState.SENT_BACK;
        stages.add(stage(
                back ? "submissions.stage.sent-back" : "submissions.stage.accepted",
                version.decided(),
                version.state() == ListState.SUBMITTED));
        if (version.ended() != null) {
            stages.add(new Stage(
                    version.state() == ListState.REOPENED
                            ? "submissions.stage.reopened"
                            : version.endNote().isEmpty()
                                    ? "submissions.stage.replaced"
                                    : "submissions.stage.given-back",
                    version.ended(),
                    "done"));
        }
        return stages;
    }

    private static Stage stage(String key, @Nullable Step step, boolean next) {
        return new Stage(key, step, step != null ? "done" : next ? "now" : "");
    }

    boolean mayCompile() {
        return sheet.may().compile() && sheet.lock().isEmpty() && launched();
    }

    boolean mayApprove() {
        return sheet.may().approve() && is(ListState.COMPILED) && launched();
    }

    boolean mayGiveBack() {
        return sheet.may().approve() && (is(ListState.COMPILED) || is(ListState.APPROVED)) && launched();
    }

    boolean maySubmit() {
        return sheet.may().compile() && is(ListState.APPROVED) && launched();
    }

    boolean mayDecide() {
        return sheet.may().decide() && is(ListState.SUBMITTED) && launched();
    }

    boolean mayReopen() {
        return sheet.may().decide() && is(ListState.ACCEPTED) && launched();
    }

    boolean ownWork() {
        var current = sheet.current();
        return current != null && current.compiled().by().equals(viewer);
    }

    boolean self(OnDuty held) {
        return held.personId().equals(person);
    }

    /** In a line nobody accepts above what they compiled or approved below. */
    boolean ownInLine() {
        var current = sheet.current();
        var approved = current == null ? null : current.approved();
        return sheet.line() != null
                && (ownWork() || approved != null && approved.by().equals(viewer));
    }

    boolean launched() {
        return sheet.campaign().state() == vn.chuanmuc.campaigns.Campaigns.State.LAUNCHED;
    }

    private boolean is(ListState state) {
        var current = sheet.current();
        return current != null && current.state() == state;
    }

    int number() {
        var current = sheet.current();
        return current == null ? 0 : current.number();
    }

    /** SHA-256 over the rows of the version shown. */
    String hash() {
        return shown == null ? "" : java.util.HexFormat.of().formatHex(shown.contentHash());
    }

    String entered(String form, String field) {
        return open(form) ? typed.fields().getOrDefault(field, "") : "";
    }

    boolean open(String form) {
        return typed.form().equals(form);
    }

    /** An opinion that was typed goes along from the plain acceptance, which was refused, to the one with a reason. */
    String opinion() {
        return entered(open("tiep-nhan") ? "tiep-nhan" : "tiep-nhan-nguyen-ban", "ghi-chu");
    }

    /** Accepting needs a reason because people have changed since the version was compiled. */
    boolean overtaken() {
        return mayDecide() && shown != null && current(shown) && drift.total() > 0;
    }

    String stateCode() {
        var current = sheet.current();
        return ListsPage.code(current == null ? null : current.state());
    }

    String tone() {
        var current = sheet.current();
        return ListsPage.tone(current == null ? null : current.state());
    }

    /** What was and what is, field by field, in words. */
    List<FieldChange> fields(Ui ui, ListChange change) {
        var before = change.before();
        var after = change.after();
        if (before == null || after == null) {
            return List.of();
        }
        ListWords speech = speech(ui);
        return change.fields().stream()
                .map(field ->
                        new FieldChange(field.key(), word(ui, speech, field, before), word(ui, speech, field, after)))
                .toList();
    }

    /** Enough of the SHA-256 to tell one document from another. */
    private static String document(ListRow row) {
        byte[] hash = row.documentHash();
        return hash == null ? "" : HexFormat.of().formatHex(hash, 0, 6) + "…";
    }

    private static String word(Ui ui, ListWords speech, ListChange.Field field, ListRow row) {
        return switch (field) {
            case RANK -> ui.number(row.rankOrder());
            case STANDING -> ui.t("submissions.standing." + row.standing().code());
            case SIGNED -> row.signedAt() == null ? "" : ui.moment(row.signedAt());
            case NAME -> speech.cell(Column.NAME, row);
            case BIRTH -> speech.cell(Column.BIRTH, row);
            case POSITION -> speech.cell(Column.POSITION, row);
            case UNIT -> speech.cell(Column.UNIT, row);
            case SET -> row.setTitle();
            case DOCUMENT -> document(row);
            case METHOD -> speech.cell(Column.METHOD, row);
            case REASON -> speech.cell(Column.REASON, row);
            case NOTE -> speech.cell(Column.NOTE, row);
        };
    }
}
