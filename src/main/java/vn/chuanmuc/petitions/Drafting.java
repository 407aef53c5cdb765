package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.AttachedFiles;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Contestable;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.Part;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.petitions.Petitions.Filing;
import vn.chuanmuc.petitions.Terms.Reckoning;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.Rules;

/** A petition on its way in: written by the person on their phone, or entered by a clerk from a paper; its files; filed, or withdrawn. */
@Component
public class Drafting {
    public static final int LONGEST_GROUNDS = 10_000;
    public static final int LONGEST_WISH = 2_000;
    public static final int LONGEST_REASON = 1_000;

    private static final int LONGEST_TITLE = 300;
    private static final int MOST_FILES = 20;

    private final PetitionStore store;
    private final Steps steps;
    private final Petitions petitions;
    private final Results results;
    private final Criteria criteria;
    private final Rules rules;
    private final Access access;
    private final Contents contents;
    private final TransactionTemplate transaction;

    Drafting(
            PetitionStore store,
            Steps steps,
            Petitions petitions,
            Results results,
            Criteria criteria,
            Rules rules,
            Access access,
            Contents contents,
            TransactionTemplate transaction) {
        this.store = store;
        this.steps = steps;
        this.petitions = petitions;
        this.results = results;
        this.criteria = criteria;
        this.rules = rules;
        this.access = access;
        this.contents = contents;
        this.transaction = transaction;
    }

    /** What is written. @param items positions in the set; {@code receivedOn} the day a paper came */
    public record Draft(
            boolean whole,
            List<Integer> items,
            String grounds,
            String wish,
            String lateReason,
            @Nullable LocalDate receivedOn) {
        public Draft {
            items = items.stream().distinct().sorted().toList();
            grounds = Texts.nfc(grounds).strip();
            wish = Texts.nfc(wish).strip();
            lateReason = Texts.nfc(lateReason).strip();
        }

        static Draft of(Petition petition) {
            return new Draft(
                    petition.whole(),
                    petition.items(),
                    petition.grounds(),
                    petition.wish(),
                    petition.lateReason(),
                    petition.receivedOn());
        }
    }

    /**
     * A draft as its writer sees it.
     *
     * @param filing what the clock says today, of a paper on the day it came
     * @param own whether the writer is the petitioner
     */
    public record Sheet(
            Petition petition, Contestable about, SetText set, List<Attachment> files, Filing filing, boolean own) {}

    public sealed interface Opened {
        record Draft(UUID petition) implements Opened {}

        /** Another about the same version is under way or was answered. */
        record Taken(UUID petition) implements Opened {}

        record Refused(Filing.Over over) implements Opened {}
    }

    /** What the clock says today about one's own result. @throws NotFound for whoever was not told of it */
    public Filing filing(Viewer viewer, Period period, UUID formId) {
        return results.contestable(viewer.tenantId(), period, formId)
                .filter(one -> one.about().personId().equals(viewer.personId()))
                .flatMap(one -> petitions.filing(viewer.tenantId(), period, formId, steps.today()))
                .orElseThrow(() -> new NotFound("result"));
    }

    /** Opens a draft about one's own result, or finds the one that is open. @throws NotFound for whoever was not told of it */
    @Transactional
    public Opened open(Viewer viewer, Period period, UUID formId) {
        Contestable about = results.contestable(viewer.tenantId(), period, formId)
                .filter(one -> one.about().personId().equals(viewer.personId()))
                .orElseThrow(() -> new NotFound("result"));
        return open(viewer, about, steps.today(), false);
    }

    /**
     * Opens a draft of a petition that came on paper from somebody else; what day it came, the draft says.
     *
     * @throws NotFound outside the clerk's units
     */
    @Transactional
    public Opened openPaper(Viewer viewer, Period period, UUID formId) {
        Contestable about = results.contestable(viewer.tenantId(), period, formId)
                .filter(one -> access.covers(
                                viewer, Permission.RECORD_PETITION, one.about().unitId())
                        && !one.about().personId().equals(viewer.personId()))
                .orElseThrow(() -> new NotFound("result"));
        return open(viewer, about, about.toldOn(), true);
    }

    private Opened open(Viewer viewer, Contestable about, LocalDate day, boolean paper) {
        UUID tenant = viewer.tenantId();
        Period period = about.about().period();
        UUID form = about.about().formId();
        switch (petitions.filing(tenant, period, form, day).orElseThrow()) {
            case Filing.Taken(var other) -> {
                return new Opened.Taken(other.id());
            }
            case Filing.Over over -> {
                return new Opened.Refused(over);
            }
            case Filing.Open open -> {
                RuleBook book = rules.book(tenant, about.about().ruleVersion());
                store.open(
                        viewer,
                        Ids.next(),
                        about,
                        book.clocks(),
                        store.rule(tenant, steps.today()).id(),
                        paper,
                        steps.now());
                return new Opened.Draft(
                        store.draft(viewer, period, form, about.told().version())
                                .orElseThrow());
            }
        }
    }

    /** One's own draft. @throws NotFound for everybody else's */
    public Sheet sheet(Viewer viewer, UUID id) {
        Petition petition = store.find(viewer.tenantId(), id)
                .filter(one -> one.state() == State.DRAFT && one.openedBy().equals(viewer.accountId()))
                .orElseThrow(() -> new NotFound("draft"));
        Contestable about = petitions.about(viewer.tenantId(), petition);
        return new Sheet(
                petition,
                about,
                criteria.text(viewer.tenantId(), about.about().setId()),
                store.attachments(viewer.tenantId(), id),
                petitions
                        .filing(viewer.tenantId(), petition.period(), petition.formId(), day(petition))
                        .orElseThrow(),
                petition.personId().equals(viewer.personId()));
    }

    private LocalDate day(Petition petition) {
        return petition.onPaper() && petition.receivedOn() != null ? petition.receivedOn() : steps.today();
    }

    /** Whether the viewer's draft was filed already. */
    public boolean filed(Viewer viewer, UUID id) {
        return store.find(viewer.tenantId(), id)
                .filter(one -> one.openedBy().equals(viewer.accountId()))
                .filter(one -> one.state() != State.DRAFT && one.state() != State.DROPPED)
                .isPresent();
    }

    /** What came of saving. */
    public sealed interface Saved {
        record Done(int version) implements Saved {}

        /** It was saved elsewhere in the meantime, as {@code now} stands. */
        record Behind(Petition now) implements Saved {}

        record Refused(String field, Reason why) implements Saved {}
    }

    /** Keeps the draft. @param version as it was read */
    @Transactional
    public Saved save(Viewer viewer, UUID id, int version, Draft draft) {
        Petition petition = held(viewer, id);
        Optional<Saved.Refused> wrong = tooLong(petition, draft);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (Draft.of(petition).equals(draft)) {
            return new Saved.Done(petition.version());
        }
        return store.save(viewer.tenantId(), id, version, draft, steps.now())
                ? new Saved.Done(version + 1)
                : new Saved.Behind(petition);
    }

    private Petition held(Viewer viewer, UUID id) {
        return store.lock(viewer.tenantId(), id)
                .filter(one -> one.state() == State.DRAFT && one.openedBy().equals(viewer.accountId()))
                .orElseThrow(() -> new NotFound("draft"));
    }

    private Optional<Saved.Refused> tooLong(Petition petition, Draft draft) {
        if (draft.grounds().length() > LONGEST_GROUNDS) {
            return Optional.of(new Saved.Refused("can-cu", Reason.of("petitions.long", LONGEST_GROUNDS)));
        }
        if (draft.wish().length() > LONGEST_WISH) {
            return Optional.of(new Saved.Refused("de-nghi", Reason.of("petitions.long", LONGEST_WISH)));
        }
        if (draft.lateReason().length() > LONGEST_WISH) {
            return Optional.of(new Saved.Refused("ly-do-muon", Reason.of("petitions.long", LONGEST_WISH)));
        }
        if (draft.receivedOn() != null && draft.receivedOn().isAfter(steps.today())) {
            return Optional.of(new Saved.Refused("ngay-nhan", Reason.of("petitions.received.future", steps.today())));
        }
        if (draft.receivedOn() != null && draft.receivedOn().isBefore(petition.toldOn())) {
            return Optional.of(
                    new Saved.Refused("ngay-nhan", Reason.of("petitions.received.early", petition.toldOn())));
        }
        return Optional.empty();
    }

    /** Throws the draft away. */
    @Transactional
    public Moved drop(Viewer viewer, UUID id) {
        held(viewer, id);
        store.drop(viewer.tenantId(), id);
        return new Moved.Done(id, false);
    }

    /** Attaches a file to the draft. @param scan it is the paper itself */
    @Transactional
    public Moved attach(Viewer viewer, UUID id, boolean scan, String title, byte[] bytes) {
        Petition petition = held(viewer, id);
        return attach(viewer, petition, scan && petition.onPaper() ? Part.SCAN : Part.FILING, 0, title, bytes);
    }

    /** Attaches a file to an opinion that is being written, or to the handler's papers. */
    Moved attach(Viewer viewer, Petition petition, Part part, int n, String title, byte[] bytes) {
        UUID tenant = viewer.tenantId();
        List<Attachment> before = store.attachments(tenant, petition.id());
        String clean = Texts.oneLine(title);
        if (clean.isEmpty() || clean.length() > LONGEST_TITLE) {
            return Moved.refused("ten-tep", "petitions.file.title", LONGEST_TITLE);
        }
        if (before.stream().filter(file -> file.part() == part && file.n() == n).count() >= MOST_FILES
                || before.size() >= PetitionStore.MOST_FILES) {
            return Moved.refused("tep", "petitions.file.many", MOST_FILES);
        }
        return switch (AttachedFiles.look(bytes)) {
            case AttachedFiles.Looked.Refused(var why) -> new Moved.Refused("tep", why);
            case AttachedFiles.Looked.Good(var type) -> {
                byte[] hash = contents.attach(tenant, viewer.accountId(), petition.id(), type, bytes);
                store.attach(
                        tenant,
                        petition.id(),
                        new Attachment(Ids.next(), part, n, clean, hash, type, bytes.length, viewer.accountId(), null),
                        steps.now());
                yield new Moved.Done(petition.id(), false);
            }
        };
    }

    /** Takes away a file that is in no step yet; gone before is no error. */
    @Transactional
    public Moved detach(Viewer viewer, UUID id, UUID attachment) {
        return new Moved.Done(id, !store.detach(viewer, id, attachment));
    }

    /**
     * Files the draft as it was last saved: what is contested, why, in time or late with a reason. Of two about one version the
     * second is told.
     */
    public Moved file(Viewer viewer, UUID id) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Moved moved = filing(viewer, id);
                if (moved instanceof Moved.Refused) {
                    status.setRollbackOnly();
                }
                return moved;
            }));
        } catch (DuplicateKeyException e) {
            if (store.isDuplicate(e)) {
                return Moved.refused("", "petitions.taken");
            }
            throw e;
        }
    }

    private Moved filing(Viewer viewer, UUID id) {
        UUID tenant = viewer.tenantId();
        Petition petition = store.lock(tenant, id)
                .filter(one -> one.openedBy().equals(viewer.accountId()) && one.state() != State.DROPPED)
                .orElseThrow(() -> new NotFound("draft"));
        if (petition.state() != State.DRAFT) {
            return new Moved.Done(id, true);
        }
        List<Attachment> files = store.attachments(tenant, id);
        Optional<Moved> wrong = incomplete(petition, files);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        LocalDate day = day(petition);
        Filing filing = petitions
                .filing(tenant, petition.period(), petition.formId(), day)
                .orElseThrow();
        if (!(filing instanceof Filing.Open open)) {
            return filing instanceof Filing.Over over
                    ? new Moved.Refused("", Late.reason(over))
                    : Moved.refused("", "petitions.taken");
        }
        if (open.about().told().version() != petition.toldVersion()) {
            return Moved.refused("", "petitions.other-version");
        }
        if (open.late() && petition.lateReason().isEmpty()) {
            return Moved.refused(
                    "ly-do-muon", "petitions.late.reason", open.clock().last());
        }
        PetitionRule rule = store.rule(tenant, day);
        Reckoning ack = steps.reckon(tenant, day, rule.acknowledgeDays(), List.of());
        Reckoning answer = steps.reckon(tenant, day, petition.answerDays(), List.of());
        var said = new LinkedHashMap<String, Object>();
        said.put("form", petition.formId().toString());
        said.put("period", petition.period().code());
        said.put("person", petition.personId().toString());
        said.put("version", petition.toldVersion());
        said.put("grade", petition.grade());
        said.put("gradeName", petition.gradeName());
        said.put("toldOn", petition.toldOn().toString());
        said.put("whole", petition.whole());
        said.put("items", petition.items());
        said.put("grounds", petition.grounds());
        said.put("wish", petition.wish());
        said.put("onPaper", petition.onPaper());
        said.put("late", open.late());
        said.put("lateReason", open.late() ? petition.lateReason() : "");
        said.put("rule", rule.id() == null ? "" : rule.id().toString());
        said.put("fileDays", petition.fileDays());
        said.put("fileBy", open.clock().last().toString());
        said.put("ackDays", rule.acknowledgeDays());
        said.put("ackBy", ack.last().toString());
        said.put("answerDays", petition.answerDays());
        said.put("answerBy", answer.last().toString());
        Moved moved = steps.take(
                viewer,
                petition,
                StepKind.FILED,
                said,
                day,
                store.move()
                        .to(State.FILED)
                        .set("rule_id", rule.id())
                        .set("filed_on", day)
                        .set("file_by", open.clock().last())
                        .set("late", open.late())
                        .set("late_reason", open.late() ? petition.lateReason() : "")
                        .set("ack_by", ack.last())
                        .set("answer_by", answer.last()),
                files);
        results.markContested(viewer, petition.period(), petition.formId(), id);
        return moved;
    }

    private Optional<Moved> incomplete(Petition petition, List<Attachment> files) {
        if (!petition.whole() && petition.items().isEmpty()) {
            return Optional.of(Moved.refused("muc", "petitions.nothing"));
        }
        if (petition.grounds().isEmpty()) {
            return Optional.of(Moved.refused("can-cu", "petitions.grounds"));
        }
        if (petition.onPaper() && petition.receivedOn() == null) {
            return Optional.of(Moved.refused("ngay-nhan", "petitions.received"));
        }
        if (petition.onPaper() && files.stream().noneMatch(file -> file.part() == Part.SCAN)) {
            return Optional.of(Moved.refused("tep", "petitions.scan"));
        }
        return Optional.empty();
    }

    /** Takes the petition back; by the petitioner, any time before it is decided. */
    @Transactional
    public Moved withdraw(Viewer viewer, UUID id, String reason) {
        Petition petition = steps.hold(viewer.tenantId(), id);
        if (!petition.personId().equals(viewer.personId()) || petition.has(State.DRAFT, State.DROPPED)) {
            throw new NotFound("petition");
        }
        if (petition.state() == State.WITHDRAWN) {
            return new Moved.Done(id, true);
        }
        if (!petition.state().undecided()) {
            return Moved.refused("", "petitions.withdraw.late");
        }
        String words = Texts.nfc(reason).strip();
        if (words.length() > LONGEST_REASON) {
            return Moved.refused("ly-do", "petitions.long", LONGEST_REASON);
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("reason", words);
        recallAll(viewer.tenantId(), id);
        Moved moved = steps.take(
                viewer,
                petition,
                StepKind.WITHDRAWN,
                said,
                store.move().to(State.WITHDRAWN).set("closed_on", steps.today()));
        results.closeContest(viewer, petition.period(), petition.formId(), id);
        return moved;
    }

    private void recallAll(UUID tenant, UUID id) {
        store.opinions(tenant, id).stream()
                .filter(one -> one.state() == Opinion.Waits.ASKED)
                .forEach(one -> store.end(tenant, id, one.n(), Opinion.Waits.RECALLED));
    }
}
