package vn.chuanmuc.panels;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meeting.Witness;
import vn.chuanmuc.panels.Meetings.Done;

/** Votes of a meeting: opened, counted, witnessed, corrected, annulled. Ballots themselves are cast in {@link Ballots}. */
@Component
public class Rounds {
    static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final int MOST_ROUNDS = 400;
    private static final int MOST_PRINTS = 20;

    private final Meetings meetings;
    private final MeetingStore store;
    private final RoundStore rounds;
    private final UrnKeys keys;
    private final Ledger ledger;
    private final Clock clock;

    Rounds(Meetings meetings, MeetingStore store, RoundStore rounds, UrnKeys keys, Ledger ledger, Clock clock) {
        this.meetings = meetings;
        this.store = store;
        this.rounds = rounds;
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
    }

    public sealed interface Opening {
        record Opened(UUID roundId) implements Opening {}

        record Refused(Reason why) implements Opening {}
    }

    /** Opens a vote about one or several persons whose voters are the same. One vote at a time. */
    @Transactional
    public Opening open(Viewer viewer, UUID meetingId, List<UUID> forms, Way way) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Set<UUID> wanted = Set.copyOf(forms);
        List<Item> about = protocol.agenda().stream()
                .filter(item -> wanted.contains(item.formId()))
                .toList();
        if (meeting.state() == State.VOTING) {
            Round open = protocol.open().orElseThrow();
            return open.way() == way && Set.copyOf(open.forms()).equals(wanted)
                    ? new Opening.Opened(open.id()) // a second click
                    : new Opening.Refused(Reason.of("panels.round.one", open.number()));
        }
        if (meeting.state() != State.OPEN) {
            return new Opening.Refused(
                    Reason.of("panels.locked." + meeting.state().code()));
        }
        if (about.isEmpty() || about.size() != wanted.size()) {
            return new Opening.Refused(Reason.of("panels.round.nobody"));
        }
        Optional<Done> few = Meetings.few(protocol);
        if (few.isPresent() && few.get() instanceof Done.Refused(var field, var why)) {
            return new Opening.Refused(why);
        }
        Set<UUID> mixed = protocol.rule().mixed(protocol.subjects(forms));
        if (!mixed.isEmpty()) {
            return new Opening.Refused(Reason.of(
                    "panels.round.mixed",
                    about.stream()
                            .filter(item -> mixed.contains(item.personId()))
                            .map(Item::fullName)
                            .collect(Collectors.joining(", "))));
        }
        Map<UUID, Turn> turns = meetings.turns(tenant, protocol);
        String early = about.stream()
                .filter(item -> turns.get(item.formId()) != Turn.OPEN)
                .map(Item::fullName)
                .collect(Collectors.joining(", "));
        if (!early.isEmpty()) {
            return new Opening.Refused(Reason.of("panels.round.early", early));
        }
        if (protocol.confirmed(way) && !protocol.canConfirm(forms, way)) {
            return new Opening.Refused(Reason.of("panels.round.no-confirmers", Protocol.confirmations(way)));
        }
        int entitled = protocol.entitled(forms);
        if (entitled < 1) {
            return new Opening.Refused(Reason.of("panels.round.no-voters"));
        }
        if (protocol.rounds().size() >= MOST_ROUNDS) {
            return new Opening.Refused(Reason.of("panels.round.most", MOST_ROUNDS));
        }
        var round = new Round(
                Ids.next(),
                meetingId,
                protocol.rounds().size() + 1,
                way,
                RoundState.OPEN,
                protocol.members(),
                protocol.present().size(),
                entitled,
                way == Way.HANDS ? 0 : entitled,
                0,
                0,
                "",
                viewer.accountId(),
                now(),
                null,
                about.stream().map(Item::formId).toList(),
                0);
        rounds.insert(tenant, round);
        if (way == Way.SECRET) {
            fill(tenant, protocol, round);
        }
        Check.that(store.move(tenant, meetingId, State.OPEN, State.VOTING, "", now()), "a meeting that is held");
        var facts = facts(meeting, round);
        facts.put("quorum", protocol.quorum().code());
        ledger.append(new Act(tenant, "panels.round-opened", meetingId, viewer.accountId(), facts)
                .with(
                        Piece.of(PanelEvidence.MEETING, meetingId),
                        Piece.of(PanelEvidence.ROUND, round.id()),
                        Piece.of(PanelEvidence.ROUND_FORMS, round.id())));
        return new Opening.Opened(round.id());
    }

    private void fill(UUID tenantId, Protocol protocol, Round round) {
        keys.create(round.id());
        byte[] key = keys.find(round.id()).orElseThrow();
        var urn = new Urn(round.forms().size(), protocol.book().grades().size() + 1);
        rounds.fill(
                tenantId,
                round.id(),
                urn.seal(keys.sealing(key), round.id(), keys.random()),
                codes(key, round).stream().map(keys::hash).toList());
    }

    private List<BallotCode> codes(byte[] key, Round round) {
        return IntStream.rangeClosed(1, round.issued())
                .mapToObj(number -> keys.code(key, number))
                .toList();
    }

    /** What came of asking for the slips of an open secret round. */
    public sealed interface Slips {
        record Printed(Protocol protocol, Round round, List<BallotCode> codes) implements Slips {}

        record Refused(Reason why) implements Slips {}
    }

    /** The codes, in an order drawn anew each time; until the first ballot is in the urn. Every printing is on record. */
    @Transactional
    public Slips slips(Viewer viewer, UUID meetingId, UUID roundId) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Round round = of(protocol, roundId);
        if (round.way() != Way.SECRET || round.state() != RoundState.OPEN) {
            return new Slips.Refused(Reason.of("panels.slips.ended"));
        }
        Optional<byte[]> urn = rounds.holdUrn(tenant, roundId); // a ballot that is just being cast is waited for
        Round now = rounds.find(tenant, roundId).orElseThrow();
        if (urn.isEmpty() || now.cast() > 0) {
            return new Slips.Refused(Reason.of("panels.slips.begun"));
        }
        if (now.prints() >= MOST_PRINTS) {
            return new Slips.Refused(Reason.of("panels.slips.most", MOST_PRINTS));
        }
        Optional<byte[]> key = keys.find(roundId);
        if (key.isEmpty()) {
            return new Slips.Refused(Reason.of("panels.key.lost"));
        }
        rounds.printed(tenant, roundId);
        var codes = new ArrayList<>(codes(key.get(), round));
        Collections.shuffle(codes, keys.random());
        var facts = facts(meeting, round);
        facts.put("print", now.prints() + 1);
        ledger.append(new Act(tenant, "panels.slips-printed", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.ROUND, roundId)));
        return new Slips.Printed(protocol, now, List.copyOf(codes));
    }

    private static Round of(Protocol protocol, UUID roundId) {
        return protocol.round(roundId).orElseThrow(() -> new NotFound("round"));
    }

    static LinkedHashMap<String, Object> facts(Meeting meeting, Round round) {
        var facts = Meetings.facts(meeting);
        facts.put("round", round.number());
        facts.put("way", round.way().code());
        facts.put("people", round.forms().size());
        facts.put("members", round.members());
        facts.put("present", round.present());
        facts.put("entitled", round.entitled());
        return facts;
    }

    /**
     * What was counted about one person.
     *
     * @param issued ballot papers; of hands those who have a vote
     * @param returned ballot papers; of hands those who have a vote, in a confirmed count without those who did not vote
     * @param invalid blank or void papers; of hands who raised none, in a confirmed count who has no opinion
     * @param votes by the grades of the book, in their order
     */
    public record Entry(int issued, int returned, int invalid, List<Integer> votes) {}

    /**
     * Enters hands that were counted: with those who raised none they are all who have a vote. It stands at once, or when a second person
     * has said that it is right, as the rule of the meeting has it.
     */
    @Transactional
    public Done countHands(Viewer viewer, UUID meetingId, UUID roundId, Map<UUID, Entry> entries, String reason) {
        return entered(viewer, meetingId, roundId, Way.HANDS, entries, reason);
    }

    /** Enters what the papers say. It counts when two have said under their own accounts that it is right. */
    @Transactional
    public Done enterPapers(Viewer viewer, UUID meetingId, UUID roundId, Map<UUID, Entry> entries, String reason) {
        return entered(viewer, meetingId, roundId, Way.PAPER, entries, reason);
    }

    private Done entered(
            Viewer viewer, UUID meetingId, UUID roundId, Way way, Map<UUID, Entry> entries, String reason) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Round round = of(protocol, roundId);
        Check.that(round.way() == way, "what was counted is entered as it was voted");
        boolean countedAgain = protocol.disputed(round) && !reason.isBlank();
        if (unchanged(protocol, round, entries) && !countedAgain) {
            return new Done.Already();
        }
        Optional<Done> refused = correcting(meeting, round, reason)
                .or(() -> wrong(protocol, round, entries))
                .or(() -> seesOwn(viewer, protocol, round));
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean confirmed = protocol.confirmed(way);
        if (confirmed && round.state() == RoundState.COUNTED) {
            Check.that(rounds.reopen(tenant, roundId), "a round of a meeting that is held");
            Check.that(store.move(tenant, meetingId, State.OPEN, State.VOTING, "", now()), "a meeting that is held");
        }
        enter(viewer, meeting, protocol, round, entries, reason);
        if (!confirmed && round.state() == RoundState.OPEN) {
            end(viewer, meeting, round, RoundState.COUNTED, "");
        }
        return new Done.Now();
    }

    /** Nobody counts, witnesses or corrects what was voted about themself. */
    private static Optional<Done> seesOwn(Viewer viewer, Protocol protocol, Round round) {
        return round.forms().stream()
                        .flatMap(form -> protocol.item(form).stream())
                        .allMatch(item -> protocol.shows(viewer, item))
                ? Optional.empty()
                : Optional.of(new Done.Refused("", Reason.of("panels.own")));
    }

    private static Optional<Done> correcting(Meeting meeting, Round round, String reason) {
        if (round.state() == RoundState.ANNULLED) {
            return Optional.of(new Done.Refused("", Reason.of("panels.round.annulled")));
        }
        boolean at = round.state() == RoundState.OPEN ? meeting.state() == State.VOTING : meeting.state() == State.OPEN;
        if (!at) {
            return Optional.of(new Done.Refused(
                    "",
                    meeting.state() == State.VOTING
                            ? Reason.of("panels.conclude.voting")
                            : Reason.of("panels.locked." + meeting.state().code())));
        }
        String why = Texts.nfc(reason).strip();
        if (why.length() > Meetings.LONGEST_REASON) {
            return Optional.of(new Done.Refused("ly-do", Reason.of("panels.reason.long", Meetings.LONGEST_REASON)));
        }
        return round.count() > 0 && why.isEmpty()
                ? Optional.of(new Done.Refused("ly-do", Reason.of("panels.count.correct")))
                : Optional.empty();
    }

    private static Optional<Done> wrong(Protocol protocol, Round round, Map<UUID, Entry> entries) {
        int grades = protocol.book().grades().size();
        for (UUID form : round.forms()) {
            Entry entry = entries.get(form);
            String name = name(protocol, form);
            if (entry == null || entry.votes().size() != grades) {
                return Optional.of(new Done.Refused("so-" + form, Reason.of("panels.count.missing", name)));
            }
            int valid = entry.votes().stream().mapToInt(Integer::intValue).sum();
            if (entry.invalid() < 0 || entry.votes().stream().anyMatch(votes -> votes < 0)) {
                return Optional.of(new Done.Refused("so-" + form, Reason.of("panels.count.missing", name)));
            }
            if (round.way() == Way.HANDS) {
                boolean all = protocol.confirmed(round.way());
                int counted = all ? entry.issued() : valid + entry.invalid();
                if (counted != round.entitled()
                        || valid + entry.invalid() != entry.returned()
                        || entry.returned() > entry.issued()) {
                    return Optional.of(new Done.Refused(
                            "so-" + form,
                            Reason.of(
                                    all ? "panels.count.hands.all" : "panels.count.hands",
                                    name,
                                    counted,
                                    round.entitled())));
                }
                continue;
            }
            if (entry.issued() > round.entitled()) {
                return Optional.of(new Done.Refused(
                        "so-" + form, Reason.of("panels.count.issued", name, entry.issued(), round.entitled())));
            }
            if (entry.returned() > entry.issued()) {
                return Optional.of(new Done.Refused(
                        "so-" + form, Reason.of("panels.count.returned", name, entry.returned(), entry.issued())));
            }
            if (valid + entry.invalid() != entry.returned()) {
                return Optional.of(new Done.Refused(
                        "so-" + form, Reason.of("panels.count.sum", name, valid, entry.invalid(), entry.returned())));
            }
        }
        return Optional.empty();
    }

    private static String name(Protocol protocol, UUID form) {
        return protocol.item(form).map(Item::fullName).orElse("");
    }

    private static boolean unchanged(Protocol protocol, Round round, Map<UUID, Entry> entries) {
        return round.count() > 0
                && round.forms().stream().allMatch(form -> {
                    Entry entry = entries.get(form);
                    return entry != null
                            && protocol.count(round, form)
                                    .filter(count -> count.issued() == entry.issued()
                                            && count.returned() == entry.returned()
                                            && count.invalid() == entry.invalid()
                                            && count.votes().equals(entry.votes()))
                                    .isPresent();
                });
    }

    private void enter(
            Viewer viewer, Meeting meeting, Protocol protocol, Round round, Map<UUID, Entry> entries, String reason) {
        int version = round.count() + 1;
        Instant now = now();
        var counts = new ArrayList<Count>();
        for (UUID form : round.forms()) {
            Entry entry = java.util.Objects.requireNonNull(entries.get(form));
            counts.add(new Count(
                    round.id(),
                    version,
                    form,
                    entry.issued(),
                    entry.returned(),
                    entry.invalid(),
                    entry.votes(),
                    version == 1 ? "" : Texts.nfc(reason).strip(),
                    viewer.accountId(),
                    now));
        }
        rounds.insertCount(viewer.tenantId(), counts);
        var facts = facts(meeting, round);
        facts.put("version", version);
        ledger.append(new Act(
                        viewer.tenantId(),
                        "panels.count-entered",
                        meeting.id(),
                        viewer.accountId(),
                        facts,
                        hash(protocol, counts))
                .with(
                        Piece.of(PanelEvidence.COUNT, round.id(), (short) version),
                        Piece.of(PanelEvidence.ROUND, round.id())));
    }

    /** Of the counted result as canonical JSON: grades and sums, and nothing of single ballots, which nobody keeps. */
    static byte[] hash(Protocol protocol, List<Count> counts) {
        var content = new LinkedHashMap<String, Object>();
        content.put("grades", protocol.grades());
        for (Count count : counts) {
            content.put(
                    count.formId().toString(),
                    Map.of(
                            "issued", count.issued(),
                            "returned", count.returned(),
                            "invalid", count.invalid(),
                            "votes", count.votes()));
        }
        return Sha256.of(CANONICAL.writeValueAsString(content));
    }

    /**
     * Ends a secret vote and counts it. The urn, its codes and its key are gone afterwards; what stays are the sums. Whoever is just
     * casting a ballot is counted or told that the vote has ended, never neither.
     */
    @Transactional
    public Done countSecret(Viewer viewer, UUID meetingId, UUID roundId) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Round round = of(protocol, roundId);
        Check.that(round.way() == Way.SECRET, "an urn belongs to a secret vote");
        if (round.state() != RoundState.OPEN) {
            return round.state() == RoundState.COUNTED
                    ? new Done.Already()
                    : new Done.Refused("", Reason.of("panels.round.annulled"));
        }
        byte[] sealed = rounds.holdUrn(tenant, roundId).orElseThrow();
        Optional<byte[]> key = keys.find(roundId);
        if (key.isEmpty()) {
            return new Done.Refused("", Reason.of("panels.key.lost"));
        }
        int choices = protocol.book().grades().size() + 1;
        Urn urn =
                Urn.open(sealed, keys.sealing(key.get()), roundId, round.forms().size(), choices);
        var entries = new LinkedHashMap<UUID, Entry>();
        for (int person = 0; person < round.forms().size(); person++) {
            int at = person;
            List<Integer> votes = IntStream.range(0, choices - 1)
                    .mapToObj(choice -> urn.sum(at, choice))
                    .toList();
            entries.put(
                    round.forms().get(person),
                    new Entry(round.issued(), urn.cast(), urn.sum(person, choices - 1), votes));
        }
        emptied(tenant, roundId);
        enter(viewer, meeting, protocol, round, entries, "");
        end(viewer, meeting, round, RoundState.COUNTED, "");
        return new Done.Now();
    }

    /** The key goes when it is sure that the round has ended; a sweep takes those that a stop left behind. */
    private void emptied(UUID tenantId, UUID roundId) {
        rounds.removeUrn(tenantId, roundId);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keys.destroy(roundId);
            }
        });
    }

    /** What somebody else than who entered it says of the newest count. @param version as it was read */
    @Transactional
    public Done witness(Viewer viewer, UUID meetingId, UUID roundId, int version, boolean agrees, String note) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.locked(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Round round = of(protocol, roundId);
        UUID person = viewer.personId();
        if (person == null || !protocol.is(viewer, Role.COUNTER, Role.CHAIR, Role.SECRETARY)) {
            throw new Forbidden(Permission.RATE_SELF);
        }
        if (!protocol.confirmed(round.way()) || round.count() == 0) {
            return new Done.Refused("", Reason.of("panels.witness.nothing"));
        }
        if (round.count() != version) {
            return new Done.Refused("", Reason.of("panels.witness.behind"));
        }
        Optional<Witness> before = protocol.witnesses(round).stream()
                .filter(witness -> witness.personId().equals(person))
                .findFirst();
        if (before.isPresent()) {
            return before.get().agrees() == agrees
                    ? new Done.Already()
                    : new Done.Refused("", Reason.of("panels.witness.said"));
        }
        if (round.state() == RoundState.COUNTED && agrees) {
            return new Done.Already(); // enough others have said so just now
        }
        if (round.state() != RoundState.OPEN) {
            return new Done.Refused("", Reason.of("panels.witness.nothing"));
        }
        if (protocol.confirmers(round).stream()
                .noneMatch(seat -> seat.personId().equals(person))) {
            return new Done.Refused("", Reason.of("panels.witness.other"));
        }
        String words = Texts.nfc(note).strip();
        if (words.length() > Meetings.LONGEST_REASON || (!agrees && words.isEmpty())) {
            return new Done.Refused("ghi-chu", Reason.of("panels.witness.note", Meetings.LONGEST_REASON));
        }
        var witness = new Witness(roundId, version, person, agrees, words, viewer.accountId(), now());
        Check.that(rounds.witness(tenant, witness), "who has said nothing yet says it now");
        var facts = facts(meeting, round);
        facts.put("version", version);
        facts.put("agrees", agrees);
        ledger.append(new Act(tenant, "panels.count-witnessed", meetingId, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.WITNESS, roundId, (short) version, person)));
        long agreed = protocol.witnesses(round).stream().filter(Witness::agrees).count() + 1;
        if (agrees && !protocol.disputed(round) && agreed >= Protocol.confirmations(round.way())) {
            end(viewer, meeting, round, RoundState.COUNTED, "");
        }
        return new Done.Now();
    }

    /** Takes a vote back, open or counted, with its reason; it is held once more. Ballots that were in the urn are gone. */
    @Transactional
    public Done annul(Viewer viewer, UUID meetingId, UUID roundId, String reason) {
        UUID tenant = viewer.tenantId();
        Meeting meeting = meetings.led(viewer, meetingId);
        Protocol protocol = meetings.protocol(tenant, meeting);
        Round round = of(protocol, roundId);
        if (round.state() == RoundState.ANNULLED) {
            return new Done.Already();
        }
        if (round.state() == RoundState.COUNTED) {
            return new Done.Refused("", Reason.of("panels.annul.counted"));
        }
        String why = Texts.nfc(reason).strip();
        if (why.isEmpty() || why.length() > Meetings.LONGEST_REASON) {
            return new Done.Refused("ly-do", Reason.of("panels.reason", Meetings.LONGEST_REASON));
        }
        if (round.way() == Way.SECRET) {
            rounds.holdUrn(tenant, roundId);
            emptied(tenant, roundId);
        }
        end(viewer, meeting, round, RoundState.ANNULLED, why);
        return new Done.Now();
    }

    private void end(Viewer viewer, Meeting meeting, Round round, RoundState to, String reason) {
        UUID tenant = viewer.tenantId();
        Check.that(
                rounds.end(tenant, round.id(), to, reason, viewer.accountId(), now()),
                "an open round of a meeting that is held");
        Check.that(store.move(tenant, meeting.id(), State.VOTING, State.OPEN, "", now()), "a meeting that is held");
        var facts = facts(meeting, round);
        Act act;
        if (to == RoundState.ANNULLED) {
            facts.put("reason", reason);
            act = new Act(tenant, "panels.round-annulled", meeting.id(), viewer.accountId(), facts);
        } else {
            act = new Act(tenant, "panels.round-counted", meeting.id(), viewer.accountId(), facts);
        }
        ledger.append(
                act.with(Piece.of(PanelEvidence.MEETING, meeting.id()), Piece.of(PanelEvidence.ROUND, round.id())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
