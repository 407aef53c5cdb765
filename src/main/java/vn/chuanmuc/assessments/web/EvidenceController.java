package vn.chuanmuc.assessments.web;

import java.io.IOException;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Attached;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What shows that a level is right: files, links, figures of one item. */
@Controller
class EvidenceController {
    private static final String ITEM = FormController.STAGE + "/minh-chung/{position:[0-9]{1,4}}";

    private final Forms forms;

    EvidenceController(Forms forms) {
        this.forms = forms;
    }

    @GetMapping(ITEM)
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    View show(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID id,
            @PathVariable("stage") String stage,
            @PathVariable("position") int position) {
        return page(viewer, period, id, stage, position, "", "", "", FormErrors.NONE);
    }

    private View page(
            Viewer viewer,
            String period,
            UUID id,
            String stage,
            int position,
            String fileTitle,
            String title,
            String address,
            FormErrors errors) {
        Sheet sheet = forms.sheet(viewer, FormController.period(period), id);
        Said said = sheet.stage(stage).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting()) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        if (position > sheet.form().items()) {
            throw new NotFound("item");
        }
        return new EvidencePage(
                sheet,
                said,
                forms.words(viewer.tenantId(), sheet.form()),
                position,
                forms.figures(viewer.tenantId(), sheet.form()),
                forms.locked(sheet.form(), said).orElse(null),
                fileTitle,
                title,
                address,
                errors);
    }

    @PostMapping(ITEM + "/tep")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object file(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID id,
            @PathVariable("stage") String stage,
            @PathVariable("position") int position,
            @RequestParam(name = "ten-tep", defaultValue = "") String title,
            @RequestParam(name = "tep", required = false) @org.jspecify.annotations.Nullable MultipartFile file)
            throws IOException {
        String name = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        Attached attached = forms.attachFile(
                viewer,
                FormController.period(period),
                id,
                stage,
                position,
                title.isBlank() ? name : title,
                file == null ? new byte[0] : file.getBytes());
        return answer(viewer, period, id, stage, position, attached, title, "", "");
    }

    @PostMapping(ITEM + "/lien-ket")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object link(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID id,
            @PathVariable("stage") String stage,
            @PathVariable("position") int position,
            @RequestParam(name = "ten", defaultValue = "") String title,
            @RequestParam(name = "dia-chi", defaultValue = "") String address) {
        Attached attached =
                forms.attachLink(viewer, FormController.period(period), id, stage, position, title, address);
        return answer(viewer, period, id, stage, position, attached, "", title, address);
    }

    @PostMapping(ITEM + "/chi-so")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object figure(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID id,
            @PathVariable("stage") String stage,
            @PathVariable("position") int position,
            @RequestParam(name = "chi-so", defaultValue = "") String figure) {
        UUID which = Ids.read(figure);
        Attached attached = which == null
                ? new Attached.Refused("chi-so", Reason.of("assessments.figure.none"))
                : forms.attachFigure(viewer, FormController.period(period), id, stage, position, which);
        return answer(viewer, period, id, stage, position, attached, "", "", "");
    }

    @PostMapping(ITEM + "/bo")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object remove(
            Viewer viewer,
            @PathVariable("period") String period,
            @PathVariable("form") UUID id,
            @PathVariable("stage") String stage,
            @PathVariable("position") int position,
            @RequestParam(name = "id", defaultValue = "") String attachment) {
        UUID which = Ids.read(attachment);
        if (which == null) {
            throw new NotFound("attachment");
        }
        Attached gone = forms.detach(viewer, FormController.period(period), id, stage, which);
        return gone instanceof Attached.Done
                ? Answer.done(address(period, id, stage, position), "assessment-evidence-removed")
                : answer(viewer, period, id, stage, position, gone, "", "", "");
    }

    private static String address(String period, UUID id, String stage, int position) {
        return "/danh-gia/phieu/" + period + "/" + id + "/" + stage + "/minh-chung/" + position;
    }

    private Object answer(
            Viewer viewer,
            String period,
            UUID id,
            String stage,
            int position,
            Attached attached,
            String fileTitle,
            String title,
            String address) {
        return switch (attached) {
            case Attached.Done done -> Answer.done(address(period, id, stage, position), "assessment-evidence-added");
            case Attached.Refused(var field, var why) ->
                page(viewer, period, id, stage, position, fileTitle, title, address, FormErrors.of(field, why));
        };
    }

    /** A file, to be kept: never shown inside the page, whatever it is. */
    @GetMapping(FormController.FORM + "/tep/{attachment}")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> download(
            Viewer viewer,
            @PathVariable("period") String code,
            @PathVariable("form") UUID id,
            @PathVariable("attachment") UUID attachment) {
        Period period = FormController.period(code);
        Contents.Content content = forms.file(viewer, period, id, attachment);
        String ending = content.mediaType().substring(content.mediaType().indexOf('/') + 1);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(content.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("minh-chung-" + attachment + "." + ending)
                                .build()
                                .toString())
                .body(content.bytes());
    }
}
