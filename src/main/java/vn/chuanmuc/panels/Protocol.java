package vn.chuanmuc.panels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Copy;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Delivery;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Minutes;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Remark;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meeting.Witness;
import vn.chuanmuc.panels.PanelRule.Suggestion;
import vn.chuanmuc.panels.PanelRule.Tally;
import vn.chuanmuc.rules.RuleBook;

/** A meeting with everything that is kept of it, and what follows from that. */
public record Protocol(
        Meeting meeting,
        PanelRule rule,
        RuleBook book,
        List<Seat> seats,
        List<Item> agenda,
        List<Presence> presences,
        List<Remark> remarks,
        List<Round> rounds,
        List<Count> counts,
        List<Witness> witnesses,
        List<Conclusion> conclusions,
        List<Minutes> minutes,
        List<Copy> copies,
        List<Signature> signatures,
        List<Delivery> deliveries) {

    /** What was counted about somebody in the newest round that stands. */
    public record Counted(Round round, Count count, Tally tally, Suggestion suggestion) {}

    public Optional<Seat> seat(@Nullable UUID personId) {
        return seats.stream().filter(seat -> seat.personId().equals(personId)).findFirst();
    }

    public Optional<Seat> holder(Role role) {
        return seats.stream().filter(seat -> seat.role() == role).findFirst();
    }

    public List<Seat> counters() {
        return seats.stream().filter(seat -> seat.role() == Role.COUNTER).toList();
    }

    /** Whether the viewer sits there as one of these. */
    public boolean is(Viewer viewer, Role... roles) {
        return seat(viewer.personId())
                .filter(seat -> Set.of(roles).contains(seat.role()))
                .isPresent();
    }

    public Optional<Item> item(UUID formId) {
        return agenda.stream().filter(item -> item.formId().equals(formId)).findFirst();
    }

    public List<Presence> presences(UUID personId) {
        return presences.stream()
                .filter(one -> one.personId().equals(personId))
                .sorted(Comparator.comparingInt(Presence::seq))
                .toList();
    }

    /** How it was noted last. */
    public Optional<Presence> presence(UUID personId) {
        List<Presence> noted = presences(personId);
        return noted.isEmpty() ? Optional.empty() : Optional.of(noted.getLast());
    }

    public boolean there(UUID personId) {
        return presence(personId).filter(Presence::present).isPresent();
    }

    public int members() {
        return (int) seats.stream().filter(Seat::votes).count();
    }

    /** Members with a vote who are there. */
    public Set<UUID> present() {
        return seats.stream()
                .filter(seat -> seat.votes() && there(seat.personId()))
                .map(Seat::personId)
                .collect(Collectors.toSet());
    }

    public PanelRule.Quorum quorum() {
        return rule.quorum(present().size(), members());
    }

    public Optional<Round> open() {
        return rounds.stream().filter(round -> round.state() == RoundState.OPEN).findFirst();
    }

    public Optional<Round> round(UUID id) {
        return rounds.stream().filter(round -> round.id().equals(id)).findFirst();
    }

    /** The newest count of a round, one for each person; empty before. */
    public List<Count> counts(Round round) {
        return counts(round, round.count());
    }

    public List<Count> counts(Round round, int version) {
        return counts.stream()
                .filter(count -> count.roundId().equals(round.id()) && count.version() == version)
                .toList();
    }

    public Optional<Count> count(Round round, UUID formId) {
        return counts(round).stream()
                .filter(count -> count.formId().equals(formId))
                .findFirst();
    }

    public List<Witness> witnesses(Round round) {
        return witnesses.stream()
                .filter(witness -> witness.roundId().equals(round.id()) && witness.version() == round.count())
                .toList();
    }

    /** Somebody who counted too says that the newest count is not right. */
    public boolean disputed(Round round) {
        return witnesses(round).stream().anyMatch(witness -> !witness.agrees());
    }

    public List<String> grades() {
        return book.grades().stream().map(RuleBook.Grade::words).toList();
    }

    public Optional<Counted> counted(UUID formId) {
        return rounds.stream()
                .filter(round ->
                        round.state() == RoundState.COUNTED && round.forms().contains(formId))
                .max(Comparator.comparingInt(Round::number))
                .flatMap(round -> count(round, formId).map(count -> {
                    Tally tally = tally(round, count);
                    return new Counted(round, count, tally, rule.suggest(tally, grades()));
                }));
    }

    public static Tally tally(Round round, Count count) {
        return new Tally(
                round.members(), round.entitled(), count.issued(), count.returned(), count.invalid(), count.votes());
    }

    public List<Conclusion> conclusions(UUID formId) {
        return conclusions.stream().filter(one -> one.formId().equals(formId)).toList();
    }

    /** What stands: the newest conclusion, unless somebody was voted about once more, or a count was corrected, since. */
    public Optional<Conclusion> conclusion(UUID formId) {
        List<Conclusion> all = conclusions(formId);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Conclusion newest = all.getLast();
        Optional<Counted> counted = counted(formId);
        boolean voting = open().filter(round -> round.forms().contains(formId)).isPresent();
        boolean stands = newest.grade() == null
                || (!voting
                        && counted.filter(now -> now.round().id().equals(newest.roundId())
                                        && !now.count().enteredAt().isAfter(newest.concludedAt()))
                                .isPresent());
        return stands ? Optional.of(newest) : Optional.empty();
    }

    public List<Remark> remarks(UUID formId) {
        return remarks.stream().filter(one -> one.formId().equals(formId)).toList();
    }

    /** Persons of the agenda about whom nothing stands yet. */
    public List<Item> unconcluded() {
        return agenda.stream()
                .filter(item -> conclusion(item.formId()).isEmpty())
                .toList();
    }

    public List<PanelRule.Subject> subjects(List<UUID> forms) {
        Set<UUID> present = present();
        return agenda.stream()
                .filter(item -> forms.contains(item.formId()))
                .map(item -> new PanelRule.Subject(item.formId(), item.personId(), present.contains(item.personId())))
                .toList();
    }

    /** Rounds that are still to be held, each with the same voters throughout. */
    public List<List<UUID>> ahead() {
        return rule.rounds(subjects(agenda.stream()
                .map(Item::formId)
                .filter(form -> counted(form).isEmpty() && conclusion(form).isEmpty())
                .toList()));
    }

    /** How many have a vote in a round about these. */
    public int entitled(List<UUID> forms) {
        Set<UUID> about = new HashSet<>();
        agenda.stream().filter(item -> forms.contains(item.formId())).forEach(item -> about.add(item.personId()));
        return rule.entitled(present(), about);
    }

    /** Whether others than who entered a count say that it is right before it stands: of papers, and of hands where the rule says so. */
    public boolean confirmed(Way way) {
        return way == Way.PAPER || (way == Way.HANDS && rule.hands() == PanelRule.Hands.CONFIRMED);
    }

    /** How many of them. */
    public static int confirmations(Way way) {
        return way == Way.PAPER ? 2 : 1;
    }

    /** In which words a round and its numbers are told. */
    public String way(Round round) {
        return round.way() == Way.HANDS && confirmed(round.way())
                ? "hands-confirmed"
                : round.way().code();
    }

    /**
     * Who may say of the newest count that it is right: those who are there, are not voted about, and did not enter it. Of papers the
     * two counters; for one who cannot the chair or the secretary. Of hands any of them.
     */
    public List<Seat> confirmers(Round round) {
        if (!confirmed(round.way()) || round.count() == 0) {
            return List.of();
        }
        UUID entered = counts(round).getFirst().enteredBy();
        List<Seat> counters = atHand(round.forms(), Role.COUNTER).toList();
        Stream<Seat> leading = atHand(round.forms(), Role.CHAIR, Role.SECRETARY);
        return Stream.concat(
                        counters.stream(),
                        round.way() == Way.PAPER
                                ? leading.filter(seat -> !entered.equals(seat.accountId()))
                                        .limit(Math.max(0, confirmations(round.way()) - counters.size()))
                                : leading)
                .filter(seat -> !entered.equals(seat.accountId()))
                .toList();
    }

    /** Whether somebody can enter what was voted about these, and enough others can say that it is right. */
    boolean canConfirm(List<UUID> forms, Way way) {
        long leading = atHand(forms, Role.CHAIR, Role.SECRETARY).count();
        return leading > 0 && leading - 1 + atHand(forms, Role.COUNTER).count() >= confirmations(way);
    }

    private Stream<Seat> atHand(List<UUID> forms, Role... roles) {
        Set<UUID> about = agenda.stream()
                .filter(item -> forms.contains(item.formId()))
                .map(Item::personId)
                .collect(Collectors.toSet());
        return seats.stream()
                .filter(seat -> Set.of(roles).contains(seat.role())
                        && there(seat.personId())
                        && !about.contains(seat.personId()));
    }

    /** A round is secret in name alone: so few ballots, or all alike, tell who voted how. */
    public boolean telling(Round round, Tally tally) {
        return round.way() != Way.HANDS && (tally.returned() < rule.secretLeast() || tally.unanimous());
    }

    public Optional<Minutes> newestMinutes() {
        return minutes.isEmpty() ? Optional.empty() : Optional.of(minutes.getLast());
    }

    public Optional<Signature> signature(Role role) {
        return signatures.stream()
                .filter(one -> one.role() == role && one.version() == meeting.minutes())
                .findFirst();
    }

    /** Those of the newest minutes, in the order in which they were made. */
    public List<Signature> standing() {
        return signatures.stream()
                .filter(one -> one.version() == meeting.minutes())
                .toList();
    }

    /** As what the newest minutes were last given to be signed. */
    public Optional<Copy> copy() {
        return copies.stream()
                .filter(one -> one.version() == meeting.minutes())
                .max(Comparator.comparingInt(Copy::seq));
    }

    /** The way in which the newest minutes are signed: that of the first signature, or else as they were last given. */
    public Optional<Method> method() {
        List<Signature> standing = standing();
        return standing.isEmpty()
                ? copy().map(Copy::method)
                : Optional.of(standing.getFirst().method());
    }

    /** Whether they were issued as a paper that is signed itself. */
    public boolean issued() {
        return method().filter(method -> method != Method.ELECTRONIC).isPresent();
    }

    /** The file with all signatures there are: the signed PDF, or the scan; null while there is none. */
    public byte @Nullable [] signedDocument() {
        Optional<Signature> newest = signature(Role.CHAIR).or(() -> signature(Role.SECRETARY));
        return newest.isEmpty() ? null : newest.get().documentHash();
    }

    Protocol with(Meeting now, Copy copy) {
        var all = new ArrayList<>(copies);
        all.add(copy);
        return new Protocol(
                now,
                rule,
                book,
                seats,
                agenda,
                presences,
                remarks,
                rounds,
                counts,
                witnesses,
                conclusions,
                minutes,
                all,
                signatures,
                deliveries);
    }

    public Optional<Delivery> delivery(UUID formId) {
        return deliveries.stream()
                .filter(one -> one.formId().equals(formId))
                .max(Comparator.comparingInt(Delivery::seq));
    }

    /** Forms with a conclusion that is not in them yet. */
    public List<Item> undelivered() {
        return agenda.stream()
                .filter(item -> conclusion(item.formId())
                                .filter(one -> one.grade() != null)
                                .isPresent()
                        && delivery(item.formId()).filter(Delivery::done).isEmpty())
                .toList();
    }

    /** Whether the viewer is shown what was said and voted about a person: everybody but that person. */
    public boolean shows(Viewer viewer, Item item) {
        return !item.personId().equals(viewer.personId());
    }
}
