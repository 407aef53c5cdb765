package vn.chuanmuc.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Scoring;
import vn.chuanmuc.rules.SetShape;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** A version tried on made-up answers, by its address alone: nothing is kept and nobody is meant. */
@Controller
class TryController {
    private static final String TRY = RulesController.RULES + "/{id}/thu";

    private final Rules rules;
    private final Shapes shapes;
    private final Words words;

    TryController(Rules rules, Shapes shapes, Words words) {
        this.rules = rules;
        this.shapes = shapes;
        this.words = words;
    }

    /** What was asked. */
    private record Asked(
            CriteriaSet set,
            SetShape shape,
            List<Integer> levels,
            Map<String, String> figures,
            Map<String, Boolean> facts,
            Answers answers,
            FormErrors errors) {}

    private @Nullable Asked asked(Viewer viewer, RuleVersion version, Map<String, String> sent) {
        RuleBook book = version.book();
        CriteriaSet set = shapes.find(viewer.tenantId(), Ids.read(sent.getOrDefault("bo", "")))
                .orElse(null);
        if (set == null) {
            return null;
        }
        SetShape shape = shapes.shape(viewer.tenantId(), set);
        boolean filled = sent.containsKey("n1");
        List<@Nullable Integer> example = Shapes.example(book, shape.items());
        var levels = new ArrayList<Integer>();
        var given = new ArrayList<@Nullable Integer>();
        FormErrors errors = FormErrors.NONE;
        for (int position = 1; position <= shape.items(); position++) {
            String typed = sent.getOrDefault("n" + position, "");
            Integer ordinal = filled ? read(typed, book.scale().size()) : example.get(position - 1);
            if (filled && ordinal == null && !typed.isEmpty() && !typed.equals("0")) {
                errors = errors.and("n" + position, Reason.of("rules.try.level", position));
            }
            levels.add(ordinal == null ? 0 : ordinal);
            given.add(ordinal);
        }
        var typedFigures = new LinkedHashMap<String, String>();
        var figures = new HashMap<String, BigDecimal>();
        for (RuleBook.Figure figure : book.figures()) {
            String field = "sl-" + figure.code();
            String typed = filled
                    ? sent.getOrDefault(field, "")
                    : vn.chuanmuc.kernel.VietnameseNumbers.format(figure.most()).replace(".", "");
            String shown = typed.length() > 20 ? typed.substring(0, 20) : typed;
            typedFigures.put(figure.code(), shown);
            if (shown.strip().matches("-?[0-9]{1,7}(,[0-9]{1,6})?")) {
                figures.put(figure.code(), new BigDecimal(shown.strip().replace(',', '.')));
            } else if (!shown.isBlank()) {
                errors = errors.and(field, Reason.of("rules.form.number", shown));
            }
        }
        var facts = new LinkedHashMap<String, Boolean>();
        book.disqualifiers().stream().filter(rule -> rule.formula().isEmpty()).forEach(rule -> {
            String said = sent.getOrDefault("sv-" + rule.code(), "");
            if (said.equals("true") || said.equals("false")) {
                facts.put(rule.code(), said.equals("true"));
            }
        });
        return new Asked(set, shape, levels, typedFigures, facts, new Answers(given, figures, facts), errors);
    }

    private static @Nullable Integer read(String typed, int most) {
        if (!typed.matches("[0-9]{1,2}")) {
            return null;
        }
        int ordinal = Integer.parseInt(typed);
        return ordinal >= 1 && ordinal <= most ? ordinal : null;
    }

    @GetMapping(TRY)
    @Allowed({Permission.READ_RULES, Permission.RATE_SELF})
    View page(Viewer viewer, @PathVariable("id") UUID id, @RequestParam Map<String, String> sent) {
        RuleVersion version = rules.get(viewer, id);
        List<CriteriaSet> sets = shapes.sets(viewer.tenantId());
        Asked asked = asked(viewer, version, sent);
        if (asked == null) {
            return new TryPage(version, sets, null, null, List.of(), Map.of(), Map.of(), null, "", FormErrors.NONE);
        }
        Computation computation =
                asked.errors().none() ? Scoring.compute(version.book(), asked.shape(), asked.answers()) : null;
        return new TryPage(
                version,
                sets,
                asked.set().id(),
                shapes.text(viewer.tenantId(), asked.set()),
                asked.levels(),
                asked.figures(),
                asked.facts(),
                computation,
                query(asked),
                asked.errors());
    }

    private static String query(Asked asked) {
        var parts = new ArrayList<String>();
        parts.add("bo=" + asked.set().id());
        for (int at = 0; at < asked.levels().size(); at++) {
            parts.add("n" + (at + 1) + "=" + asked.levels().get(at));
        }
        asked.figures().forEach((code, value) -> parts.add("sl-" + code + "=" + Ui.encode(value)));
        asked.facts().forEach((code, strikes) -> parts.add("sv-" + code + "=" + strikes));
        return parts.stream().collect(Collectors.joining("&"));
    }

    @GetMapping(TRY + ".xlsx")
    @Allowed({Permission.READ_RULES, Permission.RATE_SELF})
    void sheet(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam Map<String, String> sent,
            HttpServletResponse response)
            throws IOException {
        RuleVersion version = rules.get(viewer, id);
        Asked asked = asked(viewer, version, sent);
        if (asked == null || !asked.errors().none()) {
            throw new NotFound("set");
        }
        var bytes = new ByteArrayOutputStream();
        Rules.sheet(version.book(), asked.shape(), asked.answers(), words::of, bytes);
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"bang-tinh-thu.xlsx\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
    }
}
