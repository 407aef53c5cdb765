package vn.chuanmuc.panels;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Rules of meetings, meetings from their convening on, and everything that was noted, counted, concluded and signed in them. */
@Component
class PanelEvidence implements Evidence {
    static final String RULE = "panels.rule";
    static final String MEETING = "panels.meeting";
    static final String SEATS = "panels.seat";
    static final String AGENDA = "panels.agenda";
    static final String PRESENCE = "panels.presence";
    static final String REMARK = "panels.remark";
    static final String ROUND = "panels.round";
    static final String ROUND_FORMS = "panels.round_form";
    static final String COUNT = "panels.count";
    static final String WITNESS = "panels.witness";
    static final String CONCLUSION = "panels.conclusion";
    static final String MINUTES = "panels.minutes";
    static final String COPY = "panels.minutes_copy";
    static final String SIGNATURE = "panels.signature";
    static final String DELIVERY = "panels.delivery";

    private static final String CONVENED = """
            exists (select from panels.meeting m
                    where m.tenant_id = t.tenant_id and m.id = t.meeting_id and m.convened_at is not null)
            """;

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(RULE, "id"),
                Kind.of(MEETING, "id").where("t.convened_at is not null").changing(),
                Kind.of(SEATS, "meeting_id", "person_id").togetherBy(1).where(CONVENED),
                Kind.of(AGENDA, "meeting_id", "form_id").togetherBy(1).where(CONVENED),
                Kind.of(PRESENCE, "meeting_id", "person_id", "seq"),
                Kind.of(REMARK, "meeting_id", "form_id", "seq"),
                Kind.of(ROUND, "id").changing(),
                Kind.of(ROUND_FORMS, "round_id", "form_id").togetherBy(1),
                Kind.of(COUNT, "round_id", "version", "form_id").togetherBy(2),
                Kind.of(WITNESS, "round_id", "version", "person_id"),
                Kind.of(CONCLUSION, "meeting_id", "form_id", "version"),
                Kind.of(MINUTES, "meeting_id", "version"),
                Kind.of(COPY, "meeting_id", "version", "seq"),
                Kind.of(SIGNATURE, "meeting_id", "version", "role"),
                Kind.of(DELIVERY, "meeting_id", "form_id", "seq"));
    }
}
