package vn.chuanmuc.panels;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Confirmation;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.assessments.PanelStages;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Delivery;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Minutes;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Remark;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meeting.Witness;
import vn.chuanmuc.panels.Meetings.Done;
import vn.chuanmuc.rules.RuleBook;

/** Minutes: made when everything is concluded, confirmed by chair and secretary; the second of them closes the meeting. */
@Component
public class MinutesBook {
    /** As it stands in the number of the minutes: {@code Số 12-BB/…}. */
    static final String TYPE = "BB";

    private static final int MOST_COPIES = 50;

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final Meetings meetings;
    private final MeetingStore store;
    private final PanelStages stages;
    private final CyclePapers cycles;
    private final Numbering numbering;
    private final MinutesPaper paper;
    private final MinutesEnds ends;
    private final Accounts accounts;
    private final Passkeys passkeys;
    private final Ledger ledger;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MinutesBook(
            Meetings meetings,
            MeetingStore store,
            PanelStages stages,
            CyclePapers cycles,
            Numbering numbering,
            MinutesPaper paper,
            MinutesEnds ends,
            Accounts accounts,
            Passkeys passkeys,
            Ledger ledger,
            MessageSource messages,
            TransactionTemplate transaction,
            Clock clock) {
        this.meetings = meetings;
        this.store = store;
        this.stages = stages;
        this.cycles = cycles;
        this.numbering = numbering;
        this.paper = paper;
        this.ends = ends;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.ledger = ledger;
        this.messages = messages;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes the minutes; from then on nothing of the meeting changes, unless they are taken back. */
    @Transactional
    public Done make(Viewer viewer, UUID meetingId, String reason) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        if (meeting.state() == State.COUNTED || meeting.state() == State.CLOSED) {
            return new Done.Already();
        }
        if (meeting.state() != State.OPEN) {
            return new Done.Refused(
                    "",
                    meeting.state() == State.VOTING
                            ? Reason.of("panels.conclude.voting")
                            : Reason.of("panels.locked." + meeting.state().code()));
        }
        Protocol protocol = meetings.protocol(tenant, meeting);
        List<Item> open = protocol.unconcluded();
        if (!open.isEmpty()) {
            return new Done.Refused(
                    "",
                    Reason.of(
                            "panels.minutes.unconcluded",
                            open.size(),
                            String.join(
                                    ", ",
                                    open.stream().limit(5).map(Item::fullName).toList())));
        }
        String why = Texts.nfc(reason).strip();
        if (why.length() > Meetings.LONGEST_REASON) {
            return new Done.Refused("ly-do", Reason.of("panels.reason.long", Meetings.LONGEST_REASON));
        }
        if (meeting.minutes() > 0 && why.isEmpty()) {
            return new Done.Refused("ly-do", Reason.of("panels.minutes.why"));
        }
        int version = meeting.minutes() + 1;
        String content = content(protocol, version);
        byte[] hash = Sha256.of(content);
        store.make(
                tenant,
                meetingId,
                new Minutes(version, content, hash, version == 1 ? "" : why, viewer.accountId(), now()));
        Check.that(store.move(tenant, meetingId, State.OPEN, State.COUNTED, "", now()), "a meeting that is held");
        var facts = Meetings.facts(meeting);
        facts.put("version", version);
        ledger.append(new Act(tenant, "panels.minutes-made", meetingId, viewer.accountId(), facts, hash)
                .with(Piece.of(PanelEvidence.MEETING, meetingId), Piece.of(PanelEvidence.MINUTES, meetingId, (short)
                        version)));
        return new Done.Now();
    }

    /** Takes minutes back that not both have confirmed: something in them is wrong. They stay on record with who had confirmed them. */
    @Transactional
    public Done takeBack(Viewer viewer, UUID meetingId, String reason) {
        UUID tenant = viewer.tenantId();
        String why = Texts.nfc(reason).strip();
        boolean said = !why.isEmpty() && why.length() <= Meetings.LONGEST_REASON;
        Protocol before = lead(viewer, meetingId);
        if (said && before.meeting().state() == State.COUNTED) {
            ends.requests(tenant, before);
        }
        Meeting meeting = meetings.led(viewer, meetingId);
        if (meeting.state() == State.OPEN && meeting.minutes() > 0) {
            return new Done.Already();
        }
        if (meeting.state() != State.COUNTED) {
            return new Done.Refused(
                    "", Reason.of("panels.locked." + meeting.state().code()));
        }
        if (!said) {
            return new Done.Refused("ly-do", Reason.of("panels.reason", Meetings.LONGEST_REASON));
        }
        ends.papers(tenant, meeting, why, viewer.accountId());
        Check.that(store.move(tenant, meetingId, State.COUNTED, State.OPEN, "", now()), "a meeting that is held");
        var facts = Meetings.facts(meeting);
        facts.put("version", meeting.minutes());
        facts.put("reason", why);
        ledger.append(new Act(tenant, "panels.minutes-taken-back", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.MEETING, meetingId)));
        return new Done.Now();
    }

    /** What came of confirming. */
    public sealed interface Signing {
        /** @param closed whether the other had confirmed before, so that the meeting is closed now */
        record Signed(boolean closed) implements Signing {}

        record Already() implements Signing {}

        record Refused(String field, Reason why) implements Signing {}
    }

    /** Which minutes somebody read before they sign them. */
    public record Read(int version, byte[] hash) {}

    /**
     * Confirms the minutes electronically, after the password was entered again (domain.md 4.5). The second of chair and secretary
     * closes the meeting: the minutes take their number, and what was concluded goes into the forms.
     */
    public Signing sign(Viewer viewer, UUID meetingId, Read read, String password) {
        lead(viewer, meetingId);
        return confirmed(viewer, meetingId, read, "mat-khau", accounts.confirm(viewer, password));
    }

    /** The same with a passkey. @param answer what the browser answered to a challenge about {@link #toConfirm} */
    public Signing signWithPasskey(Viewer viewer, UUID meetingId, Read read, String answer) {
        lead(viewer, meetingId);
        return confirmed(viewer, meetingId, read, "khoa", passkeys.confirm(viewer, answer, toConfirm(meetingId, read)));
    }

    /** SHA-256 of what a passkey is asked about: these minutes of this meeting, and nothing else. */
    public static byte[] toConfirm(UUID meetingId, Read read) {
        return Sha256.of("chuanmuc/xac-nhan-bien-ban/1\n" + meetingId + "\n" + read.version() + "\n"
                + HexFormat.of().formatHex(read.hash()) + "\n");
    }

    /** The meeting, for its chair and its secretary. */
    Protocol lead(Viewer viewer, UUID meetingId) {
        Protocol protocol = meetings.protocol(viewer, meetingId);
        if (!protocol.is(viewer, Role.CHAIR, Role.SECRETARY)) {
            throw new Forbidden(Permission.CONVENE_PANEL);
        }
        return protocol;
    }

    private Signing confirmed(Viewer viewer, UUID meetingId, Read read, String field, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Refused(var why) -> new Signing.Refused(field, why);
            case Confirmation.Confirmed how ->
                Objects.requireNonNull(transaction.execute(status -> confirmed(viewer, meetingId, read, how)));
        };
    }

    private Signing confirmed(Viewer viewer, UUID meetingId, Read read, Confirmation.Confirmed how) {
        return switch (stand(viewer, meetingId, read, Method.ELECTRONIC)) {
            case Stand.Already already -> new Signing.Already();
            case Stand.Refused(var why) -> new Signing.Refused("", why);
            case Stand.Ready ready -> {
                if (ready.protocol().issued()) {
                    give(viewer, ready, Method.ELECTRONIC);
                }
                var facts = new LinkedHashMap<String, Object>();
                facts.put("confirmedBy", how.by().code());
                UUID passkey = how.passkey();
                if (passkey != null) {
                    facts.put("passkey", passkey.toString());
                }
                yield put(
                        viewer,
                        ready,
                        new Signature(
                                read.version(),
                                ready.seat().role(),
                                ready.seat().personId(),
                                viewer.accountId(),
                                ready.minutes().hash(),
                                now(),
                                Method.ELECTRONIC,
                                how.by().code(),
                                passkey,
                                null,
                                null),
                        facts,
                        List.of());
            }
        };
    }

    /** Whether somebody can sign. */
    sealed interface Stand {
        record Ready(Protocol protocol, Seat seat, Minutes minutes) implements Stand {}

        /** They have signed these minutes before. */
        record Already() implements Stand {}

        record Refused(Reason why) implements Stand {}
    }

    /** Whether the viewer can sign these minutes in this way now; the meeting is held until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    Stand stand(Viewer viewer, UUID meetingId, Read read, Method method) {
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(viewer.tenantId(), meeting);
        Seat seat = protocol.seat(viewer.personId()).orElseThrow();
        if (protocol.signature(seat.role())
                .filter(one -> one.version() == read.version())
                .isPresent()) {
            return new Stand.Already();
        }
        if (meeting.state() != State.COUNTED) {
            return new Stand.Refused(
                    Reason.of("panels.locked." + meeting.state().code()));
        }
        Minutes minutes = protocol.newestMinutes().orElseThrow();
        if (meeting.minutes() != read.version() || !Sha256.same(minutes.hash(), read.hash())) {
            return new Stand.Refused(Reason.of("panels.minutes.behind"));
        }
        if (!content(protocol, read.version()).equals(minutes.content())
                || !Sha256.same(Sha256.of(minutes.content()), minutes.hash())) {
            return new Stand.Refused(Reason.of("panels.minutes.changed"));
        }
        List<Signature> standing = protocol.standing();
        return standing.isEmpty() || standing.getFirst().method() == method
                ? new Stand.Ready(protocol, seat, minutes)
                : new Stand.Refused(Reason.of("panels.minutes.other-way."
                        + standing.getFirst().method().code()));
    }

    /**
     * Says in which way the minutes are to be signed. To be signed digitally or by hand, they take their number and are issued as a
     * paper.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Meeting.Copy give(Viewer viewer, Stand.Ready ready, Method method) {
        UUID tenant = viewer.tenantId();
        UUID id = ready.protocol().meeting().id();
        int version = ready.minutes().version();
        Optional<Meeting.Copy> before = ready.protocol().copy();
        if (before.filter(copy -> copy.method() == method).isPresent()) {
            return before.get();
        }
        int seq = before.map(Meeting.Copy::seq).orElse(0) + 1;
        Check.that(seq <= MOST_COPIES, "a version is given to be signed so many times");
        UUID paperId = null;
        if (method != Method.ELECTRONIC) {
            if (ready.protocol().meeting().number() == null) {
                numbered(viewer, ready.protocol().meeting());
            }
            var planned = new Meeting.Copy(version, seq, method, null, viewer.accountId(), now());
            paperId = paper.issued(
                            tenant,
                            ready.protocol().with(store.find(tenant, id).orElseThrow(), planned),
                            viewer.accountId())
                    .id();
        }
        var copy = new Meeting.Copy(version, seq, method, paperId, viewer.accountId(), now());
        store.give(tenant, id, copy);
        var facts = Meetings.facts(ready.protocol().meeting());
        facts.put("version", version);
        facts.put("method", method.code());
        if (paperId != null) {
            facts.put("paper", paperId.toString());
        }
        ledger.append(new Act(
                        tenant,
                        "panels.minutes-given",
                        id,
                        viewer.accountId(),
                        facts,
                        ready.minutes().hash())
                .with(Piece.of(PanelEvidence.MEETING, id), Piece.of(PanelEvidence.COPY, id, (short) version, (short)
                        seq)));
        return copy;
    }

    /** Keeps a signature; the second of two closes the meeting. */
    @Transactional(propagation = Propagation.MANDATORY)
    Signing put(Viewer viewer, Stand.Ready ready, Signature signature, Map<String, Object> more, List<Piece> pieces) {
        UUID tenant = viewer.tenantId();
        UUID id = ready.protocol().meeting().id();
        Check.that(store.sign(tenant, id, signature), "who has not signed yet signs now");
        var facts = Meetings.facts(ready.protocol().meeting());
        facts.put("version", signature.version());
        facts.put("role", signature.role().code());
        facts.put("method", signature.method().code());
        facts.putAll(more);
        var all = new ArrayList<>(pieces);
        all.add(Piece.of(
                PanelEvidence.SIGNATURE,
                id,
                (short) signature.version(),
                signature.role().code()));
        ledger.append(new Act(
                        tenant,
                        "panels.minutes-signed",
                        id,
                        viewer.accountId(),
                        facts,
                        ready.minutes().hash())
                .with(all));
        Role other = signature.role() == Role.CHAIR ? Role.SECRETARY : Role.CHAIR;
        if (ready.protocol().signature(other).isEmpty()) {
            return new Signing.Signed(false);
        }
        Meeting meeting = store.find(tenant, id).orElseThrow();
        close(viewer, meetings.protocol(tenant, meeting), ready.minutes());
        return new Signing.Signed(true);
    }

    private void close(Viewer viewer, Protocol protocol, Minutes minutes) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = protocol.meeting();
        deliver(viewer, protocol, minutes);
        Check.that(store.move(tenant, meeting.id(), State.COUNTED, State.CLOSED, "", now()), "a meeting that is held");
        store.release(tenant, meeting.id());
        var facts = Meetings.facts(meeting);
        facts.put("version", minutes.version());
        // What is signed itself took its number before, or has none. Everybody who wants a number of the same run waits
        // for whoever
        // takes one: last.
        Optional<Integer> number = meeting.number() != null || protocol.issued()
                ? Optional.ofNullable(meeting.number())
                : numbered(viewer, meeting);
        number.ifPresent(taken -> facts.put("number", taken));
        ledger.append(new Act(tenant, "panels.meeting-closed", meeting.id(), viewer.accountId(), facts, minutes.hash())
                .with(Piece.of(PanelEvidence.MEETING, meeting.id())));
        Protocol closed =
                meetings.protocol(tenant, store.find(tenant, meeting.id()).orElseThrow());
        paper.signed(tenant, closed, viewer.accountId());
    }

    /** The number of the minutes; none where the unit's numbers are not set up yet: then the clerk gives it later. */
    private Optional<Integer> numbered(Viewer viewer, Meeting meeting) {
        String chair = meetings.protocol(viewer.tenantId(), meeting)
                .holder(Role.CHAIR)
                .map(Seat::fullName)
                .orElse("");
        Numbering.Taking taking = numbering.take(new Numbering.Request(
                viewer.tenantId(),
                meeting.unitId(),
                cycles.line(viewer.tenantId(), meeting.cycleId()),
                PaperKind.MINUTES,
                meeting.heldOn(),
                meeting.id(),
                meeting.title(),
                chair,
                viewer.accountId()));
        return switch (taking) {
            case Numbering.Taking.Taken(var bearing) -> {
                store.number(viewer.tenantId(), meeting.id(), bearing.number());
                yield Optional.of(bearing.number());
            }
            case Numbering.Taking.Refused refused -> Optional.empty();
        };
    }

    /** Gives the minutes of a closed meeting their number, once the unit's numbers are set up. */
    @Transactional
    public Done number(Viewer viewer, UUID meetingId) {
        Meeting meeting = meetings.led(viewer, meetingId);
        if (meeting.state() != State.CLOSED) {
            return new Done.Refused("", Reason.of("panels.number.open"));
        }
        if (meeting.number() != null) {
            return new Done.Already();
        }
        if (meetings.protocol(viewer.tenantId(), meeting).issued()) {
            return new Done.Refused("", Reason.of("panels.number.signed"));
        }
        Optional<Integer> number = numbered(viewer, meeting);
        if (number.isEmpty()) {
            return new Done.Refused("", Reason.of("panels.number.none", meeting.heldOn()));
        }
        var facts = Meetings.facts(meeting);
        facts.put("number", number.get());
        ledger.append(new Act(viewer.tenantId(), "panels.minutes-numbered", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.MEETING, meetingId)));
        return new Done.Now();
    }

    /** Brings conclusions into forms that could not take them when the meeting was closed. */
    @Transactional
    public Done deliver(Viewer viewer, UUID meetingId) {
        Meeting meeting = meetings.led(viewer, meetingId);
        if (meeting.state() != State.CLOSED) {
            return new Done.Refused("", Reason.of("panels.deliver.open"));
        }
        Protocol protocol = meetings.protocol(viewer.tenantId(), meeting);
        if (protocol.undelivered().isEmpty()) {
            return new Done.Already();
        }
        deliver(viewer, protocol, protocol.newestMinutes().orElseThrow());
        return new Done.Now();
    }

    private void deliver(Viewer viewer, Protocol protocol, Minutes minutes) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = protocol.meeting();
        var pieces = new ArrayList<Piece>();
        int done = 0;
        for (Item item : protocol.undelivered()) {
            PanelStages.Completion completion = stages.complete(viewer, outcome(protocol, item, minutes));
            String why = completion instanceof PanelStages.Completion.Refused(var reason) ? reason.key() : "";
            var delivery = new Delivery(
                    item.formId(),
                    protocol.delivery(item.formId()).map(Delivery::seq).orElse(0) + 1,
                    why.isEmpty(),
                    why,
                    now());
            store.deliver(tenant, meeting.id(), delivery);
            done += delivery.done() ? 1 : 0;
            pieces.add(Piece.of(PanelEvidence.DELIVERY, meeting.id(), item.formId(), (short) delivery.seq()));
        }
        if (!pieces.isEmpty()) {
            var facts = Meetings.facts(meeting);
            facts.put("people", pieces.size());
            facts.put("done", done);
            ledger.append(
                    new Act(tenant, "panels.outcome-delivered", meeting.id(), viewer.accountId(), facts, minutes.hash())
                            .with(pieces));
        }
    }

    private PanelStages.Outcome outcome(Protocol protocol, Item item, Minutes minutes) {
        Meeting meeting = protocol.meeting();
        Conclusion conclusion = protocol.conclusion(item.formId()).orElseThrow();
        Protocol.Counted counted = protocol.counted(item.formId()).orElseThrow();
        var votes = new ArrayList<String>();
        List<RuleBook.Grade> grades = protocol.book().grades();
        for (int at = 0; at < grades.size(); at++) {
            votes.add(grades.get(at).words() + " " + counted.count().votes().get(at));
        }
        int unvoted = counted.count().issued() - counted.count().returned();
        String words = messages.getMessage(
                "panels.outcome." + protocol.way(counted.round()),
                new Object[] {
                    String.valueOf(conclusion.gradeName()),
                    DAY.format(meeting.heldOn()),
                    String.join(", ", votes),
                    String.valueOf(counted.count().invalid()),
                    String.valueOf(unvoted)
                },
                VIETNAMESE);
        if (!conclusion.reason().isEmpty()) {
            words += " " + messages.getMessage("panels.outcome.reason", new Object[] {conclusion.reason()}, VIETNAMESE);
        }
        return new PanelStages.Outcome(
                meeting.id(),
                item.formId(),
                meeting.period(),
                meeting.stage(),
                java.util.Objects.requireNonNull(conclusion.grade()),
                protocol.way(counted.round()),
                counted.count().votes(),
                counted.count().invalid(),
                unvoted,
                words,
                minutes.hash());
    }

    /** Everything the minutes say, as canonical JSON: what is signed. It names nobody's vote, for nobody keeps one. */
    static String content(Protocol protocol, int version) {
        Meeting meeting = protocol.meeting();
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("meeting", meeting.id().toString());
        content.put("version", version);
        content.put("cycle", meeting.cycleId().toString());
        content.put("period", meeting.period().code());
        content.put("stage", meeting.stage());
        content.put("unit", meeting.unitId().toString());
        content.put("unitName", meeting.unitName());
        content.put("title", meeting.title());
        content.put("heldOn", meeting.heldOn().toString());
        content.put("heldAt", TIME.format(meeting.heldAt()));
        content.put("place", meeting.place());
        content.put("opened", String.valueOf(meeting.openedAt()));
        content.put("rule", rule(protocol.rule()));
        content.put("grades", protocol.grades());
        content.put(
                "seats",
                protocol.seats().stream()
                        .map(seat -> Map.of(
                                "person", seat.personId().toString(),
                                "name", seat.fullName(),
                                "position", seat.positionName(),
                                "unit", seat.unitName(),
                                "role", seat.role().code(),
                                "votes", seat.votes(),
                                "presence",
                                        protocol.presences(seat.personId()).stream()
                                                .map(MinutesBook::presence)
                                                .toList()))
                        .toList());
        content.put(
                "agenda",
                protocol.agenda().stream().map(item -> item(protocol, item)).toList());
        content.put(
                "rounds",
                protocol.rounds().stream().map(round -> round(protocol, round)).toList());
        return Rounds.CANONICAL.writeValueAsString(content);
    }

    private static Map<String, Object> rule(PanelRule rule) {
        var said = new LinkedHashMap<String, Object>();
        PanelRule.Share quorum = rule.quorum();
        PanelRule.Share majority = rule.majority();
        said.put("quorum", quorum == null ? "" : quorum.written());
        said.put("quorumMore", quorum != null && quorum.more());
        said.put("majority", majority == null ? "" : majority.written());
        said.put("majorityMore", majority != null && majority.more());
        said.put("base", rule.base().code());
        said.put("recusal", rule.recusal());
        if (rule.hands() == PanelRule.Hands.CONFIRMED) {
            said.put("hands", rule.hands().code());
        }
        said.put("secretLeast", rule.secretLeast());
        said.put("basis", rule.basis());
        return said;
    }

    private static Map<String, Object> presence(Presence presence) {
        return Map.of(
                "present", presence.present(), "since", TIME.format(presence.since()), "reason", presence.reason());
    }

    private static Map<String, Object> item(Protocol protocol, Item item) {
        var said = new LinkedHashMap<String, Object>();
        said.put("form", item.formId().toString());
        said.put("person", item.personId().toString());
        said.put("name", item.fullName());
        said.put("position", item.positionName());
        said.put("unit", item.unitName());
        said.put(
                "remarks",
                protocol.remarks(item.formId()).stream().map(Remark::words).toList());
        said.put(
                "conclusions",
                protocol.conclusions(item.formId()).stream()
                        .map(one -> Map.of(
                                "version", one.version(),
                                "suggested", String.valueOf(one.suggested()),
                                "grade", String.valueOf(one.grade()),
                                "reason", one.reason()))
                        .toList());
        return said;
    }

    private static Map<String, Object> round(Protocol protocol, Round round) {
        var said = new LinkedHashMap<String, Object>();
        said.put("number", round.number());
        said.put("way", round.way().code());
        said.put("state", round.state().code());
        said.put("members", round.members());
        said.put("present", round.present());
        said.put("entitled", round.entitled());
        said.put("prints", round.prints());
        said.put("reason", round.reason());
        said.put(
                "counts",
                protocol.counts().stream()
                        .filter(count -> count.roundId().equals(round.id()))
                        .map(MinutesBook::count)
                        .toList());
        said.put(
                "witnesses",
                protocol.witnesses().stream()
                        .filter(one -> one.roundId().equals(round.id()))
                        .map(MinutesBook::witness)
                        .toList());
        return said;
    }

    private static Map<String, Object> count(Count count) {
        return Map.of(
                "version", count.version(),
                "form", count.formId().toString(),
                "issued", count.issued(),
                "returned", count.returned(),
                "invalid", count.invalid(),
                "votes", count.votes(),
                "reason", count.reason());
    }

    private static Map<String, Object> witness(Witness witness) {
        return Map.of(
                "version", witness.version(),
                "person", witness.personId().toString(),
                "agrees", witness.agrees(),
                "note", witness.note());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
