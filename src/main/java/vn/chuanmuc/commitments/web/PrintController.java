package vn.chuanmuc.commitments.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.commitments.CommitmentPapers;
import vn.chuanmuc.commitments.CommitmentPapers.Format;
import vn.chuanmuc.commitments.CommitmentPapers.Printing;
import vn.chuanmuc.commitments.PrintRuns;
import vn.chuanmuc.commitments.SignerQuery;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Commitments as papers, printed by an office: one person's, or those of a whole list in one file. */
@Controller
class PrintController {
    private static final String PRINT = "/cam-ket/in/{campaign}";
    private static final String RUN = "/cam-ket/in/ket-qua/{run}";

    private final CommitmentPapers papers;
    private final PrintRuns runs;
    private final Campaigns campaigns;
    private final Units units;
    private final UnitChoices choices;

    PrintController(CommitmentPapers papers, PrintRuns runs, Campaigns campaigns, Units units, UnitChoices choices) {
        this.papers = papers;
        this.runs = runs;
        this.campaigns = campaigns;
        this.units = units;
        this.choices = choices;
    }

    @GetMapping(PRINT + "/{person}.pdf")
    @Allowed(Permission.PRINT_COMMITMENTS)
    Object pdf(Viewer viewer, @PathVariable("campaign") UUID campaign, @PathVariable("person") UUID person) {
        return one(viewer, campaign, person, Format.PDF);
    }

    @GetMapping(PRINT + "/{person}.docx")
    @Allowed(Permission.PRINT_COMMITMENTS)
    Object docx(Viewer viewer, @PathVariable("campaign") UUID campaign, @PathVariable("person") UUID person) {
        return one(viewer, campaign, person, Format.DOCX);
    }

    private Object one(Viewer viewer, UUID campaign, UUID person, Format format) {
        return switch (papers.of(viewer, campaign, person, format)) {
            case Printing.Printed(var file) -> Downloads.of(file);
            case Printing.Refused(var why) -> page(viewer, campaign, "", "", "", FormErrors.of("", why));
        };
    }

    @GetMapping(PRINT)
    @Allowed(Permission.PRINT_COMMITMENTS)
    View show(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = "trang-thai", defaultValue = "") String standing) {
        return page(viewer, campaign, words, unit, standing, FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID campaignId, String words, String unit, String standing, FormErrors errors) {
        Campaign campaign = running(viewer, campaignId);
        SignerQuery query = query(viewer, words, unit, standing);
        Standing asked = query.standing();
        String scope = (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&")
                + (query.unitId() == null ? "" : UnitChoice.ID + "=" + query.unitId() + "&")
                + (asked == null ? "" : "trang-thai=" + asked.code());
        return new PrintPage(
                campaign,
                query,
                name(viewer, query),
                scope,
                runs.count(viewer, campaign, query),
                papers.look(viewer.tenantId(), campaignId),
                PrintRuns.most(),
                PrintRuns.atOnce(),
                errors);
    }

    private Campaign running(Viewer viewer, UUID id) {
        Campaign campaign = campaigns.getVisible(viewer, id);
        if (campaign.state() == State.DRAFT) {
            throw new NotFound("roster");
        }
        return campaign;
    }

    private SignerQuery query(Viewer viewer, String words, String unit, String standing) {
        UUID chosen = Ids.read(unit);
        return new SignerQuery(
                words,
                chosen,
                chosen != null && choices.parted(viewer.tenantId(), chosen),
                Arrays.stream(Standing.values())
                        .filter(one -> one.code().equals(standing))
                        .findFirst()
                        .orElse(null),
                false,
                0,
                1,
                null);
    }

    private @Nullable String name(Viewer viewer, SignerQuery query) {
        UUID unit = query.unitId();
        return unit == null
                ? null
                : units.names(viewer.tenantId(), List.of(unit)).getOrDefault(unit, "");
    }

    @PostMapping(PRINT)
    @Allowed(Permission.PRINT_COMMITMENTS)
    Object print(
            Viewer viewer,
            @PathVariable("campaign") UUID campaignId,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = UnitChoice.ID, defaultValue = "") String unit,
            @RequestParam(name = "trang-thai", defaultValue = "") String standing) {
        Campaign campaign = running(viewer, campaignId);
        SignerQuery query = query(viewer, words, unit, standing);
        String name = name(viewer, query);
        String label = campaign.title() + (name == null ? "" : " – " + name);
        return switch (runs.start(viewer, campaign, query, label)) {
            case PrintRuns.Start.Now(var file) -> Downloads.of(file);
            case PrintRuns.Start.Later(var job) -> "redirect:/viec-nen/" + job;
            case PrintRuns.Start.Refused(var why) ->
                page(viewer, campaignId, words, unit, standing, FormErrors.of("", why));
        };
    }

    @GetMapping(RUN)
    @Allowed(Permission.PRINT_COMMITMENTS)
    View run(Viewer viewer, @PathVariable("run") UUID run) {
        return new PrintRunPage(runs.get(viewer, run));
    }

    /** Put together in a temporary file first: a slow reader holds nothing, and a failure is an error page. */
    @GetMapping(RUN + ".pdf")
    @Allowed(Permission.PRINT_COMMITMENTS)
    ResponseEntity<InputStreamResource> file(Viewer viewer, @PathVariable("run") UUID run) throws IOException {
        if (!new PrintRunPage(runs.get(viewer, run)).fetchable()) {
            throw new NotFound("file of a run of printing");
        }
        Path file = Files.createTempFile("chuanmuc-print", ".pdf");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                runs.write(viewer, run, out);
            }
            long length = Files.size(file);
            InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_PDF)
                    .contentLength(length)
                    .header(HttpHeaders.CONTENT_DISPOSITION, Downloads.named("ban-cam-ket.pdf"))
                    .body(new InputStreamResource(content));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
