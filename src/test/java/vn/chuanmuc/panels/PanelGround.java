package vn.chuanmuc.panels;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PanelCycle;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.testing.TestBodies;

/** A meeting of Ward One: who chairs, writes, counts; about whom. */
final class PanelGround {
    static final String CHAIR = "Lê Thị Đứng Đầu";
    static final String SECRETARY = "Trần Thị Hoà";
    static final String COUNTER = "Đỗ Văn An";
    static final String OTHER = "Vũ Thị Bình";
    static final String MEMBER = "Phạm Văn Cường";
    /** Assessed, and no member. */
    static final String GUEST = "Hoàng Thị Dung";

    static final String PASSWORD = TestBodies.PASSWORD;

    final PanelCycle cycle;
    final Meetings meetings;
    final Rounds rounds;
    final Ballots ballots;
    final MinutesBook minutes;
    UUID id = new UUID(0, 0);

    PanelGround(PanelCycle cycle, Meetings meetings, Rounds rounds, Ballots ballots, MinutesBook minutes) {
        this.cycle = cycle;
        this.meetings = meetings;
        this.rounds = rounds;
        this.ballots = ballots;
        this.minutes = minutes;
    }

    static String[] names(String... more) {
        var names = new ArrayList<>(List.of(SECRETARY, COUNTER, OTHER, MEMBER, GUEST));
        names.addAll(List.of(more));
        return names.toArray(String[]::new);
    }

    UUID person(String name) {
        return Objects.requireNonNull(cycle.official(name).personId());
    }

    Viewer chair() {
        return cycle.official(CHAIR);
    }

    Viewer secretary() {
        return cycle.official(SECRETARY);
    }

    Meetings.Plan plan(List<String> about, String... more) {
        var seats = new ArrayList<>(List.of(
                new Meetings.Chosen(person(CHAIR), Role.CHAIR, true),
                new Meetings.Chosen(person(SECRETARY), Role.SECRETARY, true),
                new Meetings.Chosen(person(COUNTER), Role.COUNTER, true),
                new Meetings.Chosen(person(OTHER), Role.COUNTER, true),
                new Meetings.Chosen(person(MEMBER), Role.MEMBER, true)));
        for (String name : more) {
            seats.add(new Meetings.Chosen(person(name), Role.MEMBER, true));
        }
        return new Meetings.Plan(
                "Họp đánh giá quý IV năm 2021",
                LocalDate.of(2021, 12, 27),
                LocalTime.of(14, 0),
                "Phòng họp số 1",
                about.stream().map(cycle::form).toList(),
                seats);
    }

    PanelGround planned(List<String> about, String... more) {
        var saved = meetings.plan(cycle.head, cycle.cycle, PanelCycle.PANEL, cycle.body.wardOne, plan(about, more));
        if (!(saved instanceof Meetings.Saved.Done(var made))) {
            throw new IllegalStateException(saved.toString());
        }
        id = made;
        return this;
    }

    PanelGround convened(List<String> about, String... more) {
        planned(about, more);
        now(meetings.convene(cycle.head, id));
        return this;
    }

    /** Held today, under a rule that its body sets for it. */
    PanelGround convenedUnder(PanelSettings settings, PanelRule rule, List<String> about) {
        if (!(settings.set(cycle.board, rule) instanceof PanelSettings.Setting.Done)) {
            throw new IllegalStateException("the rule was refused");
        }
        planned(about);
        Meetings.Plan plan = plan(about);
        var today = new Meetings.Plan(
                plan.title(), rule.validFrom(), LocalTime.of(8, 0), plan.place(), plan.forms(), plan.seats());
        if (!(meetings.change(cycle.head, id, 1, today) instanceof Meetings.Saved.Done)) {
            throw new IllegalStateException("the day was refused");
        }
        now(meetings.convene(cycle.head, id));
        return this;
    }

    /** Opened, with everybody there but those named. */
    PanelGround opened(List<String> absent) {
        var ticks = protocol().seats().stream()
                .map(seat -> new Meetings.Tick(
                        seat.personId(),
                        absent.stream().noneMatch(name -> person(name).equals(seat.personId())),
                        LocalTime.of(14, 0),
                        absent.stream().anyMatch(name -> person(name).equals(seat.personId())) ? "Đi công tác" : ""))
                .toList();
        now(meetings.attend(secretary(), id, ticks));
        now(meetings.open(secretary(), id));
        return this;
    }

    Protocol protocol() {
        return meetings.protocol(cycle.head, id);
    }

    /** The minutes of a version, as somebody read them. */
    MinutesBook.Read read(int version) {
        return protocol().minutes().stream()
                .filter(one -> one.version() == version)
                .map(one -> new MinutesBook.Read(version, one.hash()))
                .findFirst()
                .orElseThrow();
    }

    UUID round(Way way, String... about) {
        var opening = rounds.open(
                secretary(), id, Arrays.stream(about).map(cycle::form).toList(), way);
        if (opening instanceof Rounds.Opening.Opened(var round)) {
            return round;
        }
        throw new IllegalStateException(opening.toString());
    }

    List<BallotCode> slips(UUID round) {
        var slips = rounds.slips(secretary(), id, round);
        if (slips instanceof Rounds.Slips.Printed printed) {
            return printed.codes();
        }
        throw new IllegalStateException(slips.toString());
    }

    Map<UUID, String> vote(String grade, String... about) {
        var vote = new LinkedHashMap<UUID, String>();
        for (String name : about) {
            vote.put(cycle.form(name), grade);
        }
        return vote;
    }

    Map<UUID, Rounds.Entry> entries(String name, int issued, int returned, int invalid, Integer... votes) {
        return Map.of(cycle.form(name), new Rounds.Entry(issued, returned, invalid, List.of(votes)));
    }

    /** By hands, all for one grade of four. */
    void hands(String name, int entitled, int grade) {
        UUID round = round(Way.HANDS, name);
        var votes = new Integer[] {0, 0, 0, 0};
        votes[grade] = entitled;
        now(rounds.countHands(secretary(), id, round, entries(name, entitled, entitled, 0, votes), ""));
    }

    void concluded(String name, String grade, String reason) {
        Viewer who = name.equals(SECRETARY) ? chair() : secretary();
        now(meetings.conclude(who, id, cycle.form(name), grade, reason));
    }

    static void now(Meetings.Done done) {
        if (!(done instanceof Meetings.Done.Now)) {
            throw new IllegalStateException(done.toString());
        }
    }
}
