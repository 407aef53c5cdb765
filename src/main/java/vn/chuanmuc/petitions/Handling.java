package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.Part;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.PetitionStore.Candidate;
import vn.chuanmuc.petitions.Petitions.Handler;
import vn.chuanmuc.petitions.Petitions.Sheet;
import vn.chuanmuc.petitions.Petitions.Side;

/** From the filing to the proposal: registered, given to a handler, opinions asked and given, what should be decided. */
@Component
public class Handling {
    private static final int MOST_OPINIONS = 50;
    private static final int MOST_DAYS = 60;

    private final PetitionStore store;
    private final Steps steps;
    private final Petitions petitions;
    private final Drafting drafting;
    private final Units units;

    Handling(PetitionStore store, Steps steps, Petitions petitions, Drafting drafting, Units units) {
        this.store = store;
        this.steps = steps;
        this.petitions = petitions;
        this.drafting = drafting;
        this.units = units;
    }

    /** The sheet of a petition that is held, for somebody on one of these sides. */
    private Sheet held(Viewer viewer, UUID id, Permission missing, Side... sides) {
        steps.hold(viewer.tenantId(), id);
        Sheet sheet = petitions.sheet(viewer, id);
        if (!sheet.is(sides)) {
            throw new Forbidden(missing);
        }
        return sheet;
    }

    private static Moved ended() {
        return Moved.refused("", "petitions.ended");
    }

    private static boolean tooLong(String words) {
        return words.length() > Drafting.LONGEST_REASON;
    }

    /** Says in writing that the petition came, and gives it its number in the register of the year. */
    @Transactional
    public Moved acknowledge(Viewer viewer, UUID id, String note) {
        Sheet sheet = held(viewer, id, Permission.RECORD_PETITION, Side.CLERK, Side.BOARD);
        Petition petition = sheet.petition();
        if (petition.ackOn() != null) {
            return new Moved.Done(id, true);
        }
        if (!petition.state().pending()) {
            return ended();
        }
        String words = Texts.oneLine(note);
        if (words.length() > 300) {
            return Moved.refused("ghi-chu", "petitions.long", 300);
        }
        LocalDate today = steps.today();
        int number = store.nextRegistered(viewer.tenantId(), petition.cycleUnit(), today.getYear());
        var said = new LinkedHashMap<String, Object>();
        said.put("number", number);
        said.put("year", today.getYear());
        said.put("note", words);
        said.put("answerBy", String.valueOf(petition.answerBy()));
        return steps.take(
                viewer,
                petition,
                StepKind.ACKNOWLEDGED,
                said,
                store.move()
                        .set("ack_on", today)
                        .set("register_year", (short) today.getYear())
                        .set("register_no", number));
    }

    /**
     * Gives the petition to a handler, or to another one. Nobody who rated, decided or approved what is contested, nor the
     * petitioner; whoever works under the one who decided as the rule says.
     *
     * @param seen how many steps the page showed
     * @param username whose; @param reason when it had a handler, and for somebody who works under who decided
     */
    @Transactional
    public Moved assign(Viewer viewer, UUID id, int seen, String username, String reason) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.BOARD);
        Petition petition = sheet.petition();
        Optional<Moved> behind =
                steps.behind(viewer, petition, seen, StepKind.ASSIGNED, Map.of("username", username.strip()));
        if (behind.isPresent()) {
            return behind.get();
        }
        if (!petition.state().undecided()) {
            return Moved.refused("", "petitions.assign.decided");
        }
        Optional<Candidate> candidate = store.candidate(viewer.tenantId(), username.strip());
        if (candidate.isEmpty()) {
            return Moved.refused("nguoi", "petitions.nobody");
        }
        Handler handler = petitions.handler(viewer.tenantId(), petition, sheet.rule(), sheet.about(), candidate.get());
        if (handler.why() != null) {
            return new Moved.Refused("nguoi", handler.why());
        }
        if (handler.account().equals(petition.handler())) {
            return Moved.refused("nguoi", "petitions.assign.same", handler.name());
        }
        String words = Texts.nfc(reason).strip();
        if (tooLong(words)) {
            return Moved.refused("ly-do", "petitions.long", Drafting.LONGEST_REASON);
        }
        if (words.isEmpty() && petition.handler() != null) {
            return Moved.refused("ly-do", "petitions.assign.reason");
        }
        if (words.isEmpty() && handler.under()) {
            return Moved.refused("ly-do", "petitions.assign.under", handler.name());
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("handler", handler.account().toString());
        said.put("name", handler.name());
        said.put("username", handler.username());
        said.put("before", petition.handler() == null ? "" : petition.handler().toString());
        said.put("under", handler.under());
        said.put("reason", words);
        return steps.take(
                viewer,
                petition,
                StepKind.ASSIGNED,
                said,
                store.move()
                        .to(State.HANDLING)
                        .set("handler", handler.account())
                        .set("handler_person", candidate.get().person())
                        .set("outcome", null));
    }

    /** The handler steps back; the board gives it to somebody else. */
    @Transactional
    public Moved recuse(Viewer viewer, UUID id, int seen, String reason) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        Petition petition = sheet.petition();
        Optional<Moved> behind = steps.behind(
                viewer,
                petition,
                seen,
                StepKind.RECUSED,
                Map.of("reason", Texts.nfc(reason).strip()));
        if (behind.isPresent()) {
            return behind.get();
        }
        if (!petition.has(State.HANDLING, State.PROPOSED)) {
            return ended();
        }
        String words = Texts.nfc(reason).strip();
        if (words.isEmpty() || tooLong(words)) {
            return Moved.refused("ly-do", "petitions.reason", Drafting.LONGEST_REASON);
        }
        return steps.take(
                viewer,
                petition,
                StepKind.RECUSED,
                Map.of("reason", words),
                store.move()
                        .to(State.FILED)
                        .set("handler", null)
                        .set("handler_person", null)
                        .set("outcome", null));
    }

    /** The handler accepts why it came late; without that it can only be inadmissible. */
    @Transactional
    public Moved acceptLate(Viewer viewer, UUID id, int seen, String reason) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        Petition petition = sheet.petition();
        Optional<Moved> behind = steps.behind(
                viewer,
                petition,
                seen,
                StepKind.LATE_ACCEPTED,
                Map.of("reason", Texts.nfc(reason).strip()));
        if (behind.isPresent()) {
            return behind.get();
        }
        if (!petition.late() || petition.lateAccepted() || petition.state() != State.HANDLING) {
            return Moved.refused("", "petitions.late.nothing");
        }
        String words = Texts.nfc(reason).strip();
        if (words.isEmpty() || tooLong(words)) {
            return Moved.refused("ly-do", "petitions.reason", Drafting.LONGEST_REASON);
        }
        return steps.take(
                viewer,
                petition,
                StepKind.LATE_ACCEPTED,
                Map.of("reason", words),
                store.move().set("late_accepted", true));
    }

    /**
     * Asks somebody, or whoever heads a unit, for an opinion.
     *
     * @param username or {@code unit}, one of them
     * @param days working days; null: as the rule says
     */
    @Transactional
    public Moved ask(
            Viewer viewer,
            UUID id,
            int seen,
            String username,
            @Nullable UUID unit,
            String question,
            @Nullable Integer days) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        Petition petition = sheet.petition();
        Optional<Moved> behind = steps.behind(
                viewer,
                petition,
                seen,
                StepKind.ASKED,
                Map.of("question", Texts.nfc(question).strip()));
        if (behind.isPresent()) {
            return behind.get();
        }
        if (petition.state() != State.HANDLING) {
            return Moved.refused("", "petitions.ask.not-now");
        }
        if (sheet.opinions().size() >= MOST_OPINIONS) {
            return Moved.refused("", "petitions.ask.many", MOST_OPINIONS);
        }
        String words = Texts.nfc(question).strip();
        if (words.isEmpty() || words.length() > Drafting.LONGEST_WISH) {
            return Moved.refused("cau-hoi", "petitions.ask.question", Drafting.LONGEST_WISH);
        }
        int term = days == null ? sheet.rule().opinionDays() : days;
        if (term < 1 || term > MOST_DAYS) {
            return Moved.refused("so-ngay", "petitions.rule.days", 1, MOST_DAYS);
        }
        UUID tenant = viewer.tenantId();
        UUID account = null;
        String name;
        if (unit != null) {
            name = units.living(tenant, List.of(unit)).containsKey(unit)
                    ? units.names(tenant, List.of(unit)).getOrDefault(unit, "")
                    : "";
            if (name.isEmpty()) {
                return Moved.refused("hoi-ai", "petitions.ask.unit");
            }
        } else {
            Optional<Candidate> candidate = store.candidate(tenant, username.strip());
            if (candidate.isEmpty()) {
                return Moved.refused("hoi-ai", "petitions.nobody");
            }
            if (petition.personId().equals(candidate.get().person())
                    || candidate.get().account().equals(viewer.accountId())) {
                return Moved.refused("hoi-ai", "petitions.ask.self");
            }
            account = candidate.get().account();
            name = candidate.get().name();
        }
        UUID whom = account;
        boolean twice = sheet.waiting().stream()
                .anyMatch(one -> whom == null ? Objects.equals(unit, one.unit()) : whom.equals(one.account()));
        if (twice) {
            return Moved.refused("hoi-ai", "petitions.ask.twice", name);
        }
        LocalDate due = Terms.last(steps.calendar(tenant), steps.today(), term, List.of());
        var opinion = new Opinion(sheet.opinions().size() + 1, account, unit, name, due, Opinion.Waits.ASKED, "", 0);
        store.ask(tenant, id, opinion);
        var said = new LinkedHashMap<String, Object>();
        said.put("n", opinion.n());
        said.put("account", account == null ? "" : account.toString());
        said.put("unit", unit == null ? "" : unit.toString());
        said.put("name", name);
        said.put("question", words);
        said.put("days", term);
        said.put("due", due.toString());
        return reckoned(viewer, sheet, StepKind.ASKED, said, List.of());
    }

    /** A step that may move the end of the answer's clock, because it stands still while opinions are waited for. */
    private Moved reckoned(
            Viewer viewer, Sheet sheet, StepKind kind, LinkedHashMap<String, Object> said, List<Attachment> files) {
        Petition petition = sheet.petition();
        var all = new ArrayList<>(store.steps(viewer.tenantId(), petition.id()));
        all.add(new Step(
                petition.steps() + 1,
                kind,
                said,
                viewer.accountId(),
                viewer.personId(),
                "",
                steps.today(),
                steps.now()));
        LocalDate answerBy = Terms.last(
                steps.calendar(viewer.tenantId()),
                petition.filedOn() == null ? steps.today() : petition.filedOn(),
                petition.answerDays(),
                Steps.still(sheet.rule(), all));
        said.put("answerBy", answerBy.toString());
        PetitionStore.Move move = store.move().set("answer_by", answerBy);
        if (petition.answerBy() != null && answerBy.isAfter(petition.answerBy())) {
            move.set("answer_told", (short) 0);
        }
        return steps.take(viewer, petition, kind, said, steps.today(), move, files);
    }

    /** Takes a question back. */
    @Transactional
    public Moved recall(Viewer viewer, UUID id, int n, String reason) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        if (!sheet.petition().has(State.HANDLING)) {
            return ended();
        }
        String words = Texts.oneLine(reason);
        if (tooLong(words)) {
            return Moved.refused("ly-do-rut-" + n, "petitions.long", Drafting.LONGEST_REASON);
        }
        if (!store.end(viewer.tenantId(), id, n, Opinion.Waits.RECALLED)) {
            return new Moved.Done(id, true);
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("n", n);
        said.put("reason", words);
        return reckoned(viewer, sheet, StepKind.RECALLED, said, List.of());
    }

    /** What somebody is asked, as they see it. @param files of theirs */
    public record Asked(
            Sheet sheet,
            Opinion opinion,
            Step question,
            @Nullable Step answer,
            List<Attachment> files) {}

    /** @throws NotFound for whoever was not asked this */
    public Asked asked(Viewer viewer, UUID id, int n) {
        Sheet sheet = petitions.sheet(viewer, id);
        Opinion opinion = sheet.opinions().stream()
                .filter(one -> one.n() == n && petitions.asked(viewer, one))
                .findFirst()
                .orElseThrow(() -> new NotFound("opinion"));
        List<Step> all = store.steps(viewer.tenantId(), id);
        return new Asked(
                sheet,
                opinion,
                all.stream()
                        .filter(step -> step.kind() == StepKind.ASKED && step.number("n") == n)
                        .findFirst()
                        .orElseThrow(),
                all.stream()
                        .filter(step -> step.kind() == StepKind.OPINED && step.number("n") == n)
                        .findFirst()
                        .orElse(null),
                sheet.files().stream()
                        .filter(file -> file.part() == Part.OPINION && file.n() == n)
                        .toList());
    }

    /** Keeps an opinion that is being written. */
    @Transactional
    public Moved draftOpinion(Viewer viewer, UUID id, int n, String words) {
        asked(viewer, id, n);
        String clean = Texts.nfc(words).strip();
        if (clean.length() > Drafting.LONGEST_GROUNDS) {
            return Moved.refused("y-kien", "petitions.long", Drafting.LONGEST_GROUNDS);
        }
        return store.draftOpinion(viewer.tenantId(), id, n, clean)
                ? new Moved.Done(id, false)
                : Moved.refused("", "petitions.opinion.over");
    }

    @Transactional
    public Moved attachOpinion(Viewer viewer, UUID id, int n, String title, byte[] bytes) {
        steps.hold(viewer.tenantId(), id);
        Asked asked = asked(viewer, id, n);
        if (asked.opinion().state() != Opinion.Waits.ASKED) {
            return Moved.refused("", "petitions.opinion.over");
        }
        return drafting.attach(viewer, asked.sheet().petition(), Part.OPINION, n, title, bytes);
    }

    /** Attaches a paper of the handler's: minutes, a certificate that was fetched; the proposal takes it up. */
    @Transactional
    public Moved attach(Viewer viewer, UUID id, String title, byte[] bytes) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        return sheet.petition().state() == State.HANDLING
                ? drafting.attach(viewer, sheet.petition(), Part.HANDLING, 0, title, bytes)
                : ended();
    }

    /**
     * Takes away a file of one's own that was attached to the handling or to an opinion; gone before is no error.
     *
     * @throws NotFound for somebody else's
     */
    @Transactional
    public Moved detach(Viewer viewer, UUID id, UUID file) {
        steps.hold(viewer.tenantId(), id);
        Sheet sheet = petitions.sheet(viewer, id);
        Optional<Attachment> found =
                sheet.files().stream().filter(one -> one.id().equals(file)).findFirst();
        if (found.isEmpty()) {
            return new Moved.Done(id, true);
        }
        if (!found.get().addedBy().equals(viewer.accountId())) {
            throw new NotFound("attachment");
        }
        return found.get().seq() == null && sheet.petition().state().undecided()
                ? drafting.detach(viewer, id, file)
                : Moved.refused("", "petitions.file.kept");
    }

    /** Gives the opinion that was asked for; it is read by the handler and is not changed any more. */
    @Transactional
    public Moved opine(Viewer viewer, UUID id, int n, String words) {
        steps.hold(viewer.tenantId(), id);
        Asked asked = asked(viewer, id, n);
        String clean = Texts.nfc(words).strip();
        if (clean.isEmpty() || clean.length() > Drafting.LONGEST_GROUNDS) {
            return Moved.refused("y-kien", "petitions.opinion.words", Drafting.LONGEST_GROUNDS);
        }
        if (asked.answer() != null) {
            return asked.answer().account().equals(viewer.accountId())
                            && asked.answer().text("words").equals(clean)
                    ? new Moved.Done(id, true)
                    : Moved.refused("", "petitions.opinion.other");
        }
        if (asked.sheet().petition().state() != State.HANDLING
                || !store.end(viewer.tenantId(), id, n, Opinion.Waits.GIVEN)) {
            return Moved.refused("", "petitions.opinion.over");
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("n", n);
        said.put("words", clean);
        return reckoned(viewer, asked.sheet(), StepKind.OPINED, said, asked.files());
    }

    /** What is proposed, or decided. @param grade of a change; {@code reassessor} sign-in name of who decides about the level anew */
    public record Wanted(
            @Nullable Outcome outcome, String grade, String reason, String remark, String reassessor, int days) {
        /** Whether anything of it was entered that would be missed. */
        public boolean begun() {
            return outcome != null
                    || !grade.isEmpty()
                    || !reason.isBlank()
                    || !remark.isBlank()
                    || !reassessor.isBlank();
        }

        public static final Wanted NOTHING = new Wanted(null, "", "", "", "", 0);

        public Wanted {
            reason = Texts.nfc(reason).strip();
            remark = Texts.nfc(remark).strip();
            reassessor = reassessor.strip();
        }

        Map<String, Object> said() {
            var said = new LinkedHashMap<String, Object>();
            said.put("outcome", outcome == null ? "" : outcome.code());
            said.put("grade", outcome == Outcome.CHANGE ? grade : "");
            said.put("reason", reason);
            said.put("remark", remark);
            said.put("reassessor", outcome == Outcome.REASSESS ? reassessor : "");
            said.put("days", outcome == Outcome.REASSESS ? days : 0);
            return said;
        }

        /** What makes two of them the same. */
        Map<String, String> same() {
            return Map.of(
                    "outcome",
                    outcome == null ? "" : outcome.code(),
                    "grade",
                    String.valueOf(said().get("grade")),
                    "reason",
                    reason);
        }

        static Wanted of(Step step) {
            return new Wanted(
                    Outcome.read(step.text("outcome")).orElse(null),
                    step.text("grade"),
                    step.text("reason"),
                    step.text("remark"),
                    step.text("reassessor"),
                    step.number("days"));
        }
    }

    /** What was proposed last. */
    public Wanted proposed(Sheet sheet) {
        return sheet.petition().outcome() == null
                ? Wanted.NOTHING
                : sheet.last(StepKind.PROPOSED).map(Wanted::of).orElse(Wanted.NOTHING);
    }

    /** Why something cannot be proposed or decided so. */
    Optional<Moved> wrong(UUID tenant, Sheet sheet, Wanted wanted) {
        Petition petition = sheet.petition();
        if (wanted.outcome() == null) {
            return Optional.of(Moved.refused("huong", "petitions.outcome.none"));
        }
        if (petition.late() && !petition.lateAccepted() && wanted.outcome() != Outcome.INADMISSIBLE) {
            return Optional.of(Moved.refused("huong", "petitions.outcome.late"));
        }
        if (wanted.outcome() == Outcome.CHANGE) {
            if (sheet.book().rank(wanted.grade()) == 0) {
                return Optional.of(Moved.refused("muc-moi", "petitions.outcome.grade"));
            }
            if (wanted.grade().equals(petition.grade())) {
                return Optional.of(Moved.refused("muc-moi", "petitions.outcome.same"));
            }
        }
        if (wanted.reason().isEmpty() || tooLong(wanted.reason())) {
            return Optional.of(Moved.refused("ly-do", "petitions.reason", Drafting.LONGEST_REASON));
        }
        if (wanted.remark().length() > Drafting.LONGEST_WISH) {
            return Optional.of(Moved.refused("nhan-xet", "petitions.long", Drafting.LONGEST_WISH));
        }
        return wanted.outcome() == Outcome.REASSESS ? unfit(tenant, sheet, wanted) : Optional.empty();
    }

    private Optional<Moved> unfit(UUID tenant, Sheet sheet, Wanted wanted) {
        if (wanted.days() < 1 || wanted.days() > MOST_DAYS) {
            return Optional.of(Moved.refused("so-ngay", "petitions.rule.days", 1, MOST_DAYS));
        }
        Optional<Candidate> candidate = store.candidate(tenant, wanted.reassessor());
        if (candidate.isEmpty()) {
            return Optional.of(Moved.refused("danh-gia-lai", "petitions.nobody"));
        }
        Handler fit = petitions.handler(tenant, sheet.petition(), sheet.rule(), sheet.about(), candidate.get());
        return fit.why() == null ? Optional.empty() : Optional.of(new Moved.Refused("danh-gia-lai", fit.why()));
    }

    /** The handler says what should be decided; open questions are taken back with it. */
    @Transactional
    public Moved propose(Viewer viewer, UUID id, int seen, Wanted wanted) {
        Sheet sheet = held(viewer, id, Permission.RUN_PETITIONS, Side.HANDLER);
        Petition petition = sheet.petition();
        Optional<Moved> stop = steps.behind(viewer, petition, seen, StepKind.PROPOSED, wanted.same());
        if (stop.isEmpty() && petition.state() != State.HANDLING) {
            stop = Optional.of(ended());
        }
        if (stop.isEmpty() && !sheet.waiting().isEmpty()) {
            stop = Optional.of(Moved.refused(
                    "", "petitions.propose.waiting", sheet.waiting().getFirst().name()));
        }
        if (stop.isEmpty()) {
            stop = wrong(viewer.tenantId(), sheet, wanted);
        }
        if (stop.isPresent()) {
            return stop.get();
        }
        List<Attachment> files = sheet.files().stream()
                .filter(file -> file.part() == Part.HANDLING && file.seq() == null)
                .toList();
        return steps.take(
                viewer,
                petition,
                StepKind.PROPOSED,
                wanted.said(),
                steps.today(),
                store.move()
                        .to(State.PROPOSED)
                        .set("outcome", Objects.requireNonNull(wanted.outcome()).code()),
                files);
    }
}
