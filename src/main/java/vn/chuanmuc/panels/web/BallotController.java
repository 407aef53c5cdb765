package vn.chuanmuc.panels.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.panels.BallotCode;
import vn.chuanmuc.panels.Ballots;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * The ballot of whoever holds a slip. The code travels in the body of a form only: an address would stay in histories and in logs of
 * machines on the way. A slip's QR has it behind a #, which browsers keep to themselves.
 */
@Controller
class BallotController {
    static final String AT = "/bo-phieu";
    private static final String OPEN = "A secret ballot: whoever holds a slip votes, and must not say who they are";
    private static final int LONGEST = 60;

    private final Ballots ballots;
    private final CodeTries tries;

    BallotController(Ballots ballots, CodeTries tries) {
        this.ballots = ballots;
        this.tries = tries;
    }

    @GetMapping(AT)
    @OpenToAll(OPEN)
    View ask() {
        return new BallotPage("", null, Map.of(), false, 200, FormErrors.NONE);
    }

    @PostMapping(AT)
    @OpenToAll(OPEN)
    View open(@RequestParam(name = "ma", defaultValue = "") String typed, HttpServletRequest request) {
        Optional<BallotCode> code = BallotCode.read(typed);
        if (code.isEmpty()) {
            return wrong(typed, "panels.ballot.misread", request);
        }
        return switch (ballots.find(code.get())) {
            case Ballots.Found.Open(var ballot) ->
                new BallotPage(code.get().written(), ballot, Map.of(), false, 200, FormErrors.NONE);
            case Ballots.Found.Used used -> used();
            case Ballots.Found.Unknown unknown -> wrong(typed, "panels.ballot.unknown", request);
        };
    }

    @PostMapping(AT + "/gui")
    @OpenToAll(OPEN)
    Object cast(@RequestParam MultiValueMap<String, String> fields, HttpServletRequest request) {
        String typed = Optional.ofNullable(fields.getFirst("ma")).orElse("");
        Optional<BallotCode> code = BallotCode.read(typed);
        if (code.isEmpty()) {
            return wrong(typed, "panels.ballot.misread", request);
        }
        var chosen = new LinkedHashMap<UUID, String>();
        fields.forEach((name, values) -> {
            UUID form = name.startsWith("p-") ? Ids.read(name.substring(2)) : null;
            if (form != null) {
                chosen.put(form, values.getFirst());
            }
        });
        return switch (ballots.cast(code.get(), chosen)) {
            case Ballots.Cast.Done done -> Answer.done(AT, "ballot-cast");
            case Ballots.Cast.Used used -> used();
            case Ballots.Cast.Unknown unknown -> wrong(typed, "panels.ballot.unknown", request);
            case Ballots.Cast.Missing(var ballot, var forms) -> {
                FormErrors errors = FormErrors.NONE;
                for (UUID form : forms) {
                    String name = ballot.people().stream()
                            .filter(item -> item.formId().equals(form))
                            .map(item -> item.fullName())
                            .findFirst()
                            .orElse("");
                    errors = errors.and("p-" + form, Reason.of("panels.ballot.missing", name));
                }
                yield new BallotPage(code.get().written(), ballot, chosen, false, 422, errors);
            }
        };
    }

    /** Says nothing of what was chosen: nobody can show how they voted. */
    private static View used() {
        return new BallotPage("", null, Map.of(), true, 200, FormErrors.NONE);
    }

    private View wrong(String typed, String key, HttpServletRequest request) {
        return tries.answered(request.getRemoteAddr())
                ? new BallotPage(shortened(typed), null, Map.of(), false, 422, FormErrors.of("ma", Reason.of(key)))
                : tooMany(typed);
    }

    private static View tooMany(String typed) {
        return new BallotPage(
                shortened(typed), null, Map.of(), false, 429, FormErrors.of("ma", Reason.of("panels.ballot.too-many")));
    }

    private static String shortened(String typed) {
        return typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
    }
}
