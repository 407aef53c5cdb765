package vn.chuanmuc.rules;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Versions as entered, who confirmed or refused them, what was withdrawn, and the days of the calendar. */
@Component
class RulesEvidence implements Evidence {
    static final String VERSION = "rules.version";
    static final String VERDICT = "rules.verdict";
    static final String WITHDRAWAL = "rules.withdrawal";
    static final String DAY = "rules.calendar_day";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(VERSION, "id"),
                Kind.of(VERDICT, "version_id"),
                Kind.of(WITHDRAWAL, "version_id"),
                Kind.of(DAY, "id"));
    }
}
