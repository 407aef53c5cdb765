package vn.chuanmuc.panels.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.PanelStages;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meetings;
import vn.chuanmuc.panels.Meetings.Done;
import vn.chuanmuc.panels.MinutesBook;
import vn.chuanmuc.panels.MinutesPaper;
import vn.chuanmuc.panels.MinutesProof;
import vn.chuanmuc.panels.PanelSettings;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/** Meetings: the list, the plan, the live page with everything that its chair and secretary do, a person presented, the minutes. */
@Controller
class MeetingsController {
    static final String LIST = "/hop";
    private static final String ONE = LIST + "/{id}";
    private static final String PERSON = ONE + "/nguoi/{form}";
    private static final int PAGE = 50;
    private static final int LONGEST = 2_100;

    private final Meetings meetings;
    private final MinutesBook minutes;
    private final MinutesPaper paper;
    private final MinutesProof proof;
    private final PanelStages stages;
    private final PanelSettings settings;
    private final Forms forms;
    private final Passkeys passkeys;
    private final Clock clock;

    MeetingsController(
            Meetings meetings,
            MinutesBook minutes,
            MinutesPaper paper,
            MinutesProof proof,
            PanelStages stages,
            PanelSettings settings,
            Forms forms,
            Passkeys passkeys,
            Clock clock) {
        this.meetings = meetings;
        this.minutes = minutes;
        this.paper = paper;
        this.proof = proof;
        this.stages = stages;
        this.settings = settings;
        this.forms = forms;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    View list(
            Viewer viewer,
            @RequestParam(name = "tinh-trang", defaultValue = "") String wanted,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        State state = java.util.Arrays.stream(State.values())
                .filter(one -> one.code().equals(wanted))
                .findFirst()
                .orElse(null);
        int at = Math.clamp(page, 1, 10_000);
        boolean convenes = viewer.may(Permission.CONVENE_PANEL);
        return new MeetingsPage(
                meetings.list(viewer, state, Paging.offset(at, PAGE), PAGE),
                new Paging(
                        at,
                        PAGE,
                        meetings.count(viewer, state),
                        LIST + "?" + (state == null ? "" : "tinh-trang=" + state.code() + "&")),
                state,
                convenes ? meetings.occasions(viewer) : List.of(),
                convenes,
                convenes || viewer.may(Permission.READ_ASSESSMENTS));
    }

    @GetMapping(LIST + "/moi")
    @Allowed(Permission.CONVENE_PANEL)
    View plan(
            Viewer viewer,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "buoc", defaultValue = "") String stage,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam(name = "tu", required = false) @Nullable UUID from) {
        if (from != null) {
            Protocol before = meetings.protocol(viewer, from);
            Meeting old = before.meeting();
            Meetings.Occasion occasion = meetings.occasion(viewer, old.cycleId(), old.stage(), old.unitId());
            return prepare(viewer, occasion, null, PreparePage.Typed.of(before), FormErrors.NONE);
        }
        if (cycle == null || unit == null) {
            throw new NotFound("occasion");
        }
        Meetings.Occasion occasion = meetings.occasion(viewer, cycle, stage, unit);
        List<UUID> ready = meetings.candidates(viewer, occasion, null).stream()
                .filter(one -> one.turn() == Forms.Turn.OPEN)
                .map(PanelStages.Waiting::formId)
                .toList();
        return prepare(
                viewer,
                occasion,
                null,
                PreparePage.Typed.blank(
                        occasion.stage().name() + " – " + occasion.cycle().title(), today(), ready),
                FormErrors.NONE);
    }

    private View prepare(
            Viewer viewer,
            Meetings.Occasion occasion,
            @Nullable UUID meeting,
            PreparePage.Typed typed,
            FormErrors errors) {
        LocalDate day = typed.readDay().orElse(today());
        List<Seat> people = meetings.people(
                viewer, occasion.unitId(), List.copyOf(typed.roles().keySet()), typed.words(), day);
        return new PreparePage(
                meeting == null
                        ? LIST + "/moi?dot=" + occasion.cycle().id() + "&buoc="
                                + occasion.stage().code() + "&don-vi=" + occasion.unitId()
                        : LIST + "/" + meeting + "/sua",
                meeting == null ? LIST : LIST + "/" + meeting,
                meeting,
                occasion,
                meetings.candidates(viewer, occasion, meeting),
                people,
                typed,
                errors);
    }

    @PostMapping(LIST + "/moi")
    @Allowed(Permission.CONVENE_PANEL)
    Object plan(
            Viewer viewer,
            @RequestParam(name = "dot", required = false) @Nullable UUID cycle,
            @RequestParam(name = "buoc", defaultValue = "") String stage,
            @RequestParam(name = "don-vi", required = false) @Nullable UUID unit,
            @RequestParam MultiValueMap<String, String> fields) {
        if (cycle == null || unit == null) {
            throw new NotFound("occasion");
        }
        Meetings.Occasion occasion = meetings.occasion(viewer, cycle, stage, unit);
        var typed = PreparePage.Typed.of(fields);
        if (fields.containsKey("tim")) {
            return prepare(viewer, occasion, null, typed, FormErrors.NONE);
        }
        return written(viewer, occasion, null, typed, plan -> meetings.plan(viewer, cycle, stage, unit, plan));
    }

    private Object written(
            Viewer viewer,
            Meetings.Occasion occasion,
            @Nullable UUID meeting,
            PreparePage.Typed typed,
            Function<Meetings.Plan, Meetings.Saved> write) {
        FormErrors errors = FormErrors.NONE;
        if (typed.readDay().isEmpty()) {
            errors = errors.and("ngay", Reason.of("panels.plan.day"));
        }
        if (typed.readTime().isEmpty()) {
            errors = errors.and("gio", Reason.of("panels.attend.time"));
        }
        if (errors.none()) {
            var plan = new Meetings.Plan(
                    typed.title(),
                    typed.readDay().orElseThrow(),
                    typed.readTime().orElseThrow(),
                    typed.place(),
                    typed.forms(),
                    typed.seats());
            switch (write.apply(plan)) {
                case Meetings.Saved.Done(var id) -> {
                    return Answer.done(LIST + "/" + id, "meeting-planned");
                }
                case Meetings.Saved.Refused(var field, var why) -> errors = FormErrors.of(field, why);
            }
        }
        return prepare(viewer, occasion, meeting, typed, errors);
    }

    private Meetings.Occasion occasion(Viewer viewer, Meeting meeting) {
        return meetings.occasion(viewer, meeting.cycleId(), meeting.stage(), meeting.unitId());
    }

    @GetMapping(ONE + "/sua")
    @Allowed(Permission.CONVENE_PANEL)
    View change(Viewer viewer, @PathVariable("id") UUID id) {
        Protocol protocol = meetings.protocol(viewer, id);
        if (protocol.meeting().state() != State.DRAFT) {
            throw new NotFound("draft");
        }
        return prepare(
                viewer, occasion(viewer, protocol.meeting()), id, PreparePage.Typed.of(protocol), FormErrors.NONE);
    }

    @PostMapping(ONE + "/sua")
    @Allowed(Permission.CONVENE_PANEL)
    Object change(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Meetings.Occasion occasion =
                occasion(viewer, meetings.protocol(viewer, id).meeting());
        var typed = PreparePage.Typed.of(fields);
        if (fields.containsKey("tim")) {
            return prepare(viewer, occasion, id, typed, FormErrors.NONE);
        }
        return written(viewer, occasion, id, typed, plan -> meetings.change(viewer, id, typed.version(), plan));
    }

    @GetMapping(ONE)
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    View one(Viewer viewer, @PathVariable("id") UUID id) {
        return page(viewer, id, Map.of(), FormErrors.NONE);
    }

    MeetingPage page(Viewer viewer, UUID id, Map<String, String> typed, FormErrors errors) {
        Protocol protocol = meetings.protocol(viewer, id);
        Set<UUID> own = new HashSet<>();
        protocol.agenda().stream()
                .filter(item -> !protocol.shows(viewer, item))
                .forEach(item -> own.add(item.formId()));
        boolean reads = meetings.reads(viewer, protocol);
        return new MeetingPage(
                protocol,
                viewer,
                meetings.prepares(viewer, protocol.meeting()),
                protocol.is(viewer, Role.CHAIR, Role.SECRETARY),
                reads,
                reads ? proof.of(viewer.tenantId(), protocol) : List.of(),
                own,
                meetings.turns(viewer.tenantId(), protocol),
                protocol.meeting().state() == State.DRAFT ? meetings.missing(protocol) : List.of(),
                protocol.meeting().heldOn().isAfter(today()),
                passkeys.offer(viewer).orElse(""),
                typed,
                errors);
    }

    /** On to the meeting when it was done, or had been; otherwise its page again with what was entered. */
    private Object after(Viewer viewer, UUID id, Done done, String code, Map<String, String> typed) {
        return switch (done) {
            case Done.Now now -> Answer.done(LIST + "/" + id, code);
            case Done.Already already -> Answer.done(LIST + "/" + id, code);
            case Done.Refused(var field, var why) -> page(viewer, id, typed, FormErrors.of(field, why));
        };
    }

    static Map<String, String> typed(MultiValueMap<String, String> fields) {
        var typed = new HashMap<String, String>();
        fields.forEach((name, values) -> {
            String value = values.getFirst();
            typed.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
        });
        return typed;
    }

    @PostMapping(ONE + "/trieu-tap")
    @Allowed(Permission.CONVENE_PANEL)
    Object convene(Viewer viewer, @PathVariable("id") UUID id) {
        return after(viewer, id, meetings.convene(viewer, id), "meeting-convened", Map.of());
    }

    @PostMapping(ONE + "/huy")
    @Allowed(Permission.CONVENE_PANEL)
    Object cancel(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        String reason = typed.getOrDefault("ly-do-huy", "");
        Done done = meetings.cancel(viewer, id, reason);
        return after(
                viewer,
                id,
                done instanceof Done.Refused(var field, var why) && field.equals("ly-do")
                        ? new Done.Refused("ly-do-huy", why)
                        : done,
                "meeting-cancelled",
                typed);
    }

    @PostMapping(ONE + "/diem-danh")
    @Allowed(Permission.RATE_SELF)
    Object attend(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        var ticks = new ArrayList<Meetings.Tick>();
        FormErrors errors = FormErrors.NONE;
        for (Seat seat : meetings.protocol(viewer, id).seats()) {
            String said = typed.getOrDefault("mat-" + seat.personId(), "");
            if (!said.equals("co") && !said.equals("vang")) {
                continue;
            }
            String time = typed.getOrDefault("gio-" + seat.personId(), "");
            var read = Times.read(time);
            if (!time.isBlank() && read.isEmpty()) {
                errors = errors.and("gio-" + seat.personId(), Reason.of("panels.attend.time"));
            }
            ticks.add(new Meetings.Tick(
                    seat.personId(),
                    said.equals("co"),
                    read.orElse(null),
                    typed.getOrDefault("ly-do-" + seat.personId(), "")));
        }
        return errors.none()
                ? after(viewer, id, meetings.attend(viewer, id, ticks), "attendance-noted", typed)
                : page(viewer, id, typed, errors);
    }

    @PostMapping(ONE + "/khai-mac")
    @Allowed(Permission.RATE_SELF)
    Object open(Viewer viewer, @PathVariable("id") UUID id) {
        return after(viewer, id, meetings.open(viewer, id), "meeting-opened", Map.of());
    }

    @PostMapping(ONE + "/bien-ban")
    @Allowed(Permission.RATE_SELF)
    Object make(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        return after(viewer, id, minutes.make(viewer, id, typed.getOrDefault("ly-do", "")), "minutes-made", typed);
    }

    @PostMapping(ONE + "/thu-hoi")
    @Allowed(Permission.RATE_SELF)
    Object takeBack(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        return after(
                viewer, id, minutes.takeBack(viewer, id, typed.getOrDefault("ly-do", "")), "minutes-taken-back", typed);
    }

    @PostMapping(ONE + "/lay-so")
    @Allowed(Permission.RATE_SELF)
    Object number(Viewer viewer, @PathVariable("id") UUID id) {
        return after(viewer, id, minutes.number(viewer, id), "minutes-numbered", Map.of());
    }

    @PostMapping(ONE + "/dua-vao-phieu")
    @Allowed(Permission.RATE_SELF)
    Object deliver(Viewer viewer, @PathVariable("id") UUID id) {
        return after(viewer, id, minutes.deliver(viewer, id), "outcome-delivered", Map.of());
    }

    @GetMapping(ONE + "/bien-ban.{kind:pdf|docx}")
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> file(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("kind") String kind) {
        PaperFiles.File file = paper.file(viewer, id, kind.equals("docx"));
        return sent(file.name(), file.mediaType(), file.bytes());
    }

    static ResponseEntity<byte[]> sent(String name, String mediaType, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(mediaType))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(bytes);
    }

    @GetMapping(PERSON)
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    View person(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("form") UUID form) {
        return person(viewer, id, form, Map.of(), FormErrors.NONE);
    }

    private View person(Viewer viewer, UUID id, UUID form, Map<String, String> typed, FormErrors errors) {
        Protocol protocol = meetings.protocol(viewer, id);
        Meeting.Item item = protocol.item(form)
                .filter(one -> protocol.shows(viewer, one))
                .orElseThrow(() -> new NotFound("person of the agenda"));
        boolean sits = protocol.seat(viewer.personId()).isPresent()
                && protocol.meeting().state().underWay();
        if (!sits && !meetings.reads(viewer, protocol)) {
            throw new NotFound("person of the agenda");
        }
        Forms.Sheet sheet = sits ? stages.presented(viewer, protocol.meeting().period(), form) : null;
        List<Meeting.Item> agenda = protocol.agenda().stream()
                .filter(one -> protocol.shows(viewer, one))
                .toList();
        int place = agenda.indexOf(item);
        return new PersonPage(
                protocol,
                item,
                sheet,
                sheet == null ? null : forms.words(viewer.tenantId(), sheet.form()),
                protocol.is(viewer, Role.CHAIR, Role.SECRETARY),
                place > 0 ? address(id, agenda.get(place - 1)) : null,
                place < agenda.size() - 1 ? address(id, agenda.get(place + 1)) : null,
                typed,
                errors);
    }

    private static String address(UUID id, Meeting.Item item) {
        return LIST + "/" + id + "/nguoi/" + item.formId();
    }

    private Object afterPerson(Viewer viewer, UUID id, UUID form, Done done, String code, Map<String, String> typed) {
        return done instanceof Done.Refused(var field, var why)
                ? person(viewer, id, form, typed, FormErrors.of(field, why))
                : Answer.done(LIST + "/" + id + "/nguoi/" + form, code);
    }

    @PostMapping(PERSON + "/y-kien")
    @Allowed(Permission.RATE_SELF)
    Object note(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("form") UUID form,
            @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        return afterPerson(
                viewer,
                id,
                form,
                meetings.note(viewer, id, form, typed.getOrDefault("y-kien", "")),
                "meeting-remark",
                typed);
    }

    @PostMapping(PERSON + "/ket-luan")
    @Allowed(Permission.RATE_SELF)
    Object conclude(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("form") UUID form,
            @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        String grade = typed.getOrDefault("muc", "");
        Done done = grade.isEmpty()
                ? new Done.Refused("muc", Reason.of("panels.conclude.grade"))
                : meetings.conclude(
                        viewer, id, form, grade.equals("de-lai") ? null : grade, typed.getOrDefault("ly-do", ""));
        return afterPerson(viewer, id, form, done, "meeting-concluded", typed);
    }

    @GetMapping(LIST + "/quy-dinh")
    @Allowed({Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    View rule(Viewer viewer) {
        return rule(viewer, Map.of(), FormErrors.NONE);
    }

    private View rule(Viewer viewer, Map<String, String> typed, FormErrors errors) {
        return new RulePage(
                settings.on(viewer.tenantId(), today()),
                settings.history(viewer.tenantId()),
                settings.maySet(viewer),
                today(),
                typed,
                errors);
    }

    @PostMapping(LIST + "/quy-dinh")
    @Allowed(Permission.RUN_CYCLE)
    Object setRule(Viewer viewer, @RequestParam MultiValueMap<String, String> fields) {
        Map<String, String> typed = typed(fields);
        var form = new RuleForm(typed);
        Optional<FormErrors> unread = form.unread();
        if (unread.isPresent()) {
            return rule(viewer, typed, unread.get());
        }
        return switch (settings.set(viewer, form.rule())) {
            case PanelSettings.Setting.Done done -> Answer.done(LIST + "/quy-dinh", "panel-rule-set");
            case PanelSettings.Setting.Refused(var field, var why) -> rule(viewer, typed, FormErrors.of(field, why));
        };
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
