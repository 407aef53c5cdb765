package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Contestable;
import vn.chuanmuc.assessments.Results.Deed;
import vn.chuanmuc.assessments.Results.StageLevels;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.PetitionRule.ShowsOpinions;
import vn.chuanmuc.petitions.PetitionStore.Candidate;
import vn.chuanmuc.petitions.Terms.Reckoning;
import vn.chuanmuc.petitions.Terms.Urgency;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;

/** Petitions as they are read: by the petitioner, whoever registers, handles, is asked, decides, answers or inspects; and their rules. */
@Component
public class Petitions {
    private static final int LONGEST_BASIS = 300;

    private final PetitionStore store;
    private final PetitionLists lists;
    private final Steps steps;
    private final Results results;
    private final Criteria criteria;
    private final Rules rules;
    private final Units units;
    private final Accounts accounts;
    private final Access access;
    private final Contents contents;
    private final Ledger ledger;

    Petitions(
            PetitionStore store,
            PetitionLists lists,
            Steps steps,
            Results results,
            Criteria criteria,
            Rules rules,
            Units units,
            Accounts accounts,
            Access access,
            Contents contents,
            Ledger ledger) {
        this.store = store;
        this.lists = lists;
        this.steps = steps;
        this.results = results;
        this.criteria = criteria;
        this.rules = rules;
        this.units = units;
        this.accounts = accounts;
        this.access = access;
        this.contents = contents;
        this.ledger = ledger;
    }

    /** What somebody is to a petition. One person may be several things; the petitioner is nothing else in their own. */
    public enum Side {
        PETITIONER,
        /** Registers it. */
        CLERK,
        /** Gives it to a handler, and answers. */
        BOARD,
        HANDLER,
        /** Was asked for an opinion that is still waited for, or gave one. */
        ASKED,
        /** Has the authority to decide, and is not who decided what is contested. */
        DECIDER,
        /** Approves what was decided on it. */
        APPROVER,
        REASSESSOR,
        /** Heads the unit that answers: sees its clocks. */
        HEAD,
        READER
    }

    /**
     * A petition as the viewer may see it.
     *
     * @param rule of the day it was filed
     * @param about the result that is contested; {@code set} its items, {@code levels} what each stage said
     * @param steps those the viewer may see, the first one first
     * @param opinions all who were asked, for whoever may see them
     * @param filing how the last day to file comes about; {@code answering} that of the answer
     * @param names of accounts
     */
    public record Sheet(
            Petition petition,
            PetitionRule rule,
            Set<Side> sides,
            Contestable about,
            RuleBook book,
            SetText set,
            List<StageLevels> levels,
            List<Step> steps,
            List<Opinion> opinions,
            List<Attachment> files,
            Reckoning filing,
            @Nullable Reckoning acknowledging,
            @Nullable Reckoning answering,
            Urgency ackUrgency,
            Urgency urgency,
            Map<UUID, String> names) {
        public boolean is(Side... any) {
            return Arrays.stream(any).anyMatch(sides::contains);
        }

        /** Whether grounds and evidence are shown; the head who is only told of clocks does not see them. */
        public boolean content() {
            return sides.stream().anyMatch(side -> side != Side.HEAD);
        }

        /** Whether what the handler proposes is shown: before the answer not to the petitioner and not to those who are asked. */
        public boolean inside() {
            return is(Side.BOARD, Side.HANDLER, Side.DECIDER, Side.APPROVER, Side.REASSESSOR, Side.READER);
        }

        public boolean opinionsShown() {
            return inside()
                    || is(Side.PETITIONER)
                            && (rule.showsOpinions() == ShowsOpinions.AT_ONCE
                                    || rule.showsOpinions() == ShowsOpinions.ANSWERED
                                            && petition.state() == State.ANSWERED);
        }

        public Optional<Step> last(StepKind kind) {
            return steps.stream().filter(step -> step.kind() == kind).reduce((a, b) -> b);
        }

        public String name(@Nullable UUID account) {
            return account == null ? "" : names.getOrDefault(account, "");
        }

        public List<Opinion> waiting() {
            return opinions.stream()
                    .filter(one -> one.state() == Opinion.Waits.ASKED)
                    .toList();
        }
    }

    /** The petition, for whoever has to do with it. @throws NotFound for everybody else, and for drafts */
    public Sheet sheet(Viewer viewer, UUID id) {
        UUID tenant = viewer.tenantId();
        Petition petition = store.find(tenant, id)
                .filter(one -> one.state() != State.DRAFT && one.state() != State.DROPPED)
                .orElseThrow(() -> new NotFound("petition"));
        PetitionRule rule = store.rule(tenant, petition.ruleId());
        Contestable about = about(tenant, petition);
        List<Opinion> opinions = store.opinions(tenant, id);
        Set<Side> sides = sides(viewer, petition, rule, about, opinions);
        if (sides.isEmpty()) {
            throw new NotFound("petition");
        }
        List<Step> all = store.steps(tenant, id);
        LocalDate filedOn = petition.filedOn() == null ? steps.today() : petition.filedOn();
        Reckoning answering = steps.reckon(tenant, filedOn, petition.answerDays(), Steps.still(rule, all));
        var ids = new HashSet<UUID>();
        all.forEach(step -> ids.add(step.account()));
        for (UUID account : Arrays.asList(petition.handler(), petition.decidedBy(), petition.reassessor())) {
            if (account != null) {
                ids.add(account);
            }
        }
        var sheet = new Sheet(
                petition,
                rule,
                sides,
                about,
                rules.book(tenant, about.about().ruleVersion()),
                criteria.text(tenant, about.about().setId()),
                results.levels(tenant, petition.period(), petition.formId()),
                all,
                opinions,
                store.attachments(tenant, id),
                steps.reckon(tenant, petition.toldOn(), petition.fileDays(), List.of()),
                steps.reckon(tenant, filedOn, rule.acknowledgeDays(), List.of()),
                answering,
                urgency(tenant, petition, rule, petition.ackOn() == null ? petition.ackBy() : null),
                urgency(tenant, petition, rule, petition.answerBy()),
                new HashMap<>(accounts.names(tenant, ids)));
        return shown(sheet);
    }

    private Urgency urgency(UUID tenant, Petition petition, PetitionRule rule, @Nullable LocalDate last) {
        return last == null || !petition.state().pending()
                ? Urgency.QUIET
                : Terms.urgency(steps.calendar(tenant), last, steps.today(), petition.remindDays(), rule.headAfter());
    }

    /** Leaves out what the viewer may not see. */
    private static Sheet shown(Sheet sheet) {
        boolean opinions = sheet.opinionsShown();
        boolean inside = sheet.inside();
        boolean over = sheet.petition().state() == State.ANSWERED;
        List<Step> seen = sheet.steps().stream()
                .filter(step -> switch (step.kind()) {
                    case FILED, ACKNOWLEDGED, ASSIGNED, LATE_ACCEPTED, WITHDRAWN, ANSWERED, ESCALATED, RECKONED -> true;
                    case RECUSED, PROPOSED, SENT_BACK -> inside;
                    case DECIDED, REASSESSED, APPROVED -> inside || (over && sheet.is(Side.PETITIONER));
                    case ASKED, OPINED, RECALLED -> inside || opinions;
                })
                .toList();
        return new Sheet(
                sheet.petition(),
                sheet.rule(),
                sheet.sides(),
                sheet.about(),
                sheet.book(),
                sheet.set(),
                sheet.levels(),
                seen,
                opinions || sheet.is(Side.ASKED) ? sheet.opinions() : List.of(),
                sheet.files(),
                sheet.filing(),
                sheet.acknowledging(),
                sheet.answering(),
                sheet.ackUrgency(),
                sheet.urgency(),
                sheet.names());
    }

    Contestable about(UUID tenant, Petition petition) {
        return results.contested(tenant, petition.period(), petition.formId(), petition.toldVersion())
                .orElseThrow(() -> new NotFound("result"));
    }

    Set<Side> sides(Viewer viewer, Petition petition, PetitionRule rule, Contestable about, List<Opinion> opinions) {
        var sides = EnumSet.noneOf(Side.class);
        if (petition.personId().equals(viewer.personId())) {
            sides.add(Side.PETITIONER);
            return sides;
        }
        boolean hand = had(viewer, about, Deed.RATED, Deed.DECIDED, Deed.APPROVED);
        // Whoever had a hand in what is contested reads the grounds against it only when asked for an opinion.
        if (!hand && access.covers(viewer, Permission.RECORD_PETITION, petition.unitId())) {
            sides.add(Side.CLERK);
        }
        boolean board = access.covers(viewer, Permission.RUN_PETITIONS, petition.cycleUnit());
        if (board && !hand) {
            sides.add(Side.BOARD);
        }
        if (!hand && access.covers(viewer, Permission.READ_PETITIONS, petition.unitId())) {
            sides.add(Side.READER);
        }
        boolean handler = viewer.accountId().equals(petition.handler());
        if (handler) {
            sides.add(Side.HANDLER);
        }
        if (opinions.stream().anyMatch(one -> asked(viewer, one))) {
            sides.add(Side.ASKED);
        }
        boolean head = access.covers(viewer, Permission.RATE_AS_HEAD, petition.deciderUnit());
        boolean authority = rule.board() && board || rule.head() && head;
        if (authority && !handler && !hand && petition.has(State.PROPOSED, State.DECIDED, State.ANSWERED)) {
            sides.add(Side.DECIDER);
        }
        boolean fresh = !had(viewer, about, Deed.RATED, Deed.DECIDED)
                && !same(viewer, petition.decidedBy(), petition.deciderPerson());
        if ((board || head) && !handler && fresh && petition.has(State.DECIDED) && petition.newVersion() == null) {
            sides.add(Side.APPROVER);
        }
        if (viewer.accountId().equals(petition.reassessor())) {
            sides.add(Side.REASSESSOR);
        }
        if (Arrays.asList(viewer.unitsWith(Permission.RATE_AS_HEAD)).contains(petition.cycleUnit())) {
            sides.add(Side.HEAD);
        }
        return sides;
    }

    static boolean had(Viewer viewer, Contestable about, Deed... deeds) {
        return about.had(viewer.accountId(), viewer.personId(), deeds);
    }

    static boolean same(Viewer viewer, @Nullable UUID account, @Nullable UUID person) {
        return viewer.accountId().equals(account) || (person != null && person.equals(viewer.personId()));
    }

    boolean asked(Viewer viewer, Opinion opinion) {
        return opinion.state() != Opinion.Waits.RECALLED
                && (viewer.accountId().equals(opinion.account())
                        || opinion.unit() != null
                                && Arrays.asList(viewer.unitsWith(Permission.RATE_AS_HEAD))
                                        .contains(opinion.unit()));
    }

    /** A file, for whoever sees what it belongs to. */
    public Contents.Content file(Viewer viewer, UUID id, UUID attachment) {
        List<Attachment> files;
        Petition petition = store.find(viewer.tenantId(), id).orElseThrow(() -> new NotFound("petition"));
        if (petition.state() == State.DRAFT) {
            files = petition.openedBy().equals(viewer.accountId())
                    ? store.attachments(viewer.tenantId(), id)
                    : List.of();
        } else {
            Sheet sheet = sheet(viewer, id);
            files = sheet.content()
                    ? sheet.files().stream()
                            .filter(one -> seen(viewer, sheet, one))
                            .toList()
                    : List.of();
        }
        byte[] hash = files.stream()
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> new NotFound("attachment"))
                .hash();
        return contents.find(viewer.tenantId(), hash).orElseThrow(() -> new NotFound("attachment"));
    }

    private static boolean seen(Viewer viewer, Sheet sheet, Attachment file) {
        return switch (file.part()) {
            case FILING, SCAN -> true;
            case OPINION -> file.addedBy().equals(viewer.accountId()) || (file.seq() != null && sheet.opinionsShown());
            case HANDLING -> sheet.inside();
        };
    }

    /** Petitions about a form that the viewer may see something of, the newest first. */
    public List<Petition> ofForm(Viewer viewer, Period period, UUID formId) {
        return store.ofForm(viewer.tenantId(), period, formId).stream()
                .filter(petition -> petition.personId().equals(viewer.personId())
                        || access.covers(viewer, Permission.READ_PETITIONS, petition.unitId())
                        || access.covers(viewer, Permission.RECORD_PETITION, petition.unitId())
                        || viewer.accountId().equals(petition.handler()))
                .toList();
    }

    /** Until when a result may be contested, and whether that can be done now. */
    public sealed interface Filing {
        /** @param late after the last day, with a reason that the handler accepts or not; until {@code lateUntil} */
        record Open(
                Contestable about,
                Reckoning clock,
                boolean late,
                @Nullable LocalDate lateUntil,
                String basis) implements Filing {}

        /** Another one is under way, or was answered, about the same version. */
        record Taken(Petition petition) implements Filing {}

        record Over(
                Contestable about,
                Reckoning clock,
                int lateDays,
                @Nullable LocalDate lateUntil,
                String basis) implements Filing {}
    }

    /** Whether the result can be contested on a day; empty while nobody was told of it. @param day of a paper the day it came */
    public Optional<Filing> filing(UUID tenant, Period period, UUID formId, LocalDate day) {
        return results.contestable(tenant, period, formId).map(about -> {
            Optional<Petition> other = store.ofForm(tenant, period, formId).stream()
                    .filter(one -> one.toldVersion() == about.told().version() && one.state() != State.WITHDRAWN)
                    .findFirst();
            if (other.isPresent()) {
                return new Filing.Taken(other.get());
            }
            RuleBook book = rules.book(tenant, about.about().ruleVersion());
            PetitionRule rule = store.rule(tenant, day);
            Reckoning clock = steps.reckon(tenant, about.toldOn(), book.clocks().file(), List.of());
            if (!day.isAfter(clock.last())) {
                return new Filing.Open(about, clock, false, null, book.clocks().basis());
            }
            LocalDate until = rule.lateDays() == 0
                    ? null
                    : Terms.last(steps.calendar(tenant), clock.last(), rule.lateDays(), List.of());
            return until != null && !day.isAfter(until)
                    ? new Filing.Open(about, clock, true, until, book.clocks().basis())
                    : new Filing.Over(
                            about, clock, rule.lateDays(), until, book.clocks().basis());
        });
    }

    // Lists

    public PetitionLists.Page register(Viewer viewer, PetitionLists.Query query, int page, int size) {
        return lists.register(viewer, query, near(viewer.tenantId()), steps.today(), page, size);
    }

    /** By the number of days at which a book reminds: the last day that is near now. */
    private LocalDate[] near(UUID tenant) {
        var calendar = steps.calendar(tenant);
        var near = new LocalDate[61];
        LocalDate today = steps.today();
        for (int remind = 0; remind < near.length; remind++) {
            // Near is whatever has at most so many working days left: up to the day before the next working day behind
            // them.
            near[remind] = calendar.after(today, remind + 1).minusDays(1);
        }
        return near;
    }

    /** What the viewer filed, handles, was asked about, may decide, may approve or is to assess anew; what waits comes first. */
    public List<PetitionLists.Own> own(Viewer viewer) {
        return lists.own(viewer, steps.today());
    }

    public LocalDate today() {
        return steps.today();
    }

    // Candidates

    /** Somebody who might handle a petition. @param why they may not; null when they may @param under whether they work under who decided */
    public record Handler(
            UUID account,
            String name,
            String username,
            @Nullable Reason why,
            boolean under) {}

    /** Who holds a post around the unit that answers, with why they may not handle it. */
    public List<Handler> handlers(Viewer viewer, Sheet sheet) {
        return store.around(viewer.tenantId(), sheet.petition().cycleUnit(), steps.today()).stream()
                .map(one -> handler(viewer.tenantId(), sheet.petition(), sheet.rule(), sheet.about(), one))
                .toList();
    }

    Handler handler(UUID tenant, Petition petition, PetitionRule rule, Contestable about, Candidate candidate) {
        Reason why = null;
        boolean under = false;
        if (petition.personId().equals(candidate.person())) {
            why = Reason.of("petitions.handler.own");
        } else if (about.had(candidate.account(), candidate.person(), Deed.DECIDED)) {
            why = Reason.of("petitions.handler.decided", candidate.name());
        } else if (about.had(candidate.account(), candidate.person(), Deed.APPROVED)) {
            why = Reason.of("petitions.handler.approved", candidate.name());
        } else if (about.had(candidate.account(), candidate.person(), Deed.RATED)) {
            why = Reason.of("petitions.handler.rated", candidate.name());
        } else if (rule.subordinates() != PetitionRule.Subordinates.ALLOWED) {
            List<UUID> heads = about.hands().stream()
                    .filter(hand -> hand.deed() == Deed.DECIDED)
                    .map(Results.Hand::account)
                    .toList();
            under = store.under(tenant, candidate, heads, steps.today());
            if (under && rule.subordinates() == PetitionRule.Subordinates.NEVER) {
                why = Reason.of("petitions.handler.under", candidate.name());
            }
        }
        return new Handler(candidate.account(), candidate.name(), candidate.username(), why, under);
    }

    // Rules

    public PetitionRule rule(UUID tenant, LocalDate day) {
        return store.rule(tenant, day);
    }

    /** Every rule that was set, the newest first. */
    public List<PetitionRule> rules(UUID tenant) {
        return store.rules(tenant);
    }

    public boolean maySetRules(Viewer viewer) {
        return access.covers(viewer, Permission.RUN_PETITIONS, units.root(viewer.tenantId()));
    }

    /** Sets what a body does about petitions that are filed from a day on; by the board of its top unit. */
    @Transactional
    public Moved setRule(Viewer viewer, PetitionRule wished) {
        access.require(viewer, Permission.RUN_PETITIONS, units.root(viewer.tenantId()));
        if (wished.acknowledgeDays() < 1 || wished.acknowledgeDays() > 60) {
            return Moved.refused("tiep-nhan", "petitions.rule.days", 1, 60);
        }
        if (wished.opinionDays() < 1 || wished.opinionDays() > 60) {
            return Moved.refused("y-kien", "petitions.rule.days", 1, 60);
        }
        if (wished.lateDays() < 0 || wished.lateDays() > 250) {
            return Moved.refused("muon", "petitions.rule.days", 0, 250);
        }
        if (wished.headAfter() < 1 || wished.headAfter() > 60) {
            return Moved.refused("thu-truong", "petitions.rule.days", 1, 60);
        }
        if (wished.validFrom().isBefore(steps.today())) {
            return Moved.refused("tu-ngay", "petitions.rule.past", steps.today());
        }
        String basis = Texts.oneLine(wished.basis());
        if (basis.length() > LONGEST_BASIS) {
            return Moved.refused("can-cu", "petitions.rule.basis", LONGEST_BASIS);
        }
        UUID id = Ids.next();
        var rule = new PetitionRule(
                id,
                wished.validFrom(),
                wished.acknowledgeDays(),
                wished.opinionDays(),
                wished.lateDays(),
                wished.standsStill(),
                wished.subordinates(),
                wished.decides(),
                wished.approval(),
                wished.showsOpinions(),
                wished.headAfter(),
                basis);
        store.setRule(viewer, rule, steps.now());
        ledger.append(new Act(
                        viewer.tenantId(),
                        "petitions.rule-set",
                        id,
                        viewer.accountId(),
                        Map.of("from", rule.validFrom().toString()))
                .with(Piece.of(PetitionEvidence.RULE, id)));
        return new Moved.Done(id, false);
    }
}
