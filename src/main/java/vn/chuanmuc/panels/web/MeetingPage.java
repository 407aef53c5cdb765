package vn.chuanmuc.panels.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Delivery;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.MinutesBook;
import vn.chuanmuc.panels.MinutesProof;
import vn.chuanmuc.panels.PanelRule;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A meeting as it goes: for its secretary at a laptop or on a wall, for members on a phone.
 *
 * @param leads chair or secretary
 * @param reads what was written down
 * @param own forms about the viewer: what was said and voted is not shown
 * @param missing why a draft cannot be convened
 * @param passkeys the addresses at which the viewer can use a passkey of theirs, parted by blanks; empty when they have none
 * @param typed what was entered and refused, by field
 */
record MeetingPage(
        Protocol p,
        Viewer viewer,
        boolean prepares,
        boolean leads,
        boolean reads,
        List<MinutesProof.Digital> digital,
        Set<UUID> own,
        Map<UUID, Turn> turns,
        List<Reason> missing,
        boolean early,
        String passkeys,
        Map<String, String> typed,
        FormErrors errors)
        implements View {
    String at() {
        return "/hop/" + p.meeting().id();
    }

    Meeting meeting() {
        return p.meeting();
    }

    boolean is(State... states) {
        return Set.of(states).contains(meeting().state());
    }

    /** Whether a person's own page opens: while the meeting is under way for who sits in it, and for who reads it. */
    boolean opens() {
        return !is(State.DRAFT)
                && (reads || (role().isPresent() && meeting().state().underWay()));
    }

    /** Attendance is noted from the day of the meeting on, until its minutes are made. */
    boolean attends() {
        return leads && !early && is(State.CONVENED, State.OPEN, State.VOTING);
    }

    @Nullable
    Presence presence(Seat seat) {
        return p.presence(seat.personId()).orElse(null);
    }

    /** {@code co}, {@code vang} or empty while nothing is noted. */
    String noted(Seat seat) {
        String entered = typed.get("mat-" + seat.personId());
        if (entered != null) {
            return entered;
        }
        return p.presence(seat.personId())
                .map(one -> one.present() ? "co" : "vang")
                .orElse("");
    }

    String entered(String field, String otherwise) {
        return typed.getOrDefault(field, otherwise);
    }

    boolean hidden(Item item) {
        return own.contains(item.formId());
    }

    Protocol.@Nullable Counted counted(Item item) {
        return p.counted(item.formId()).orElse(null);
    }

    @Nullable
    Conclusion conclusion(Item item) {
        return p.conclusion(item.formId()).orElse(null);
    }

    boolean late(Item item) {
        return turns.get(item.formId()) != Turn.OPEN && is(State.CONVENED, State.OPEN, State.VOTING, State.DRAFT);
    }

    @Nullable
    Round voting() {
        return p.open().orElse(null);
    }

    String names(List<UUID> forms) {
        return String.join(
                ", ",
                forms.stream()
                        .flatMap(form -> p.item(form).stream())
                        .map(Item::fullName)
                        .toList());
    }

    /** Forms about which another vote could be held. */
    List<Item> again() {
        return p.agenda().stream()
                .filter(item -> p.counted(item.formId()).isPresent() && !hidden(item))
                .toList();
    }

    String quorumTone() {
        return switch (p.quorum()) {
            case NOT_RULED -> "info";
            case THERE -> "good";
            case MISSING -> "bad";
        };
    }

    int least() {
        PanelRule.Share share = p.rule().quorum();
        return share == null ? 0 : share.least(p.members());
    }

    boolean signs() {
        return is(State.COUNTED) && leads && role().flatMap(p::signature).isEmpty();
    }

    /** The newest minutes, as whoever signs them says what they read. */
    String hash() {
        return p.newestMinutes()
                .map(minutes -> HexFormat.of().formatHex(minutes.hash()))
                .orElse("");
    }

    /** What a passkey is asked about. */
    String toConfirm() {
        return p.newestMinutes()
                .map(minutes -> HexFormat.of()
                        .formatHex(MinutesBook.toConfirm(
                                meeting().id(), new MinutesBook.Read(minutes.version(), minutes.hash()))))
                .orElse("");
    }

    /** Whether this way is still open: nobody has signed, or in this way. */
    boolean open(Method method) {
        return p.standing().isEmpty() || p.method().equals(Optional.of(method));
    }

    /** Whether they were issued to be signed by hand, and no scan is in. */
    boolean awaitsScan() {
        return p.standing().isEmpty() && p.method().equals(Optional.of(Method.PAPER));
    }

    /** Whether the chair could sign digitally only after the secretary. */
    boolean afterSecretary() {
        return role().equals(Optional.of(Role.CHAIR))
                && p.signature(Role.SECRETARY).isEmpty();
    }

    boolean is(Method method) {
        return p.method().equals(Optional.of(method));
    }

    /** SHA-256 of the file with the signatures; empty while there is none. */
    String signedFile() {
        byte[] signed = p.signedDocument();
        return signed == null ? "" : HexFormat.of().formatHex(signed);
    }

    /** The address of the report with which a digital signature was accepted. */
    String report(Role role) {
        return at() + (role == Role.CHAIR ? "/kiem-tra-chu-tri.xml" : "/kiem-tra-thu-ky.xml");
    }

    /** Whether the signed file is kept with the data to check it in many years. */
    boolean preserved() {
        return !digital.isEmpty() && digital.getLast().kept().preserved();
    }

    Optional<Role> role() {
        return p.seat(viewer.personId()).map(Seat::role);
    }

    @Nullable
    Delivery delivery(Item item) {
        return p.delivery(item.formId()).orElse(null);
    }

    static String tone(Meeting.RoundState state) {
        return switch (state) {
            case OPEN -> "info";
            case COUNTED -> "good";
            case ANNULLED -> "bad";
        };
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
