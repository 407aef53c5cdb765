package vn.chuanmuc.samples;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.FigureSource;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.LevelDecisions;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.directory.NewPerson;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.panels.BallotCode;
import vn.chuanmuc.panels.Ballots;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meetings;
import vn.chuanmuc.panels.MinutesBook;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.panels.Rounds;
import vn.chuanmuc.petitions.Drafting;
import vn.chuanmuc.petitions.Handling;
import vn.chuanmuc.petitions.Moved;
import vn.chuanmuc.petitions.Petitions;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Stage;
import vn.chuanmuc.rules.RuleBook.Whose;
import vn.chuanmuc.rules.Rules;

/**
 * Two quarters of assessment to look at, in a unit of its own beside the wards: the second one over and closed, the third as on the
 * afternoon of 8 October – a meeting held with its minutes, another one convened, decisions in each state, results told, a petition
 * that is handled. People, votes and words are made up, every name says “mẫu”.
 */
@Component
@ConditionalOnProperty("chuanmuc.sample")
class SampleAssessment {
    private static final Period BEFORE = new Period(2021, 2);
    private static final Period NOW = new Period(2021, 3);
    private static final String SELF = "tu-danh-gia";
    private static final String PANEL = "tap-the";
    private static final String HEAD = "thu-truong";
    private static final String ABOVE = "cap-tren";

    /** Of the positions of a ward, the first three of the leaders and six of the staff. */
    private static final Set<Integer> RANKS = Set.of(1, 2, 3, 19, 20, 21, 22, 23, 24);

    private static final String UNIT_CODE = "DGM";
    private static final int POSITIONS = 37;
    private static final int SECRETARY = 8;
    private static final int STAFF = 4;
    private static final int UNDECIDED = 3;
    private static final int WRITING = 7;
    private static final int LEADER_ITEMS = 27;

    private final SampleClock clock;
    private final SampleAccounts accounts;
    private final SampleSupplement supplement;
    private final SampleFigures figures;
    private final Units units;
    private final People people;
    private final Applicability applicability;
    private final Campaigns campaigns;
    private final NumberBook numbers;
    private final Rules rules;
    private final Cycles cycles;
    private final Forms forms;
    private final LevelDecisions decisions;
    private final Results results;
    private final Meetings meetings;
    private final Rounds rounds;
    private final Ballots ballots;
    private final MinutesBook minutes;
    private final Drafting drafting;
    private final Handling handling;
    private final Petitions petitions;
    private final MessageSource messages;

    SampleAssessment(
            SampleClock clock,
            SampleAccounts accounts,
            SampleSupplement supplement,
            SampleFigures figures,
            Units units,
            People people,
            Applicability applicability,
            Campaigns campaigns,
            NumberBook numbers,
            Rules rules,
            Cycles cycles,
            Forms forms,
            LevelDecisions decisions,
            Results results,
            Meetings meetings,
            Rounds rounds,
            Ballots ballots,
            MinutesBook minutes,
            Drafting drafting,
            Handling handling,
            Petitions petitions,
            MessageSource messages) {
        this.clock = clock;
        this.accounts = accounts;
        this.supplement = supplement;
        this.figures = figures;
        this.units = units;
        this.people = people;
        this.applicability = applicability;
        this.campaigns = campaigns;
        this.numbers = numbers;
        this.rules = rules;
        this.cycles = cycles;
        this.forms = forms;
        this.decisions = decisions;
        this.results = results;
        this.meetings = meetings;
        this.rounds = rounds;
        this.ballots = ballots;
        this.minutes = minutes;
        this.drafting = drafting;
        this.handling = handling;
        this.petitions = petitions;
        this.messages = messages;
    }

    /** The unit's people in the order of their posts; the first heads it. {@code top}: the head above */
    private record Staffed(UUID root, UUID unit, List<Viewer> officials, Viewer board, Viewer top) {
        Viewer head() {
            return officials.getFirst();
        }

        Viewer secretary() {
            return officials.get(SECRETARY);
        }
    }

    /** A quarter under way, with the form of each of the people. */
    private record Quarter(Staffed staffed, Period period, UUID cycle, List<UUID> forms) {
        UUID form(int person) {
            return forms.get(person);
        }

        /** The unit that decides about these: the head's level is decided above. */
        UUID desk(List<Integer> about) {
            return about.equals(List.of(0)) ? staffed.root() : staffed.unit();
        }
    }

    /** @param text of decision 264 */
    void make(UUID tenant, UUID root, Viewer board, Viewer second, SampleSupplement.Readers readers, String text) {
        at(2021, 5, 5, 8);
        Staffed staffed = staff(tenant, root, board);
        UUID campaign = signed(staffed, readers, text);
        UUID book = entered(rules.enter(board, staffed.unit(), book(), LocalDate.of(2021, 5, 10), null, ""));
        entered(rules.confirm(second, book));
        numbered(staffed);
        before(opened(staffed, campaign, BEFORE, LocalDate.of(2021, 6, 25)));
        now(opened(staffed, campaign, NOW, LocalDate.of(2021, 9, 25)), second);
    }

    private Staffed staff(UUID tenant, UUID root, Viewer board) {
        UUID unit = units.addAll(
                        tenant,
                        SampleBody.NOBODY,
                        List.of(new Units.NewUnit(UNIT_CODE, text("samples.assessment.unit"), Units.Kind.OTHER, root)))
                .getFirst();
        people.addAll(
                tenant,
                SampleBody.NOBODY,
                SamplePeople.many(POSITIONS, 1, 20210925, LocalDate.of(2021, 5, 5))
                        .filter(person -> RANKS.contains(person.rank()))
                        .map(person -> new NewPerson(
                                person.name(),
                                person.birthDate(),
                                person.kind(),
                                unit,
                                person.bloc(),
                                person.position(),
                                person.leads(),
                                person.rank(),
                                person.sample()))
                        .toList());
        String reason = text("samples.reason");
        var officials = new ArrayList<Viewer>();
        List<People.Member> members = people.membersOf(tenant, List.of(unit));
        for (int at = 0; at < members.size(); at++) {
            People.Member member = members.get(at);
            String username = switch (at) {
                case 0 -> SampleAccounts.ASSESSMENT_HEAD;
                case STAFF -> SampleAccounts.ASSESSMENT_STAFF;
                case WRITING -> SampleAccounts.ASSESSMENT_WRITING;
                case SECRETARY -> SampleAccounts.ASSESSMENT_SECRETARY;
                default -> "";
            };
            Role role = at == 0 ? Role.HEAD : at == SECRETARY ? Role.CLERK : null;
            officials.add(accounts.open(tenant, member.fullName(), username, member.personId(), role, unit, reason));
        }
        Viewer top = accounts.open(
                tenant, text("samples.assessment.top"), SampleAccounts.ASSESSMENT_TOP, null, Role.HEAD, root, reason);
        return new Staffed(root, unit, List.copyOf(officials), board, top);
    }

    /** A campaign of the unit, in which everybody has signed. */
    private UUID signed(Staffed staffed, SampleSupplement.Readers readers, String text) {
        UUID decision =
                supplement.publish(readers, text, text("samples.assessment.decision"), LocalDate.of(2021, 5, 5), null);
        applicability.acceptProposals(staffed.board(), decision, List.of(staffed.unit()));
        UUID campaign = supplement.opened(
                staffed.board(),
                campaigns.create(
                        staffed.board(),
                        new Campaigns.Plan(
                                2021,
                                text("samples.assessment.campaign"),
                                "",
                                null,
                                decision,
                                LocalDate.of(2021, 5, 20),
                                LocalDate.of(2021, 5, 31),
                                Set.of(Commitments.ELECTRONIC),
                                staffed.unit(),
                                Set.of(staffed.unit()))));
        at(2021, 5, 11, 9);
        staffed.officials().forEach(official -> supplement.sign(official, campaign));
        return campaign;
    }

    /** What ships, with a meeting between the person and the head; it stands on no document, and its pages say so. */
    private RuleBook book() {
        RuleBook shipped = Rules.shipped().book();
        return new RuleBook(
                text("samples.assessment.book"),
                shipped.purpose(),
                "",
                shipped.scale(),
                shipped.weights(),
                shipped.whole(),
                shipped.figures(),
                shipped.grades(),
                shipped.disqualifiers(),
                shipped.quotas(),
                List.of(
                        stage(shipped, SELF, Whose.ALL, 1),
                        new Stage(PANEL, text("samples.assessment.panel"), Actor.PANEL, Whose.OTHERS, 2, false, 5),
                        stage(shipped, HEAD, Whose.OTHERS, 3),
                        stage(shipped, ABOVE, Whose.HEADS, 3),
                        stage(shipped, "phe-duyet", Whose.ALL, 4)),
                shipped.deadlines(),
                shipped.clocks(),
                shipped.presence(),
                shipped.headNotAboveUnit());
    }

    private static Stage stage(RuleBook book, String code, Whose whose, int order) {
        return book.stages().stream()
                .filter(one -> one.code().equals(code))
                .map(one -> new Stage(one.code(), one.words(), one.actor(), whose, order, false, one.days()))
                .findFirst()
                .orElseThrow();
    }

    private void numbered(Staffed staffed) {
        LocalDate from = LocalDate.of(2020, 7, 1);
        NumberBook.Entered term = numbers.enterTerm(
                staffed.board(), staffed.unit(), text("samples.term"), from, LocalDate.of(2025, 6, 30), "", true);
        NumberBook.Entered sign = numbers.setIssuer(
                staffed.board(), staffed.unit(), "party", from, text("samples.assessment.sign"), "", "", true);
        if (term instanceof NumberBook.Entered.Refused || sign instanceof NumberBook.Entered.Refused) {
            throw new IllegalStateException("how the sample unit numbers its papers was refused: " + term + sign);
        }
    }

    private Quarter opened(Staffed staffed, UUID campaign, Period period, LocalDate day) {
        at(day, 8, 0);
        var planned = cycles.plan(
                staffed.board(),
                new Cycles.Plan(
                        period,
                        campaign,
                        text("samples.assessment.cycle", period.numeral(), String.valueOf(period.year())),
                        day));
        if (!(planned instanceof Cycles.Saved.Done(var cycle))) {
            throw new IllegalStateException("the sample cycle was refused: " + planned);
        }
        Cycles.Opening opening = cycles.open(staffed.board(), cycle);
        if (!(opening instanceof Cycles.Opening.Opened)) {
            throw new IllegalStateException("the sample cycle may not be opened: " + opening);
        }
        return new Quarter(
                staffed,
                period,
                cycle,
                staffed.officials().stream()
                        .map(official -> forms.own(official).stream()
                                .filter(line -> line.cycleId().equals(cycle))
                                .map(Forms.Line::id)
                                .findFirst()
                                .orElseThrow())
                        .toList());
    }

    /** The quarter before: everything done, told and closed. */
    private void before(Quarter quarter) {
        Viewer head = quarter.staffed().head();
        Viewer top = quarter.staffed().top();
        List<Integer> others = IntStream.rangeClosed(1, SECRETARY).boxed().toList();
        at(LocalDate.of(2021, 6, 28), 8, 0);
        measured(quarter, "20/6/2021", "04-BC/MẪU", "25/6/2021");
        at(LocalDate.of(2021, 6, 28), 9, 0);
        rated(quarter, quarter.staffed().officials().getFirst(), 0, SELF);
        others.forEach(person -> rated(quarter, quarter.staffed().officials().get(person), person, SELF));
        meeting(quarter, LocalDate.of(2021, 6, 30), others);
        at(LocalDate.of(2021, 7, 1), 9, 0);
        others.forEach(person -> rated(quarter, head, person, HEAD));
        rated(quarter, top, 0, ABOVE);
        at(LocalDate.of(2021, 7, 2), 9, 0);
        decided(quarter, head, others);
        decided(quarter, top, List.of(0));
        at(LocalDate.of(2021, 7, 5), 9, 0);
        approved(quarter, top, others);
        approved(quarter, quarter.staffed().board(), List.of(0));
        at(LocalDate.of(2021, 7, 6), 9, 0);
        told(results.tellAll(head, quarter.cycle(), quarter.staffed().unit()));
        told(results.tellAll(top, quarter.cycle(), quarter.staffed().root()));
        for (int person : List.of(STAFF, WRITING)) {
            Viewer official = quarter.staffed().officials().get(person);
            told(results.confirmSeen(official, quarter.period(), quarter.form(person)));
            told(results.write(
                    official,
                    quarter.period(),
                    quarter.form(person),
                    0,
                    text("samples.assessment.notes"),
                    text("samples.assessment.plan")));
        }
        at(LocalDate.of(2021, 7, 20), 9, 0);
        Cycles.Done closed = cycles.close(quarter.staffed().board(), quarter.cycle(), text("samples.reason"), "");
        if (!(closed instanceof Cycles.Done.Now)) {
            throw new IllegalStateException("the sample cycle was not closed: " + closed);
        }
    }

    /** The quarter as on the afternoon of 8 October: somebody is at each step. */
    private void now(Quarter quarter, Viewer second) {
        List<Viewer> officials = quarter.staffed().officials();
        Viewer head = quarter.staffed().head();
        at(LocalDate.of(2021, 9, 29), 8, 0);
        measured(quarter, "20/9/2021", "05-BC/MẪU", "25/9/2021");
        at(LocalDate.of(2021, 9, 29), 9, 0);
        for (int person = 0; person < WRITING; person++) {
            rated(quarter, officials.get(person), person, SELF);
        }
        List<Integer> begun = levels(quarter, WRITING, SELF);
        var saving = forms.save(
                officials.get(WRITING),
                quarter.period(),
                quarter.form(WRITING),
                SELF,
                0,
                new Forms.Draft(
                        IntStream.range(0, begun.size())
                                .<@Nullable Integer>mapToObj(item -> item < begun.size() / 2 ? begun.get(item) : null)
                                .toList(),
                        Map.of()));
        if (!(saving instanceof Forms.Saving.Saved)) {
            throw new IllegalStateException("a sample form was not saved: " + saving);
        }
        meeting(quarter, LocalDate.of(2021, 10, 5), List.of(1, 2, 3, STAFF, 5));
        at(LocalDate.of(2021, 10, 6), 9, 0);
        for (int person = 1; person <= STAFF; person++) {
            rated(quarter, head, person, HEAD);
        }
        at(LocalDate.of(2021, 10, 7), 9, 0);
        decided(quarter, head, List.of(1, 2, STAFF));
        at(LocalDate.of(2021, 10, 7), 14, 0);
        approved(quarter, quarter.staffed().top(), List.of(1, STAFF));
        at(LocalDate.of(2021, 10, 7), 16, 0);
        told(results.tellAll(head, quarter.cycle(), quarter.staffed().unit()));
        putRight(quarter);
        at(LocalDate.of(2021, 10, 8), 9, 0);
        petition(quarter, second);
        convened(quarter, LocalDate.of(2021, 10, 12), LocalTime.of(14, 0), List.of(6));
    }

    /** Two figures of everybody and one of the unit, brought in by its office and confirmed by the board. */
    private void measured(Quarter quarter, String day, String number, String on) {
        List<Viewer> officials = quarter.staffed().officials();
        var rows = new ArrayList<SampleFigures.Row>();
        for (int person = 0; person < officials.size(); person++) {
            rows.add(SampleFigures.Row.of(officials.get(person), "dung_han", share(quarter, person, 84), day));
            rows.add(SampleFigures.Row.of(officials.get(person), "hai_long", share(quarter, person, 88), day));
        }
        rows.add(new SampleFigures.Row("", UNIT_CODE, "dung_han_don_vi", "93,4", day));
        figures.confirmed(
                quarter.staffed().board(),
                figures.brought(quarter.staffed().secretary(), quarter.staffed().unit(), number, on, rows));
    }

    private static String share(Quarter quarter, int person, int least) {
        return least + (person * 7 + quarter.period().quarter()) % 12 + "," + (person * 3 + 1) % 10;
    }

    /** A correction of what one of them had taken into the form already, and a list that waits for a second person. */
    private void putRight(Quarter quarter) {
        Staffed staffed = quarter.staffed();
        at(LocalDate.of(2021, 10, 7), 16, 30);
        figures.confirmed(
                staffed.board(),
                figures.brought(
                        staffed.secretary(),
                        staffed.unit(),
                        "06-BC/MẪU",
                        "06/10/2021",
                        List.of(SampleFigures.Row.of(
                                staffed.officials().get(UNDECIDED), "dung_han", "97", "20/9/2021"))));
        at(LocalDate.of(2021, 10, 8), 8, 0);
        figures.brought(
                staffed.secretary(),
                staffed.unit(),
                "07-BC/MẪU",
                "07/10/2021",
                List.of(new SampleFigures.Row("", UNIT_CODE, "hai_long_don_vi", "91,2", "20/9/2021")));
    }

    /** Takes what was measured into the form, beside the item that speaks of it. */
    private void taken(Quarter quarter, Viewer viewer, int person) {
        var form = forms.sheet(viewer, quarter.period(), quarter.form(person)).form();
        List<String> items = forms.words(viewer.tenantId(), form).words();
        int position = 1
                + IntStream.range(0, items.size())
                        .filter(at -> items.get(at).contains("đúng hạn"))
                        .findFirst()
                        .orElseThrow();
        for (FigureSource.Figure figure : forms.figures(viewer.tenantId(), form)) {
            if (!(forms.attachFigure(viewer, quarter.period(), form.id(), SELF, position, figure.id())
                    instanceof Forms.Attached.Done)) {
                throw new IllegalStateException("a sample figure was not taken into the form");
            }
        }
    }

    /** Hands a stage in, filled in for a quarter of an hour. */
    private void rated(Quarter quarter, Viewer viewer, int person, String stage) {
        if (stage.equals(SELF)) {
            taken(quarter, viewer, person);
        }
        String words = text("samples.assessment.remark." + (stage.equals(SELF) ? SELF : HEAD) + "." + person % 3);
        var done = forms.handIn(
                viewer,
                quarter.period(),
                quarter.form(person),
                stage,
                0,
                new Forms.Draft(
                        Collections.<@Nullable Integer>unmodifiableList(
                                new ArrayList<>(levels(quarter, person, stage))),
                        Map.of(0, words)),
                true,
                clock.instant().minus(Duration.ofMinutes(15)));
        if (!(done instanceof Forms.HandingIn.Done)) {
            throw new IllegalStateException("a sample form was refused: " + done);
        }
    }

    /** Mostly the best level; who rates others finds a little more to say, and in the second of the quarters less. */
    private List<Integer> levels(Quarter quarter, int person, String stage) {
        int items = forms.own(quarter.staffed().officials().get(person)).stream()
                .filter(line -> line.id().equals(quarter.form(person)))
                .mapToInt(Forms.Line::items)
                .findFirst()
                .orElse(LEADER_ITEMS);
        int spread = (stage.equals(SELF) ? 11 : 7) + quarter.period().quarter();
        return IntStream.range(0, items)
                .map(item -> (person * 5 + item * 3) % spread == 0 ? 2 : person == STAFF && item % 9 == 4 ? 3 : 1)
                .boxed()
                .toList();
    }

    /** A meeting from its plan to the confirmed minutes: hands, a secret vote, and papers for the last. */
    private void meeting(Quarter quarter, LocalDate day, List<Integer> about) {
        UUID meeting = convened(quarter, day, LocalTime.of(14, 0), about);
        Viewer secretary = quarter.staffed().secretary();
        Viewer head = quarter.staffed().head();
        at(day, 14, 0);
        done(meetings.attend(
                secretary,
                meeting,
                quarter.staffed().officials().stream()
                        .map(official -> new Meetings.Tick(
                                Objects.requireNonNull(official.personId()), true, LocalTime.of(14, 0), ""))
                        .toList()));
        done(meetings.open(secretary, meeting));
        for (int person : about) {
            UUID form = quarter.form(person);
            Viewer leads = person == SECRETARY ? head : secretary;
            at(day, 14, 5 + 5 * about.indexOf(person));
            done(meetings.note(leads, meeting, form, text("samples.assessment.said." + person % 3)));
            vote(quarter, meeting, person, about);
            RuleBook.Grade grade = Rules.shipped().book().grades().get(person == STAFF ? 1 : 0);
            done(meetings.conclude(leads, meeting, form, grade.code(), text("samples.assessment.conclusion")));
        }
        at(day, 16, 30);
        done(minutes.make(secretary, meeting, ""));
        Meeting.Minutes made =
                meetings.protocol(secretary, meeting).newestMinutes().orElseThrow();
        var read = new MinutesBook.Read(made.version(), made.hash());
        signed(minutes.sign(secretary, meeting, read, SampleAccounts.PASSWORD));
        at(day, 16, 45);
        signed(minutes.sign(head, meeting, read, SampleAccounts.PASSWORD));
    }

    private UUID convened(Quarter quarter, LocalDate day, LocalTime time, List<Integer> about) {
        List<Viewer> officials = quarter.staffed().officials();
        var seats = new ArrayList<Meetings.Chosen>();
        for (int at = 0; at < officials.size(); at++) {
            Meeting.Role role = switch (at) {
                case 0 -> Meeting.Role.CHAIR;
                case SECRETARY -> Meeting.Role.SECRETARY;
                case 6, WRITING -> Meeting.Role.COUNTER;
                default -> Meeting.Role.MEMBER;
            };
            seats.add(
                    new Meetings.Chosen(Objects.requireNonNull(officials.get(at).personId()), role, true));
        }
        Viewer secretary = quarter.staffed().secretary();
        var saved = meetings.plan(
                secretary,
                quarter.cycle(),
                PANEL,
                quarter.staffed().unit(),
                new Meetings.Plan(
                        text(
                                "samples.assessment.meeting",
                                quarter.period().numeral(),
                                String.valueOf(quarter.period().year())),
                        day,
                        time,
                        text("samples.assessment.place"),
                        about.stream().map(quarter::form).toList(),
                        seats));
        if (!(saved instanceof Meetings.Saved.Done(var id))) {
            throw new IllegalStateException("the sample meeting was refused: " + saved);
        }
        done(meetings.convene(secretary, id));
        return id;
    }

    private void vote(Quarter quarter, UUID meeting, int person, List<Integer> about) {
        UUID form = quarter.form(person);
        Viewer leads = person == SECRETARY
                ? quarter.staffed().head()
                : quarter.staffed().secretary();
        Meeting.Way way = about.getLast() == person
                ? Meeting.Way.PAPER
                : about.indexOf(person) % 2 == 1 ? Meeting.Way.SECRET : Meeting.Way.HANDS;
        Rounds.Opening opening = rounds.open(leads, meeting, List.of(form), way);
        if (!(opening instanceof Rounds.Opening.Opened(var round))) {
            throw new IllegalStateException("a sample vote was refused: " + opening);
        }
        Protocol protocol = meetings.protocol(leads, meeting);
        int voters = protocol.round(round).orElseThrow().entitled();
        List<RuleBook.Grade> grades = protocol.book().grades();
        var votes = new Integer[grades.size()];
        Arrays.fill(votes, 0);
        int other = person == STAFF ? voters - 2 : 1;
        votes[0] = voters - other;
        votes[1] = other;
        Map<UUID, Rounds.Entry> entries = Map.of(form, new Rounds.Entry(voters, voters, 0, List.of(votes)));
        switch (way) {
            case HANDS -> done(rounds.countHands(leads, meeting, round, entries, ""));
            case PAPER -> {
                done(rounds.enterPapers(leads, meeting, round, entries, ""));
                for (int counter : List.of(6, WRITING)) {
                    done(rounds.witness(quarter.staffed().officials().get(counter), meeting, round, 1, true, ""));
                }
            }
            case SECRET -> {
                if (!(rounds.slips(leads, meeting, round) instanceof Rounds.Slips.Printed(var p, var r, var codes))) {
                    throw new IllegalStateException("sample slips were refused");
                }
                for (BallotCode code : codes) {
                    String grade =
                            grades.get(codes.indexOf(code) < other ? 1 : 0).code();
                    if (!(ballots.cast(code, Map.of(form, grade)) instanceof Ballots.Cast.Done)) {
                        throw new IllegalStateException("a sample ballot was refused");
                    }
                }
                done(rounds.countSecret(leads, meeting, round));
            }
        }
    }

    private void decided(Quarter quarter, Viewer viewer, List<Integer> about) {
        LevelDecisions.Deciding deciding = decisions.decide(
                viewer,
                quarter.cycle(),
                quarter.desk(about),
                about.stream()
                        .map(person -> new LevelDecisions.Choice(
                                quarter.form(person),
                                person == STAFF ? "dat_mot_phan" : "dat",
                                text("samples.assessment.why"),
                                text("samples.assessment.remark.thu-truong." + person % 3),
                                Map.of()))
                        .toList());
        if (!(deciding instanceof LevelDecisions.Deciding.Done)) {
            throw new IllegalStateException("a sample decision was refused: " + deciding);
        }
    }

    private void approved(Quarter quarter, Viewer viewer, List<Integer> about) {
        LevelDecisions.Approving approving = decisions.approve(
                viewer,
                quarter.cycle(),
                quarter.desk(about),
                about.stream()
                        .map(person -> new LevelDecisions.Verdict(quarter.form(person), 1, true, ""))
                        .toList());
        if (!(approving instanceof LevelDecisions.Approving.Done)) {
            throw new IllegalStateException("a sample approval was refused: " + approving);
        }
    }

    /** Filed by one of the staff, acknowledged, and given to somebody of the board who had no hand in it. */
    private void petition(Quarter quarter, Viewer second) {
        Viewer staff = quarter.staffed().officials().get(STAFF);
        Viewer board = quarter.staffed().board();
        if (!(drafting.open(staff, quarter.period(), quarter.form(STAFF)) instanceof Drafting.Opened.Draft(var id))) {
            throw new IllegalStateException("the sample petition was not begun");
        }
        Drafting.Saved saved = drafting.save(
                staff,
                id,
                drafting.sheet(staff, id).petition().version(),
                new Drafting.Draft(
                        true,
                        List.of(),
                        text("samples.assessment.grounds"),
                        text("samples.assessment.wish"),
                        "",
                        null));
        if (!(saved instanceof Drafting.Saved.Done)) {
            throw new IllegalStateException("the sample petition was not saved: " + saved);
        }
        moved(() -> drafting.file(staff, id));
        at(LocalDate.of(2021, 10, 8), 10, 30);
        moved(() -> handling.acknowledge(board, id, ""));
        moved(() ->
                handling.assign(board, id, petitions.sheet(board, id).petition().steps(), second.username(), ""));
    }

    private static void moved(Supplier<Moved> move) {
        Moved moved = move.get();
        if (moved instanceof Moved.Refused) {
            throw new IllegalStateException("a step of the sample petition was refused: " + moved);
        }
    }

    private static void told(Results.Done done) {
        if (!(done instanceof Results.Done.Now)) {
            throw new IllegalStateException("a sample result was refused: " + done);
        }
    }

    private static void done(Meetings.Done done) {
        if (!(done instanceof Meetings.Done.Now)) {
            throw new IllegalStateException("a step of the sample meeting was refused: " + done);
        }
    }

    private static void signed(MinutesBook.Signing signing) {
        if (!(signing instanceof MinutesBook.Signing.Signed)) {
            throw new IllegalStateException("sample minutes were not confirmed: " + signing);
        }
    }

    private static UUID entered(Rules.Saved saved) {
        if (saved instanceof Rules.Saved.Done(var id)) {
            return id;
        }
        throw new IllegalStateException("the sample rules were refused: " + saved);
    }

    private void at(int year, int month, int day, int hour) {
        at(LocalDate.of(year, month, day), hour, 0);
    }

    private void at(LocalDate day, int hour, int minute) {
        Instant moment = LocalDateTime.of(day, LocalTime.of(hour, minute))
                .atZone(SampleClock.ZONE)
                .toInstant();
        clock.moveTo(moment);
    }

    private String text(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, Locale.forLanguageTag("vi")));
    }
}
