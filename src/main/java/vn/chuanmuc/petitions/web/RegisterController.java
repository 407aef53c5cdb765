package vn.chuanmuc.petitions.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.office.TableDocument.Align;
import vn.chuanmuc.office.TableDocument.Column;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.XlsxWriter;
import vn.chuanmuc.petitions.Moved;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.PetitionLists;
import vn.chuanmuc.petitions.PetitionLists.ClockState;
import vn.chuanmuc.petitions.PetitionLists.Line;
import vn.chuanmuc.petitions.PetitionLists.Page;
import vn.chuanmuc.petitions.PetitionLists.Query;
import vn.chuanmuc.petitions.PetitionRule;
import vn.chuanmuc.petitions.Petitions;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** The register of petitions, as a page and as a workbook with the same figures; and the rules of petitions. */
@Controller
class RegisterController {
    private static final String REGISTER = PetitionsController.PETITIONS + "/so";
    private static final String RULES = PetitionsController.PETITIONS + "/quy-tac";
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final int SIZE = 50;

    private final Petitions petitions;
    private final Units units;
    private final CyclePapers papers;
    private final MessageSource messages;

    RegisterController(Petitions petitions, Units units, CyclePapers papers, MessageSource messages) {
        this.petitions = petitions;
        this.units = units;
        this.papers = papers;
        this.messages = messages;
    }

    private static Query query(Map<String, String> sent) {
        return new Query(
                sent.getOrDefault("tim", "").strip(),
                State.read(sent.getOrDefault("tinh-trang", "")).orElse(null),
                ClockState.read(sent.getOrDefault("han", "")).orElse(null),
                Ids.read(sent.getOrDefault("don-vi", "")),
                Ids.read(sent.getOrDefault("dot", "")));
    }

    private static String filters(Query query) {
        var parts = new HashMap<String, String>();
        parts.put("tim", query.words());
        parts.put("tinh-trang", query.state() == null ? "" : query.state().code());
        parts.put("han", query.clock() == null ? "" : query.clock().code());
        parts.put("don-vi", query.unit() == null ? "" : query.unit().toString());
        parts.put("dot", query.cycle() == null ? "" : query.cycle().toString());
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(part -> part.getKey() + "=" + Ui.encode(part.getValue()) + "&")
                .collect(Collectors.joining());
    }

    @GetMapping(REGISTER)
    @Allowed({Permission.RECORD_PETITION, Permission.READ_PETITIONS, Permission.RUN_PETITIONS})
    View register(Viewer viewer, @RequestParam Map<String, String> sent) {
        Query query = query(sent);
        int number = Math.max(1, Entered.numberIn(sent.getOrDefault("trang", "1")));
        Page page = petitions.register(viewer, query, number, SIZE);
        String filters = filters(query);
        UUID[] tops = Stream.of(Permission.RECORD_PETITION, Permission.READ_PETITIONS, Permission.RUN_PETITIONS)
                .flatMap(permission -> Stream.of(viewer.unitsWith(permission)))
                .distinct()
                .toArray(UUID[]::new);
        var choices = new java.util.LinkedHashMap<UUID, String>();
        units.under(viewer.tenantId(), tops).stream().limit(300).forEach(unit -> choices.put(unit.id(), unit.name()));
        return new RegisterPage(
                page,
                query,
                choices,
                viewer.may(Permission.RECORD_PETITION),
                filters,
                new Paging(number, SIZE, page.total(), REGISTER + "?" + filters),
                petitions.today());
    }

    @GetMapping(REGISTER + ".xlsx")
    @Allowed({Permission.RECORD_PETITION, Permission.READ_PETITIONS, Permission.RUN_PETITIONS})
    ResponseEntity<byte[]> workbook(Viewer viewer, @RequestParam Map<String, String> sent) throws IOException {
        Query query = query(sent);
        Page page = petitions.register(viewer, query, 1, PetitionLists.MOST_LINES);
        var out = new ByteArrayOutputStream(1 << 16);
        XlsxWriter.write(document(viewer, query, page), out);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"so-kien-nghi-" + petitions.today() + ".xlsx\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(out.toByteArray());
    }

    /** Of the chosen cycle, or else of all whose petitions the viewer may choose from. */
    private Layout.Line line(Viewer viewer, Query query, Page page) {
        UUID cycle = query.cycle();
        return papers.line(viewer.tenantId(), cycle == null ? page.cycles().keySet() : List.of(cycle));
    }

    private TableDocument document(Viewer viewer, Query query, Page page) {
        LocalDate today = petitions.today();
        String title = t("petitions.register");
        return new TableDocument(
                title,
                today,
                Layouts.at(line(viewer, query, page), today).sideways(),
                new TableDocument.Header(
                        "", units.tenantName(viewer.tenantId()), null, t("petitions.letter.place"), null),
                List.of(title),
                t("petitions.register.as-of", VietnameseDates.format(today)),
                List.of(
                        new Column(t("petitions.column.number"), 4, Align.CENTER, Kind.NUMBER),
                        new Column(t("petitions.column.register"), 7, Align.CENTER, Kind.TEXT),
                        new Column(t("petitions.column.person"), 16, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.unit"), 16, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.cycle"), 18, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.level"), 10, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.filed"), 9, Align.CENTER, Kind.DATE),
                        new Column(t("petitions.column.ack"), 9, Align.CENTER, Kind.DATE),
                        new Column(t("petitions.column.answer-by"), 9, Align.CENTER, Kind.DATE),
                        new Column(t("petitions.column.closed"), 9, Align.CENTER, Kind.DATE),
                        new Column(t("petitions.column.state"), 13, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.clock"), 10, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.handler"), 14, Align.LEFT, Kind.TEXT),
                        new Column(t("petitions.column.outcome"), 14, Align.LEFT, Kind.TEXT)),
                () -> {
                    var number = new AtomicInteger();
                    return page.lines().stream().map(line -> row(number.incrementAndGet(), line));
                },
                List.of(
                        t("petitions.register.total", page.total()),
                        Stream.of(ClockState.values())
                                .map(clock -> t("petitions.clock." + clock.code()) + ": "
                                        + page.counts().getOrDefault(clock, 0L))
                                .collect(Collectors.joining("; "))),
                new TableDocument.Signatures(List.of(), List.of()),
                "vi");
    }

    private List<String> row(int number, Line line) {
        return List.of(
                String.valueOf(number),
                line.registered(),
                line.fullName(),
                line.unitName(),
                line.cycleTitle(),
                line.gradeName(),
                day(line.filedOn()),
                day(line.ackOn()),
                day(line.answerBy()),
                day(line.closedOn()),
                t("petitions.state." + line.state().code()),
                t("petitions.clock." + line.clock().code()),
                line.handler(),
                line.outcome() == null || line.state() != State.ANSWERED
                        ? ""
                        : t("petitions.outcome." + line.outcome().code()));
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : VietnameseDates.format(day);
    }

    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE));
    }

    // Rules

    @GetMapping(RULES)
    @Allowed({Permission.RUN_PETITIONS, Permission.READ_PETITIONS})
    View rules(Viewer viewer) {
        return rules(viewer, null, FormErrors.NONE);
    }

    private View rules(Viewer viewer, @Nullable Map<String, String> typed, FormErrors errors) {
        PetitionRule now = petitions.rule(viewer.tenantId(), petitions.today());
        return new RulePage(
                now,
                petitions.rules(viewer.tenantId()),
                petitions.maySetRules(viewer),
                typed == null ? fields(now) : typed,
                errors);
    }

    private Map<String, String> fields(PetitionRule rule) {
        var fields = new HashMap<String, String>();
        fields.put("tu-ngay", VietnameseDates.format(petitions.today()));
        fields.put("tiep-nhan", String.valueOf(rule.acknowledgeDays()));
        fields.put("y-kien", String.valueOf(rule.opinionDays()));
        fields.put("muon", String.valueOf(rule.lateDays()));
        fields.put("thu-truong", String.valueOf(rule.headAfter()));
        fields.put("tam-dung", rule.standsStill() ? "co" : "");
        fields.put("phe-duyet", rule.approval() ? "co" : "");
        fields.put("cap-duoi", rule.subordinates().code());
        fields.put("tham-quyen", rule.decides().code());
        fields.put("cho-xem", rule.showsOpinions().code());
        fields.put("can-cu", rule.basis());
        return fields;
    }

    @PostMapping(RULES)
    @Allowed(Permission.RUN_PETITIONS)
    Object setRule(Viewer viewer, @RequestParam Map<String, String> typed) {
        if (!(VietnameseDates.parse(typed.getOrDefault("tu-ngay", ""))
                instanceof VietnameseDates.Parsed.Read(var from))) {
            return rules(viewer, typed, FormErrors.of("tu-ngay", Reason.of("assessments.day.unread")));
        }
        var subordinates = choice(PetitionRule.Subordinates.values(), typed.getOrDefault("cap-duoi", ""));
        var decides = choice(PetitionRule.Decides.values(), typed.getOrDefault("tham-quyen", ""));
        var shows = choice(PetitionRule.ShowsOpinions.values(), typed.getOrDefault("cho-xem", ""));
        if (subordinates == null || decides == null || shows == null) {
            String field = subordinates == null ? "cap-duoi" : decides == null ? "tham-quyen" : "cho-xem";
            return rules(viewer, typed, FormErrors.of(field, Reason.of("petitions.rule.choose")));
        }
        Moved moved = petitions.setRule(
                viewer,
                new PetitionRule(
                        null,
                        from,
                        days(typed, "tiep-nhan"),
                        days(typed, "y-kien"),
                        days(typed, "muon"),
                        typed.containsKey("tam-dung"),
                        subordinates,
                        decides,
                        typed.containsKey("phe-duyet"),
                        shows,
                        days(typed, "thu-truong"),
                        typed.getOrDefault("can-cu", "")));
        return switch (moved) {
            case Moved.Done any -> Answer.done(RULES, "petition-rule-set");
            case Moved.Refused(var field, var why) -> rules(viewer, typed, FormErrors.of(field, why));
        };
    }

    private static <E extends Enum<E>> @Nullable E choice(E[] values, String code) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(code)) {
                return value;
            }
        }
        return null;
    }

    /** What is no number of days is out of every range. */
    private static int days(Map<String, String> typed, String field) {
        String text = typed.getOrDefault(field, "").strip();
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }
}
