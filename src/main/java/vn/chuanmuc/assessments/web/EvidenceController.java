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
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.InPath;
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
    View show(Viewer viewer, @InPath ItemPath item) {
        return page(viewer, item, Typed.NOTHING, FormErrors.NONE);
    }

    /** @param title of the link at {@code address} */
    private record Typed(String fileTitle, String title, String address) {
        static final Typed NOTHING = new Typed("", "", "");
    }

    private View page(Viewer viewer, ItemPath item, Typed typed, FormErrors errors) {
        Sheet sheet = forms.sheet(viewer, item.quarter(), item.form());
        Said said = sheet.stage(item.stage()).orElseThrow(() -> new NotFound("stage"));
        if (!said.acting()) {
            throw new Forbidden(Permission.RATE_AS_HEAD);
        }
        if (item.position() > sheet.form().items()) {
            throw new NotFound("item");
        }
        return new EvidencePage(
                sheet,
                said,
                forms.words(viewer.tenantId(), sheet.form()),
                item.position(),
                forms.figures(viewer.tenantId(), sheet.form()),
                forms.locked(sheet.form(), said).orElse(null),
                typed.fileTitle(),
                typed.title(),
                typed.address(),
                errors);
    }

    @PostMapping(ITEM + "/tep")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object file(
            Viewer viewer,
            @InPath ItemPath item,
            @RequestParam(name = "ten-tep", defaultValue = "") String title,
            @RequestParam(name = "tep", required = false) @org.jspecify.annotations.Nullable MultipartFile file)
            throws IOException {
        String name = file == null || file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        Attached attached = forms.attachFile(
                viewer,
                item.quarter(),
                item.form(),
                item.stage(),
                item.position(),
                title.isBlank() ? name : title,
                file == null ? new byte[0] : file.getBytes());
        return answer(viewer, item, attached, new Typed(title, "", ""));
    }

    @PostMapping(ITEM + "/lien-ket")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object link(
            Viewer viewer,
            @InPath ItemPath item,
            @RequestParam(name = "ten", defaultValue = "") String title,
            @RequestParam(name = "dia-chi", defaultValue = "") String address) {
        Attached attached =
                forms.attachLink(viewer, item.quarter(), item.form(), item.stage(), item.position(), title, address);
        return answer(viewer, item, attached, new Typed("", title, address));
    }

    @PostMapping(ITEM + "/chi-so")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object figure(
            Viewer viewer, @InPath ItemPath item, @RequestParam(name = "chi-so", defaultValue = "") String figure) {
        UUID which = Ids.read(figure);
        Attached attached = which == null
                ? new Attached.Refused("chi-so", Reason.of("assessments.figure.none"))
                : forms.attachFigure(viewer, item.quarter(), item.form(), item.stage(), item.position(), which);
        return answer(viewer, item, attached, Typed.NOTHING);
    }

    @PostMapping(ITEM + "/bo")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD})
    Object remove(
            Viewer viewer, @InPath ItemPath item, @RequestParam(name = "id", defaultValue = "") String attachment) {
        UUID which = Ids.read(attachment);
        if (which == null) {
            throw new NotFound("attachment");
        }
        Attached gone = forms.detach(viewer, item.quarter(), item.form(), item.stage(), which);
        return gone instanceof Attached.Done
                ? Answer.done(item.address(), "assessment-evidence-removed")
                : answer(viewer, item, gone, Typed.NOTHING);
    }

    private Object answer(Viewer viewer, ItemPath item, Attached attached, Typed typed) {
        return switch (attached) {
            case Attached.Done done -> Answer.done(item.address(), "assessment-evidence-added");
            case Attached.Refused(var field, var why) -> page(viewer, item, typed, FormErrors.of(field, why));
        };
    }

    /** A file, to be kept: never shown inside the page, whatever it is. */
    @GetMapping(FormController.FORM + "/tep/{attachment}")
    @Allowed({Permission.RATE_SELF, Permission.RATE_AS_HEAD, Permission.READ_ASSESSMENTS})
    ResponseEntity<byte[]> download(Viewer viewer, @InPath FormPath path, @PathVariable("attachment") UUID attachment) {
        Contents.Content content = forms.file(viewer, path.quarter(), path.form(), attachment);
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
