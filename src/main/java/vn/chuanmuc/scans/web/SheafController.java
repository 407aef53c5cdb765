package vn.chuanmuc.scans.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.Scans;
import vn.chuanmuc.scans.Scans.Confirming;
import vn.chuanmuc.scans.Scans.Done;
import vn.chuanmuc.scans.Scans.Overview;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Looking at one paper after the other, and at pages that no code placed. */
@Controller
class SheafController {
    private static final String PILE = PilesController.ADDRESS + "/{pile}";
    private static final String SHEAF = PILE + "/ban/{sheaf}";
    private static final String PAGE = PILE + "/trang/{page}";
    private static final Duration BESIDE = Duration.ofMinutes(5);

    private final Scans scans;
    private final Accounts accounts;
    private final Clock clock;

    SheafController(Scans scans, Accounts accounts, Clock clock) {
        this.scans = scans;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What was typed beside a paper. */
    private record Entered(@Nullable String day, String doubt, String rejection, String rejectionReason) {
        static final Entered NOTHING = new Entered(null, "", "", "");
    }

    @GetMapping(SHEAF)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    View look(Viewer viewer, @PathVariable("pile") UUID pileId, @PathVariable("sheaf") UUID sheafId) {
        return page(viewer, pileId, sheafId, Entered.NOTHING, FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID pileId, UUID sheafId, Entered entered, FormErrors errors) {
        Sheaf sheaf = scans.look(viewer, pileId, sheafId);
        Overview overview = scans.overview(viewer, pileId);
        Pile pile = overview.pile();
        List<UUID> neighbours =
                overview.in(sheaf.group()).stream().map(Sheaf::id).toList();
        int at = neighbours.indexOf(sheafId);
        LocalDate day = pile.signedOn();
        Instant looks = sheaf.otherLooks();
        UUID other = sheaf.otherAccount();
        boolean beside = other != null
                && looks != null
                && sheaf.group().waits()
                && looks.isAfter(clock.instant().minus(BESIDE));
        UUID by = sheaf.decidedBy();
        return new SheafPage(
                pile,
                sheaf,
                at + 1,
                neighbours.size(),
                at > 0 ? neighbours.get(at - 1) : null,
                at >= 0 && at + 1 < neighbours.size() ? neighbours.get(at + 1) : null,
                beside ? accounts.names(viewer.tenantId(), List.of(other)).getOrDefault(other, "") : null,
                by == null ? "" : accounts.names(viewer.tenantId(), List.of(by)).getOrDefault(by, ""),
                entered.day() != null ? entered.day() : day == null ? "" : VietnameseDates.format(day),
                entered.doubt(),
                entered.rejection(),
                entered.rejectionReason(),
                errors);
    }

    /** The paper behind this one in its group; null when it is the last. */
    private @Nullable UUID behind(Viewer viewer, UUID pileId, UUID sheafId) {
        List<Sheaf> papers = scans.overview(viewer, pileId).papers();
        Group group = papers.stream()
                .filter(one -> one.id().equals(sheafId))
                .findFirst()
                .map(Sheaf::group)
                .orElse(Group.READY);
        List<UUID> neighbours = papers.stream()
                .filter(one -> one.group() == group)
                .map(Sheaf::id)
                .toList();
        int at = neighbours.indexOf(sheafId);
        if (at >= 0 && at + 1 < neighbours.size()) {
            return neighbours.get(at + 1);
        }
        return at > 0 ? neighbours.getFirst() : null;
    }

    private static String address(UUID pileId, @Nullable UUID sheafId, String told) {
        return "redirect:" + PilesController.ADDRESS + "/" + pileId + (sheafId == null ? "" : "/ban/" + sheafId)
                + "?xong=" + told;
    }

    @PostMapping(SHEAF + "/xac-nhan")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object confirm(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("sheaf") UUID sheafId,
            @RequestParam(name = "phien-ban", defaultValue = "0") int version,
            @RequestParam(name = "ngay-ky", defaultValue = "") String text) {
        var entered = new Entered(text, "", "", "");
        LocalDate day = Days.read(text).day();
        if (day == null) {
            return page(
                    viewer,
                    pileId,
                    sheafId,
                    entered,
                    FormErrors.of("ngay-ky", Reason.of(text.isBlank() ? "scans.refused.day" : "scans.refused.date")));
        }
        UUID next = behind(viewer, pileId, sheafId);
        return switch (scans.confirm(viewer, pileId, sheafId, version, day)) {
            case Confirming.Confirmed confirmed -> address(pileId, next, "scans-confirmed");
            case Confirming.Already(var by, var at) ->
                by.equals(viewer.accountId())
                        ? address(pileId, next, "scans-confirmed")
                        : address(pileId, sheafId, "scans-already");
            case Confirming.Refused(var field, var why) ->
                page(viewer, pileId, sheafId, entered, FormErrors.of(field, why));
        };
    }

    private Object decided(
            Viewer viewer, UUID pileId, UUID sheafId, Done done, @Nullable UUID next, String told, Entered entered) {
        return switch (done) {
            case Done.Yes() -> address(pileId, next, told);
            case Done.Refused(var field, var why) -> page(viewer, pileId, sheafId, entered, FormErrors.of(field, why));
        };
    }

    @PostMapping(SHEAF + "/de-rieng")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object setApart(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("sheaf") UUID sheafId,
            @RequestParam(name = "phien-ban", defaultValue = "0") int version,
            @RequestParam(name = "ly-do-rieng", defaultValue = "") String reason) {
        UUID next = behind(viewer, pileId, sheafId);
        return decided(
                viewer,
                pileId,
                sheafId,
                scans.setApart(viewer, pileId, sheafId, version, reason),
                next,
                "scans-apart",
                new Entered(null, reason, "", ""));
    }

    @PostMapping(SHEAF + "/loai")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object reject(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("sheaf") UUID sheafId,
            @RequestParam(name = "phien-ban", defaultValue = "0") int version,
            @RequestParam(name = "loai", defaultValue = "") String kind,
            @RequestParam(name = "ly-do-loai", defaultValue = "") String reason) {
        UUID next = behind(viewer, pileId, sheafId);
        return decided(
                viewer,
                pileId,
                sheafId,
                scans.reject(
                        viewer,
                        pileId,
                        sheafId,
                        version,
                        Scans.Rejection.of(kind).orElse(null),
                        reason),
                next,
                "scans-rejected",
                new Entered(null, "", kind, reason));
    }

    @PostMapping(SHEAF + "/xem-lai")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object takeUp(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("sheaf") UUID sheafId,
            @RequestParam(name = "phien-ban", defaultValue = "0") int version) {
        return decided(
                viewer,
                pileId,
                sheafId,
                scans.takeUp(viewer, pileId, sheafId, version),
                sheafId,
                "scans-taken-up",
                Entered.NOTHING);
    }

    @PostMapping(SHEAF + "/chon")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object choose(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("sheaf") UUID sheafId,
            @RequestParam Map<String, String> fields) {
        var chosen = new HashMap<Integer, UUID>();
        fields.forEach((name, value) -> {
            UUID page = Ids.read(value);
            if (name.matches("trang-\\d{1,3}") && page != null) {
                chosen.put(Integer.valueOf(name.substring(6)), page);
            }
        });
        return decided(
                viewer,
                pileId,
                sheafId,
                scans.choose(viewer, pileId, sheafId, chosen),
                sheafId,
                "scans-chosen",
                Entered.NOTHING);
    }

    @GetMapping(SHEAF + "/ban-quet.pdf")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    ResponseEntity<byte[]> confirmed(
            Viewer viewer, @PathVariable("pile") UUID pileId, @PathVariable("sheaf") UUID sheafId) {
        return scans.confirmed(viewer, pileId, sheafId)
                .map(content -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(content.mediaType()))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("ban-quet-" + sheafId + ".pdf")
                                        .build()
                                        .toString())
                        .body(content.bytes()))
                .orElseThrow(() -> new NotFound("confirmed scan"));
    }

    @GetMapping(PAGE + ".jpg")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    ResponseEntity<byte[]> picture(
            Viewer viewer, @PathVariable("pile") UUID pileId, @PathVariable("page") UUID pageId) {
        return picture(
                scans.picture(viewer, pileId, pageId).orElseThrow(() -> new NotFound("picture")), "trang-" + pageId);
    }

    @GetMapping(PAGE + "/{field}.jpg")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    ResponseEntity<byte[]> signature(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("page") UUID pageId,
            @PathVariable("field") String field) {
        return picture(
                scans.signature(viewer, pileId, pageId, field).orElseThrow(() -> new NotFound("picture")),
                "chu-ky-" + pageId);
    }

    /** A picture and nothing else: whatever it holds, the browser runs none of it. */
    private static ResponseEntity<byte[]> picture(byte[] jpeg, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=300")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(name + ".jpg")
                                .build()
                                .toString())
                .body(jpeg);
    }

    /** What was typed to put a page to a paper. */
    private record Wanted(
            String words, String code, @Nullable UUID picked, String number, String reason) {}

    @GetMapping(PAGE)
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    View loose(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("page") UUID pageId,
            @RequestParam(name = "tim", defaultValue = "") String words) {
        return page(viewer, pileId, pageId, new Wanted(words, "", null, "", ""), FormErrors.NONE);
    }

    private View page(Viewer viewer, UUID pileId, UUID pageId, Wanted wanted, FormErrors errors) {
        ScanPage page = scans.page(viewer, pileId, pageId);
        Overview overview = scans.overview(viewer, pileId);
        List<UUID> neighbours = overview.loose().stream().map(ScanPage::id).toList();
        int at = neighbours.indexOf(pageId);
        return new LoosePage(
                overview.pile(),
                page,
                at > 0 ? neighbours.get(at - 1) : null,
                at >= 0 && at + 1 < neighbours.size() ? neighbours.get(at + 1) : null,
                wanted.words(),
                scans.candidates(viewer, pileId, wanted.words()),
                wanted.code(),
                wanted.picked(),
                wanted.number(),
                wanted.reason(),
                errors);
    }

    @PostMapping(PAGE + "/gan")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object assign(
            Viewer viewer,
            @PathVariable("pile") UUID pileId,
            @PathVariable("page") UUID pageId,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "ma", defaultValue = "") String code,
            @RequestParam(name = "nguoi", defaultValue = "") String picked,
            @RequestParam(name = "so-trang", defaultValue = "") String number,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        UUID paper = Ids.read(picked);
        Integer page = number.strip().matches("\\d{1,3}") ? Integer.valueOf(number.strip()) : null;
        return switch (scans.assign(viewer, pileId, pageId, code, paper, page, reason)) {
            case Done.Yes() ->
                "redirect:" + PilesController.ADDRESS + "/" + pileId + "?nhom=" + PilePage.LOOSE
                        + "&xong=scans-assigned";
            case Done.Refused(var field, var why) ->
                page(viewer, pileId, pageId, new Wanted(words, code, paper, number, reason), FormErrors.of(field, why));
        };
    }

    @PostMapping(PAGE + "/bo-gan")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object takeOut(Viewer viewer, @PathVariable("pile") UUID pileId, @PathVariable("page") UUID pageId) {
        return pageDone(viewer, pileId, pageId, scans.takeOut(viewer, pileId, pageId), "scans-taken-out");
    }

    @PostMapping(PAGE + "/xoay")
    @Allowed(Permission.RECORD_PAPER_SIGNATURE)
    Object turn(Viewer viewer, @PathVariable("pile") UUID pileId, @PathVariable("page") UUID pageId) {
        return pageDone(viewer, pileId, pageId, scans.turn(viewer, pileId, pageId), "scans-turned");
    }

    private Object pageDone(Viewer viewer, UUID pileId, UUID pageId, Done done, String told) {
        return switch (done) {
            case Done.Yes() ->
                "redirect:" + PilesController.ADDRESS + "/" + pileId + "/trang/" + pageId + "?xong=" + told;
            case Done.Refused(var field, var why) ->
                page(viewer, pileId, pageId, new Wanted("", "", null, "", ""), FormErrors.of(field, why));
        };
    }
}
