package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.directory.ReorganisationGate;
import vn.chuanmuc.directory.Reorganisations.Choices;
import vn.chuanmuc.directory.Reorganisations.Outlook;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Succession;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * @param accounts names of whoever did something
 * @param prepares whether the viewer may write and submit
 * @param approves whether the viewer's role approves; whether they may approve this one is {@link #mayApprove}
 * @param kept what was typed into forms of this page, by field
 */
record ReorganisationPage(
        Outlook outlook,
        List<Succession> successions,
        Choices choices,
        Map<UUID, String> accounts,
        UUID viewer,
        boolean prepares,
        boolean approves,
        Map<String, String> kept,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    ReorganisationDraft draft() {
        return outlook.draft();
    }

    ReorganisationDraft.Facts facts() {
        return draft().facts();
    }

    String at() {
        return ReorganisationWords.at(draft().id());
    }

    String tag() {
        return ReorganisationWords.tag(draft().state());
    }

    boolean writes() {
        return prepares && draft().state() == State.DRAFT;
    }

    boolean live() {
        return draft().state() != State.DONE && draft().state() != State.WITHDRAWN;
    }

    boolean waits() {
        return draft().state() == State.SUBMITTED || draft().state() == State.APPROVED;
    }

    boolean mayApprove() {
        return approves && draft().state() == State.SUBMITTED && !facts().hadHandIn(viewer);
    }

    /** It was due and did not hold: shown on top. */
    boolean stuck() {
        return draft().state() == State.APPROVED && facts().triedAt() != null;
    }

    String who(@Nullable UUID account) {
        return account == null ? "" : accounts.getOrDefault(account, "");
    }

    String name(@Nullable UUID unit) {
        return unit == null ? "" : outlook.names().getOrDefault(unit, "");
    }

    /** Only where whoever reads may go: an inspector mends nothing. */
    String link(ReorganisationGate.Case one) {
        boolean open = switch (one.subject()) {
            case DRAFT -> writes();
            case IMPORT -> prepares;
            case LINE, NEW_UNIT, PERSON, ELSEWHERE -> true;
        };
        return open ? ReorganisationWords.link(draft(), one) : "";
    }

    String weight(ReorganisationGate gate) {
        return switch (gate.kind().weight()) {
            case BLOCKING -> "bad";
            case TO_ACKNOWLEDGE -> "wait";
            case WARNING -> "info";
        };
    }

    /** Units that end with one above them. */
    long below(UUID line) {
        return outlook.ending().values().stream().filter(line::equals).count() - 1;
    }

    List<Units.Kind> kinds() {
        return List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }

    String kept(String field) {
        return kept.getOrDefault(field, "");
    }

    @Nullable
    String suggest() {
        return ReorganisationWords.suggestions(draft().id(), choices);
    }
}
