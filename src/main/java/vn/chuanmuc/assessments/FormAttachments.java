package vn.chuanmuc.assessments;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms.Attached;
import vn.chuanmuc.assessments.Forms.Attachment;
import vn.chuanmuc.assessments.Forms.AttachmentKind;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/** What is attached to a stage of a form beside its items: files, addresses, figures that are brought in. */
@Component
class FormAttachments {
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_ADDRESS = 1_000;

    private final FormStore store;
    private final FormReading reading;
    private final Contents contents;
    private final ObjectProvider<FigureSource> figures;
    private final Clock clock;

    FormAttachments(
            FormStore store,
            FormReading reading,
            Contents contents,
            ObjectProvider<FigureSource> figures,
            Clock clock) {
        this.store = store;
        this.reading = reading;
        this.contents = contents;
        this.figures = figures;
        this.clock = clock;
    }

    Attached attachFile(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, byte[] bytes) {
        String mediaType;
        switch (AttachedFiles.look(bytes)) {
            case AttachedFiles.Looked.Refused(var why) -> {
                return new Attached.Refused("tep", why);
            }
            case AttachedFiles.Looked.Good(var type) -> mediaType = type;
        }
        return attach(viewer, period, formId, stage, position, title, "tep", id -> {
            byte[] hash = contents.attach(viewer.tenantId(), viewer.accountId(), formId, mediaType, bytes);
            return new Attachment(
                    id,
                    stage,
                    position,
                    AttachmentKind.FILE,
                    Texts.oneLine(title),
                    null,
                    hash,
                    mediaType,
                    (long) bytes.length,
                    null,
                    null,
                    null,
                    null,
                    null);
        });
    }

    Attached attachLink(
            Viewer viewer, Period period, UUID formId, String stage, int position, String title, String address) {
        String clean = address.strip();
        if (!isAddress(clean)) {
            return new Attached.Refused("dia-chi", Reason.of("assessments.link.address"));
        }
        return attach(
                viewer,
                period,
                formId,
                stage,
                position,
                title,
                "ten",
                id -> new Attachment(
                        id,
                        stage,
                        position,
                        AttachmentKind.LINK,
                        Texts.oneLine(title),
                        clean,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private static boolean isAddress(String address) {
        if (address.length() > LONGEST_ADDRESS || !address.matches("https?://[^\\s\"<>]+")) {
            return false;
        }
        try {
            return new URI(address).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    List<FigureSource.Figure> figures(UUID tenantId, Form form) {
        return figures.stream()
                .flatMap(source -> source.of(tenantId, form.personId(), form.dayFrom(), form.dayTo()).stream())
                .toList();
    }

    Attached attachFigure(Viewer viewer, Period period, UUID formId, String stage, int position, UUID id) {
        Form form = reading.sheet(viewer, period, formId).form();
        Optional<FigureSource.Figure> known = figures(viewer.tenantId(), form).stream()
                .filter(figure -> figure.id().equals(id))
                .findFirst();
        if (known.isEmpty()) {
            return new Attached.Refused("chi-so", Reason.of("assessments.figure.none"));
        }
        FigureSource.Figure figure = known.get();
        Optional<Attached> refused =
                attachable(viewer, period, formId, stage, position); // one after the other from here
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Attachment> held = reading.sheet(viewer, period, formId).attachments(stage, position).stream()
                .filter(one -> id.equals(one.figureId()))
                .findFirst();
        if (held.isPresent()) {
            return new Attached.Done(held.get().id());
        }
        return attach(
                viewer,
                period,
                formId,
                stage,
                position,
                figure.title(),
                "chi-so",
                made -> new Attachment(
                        made,
                        stage,
                        position,
                        AttachmentKind.FIGURE,
                        Texts.oneLine(figure.title()),
                        null,
                        null,
                        null,
                        null,
                        figure.code(),
                        figure.value(),
                        figure.on(),
                        figure.id(),
                        figure.source()));
    }

    private interface Making {
        Attachment of(UUID id);
    }

    private Attached attach(
            Viewer viewer,
            Period period,
            UUID formId,
            String stage,
            int position,
            String title,
            String field,
            Making making) {
        Optional<Attached> refused = attachable(viewer, period, formId, stage, position);
        if (refused.isPresent()) {
            return refused.get();
        }
        String words = Texts.oneLine(title);
        if (words.isEmpty() || words.length() > LONGEST_TITLE) {
            return new Attached.Refused(
                    field.equals("tep") ? "ten-tep" : field, Reason.of("assessments.attachment.title", LONGEST_TITLE));
        }
        Sheet sheet = reading.sheet(viewer, period, formId);
        long held = sheet.attachments().stream()
                .filter(one -> one.stage().equals(stage))
                .count();
        if (held >= Forms.MOST_ATTACHMENTS) {
            return new Attached.Refused("", Reason.of("assessments.attachment.many", Forms.MOST_ATTACHMENTS));
        }
        UUID id = Ids.next();
        store.insertAttachment(viewer.tenantId(), sheet.form(), making.of(id), viewer.accountId(), now());
        return new Attached.Done(id);
    }

    Attached detach(Viewer viewer, Period period, UUID formId, String stage, UUID attachment) {
        Optional<Attached> refused = attachable(viewer, period, formId, stage, 0);
        if (refused.isPresent()) {
            return refused.get();
        }
        Form form = reading.sheet(viewer, period, formId).form();
        store.deleteAttachment(viewer.tenantId(), form, stage, attachment); // gone already is gone
        return new Attached.Done(attachment);
    }

    private Optional<Attached> attachable(Viewer viewer, Period period, UUID formId, String stage, int position) {
        Sheet sheet = reading.sheet(viewer, period, formId);
        FormReading.acting(viewer, sheet, stage);
        if (!store.lockStage(viewer.tenantId(), sheet.form(), stage)) {
            throw new NotFound("stage");
        }
        Sheet now = reading.sheet(viewer, period, formId);
        Optional<Reason> locked = reading.locked(now.form(), FormReading.acting(viewer, now, stage));
        if (locked.isPresent()) {
            return Optional.of(new Attached.Refused("", locked.get()));
        }
        return position < 0 || position > now.form().items()
                ? Optional.of(new Attached.Refused(
                        "", Reason.of("assessments.level.count", now.form().items())))
                : Optional.empty();
    }

    Contents.Content file(Viewer viewer, Period period, UUID formId, UUID attachment) {
        Attachment held = reading.sheet(viewer, period, formId).attachments().stream()
                .filter(one -> one.id().equals(attachment))
                .findFirst()
                .orElseThrow(() -> new NotFound("attachment"));
        byte[] hash = held.hash();
        if (hash == null) {
            throw new NotFound("file");
        }
        return contents.find(viewer.tenantId(), hash)
                .orElseThrow(() -> new IllegalStateException("an attached file is missing"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
