package vn.chuanmuc.panels.web;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meeting.Witness;
import vn.chuanmuc.panels.PanelRule;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * One vote: opened, counted, witnessed.
 *
 * @param confirms whether the viewer is one of those who may say that the newest count is right
 * @param own whether it is about the viewer, who then sees no numbers
 * @param address where ballots are cast, as it stands on the slips
 */
record RoundPage(
        Protocol p,
        Round round,
        boolean leads,
        boolean confirms,
        @Nullable UUID person,
        boolean own,
        String address,
        Map<String, String> typed,
        FormErrors errors)
        implements View {
    String at() {
        return "/hop/" + p.meeting().id() + "/luot/" + round.id();
    }

    String back() {
        return "/hop/" + p.meeting().id();
    }

    List<Item> items() {
        return p.agenda().stream()
                .filter(item -> round.forms().contains(item.formId()))
                .toList();
    }

    boolean open() {
        return round.state() == RoundState.OPEN;
    }

    boolean secretOpen() {
        return open() && round.way() == Way.SECRET;
    }

    /** Numbers are entered, or corrected before the minutes. */
    boolean enters() {
        return leads
                && !own
                && round.way() != Way.SECRET
                && round.state() != RoundState.ANNULLED
                && (open() ? p.meeting().state() == State.VOTING : p.meeting().state() == State.OPEN);
    }

    boolean papers() {
        return round.way() == Way.PAPER;
    }

    boolean confirmed() {
        return p.confirmed(round.way());
    }

    /** Whether those who did not vote are a number of their own. */
    boolean all() {
        return confirmed() && !papers();
    }

    @Nullable
    Count count(Item item) {
        return p.count(round, item.formId()).orElse(null);
    }

    PanelRule.Suggestion suggestion(Count count) {
        return p.rule().suggest(Protocol.tally(round, count), p.grades());
    }

    boolean telling(Count count) {
        return !open() && p.telling(round, Protocol.tally(round, count));
    }

    /** As entered last; what was counted before; empty. */
    String number(Item item, String field, @Nullable Integer counted) {
        String entered = typed.get(field + "-" + item.formId());
        return entered != null ? entered : counted == null ? "" : counted.toString();
    }

    boolean few() {
        return round.way() != Way.HANDS && round.entitled() < p.rule().secretLeast();
    }

    /** Whether the viewer may answer about the newest count and has not. */
    boolean witnesses() {
        return confirms
                && !own
                && open()
                && p.witnesses(round).stream().noneMatch(one -> one.personId().equals(person));
    }

    List<Count> older() {
        return p.counts().stream()
                .filter(one -> one.roundId().equals(round.id()) && one.version() < round.count())
                .toList();
    }

    /** What was counted, in words. */
    String written(Count count) {
        var words = new StringJoiner(", ");
        for (int at = 0; at < p.grades().size(); at++) {
            words.add(p.grades().get(at) + " " + count.votes().get(at));
        }
        return words.toString();
    }

    /** Who may confirm the newest count, by name. */
    String confirmers() {
        return p.confirmers(round).stream().map(Meeting.Seat::fullName).collect(Collectors.joining(", "));
    }

    String name(UUID form) {
        return p.item(form).map(Item::fullName).orElse("");
    }

    String witness(Witness witness) {
        return p.seat(witness.personId()).map(Meeting.Seat::fullName).orElse("");
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
