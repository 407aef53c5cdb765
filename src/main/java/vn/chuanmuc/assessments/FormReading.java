package vn.chuanmuc.assessments;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Handed;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Forms.State;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.Rules;

/** Forms as a viewer may see them: who finds one, whose turn it is, and why a stage cannot be filled in now. */
@Component
class FormReading {
    private final FormStore store;
    private final Criteria criteria;
    private final Rules rules;
    private final ApprovalWays ways;
    private final Clock clock;

    FormReading(FormStore store, Criteria criteria, Rules rules, ApprovalWays ways, Clock clock) {
        this.store = store;
        this.criteria = criteria;
        this.rules = rules;
        this.ways = ways;
        this.clock = clock;
    }

    Sheet sheet(Viewer viewer, Period period, UUID formId) {
        return concerning(viewer, store.sheet(viewer, period, formId).orElseThrow(() -> new NotFound("form")));
    }

    Forms.Filling filling(Viewer viewer, Period period, UUID formId, String stage) {
        FormStore.Filled filled = store.filled(viewer, period, formId, stage).orElseThrow(() -> new NotFound("form"));
        Sheet sheet = concerning(viewer, filled.sheet());
        return new Forms.Filling(
                sheet,
                filled.before()
                        .map(was -> earlier(viewer.tenantId(), sheet.form(), was))
                        .orElse(null),
                filled.planned());
    }

    private Sheet concerning(Viewer viewer, Sheet sheet) {
        boolean concerned = sheet.form().read()
                || sheet.form().personId().equals(viewer.personId())
                || sheet.stages().stream().anyMatch(Said::acting)
                || ways.concerned(viewer, sheet.form().period(), sheet.form().id());
        if (!concerned) {
            throw new NotFound("form");
        }
        return sheet;
    }

    List<Handed> handings(Viewer viewer, Sheet sheet) {
        return store.handings(
                viewer.tenantId(),
                sheet.form(),
                sheet.stages().stream()
                        .filter(said -> said.visible() && (said.turn() == Turn.HANDED_IN || said.acting()))
                        .map(Said::stage)
                        .toList());
    }

    RuleBook book(UUID tenantId, Form form) {
        return rules.book(tenantId, form.ruleVersion());
    }

    Criteria.SetText words(UUID tenantId, Form form) {
        return criteria.text(tenantId, form.setId());
    }

    Optional<Forms.Earlier> earlier(UUID tenantId, Form form, Said said) {
        return store.earlier(tenantId, form, said.actor()).map(was -> earlier(tenantId, form, was));
    }

    private Forms.Earlier earlier(UUID tenantId, Form form, FormStore.Before was) {
        RuleBook book = rules.book(tenantId, was.ruleVersion());
        var words = new ArrayList<@Nullable String>();
        was.levels()
                .forEach(level ->
                        words.add(level == null ? null : book.level(level).words()));
        return new Forms.Earlier(form.period().previous(), form.setId().equals(was.setId()), words);
    }

    /** What the book of the form calls the stage. */
    String stageName(UUID tenantId, Form form, Said said) {
        return book(tenantId, form).stages().stream()
                .filter(stage -> stage.code().equals(said.stage()))
                .map(RuleBook.Stage::words)
                .findFirst()
                .orElse(said.stage());
    }

    /** The stage, when the viewer acts in it. */
    static Said acting(Viewer viewer, Sheet sheet, String stage) {
        Said said = sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting()) {
            throw new Forbidden(
                    said.actor() == Actor.SELF || viewer.may(Permission.RATE_AS_HEAD)
                            ? Permission.RATE_SELF
                            : Permission.RATE_AS_HEAD);
        }
        return said;
    }

    Optional<Reason> locked(Form form, Said said) {
        if (form.cycleState() != Cycle.State.OPEN) {
            return Optional.of(
                    Reason.of("assessments.locked.cycle." + form.cycleState().code()));
        }
        if (form.opensOn().isAfter(today())) {
            return Optional.of(Reason.of("assessments.locked.early", form.opensOn()));
        }
        if (form.state() != State.OPEN) {
            return Optional.of(
                    Reason.of("assessments.locked.form." + form.state().code()));
        }
        return switch (said.turn()) {
            case OPEN -> Optional.empty();
            case WAITING -> Optional.of(Reason.of("assessments.locked.waiting"));
            case HANDED_IN ->
                Optional.of(Reason.of(
                        "assessments.locked.handed-in", said.handedAt() == null ? Instant.EPOCH : said.handedAt()));
        };
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
