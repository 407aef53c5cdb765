package vn.chuanmuc.assessments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.assessments.LevelDecisions.Choice;
import vn.chuanmuc.assessments.LevelDecisions.Desk;
import vn.chuanmuc.assessments.LevelDecisions.Given;
import vn.chuanmuc.assessments.LevelDecisions.QuotaView;
import vn.chuanmuc.assessments.LevelDecisions.Shown;
import vn.chuanmuc.assessments.LevelDecisions.TakenFigure;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.rules.Amount;
import vn.chuanmuc.rules.Answers;
import vn.chuanmuc.rules.Computation;
import vn.chuanmuc.rules.RuleBook.Grade;

/** What is kept of a decision: canonical JSON of everything that was on the table, so that it can be read and computed again. */
final class LevelDecisionFile {
    /** Since 2 what nobody looked at is told from what does not strike; before, what did not strike was all that was not named. */
    private static final int FORMAT = 2;

    private LevelDecisionFile() {}

    /** What a decision was made from. @param signs as they were shown, {@code unknown} too */
    record Read(
            @Nullable String stage,
            Answers answers,
            List<Reason> unknown,
            List<Reason> signs,
            List<TakenFigure> taken) {}

    static String write(
            Desk desk,
            Case about,
            Shown shown,
            List<QuotaView> quotas,
            int allBest,
            Choice choice,
            Grade grade,
            int version,
            @Nullable UUID petition) {
        var file = new LinkedHashMap<String, @Nullable Object>();
        file.put("format", FORMAT);
        file.put("form", about.formId().toString());
        file.put("period", about.period().code());
        file.put("version", version);
        file.put("cycle", about.cycleId().toString());
        file.put("person", about.personId().toString());
        file.put("unit", desk.unitId().toString());
        file.put("rule", desk.cycle().ruleVersion().toString());
        file.put("set", about.setId().toString());
        file.put("stage", about.base().map(Given::stage).orElse(null));
        List<@Nullable Integer> levels = about.base().map(Given::levels).orElseGet(() -> nothing(about.items()));
        file.put("levels", levels);
        var figures = new TreeMap<String, String>();
        about.figures().forEach((code, value) -> figures.put(code, value.toPlainString()));
        file.put("figures", figures);
        if (!about.taken().isEmpty()) {
            file.put(
                    "taken",
                    about.taken().stream().map(LevelDecisionFile::taken).toList());
        }
        file.put("facts", new TreeMap<>(shown.facts()));
        file.put("suggestion", suggestion(shown.computation()));
        file.put("unknown", reasons(shown.unknown()));
        var signs = new ArrayList<>(shown.signs());
        if (allBest > 0) {
            signs.add(Reason.of("assessments.sign.all-best", allBest));
        }
        file.put("signs", reasons(signs));
        file.put("quotas", quotas.stream().map(LevelDecisionFile::quota).toList());
        if (shown.unitGrade() != null) {
            file.put("unitGrade", shown.unitGrade().grade());
        }
        if (petition != null) {
            file.put("petition", petition.toString());
        }
        file.put("grade", grade.code());
        file.put("gradeName", grade.words());
        file.put("reason", Texts.oneLine(choice.reason()));
        file.put("remark", Texts.nfc(choice.remark()).strip());
        return Exceptions.CANONICAL.writeValueAsString(file);
    }

    private static Map<String, @Nullable Object> taken(TakenFigure figure) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("id", figure.id() == null ? null : figure.id().toString());
        one.put("stage", figure.stage());
        one.put("item", figure.position());
        one.put("code", figure.code());
        one.put("title", figure.title());
        one.put("value", figure.value());
        one.put("on", figure.on().toString());
        one.put("source", figure.source());
        FigureSource.Change change = figure.change();
        if (change != null) {
            one.put("changed", change.at().toString());
            one.put("now", change.now());
        }
        return one;
    }

    /** As it was on the table, with what was known then of what became of it at its source. */
    private static List<TakenFigure> taken(JsonNode nodes) {
        var taken = new ArrayList<TakenFigure>();
        nodes.forEach(one -> taken.add(new TakenFigure(
                one.path("id").isNull() ? null : UUID.fromString(one.path("id").asString()),
                one.path("stage").asString(),
                one.path("item").asInt(),
                one.path("code").asString(),
                one.path("title").asString(),
                one.path("value").asString(),
                LocalDate.parse(one.path("on").asString()),
                one.path("source").asString(),
                one.has("changed")
                        ? new FigureSource.Change(
                                one.path("now").isNull()
                                        ? null
                                        : one.path("now").asString(),
                                Instant.parse(one.path("changed").asString()))
                        : null)));
        return taken;
    }

    private static Map<String, @Nullable Object> suggestion(Computation computation) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put(
                "grade",
                computation.suggested() == null ? null : computation.suggested().code());
        said.put(
                "byRule",
                computation.byRule() == null ? null : computation.byRule().code());
        said.put("result", amount(computation.result()));
        said.put("unrounded", amount(computation.unrounded()));
        said.put("none", computation.none() == null ? null : reason(computation.none()));
        var tallies = new TreeMap<String, Integer>();
        computation.tallies().forEach(tally -> tallies.put(tally.level().code(), tally.items()));
        said.put("tallies", tallies);
        said.put("counted", computation.counted());
        said.put("notApplicable", computation.notApplicable());
        said.put("notAssessed", computation.notAssessed());
        said.put(
                "steps",
                computation.steps().stream()
                        .map(step -> {
                            var one = new LinkedHashMap<String, @Nullable Object>();
                            one.put("what", reason(step.what()));
                            one.put("expression", step.expression());
                            one.put("value", amount(step.value()));
                            one.put("words", step.words() == null ? null : reason(step.words()));
                            return one;
                        })
                        .toList());
        var caps = new TreeMap<String, String>();
        computation
                .caps()
                .forEach(cap -> caps.put(cap.rule().code(), cap.struck().name()));
        said.put("disqualifiers", caps);
        return said;
    }

    private static @Nullable Map<String, Object> amount(@Nullable Amount amount) {
        return amount == null
                ? null
                : Map.of(
                        "value", amount.value().toPlainString(),
                        "fraction", amount.fraction(),
                        "unit", amount.unit().name());
    }

    private static Map<String, Object> quota(QuotaView view) {
        var quota = new LinkedHashMap<String, Object>();
        quota.put("grade", view.grade().code());
        quota.put("percent", view.state().quota().percent().toPlainString());
        quota.put("denominator", view.state().quota().denominator().name());
        quota.put("among", view.set() == null ? "unit" : view.set().toString());
        quota.put("scope", view.agency() == null ? "desk" : "agency");
        quota.put("base", view.state().base());
        quota.put("exact", view.state().exact().toPlainString());
        quota.put("allowed", view.state().allowed());
        quota.put("used", view.state().used());
        return quota;
    }

    private static List<Map<String, Object>> reasons(List<Reason> reasons) {
        return reasons.stream().map(LevelDecisionFile::reason).toList();
    }

    private static Map<String, Object> reason(Reason reason) {
        return Map.of(
                "key",
                reason.key(),
                "arguments",
                reason.arguments().stream().map(LevelDecisionFile::argument).toList());
    }

    private static Object argument(Object argument) {
        return switch (argument) {
            case Integer number -> number;
            case Long number -> number;
            case Reason nested -> reason(nested);
            case LocalDate day -> day.toString();
            case Instant moment -> moment.toString();
            default -> String.valueOf(argument);
        };
    }

    /** A form of which no stage says anything: every item is not assessed. */
    static List<@Nullable Integer> nothing(int items) {
        var levels = new ArrayList<@Nullable Integer>(items);
        for (int at = 0; at < items; at++) {
            levels.add(null);
        }
        return Collections.unmodifiableList(levels);
    }

    static Read read(String json) {
        JsonNode file = Exceptions.CANONICAL.readTree(json);
        var levels = new ArrayList<@Nullable Integer>();
        file.path("levels").forEach(level -> levels.add(level.isNull() ? null : level.asInt()));
        var figures = new HashMap<String, BigDecimal>();
        file.path("figures")
                .properties()
                .forEach(figure -> figures.put(
                        figure.getKey(), new BigDecimal(figure.getValue().asString())));
        return new Read(
                file.path("stage").isNull() ? null : file.path("stage").asString(),
                new Answers(levels, figures, facts(file)),
                reasons(file.path("unknown")),
                reasons(file.path("signs")),
                taken(file.path("taken")));
    }

    /** What was said of disqualifiers; of the first format as it was recorded then, with what nobody named as not striking. */
    private static Map<String, Boolean> facts(JsonNode file) {
        var facts = new HashMap<String, Boolean>();
        if (file.has("format")) {
            file.path("facts")
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asBoolean()));
            return facts;
        }
        file.path("suggestion").path("disqualifiers").properties().forEach(said -> {
            if (said.getValue().asString().equals(Computation.Struck.NO.name())) {
                facts.put(said.getKey(), false);
            }
        });
        file.path("facts").forEach(fact -> facts.put(fact.asString(), true));
        return facts;
    }

    private static List<Reason> reasons(JsonNode nodes) {
        var reasons = new ArrayList<Reason>();
        nodes.forEach(node -> reasons.add(reason(node)));
        return reasons;
    }

    private static Reason reason(JsonNode node) {
        var arguments = new ArrayList<>();
        node.path("arguments")
                .forEach(argument -> arguments.add(
                        argument.isObject()
                                ? reason(argument)
                                : argument.isNumber() ? (Object) argument.asInt() : argument.asString()));
        return new Reason(node.path("key").asString(), arguments);
    }
}
