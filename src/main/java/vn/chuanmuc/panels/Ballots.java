package vn.chuanmuc.panels;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.rules.RuleBook;

/**
 * The ballot of whoever holds a code, without an account. A vote writes one row, the sealed urn of its round, and nothing else: no
 * act, no time, no mark on the code. Which vote a code brought is known to the voter's screen alone (ADR 0019).
 */
@Component
public class Ballots {
    /** The choice of who names no grade. */
    public static final String BLANK = "trang";

    private final RoundStore rounds;
    private final MeetingStore store;
    private final Meetings meetings;
    private final UrnKeys keys;

    Ballots(RoundStore rounds, MeetingStore store, Meetings meetings, UrnKeys keys) {
        this.rounds = rounds;
        this.store = store;
        this.meetings = meetings;
        this.keys = keys;
    }

    /** @param people in the order of the agenda */
    public record Ballot(String title, String unitName, int number, List<Item> people, List<RuleBook.Grade> grades) {}

    public sealed interface Found {
        record Open(Ballot ballot) implements Found {}

        /** Its ballot is in the urn. */
        record Used() implements Found {}

        /** No open vote knows it: mistyped, or the vote has ended. */
        record Unknown() implements Found {}
    }

    public sealed interface Cast {
        record Done() implements Cast {}

        record Used() implements Cast {}

        record Unknown() implements Cast {}

        /** Nothing was cast: of these persons nothing was chosen. */
        record Missing(Ballot ballot, List<UUID> forms) implements Cast {}
    }

    private record Box(UUID tenantId, Round round, Ballot ballot, byte[] key) {}

    private Optional<Box> box(BallotCode code) {
        return rounds.place(keys.hash(code)).flatMap(place -> {
            Optional<Round> round =
                    rounds.find(place.tenantId(), place.roundId()).filter(one -> one.state() == RoundState.OPEN);
            return round.flatMap(open -> keys.find(open.id())
                    .map(key -> new Box(place.tenantId(), open, ballot(place.tenantId(), open), key)));
        });
    }

    private Ballot ballot(UUID tenantId, Round round) {
        Meeting meeting = store.find(tenantId, round.meetingId()).orElseThrow();
        Protocol protocol = meetings.protocol(tenantId, meeting);
        return new Ballot(
                meeting.title(),
                meeting.unitName(),
                round.number(),
                protocol.agenda().stream()
                        .filter(item -> round.forms().contains(item.formId()))
                        .toList(),
                protocol.book().grades());
    }

    private Urn open(Box box, byte[] sealed) {
        return Urn.open(
                sealed,
                keys.sealing(box.key()),
                box.round().id(),
                box.round().forms().size(),
                box.ballot().grades().size() + 1);
    }

    @Transactional(readOnly = true)
    public Found find(BallotCode code) {
        Optional<Box> box = box(code);
        if (box.isEmpty()) {
            return new Found.Unknown();
        }
        Optional<byte[]> bytes =
                rounds.urn(box.get().tenantId(), box.get().round().id());
        if (bytes.isEmpty()) {
            return new Found.Unknown();
        }
        return open(box.get(), bytes.get()).used(keys.hash(code))
                ? new Found.Used()
                : new Found.Open(box.get().ballot());
    }

    /**
     * Puts a ballot into the urn, once for each code. Voters of a round wait for one another for as long as a row is written.
     *
     * @param chosen by form: a grade's code, or {@link #BLANK}
     */
    @Transactional
    public Cast cast(BallotCode code, Map<UUID, String> chosen) {
        Optional<Box> found = box(code);
        if (found.isEmpty()) {
            return new Cast.Unknown();
        }
        Box box = found.get();
        Round round = box.round();
        List<String> grades =
                box.ballot().grades().stream().map(RuleBook.Grade::code).toList();
        var choice = new int[round.forms().size()];
        var missing = new java.util.ArrayList<UUID>();
        for (int person = 0; person < choice.length; person++) {
            UUID form = round.forms().get(person);
            String said = chosen.getOrDefault(form, "");
            choice[person] = said.equals(BLANK) ? grades.size() : grades.indexOf(said);
            if (choice[person] < 0) {
                missing.add(form);
            }
        }
        Optional<byte[]> sealed = rounds.holdUrn(box.tenantId(), round.id());
        if (sealed.isEmpty()) {
            return new Cast.Unknown();
        }
        Urn urn = open(box, sealed.get());
        byte[] hash = keys.hash(code);
        if (urn.used(hash)) {
            return new Cast.Used();
        }
        if (!missing.isEmpty()) {
            return new Cast.Missing(box.ballot(), missing);
        }
        if (!urn.cast(hash, choice)) {
            return new Cast.Used();
        }
        rounds.putUrn(
                box.tenantId(), round.id(), urn.seal(keys.sealing(box.key()), round.id(), keys.random()), urn.cast());
        return new Cast.Done();
    }
}
