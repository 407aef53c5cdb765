package vn.chuanmuc.assessments;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.LevelDecisions.Case;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;

/**
 * The numbers of notices of results: taken when a decision is approved, in the run of the unit whose notice it is. A notice of another
 * version is another paper; the number of the one before stays used.
 */
@Component
class ResultNumbers {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final Numbering numbering;
    private final CyclePapers papers;
    private final Accounts accounts;
    private final MessageSource messages;
    private final Clock clock;

    ResultNumbers(Numbering numbering, CyclePapers papers, Accounts accounts, MessageSource messages, Clock clock) {
        this.numbering = numbering;
        this.papers = papers;
        this.accounts = accounts;
        this.messages = messages;
        this.clock = clock;
    }

    /** Takes the number of a decision that was just approved; where no run is known for the day, the notice goes without. */
    void take(Viewer viewer, Cycle cycle, Case about) {
        LevelDecisions.Result result = Objects.requireNonNull(about.result());
        UUID tenant = viewer.tenantId();
        var taking = numbering.take(new Numbering.Request(
                tenant,
                about.formUnit(),
                papers.line(tenant, cycle),
                PaperKind.RESULT,
                LocalDate.now(clock),
                subject(about.formId(), result.version()),
                t("assessments.number.title", about.fullName(), cycle.title()),
                accounts.names(tenant, List.of(result.decidedBy())).getOrDefault(result.decidedBy(), ""),
                viewer.accountId()));
        Integer before = result.standing();
        if (before != null && before != result.version()) {
            numbering.withdraw(
                    tenant,
                    subject(about.formId(), before),
                    taking instanceof Numbering.Taking.Taken(var bearing)
                            ? t("assessments.number.replaced", bearing.written())
                            : t("assessments.number.replaced.without"),
                    viewer.accountId());
        }
    }

    /** The number of the notice of a version; empty where it was approved without one. */
    Optional<Bearing> of(UUID tenantId, UUID formId, int version) {
        return numbering.of(tenantId, subject(formId, version));
    }

    private static UUID subject(UUID formId, int version) {
        return UUID.nameUUIDFromBytes(("result/" + formId + "/" + version).getBytes(StandardCharsets.UTF_8));
    }

    /** What stands in the book is in Vietnamese. */
    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, VIETNAMESE));
    }
}
