package vn.chuanmuc.assessments.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.Cycles;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.assessments.Exceptions;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.InPath;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Steps out of the ordinary, about a cycle or one form: each says what it does, and asks for its reason. */
@Controller
class StepsController {
    private static final String OF_CYCLE = CyclesController.LIST + "/{id}/{kind:dong|mo-lai|huy|gia-han}";
    private static final String OF_FORM =
            FormController.FORM + "/viec/{kind:gia-han|chuyen|giao|thoi-giao|tra-lai|huy|mo-lai|tach}";

    private final Cycles cycles;
    private final Forms forms;
    private final UnitChoices choices;

    StepsController(Cycles cycles, Forms forms, UnitChoices choices) {
        this.cycles = cycles;
        this.forms = forms;
        this.choices = choices;
    }

    @GetMapping(OF_CYCLE)
    @Allowed(Permission.RUN_CYCLE)
    View ofCycle(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("kind") String kind) {
        return page(viewer, cycles.getVisible(viewer, id), kind, StepPage.Typed.NOTHING, FormErrors.NONE);
    }

    private View page(Viewer viewer, Cycle cycle, String kind, StepPage.Typed typed, FormErrors errors) {
        boolean extends_ = kind.equals("gia-han");
        List<StepPage.Choice> stages = extends_
                ? cycles.stages(viewer.tenantId(), cycle).stream()
                        .map(stage -> new StepPage.Choice(stage.code(), stage.name(), stage.due()))
                        .toList()
                : List.of();
        return new StepPage(
                CyclesController.LIST + "/" + cycle.id() + "/" + kind,
                CyclesController.LIST + "/" + cycle.id(),
                CyclesController.LIST,
                "assessments.step.cycle." + kind,
                cycle.title(),
                "",
                stages,
                extends_ ? units(viewer, typed) : null,
                extends_,
                false,
                List.of(),
                typed,
                errors);
    }

    private UnitChoice units(Viewer viewer, StepPage.Typed typed) {
        return choices.of(
                new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(Permission.RUN_CYCLE))),
                Ids.read(typed.unit()),
                typed.unitTyped());
    }

    @PostMapping(OF_CYCLE)
    @Allowed(Permission.RUN_CYCLE)
    Object doOfCycle(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("kind") String kind,
            @RequestParam MultiValueMap<String, String> fields) {
        Cycle cycle = cycles.getVisible(viewer, id);
        var typed = StepPage.Typed.of(fields);
        Done done = switch (kind) {
            case "dong" -> cycles.close(viewer, id, typed.reason(), typed.basis());
            case "mo-lai" -> cycles.reopen(viewer, id, typed.reason(), typed.basis());
            case "huy" -> cycles.cancel(viewer, id, typed.reason(), typed.basis());
            case "gia-han" -> extend(viewer, id, typed);
            default -> throw new NotFound("step");
        };
        return switch (done) {
            case Done.Now now -> Answer.done(CyclesController.LIST + "/" + id, "assessment-step");
            case Done.Already already -> Answer.done(CyclesController.LIST + "/" + id, "assessment-step-already");
            case Done.Refused(var field, var why) -> page(viewer, cycle, kind, typed, FormErrors.of(field, why));
        };
    }

    private Done extend(Viewer viewer, UUID id, StepPage.Typed typed) {
        UnitChoice choice = units(viewer, typed);
        UUID unit = choice.unit();
        if (unit == null) {
            Reason why = choice.problem();
            return new Done.Refused("don-vi", why == null ? Reason.of("ui.unit-choice.empty") : why);
        }
        LocalDate day = day(typed);
        return day == null
                ? new Done.Refused("ngay", Reason.of("assessments.day.unread"))
                : cycles.extend(viewer, id, unit, typed.stage(), day, typed.reason(), typed.basis());
    }

    private static @Nullable LocalDate day(StepPage.Typed typed) {
        return VietnameseDates.parse(typed.day()) instanceof VietnameseDates.Parsed.Read(var read) ? read : null;
    }

    @GetMapping(OF_FORM)
    @Allowed({Permission.RUN_CYCLE, Permission.RATE_AS_HEAD, Permission.RATE_SELF})
    View ofForm(
            Viewer viewer,
            @InPath FormPath path,
            @PathVariable("kind") String kind,
            @RequestParam(name = "buoc", defaultValue = "") String stage) {
        Sheet sheet = forms.sheet(viewer, path.quarter(), path.form());
        require(viewer, sheet, kind, stage);
        return page(viewer, sheet, kind, StepPage.Typed.of(stage), FormErrors.NONE);
    }

    /** Before anything typed is looked at: nobody is told what is wrong with a step that is not theirs. */
    private void require(Viewer viewer, Sheet sheet, String kind, String stage) {
        Exceptions.Kind step = switch (kind) {
            case "gia-han" -> Exceptions.Kind.EXTEND;
            case "chuyen" -> Exceptions.Kind.REROUTE;
            case "giao" -> Exceptions.Kind.DELEGATE;
            case "thoi-giao" -> Exceptions.Kind.TAKE_BACK;
            case "tra-lai" -> Exceptions.Kind.SEND_BACK;
            case "huy" -> Exceptions.Kind.CANCEL;
            case "mo-lai" -> Exceptions.Kind.REOPEN;
            case "tach" -> Exceptions.Kind.DIVIDE;
            default -> throw new NotFound("step");
        };
        if (!forms.mayStep(viewer, sheet, step, stage)) {
            throw new Forbidden(Permission.RUN_CYCLE);
        }
    }

    private View page(Viewer viewer, Sheet sheet, String kind, StepPage.Typed typed, FormErrors errors) {
        Form form = sheet.form();
        boolean whole = kind.equals("huy") || kind.equals("mo-lai") || kind.equals("tach");
        RuleBook.Stage stage = whole
                ? null
                : forms.book(viewer.tenantId(), form).stages().stream()
                        .filter(one -> one.code().equals(typed.stage()))
                        .findFirst()
                        .orElseThrow(() -> new NotFound("stage"));
        boolean approval = stage != null && stage.actor() == RuleBook.Actor.APPROVAL;
        return new StepPage(
                FormController.address(form) + "/viec/" + kind,
                FormController.address(form),
                CyclesController.LIST,
                (approval ? "assessments.step.approval." : "assessments.step.form.") + kind,
                form.fullName(),
                stage == null ? "" : stage.words(),
                List.of(),
                kind.equals("chuyen") ? units(viewer, typed) : null,
                kind.equals("gia-han"),
                kind.equals("giao"),
                kind.equals("giao") ? forms.stands(viewer, form) : List.of(),
                typed,
                errors);
    }

    @PostMapping(OF_FORM)
    @Allowed({Permission.RUN_CYCLE, Permission.RATE_AS_HEAD, Permission.RATE_SELF})
    Object doOfForm(
            Viewer viewer,
            @InPath FormPath path,
            @PathVariable("kind") String kind,
            @RequestParam MultiValueMap<String, String> fields) {
        var period = path.quarter();
        UUID id = path.form();
        Sheet sheet = forms.sheet(viewer, period, id);
        var typed = StepPage.Typed.of(fields);
        String stage = typed.stage();
        require(viewer, sheet, kind, stage);
        String reason = typed.reason();
        String basis = typed.basis();
        Done done = switch (kind) {
            case "gia-han" -> {
                LocalDate day = day(typed);
                yield day == null
                        ? new Done.Refused("ngay", Reason.of("assessments.day.unread"))
                        : forms.extend(viewer, period, id, stage, day, reason, basis);
            }
            case "chuyen" -> {
                UnitChoice choice = units(viewer, typed);
                Reason why = choice.problem();
                yield choice.unit() == null
                        ? new Done.Refused("don-vi", why == null ? Reason.of("ui.unit-choice.empty") : why)
                        : forms.reroute(viewer, period, id, stage, choice.unit(), reason, basis);
            }
            case "giao" -> forms.delegate(viewer, period, id, stage, typed.username(), reason, basis);
            case "thoi-giao" -> forms.takeBack(viewer, period, id, stage, reason, basis);
            case "tra-lai" -> forms.sendBack(viewer, period, id, stage, reason, basis);
            case "huy" -> forms.cancel(viewer, period, id, reason, basis);
            case "mo-lai" -> forms.reopen(viewer, period, id, reason, basis);
            case "tach" -> forms.divide(viewer, period, id, reason, basis);
            default -> throw new NotFound("step");
        };
        return switch (done) {
            case Done.Now now -> Answer.done(FormController.address(sheet.form()), "assessment-step");
            case Done.Already already -> Answer.done(FormController.address(sheet.form()), "assessment-step-already");
            case Done.Refused(var field, var why) -> page(viewer, sheet, kind, typed, FormErrors.of(field, why));
        };
    }
}
