package vn.chuanmuc.assessments;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Holders;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.rules.RuleBook.Actor;

/** Tells people of forms that wait for them by what one person did about one form, with it; the rest is told by {@link StageLooks}. */
@Component
class StageNotices {
    private final Holders holders;
    private final Notifications notifications;

    StageNotices(Holders holders, Notifications notifications) {
        this.holders = holders;
        this.notifications = notifications;
    }

    /** A stage of a form is open again: whoever handed it in hears of it. */
    void sentBack(Viewer viewer, Form form, Said said, String stageName) {
        tell(
                viewer,
                Kind.FORM_SENT_BACK,
                form,
                said,
                stageName,
                said.stage() + " " + said.handing(),
                said.actor() == Actor.SELF
                        ? holders.of(viewer.tenantId(), List.of(form.personId()))
                        : raters(viewer.tenantId(), form, said.unitId(), said.accountId()));
    }

    /** A stage that is open was given to somebody else. @param exception the record of it */
    void given(
            Viewer viewer,
            Form form,
            Said said,
            String stageName,
            UUID exception,
            @Nullable UUID unitId,
            @Nullable UUID accountId) {
        tell(
                viewer,
                Kind.STAGE_OPENED,
                form,
                said,
                stageName,
                exception.toString(),
                raters(viewer.tenantId(), form, unitId, accountId));
    }

    private List<UUID> raters(UUID tenant, Form form, @Nullable UUID unitId, @Nullable UUID accountId) {
        if (accountId != null) {
            return List.of(accountId);
        }
        if (unitId == null) {
            return List.of();
        }
        List<UUID> own = holders.of(tenant, List.of(form.personId()));
        return holders.in(tenant, Permission.RATE_AS_HEAD, unitId).stream()
                .filter(head -> !own.contains(head))
                .toList();
    }

    private void tell(
            Viewer viewer,
            Kind kind,
            Form form,
            Said said,
            String stageName,
            String occasion,
            Collection<UUID> accounts) {
        notifications.tell(
                new Notice(
                        viewer.tenantId(),
                        kind,
                        viewer.accountId(),
                        form.id(),
                        occasion,
                        List.of(form.cycleTitle(), stageName),
                        "/danh-gia/phieu/" + form.period().code() + "/" + form.id() + "/" + said.stage(),
                        said.due()),
                accounts);
    }

    /** Decisions of a desk were not approved: whoever decides there hears of it, once for all of them. */
    void decisionsSentBack(Viewer viewer, Cycle cycle, UUID unitId, String unitName, Instant at) {
        notifications.tell(
                new Notice(
                        viewer.tenantId(),
                        Kind.FORM_SENT_BACK,
                        viewer.accountId(),
                        cycle.id(),
                        unitId + " " + at,
                        List.of(cycle.title(), unitName),
                        "/danh-gia/quyet-dinh/" + cycle.id() + "/" + unitId,
                        null),
                holders.in(viewer.tenantId(), Permission.RATE_AS_HEAD, unitId));
    }
}
