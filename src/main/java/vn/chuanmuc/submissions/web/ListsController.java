package vn.chuanmuc.submissions.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.submissions.ListChange;
import vn.chuanmuc.submissions.ListOrder;
import vn.chuanmuc.submissions.ListRow;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.submissions.Moved;
import vn.chuanmuc.submissions.Totals;
import vn.chuanmuc.submissions.web.ListPage.NumberedRow;
import vn.chuanmuc.submissions.web.ListPapers.Format;
import vn.chuanmuc.submissions.web.ListPapers.Paper;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** Lists of signers: overview, one list with its versions, the moves it makes, and its papers. */
@Controller
class ListsController {
    static final String LISTS = "/danh-sach";
    private static final String LIST = LISTS + "/{campaign}/{unit}/{bloc}";
    private static final int PAGE = 50;
    private static final int INBOX = 20;
    static final String REMARK = "nx-";

    private final Lists lists;
    private final ListPapers papers;
    private final Campaigns campaigns;
    private final Accounts accounts;

    ListsController(Lists lists, ListPapers papers, Campaigns campaigns, Accounts accounts) {
        this.lists = lists;
        this.papers = papers;
        this.campaigns = campaigns;
        this.accounts = accounts;
    }

    static String address(Key key) {
        return LISTS + "/" + key.campaignId() + "/" + key.unitId() + "/" + key.blocId();
    }

    @GetMapping(LISTS)
    @Allowed(Permission.READ_LISTS)
    View overview(
            Viewer viewer,
            @RequestParam(name = "dot", required = false) @Nullable UUID campaign,
            @RequestParam(name = "trang-thai", defaultValue = "") String state,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        var filter = new Filter(campaign, ListsPage.STATES.contains(state) ? state : "", words.strip());
        String address = LISTS + "?"
                + (campaign == null ? "" : "dot=" + campaign + "&")
                + (filter.state().isEmpty() ? "" : "trang-thai=" + filter.state() + "&")
                + (filter.words().isEmpty() ? "" : "tim=" + Ui.encode(filter.words()) + "&");
        int shown = Math.max(1, page);
        var paging = new Paging(shown, PAGE, lists.count(viewer, filter), address);
        boolean decides = viewer.may(Permission.DECIDE_ON_LIST);
        var waiting = new Filter(null, ListState.SUBMITTED.code(), "");
        boolean inbox = decides && shown == 1 && filter.equals(Filter.ALL);
        List<Campaign> known = campaigns.list(viewer.tenantId()).stream()
                .filter(candidate -> candidate.state() != Campaigns.State.DRAFT)
                .toList();
        return new ListsPage(
                inbox ? lists.list(viewer, waiting, 0, INBOX) : List.of(),
                inbox ? lists.count(viewer, waiting) : 0,
                inbox,
                lists.list(viewer, filter, Paging.offset(shown, PAGE), PAGE),
                known,
                filter,
                paging);
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_LISTS)
    View list(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam(name = "ban", defaultValue = "") String version,
            @RequestParam(name = "thu-tu", defaultValue = "ten") String order,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Sheet sheet = lists.get(viewer, new Key(campaign, unit, bloc));
        return page(viewer, sheet, version, ListOrder.of(order), words.strip(), page, "", "", FormErrors.NONE);
    }

    @PostMapping(LIST + "/lap")
    @Allowed(Permission.COMPILE_LIST)
    Object compile(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("da-xem") int seen,
            @RequestParam(name = "ghi-chu", defaultValue = "") String note) {
        var key = new Key(campaign, unit, bloc);
        return answer(viewer, key, lists.compile(viewer, key, note, seen), "list-compiled", "lap", note);
    }

    @PostMapping(LIST + "/duyet")
    @Allowed(Permission.APPROVE_LIST)
    Object approve(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version) {
        var key = new Key(campaign, unit, bloc);
        return answer(viewer, key, lists.approve(viewer, key, version), "list-approved", "duyet", "");
    }

    @PostMapping(LIST + "/tra-van-phong")
    @Allowed(Permission.APPROVE_LIST)
    Object giveBack(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version,
            @RequestParam(name = "ly-do", defaultValue = "") String note) {
        var key = new Key(campaign, unit, bloc);
        return answer(
                viewer, key, lists.giveBack(viewer, key, version, note), "list-given-back", "tra-van-phong", note);
    }

    @PostMapping(LIST + "/gui")
    @Allowed(Permission.COMPILE_LIST)
    Object submit(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version) {
        var key = new Key(campaign, unit, bloc);
        return answer(viewer, key, lists.submit(viewer, key, version), "list-submitted", "gui", "");
    }

    @PostMapping(LIST + "/tiep-nhan")
    @Allowed(Permission.DECIDE_ON_LIST)
    Object accept(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version,
            @RequestParam(name = "ghi-chu", defaultValue = "") String note) {
        var key = new Key(campaign, unit, bloc);
        return answer(viewer, key, lists.accept(viewer, key, version, note), "list-accepted", "tiep-nhan", note);
    }

    @PostMapping(LIST + "/mo-lai")
    @Allowed(Permission.DECIDE_ON_LIST)
    Object reopen(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        var key = new Key(campaign, unit, bloc);
        return answer(viewer, key, lists.reopen(viewer, key, version, reason), "list-reopened", "mo-lai", reason);
    }

    @GetMapping(LIST + "/tra-lai")
    @Allowed(Permission.DECIDE_ON_LIST)
    View composeSendBack(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version) {
        Sheet sheet = lists.get(viewer, new Key(campaign, unit, bloc));
        return sendBackPage(viewer, sheet, version, "", Map.of(), "", 1, FormErrors.NONE);
    }

    /**
     * Sends back; or, when a search or another page was asked for, shows the form again with every remark entered so far: those
     * on rows out of sight travel along.
     */
    @PostMapping(LIST + "/tra-lai")
    @Allowed(Permission.DECIDE_ON_LIST)
    Object sendBack(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version,
            @RequestParam(name = "ghi-chu", defaultValue = "") String note,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = "trang", required = false) @Nullable Integer page,
            @RequestParam(name = "gui", required = false) @Nullable String send,
            @RequestParam Map<String, String> all) {
        var key = new Key(campaign, unit, bloc);
        Map<UUID, String> remarks = remarks(all);
        if (send == null) {
            Sheet sheet = lists.get(viewer, key);
            return sendBackPage(viewer, sheet, version, note, remarks, words, page == null ? 1 : page, FormErrors.NONE);
        }
        return switch (lists.sendBack(viewer, key, version, note, remarks)) {
            case Moved.Done done -> "redirect:" + address(key) + "?xong=list-sent-back";
            case Moved.Already already -> "redirect:" + address(key) + "?xong=list-sent-back";
            case Moved.Refused(var why) ->
                sendBackPage(
                        viewer,
                        lists.get(viewer, key),
                        version,
                        note,
                        remarks,
                        words,
                        1,
                        FormErrors.of("ghi-chu", why));
        };
    }

    private static Map<UUID, String> remarks(Map<String, String> all) {
        Map<UUID, String> remarks = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(REMARK) && !value.isBlank()) {
                UUID person = Ids.read(name.substring(REMARK.length()));
                if (person == null) {
                    throw new NotFound("person");
                }
                remarks.put(person, value);
            }
        });
        return remarks;
    }

    @GetMapping(LIST + "/v{version:\\d{1,5}}.{format:xlsx|docx|pdf}")
    @Allowed(Permission.READ_LISTS)
    Object paper(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @PathVariable("version") int number,
            @PathVariable("format") String ending,
            @RequestParam(name = "thu-tu", defaultValue = "ten") String order)
            throws IOException {
        Sheet sheet = lists.get(viewer, new Key(campaign, unit, bloc));
        ListVersion version = sheet.version(number).orElseThrow(() -> new NotFound("version"));
        Format format = Format.valueOf(ending.toUpperCase(Locale.ROOT));
        if (format == Format.PDF && ListPapers.tooLongForPdf(version)) {
            var why = Reason.of(
                    "submissions.pdf.too-long", version.totals().expected(), vn.chuanmuc.office.PdfWriter.MAX_ROWS);
            return page(
                    viewer, sheet, String.valueOf(number), ListOrder.of(order), "", 1, "", "", FormErrors.whole(why));
        }
        Paper paper = papers.print(viewer, sheet, version, ListOrder.of(order), format);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, format.type)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(sheet, number, ending))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .contentLength(paper.length())
                .body(new InputStreamResource(paper.content()));
    }

    /** A name that every system can keep, and the one with marks for those that can (RFC 5987). */
    static String disposition(Sheet sheet, int number, String ending) {
        String plain = (Texts.searchKey("danh sách") + "-" + Texts.searchKey(sheet.unitName()) + "-"
                        + Texts.searchKey(sheet.blocName()))
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String ascii = (plain.length() > 120 ? plain.substring(0, 120) : plain) + "-v" + number + "." + ending;
        String full = sheet.unitName() + " - " + sheet.blocName() + " - v" + number + "." + ending;
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''"
                + UriUtils.encode(full.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_"), StandardCharsets.UTF_8);
    }

    private Object answer(Viewer viewer, Key key, Moved moved, String done, String form, String entered) {
        return switch (moved) {
            case Moved.Done d -> "redirect:" + address(key) + "?xong=" + done;
            case Moved.Already a -> "redirect:" + address(key) + "?xong=" + done;
            case Moved.Refused(var why) ->
                page(viewer, lists.get(viewer, key), "", ListOrder.NAME, "", 1, form, entered, FormErrors.whole(why));
        };
    }

    private View page(
            Viewer viewer,
            Sheet sheet,
            String wanted,
            ListOrder order,
            String words,
            int page,
            String form,
            String entered,
            FormErrors errors) {
        @Nullable ListVersion current = sheet.current();
        @Nullable ListVersion shown = shown(sheet, wanted);
        List<ListRow> live = lists.liveRows(viewer, sheet, order);
        List<ListRow> rows = shown == null ? live : lists.rows(viewer, sheet, shown.number(), order);
        Optional<ListVersion> base = sheet.submittedBefore(shown == null ? Integer.MAX_VALUE : shown.number());
        List<ListChange> changes = base.map(
                        before -> Lists.changes(lists.rows(viewer, sheet, before.number(), order), rows))
                .orElse(List.of());
        int drift = shown != null && shown.equals(current) && shown.state() != ListState.DROPPED
                ? Lists.changes(rows, live).size()
                : 0;
        // Remarks of the version shown; beside live rows those of the newest version that was sent back.
        @Nullable
        ListVersion remarked = shown != null
                ? shown
                : sheet.versions().stream()
                        .filter(version -> version.state() == ListState.SENT_BACK)
                        .findFirst()
                        .orElse(null);
        Map<UUID, String> remarks = remarked == null ? Map.of() : lists.remarks(viewer, sheet, remarked.number());
        var found = find(rows, words);
        String address = address(sheet.key()) + "?"
                + (wanted.isEmpty() ? "" : "ban=" + wanted + "&")
                + (order == ListOrder.NAME ? "" : "thu-tu=" + order.code() + "&")
                + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&");
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int at = Math.clamp(page, 1, pages);
        var paging = new Paging(at, PAGE, found.size(), address);
        int from = Paging.offset(at, PAGE);
        var gone = new ArrayList<String>();
        if (shown == null && remarked != null) {
            var present = new HashSet<UUID>();
            rows.forEach(row -> present.add(row.personId()));
            for (ListRow row : lists.rows(viewer, sheet, remarked.number(), order)) {
                if (!present.contains(row.personId()) && remarks.containsKey(row.personId())) {
                    gone.add(row.fullName() + ": " + remarks.get(row.personId()));
                }
            }
        }
        return new ListPage(
                sheet,
                shown,
                found.subList(from, Math.min(found.size(), from + PAGE)),
                ListWords.titles(rows),
                shown == null ? Totals.of(rows) : shown.totals(),
                base.orElse(null),
                changes,
                drift,
                remarked,
                remarks,
                gone,
                names(viewer, sheet.versions()),
                order,
                wanted,
                words,
                paging,
                viewer.accountId(),
                form,
                entered,
                errors);
    }

    /** The version asked for, or the newest while it counts; null for the people as they stand now. */
    private static @Nullable ListVersion shown(Sheet sheet, String wanted) {
        if (wanted.equals(ListPage.LIVE)) {
            return null;
        }
        if (!wanted.isEmpty()) {
            if (!wanted.matches("\\d{1,5}")) {
                throw new NotFound("version");
            }
            return sheet.version(Integer.parseInt(wanted)).orElseThrow(() -> new NotFound("version"));
        }
        @Nullable ListVersion current = sheet.current();
        if (current == null) {
            return null;
        }
        return switch (current.state()) {
            case COMPILED, APPROVED, SUBMITTED, ACCEPTED -> current;
            case SENT_BACK, REOPENED, DROPPED -> null;
        };
    }

    /**
     * Numbered in the order of the whole list; with words, those who are written exactly so come first. Words are looked for at
     * the beginning of words: "yen" is no part of "nguyen".
     */
    private static List<NumberedRow> find(List<ListRow> rows, String words) {
        String key = Texts.searchKey(words);
        String exact = Texts.oneLine(words).toLowerCase(Locale.ROOT);
        var first = new ArrayList<NumberedRow>();
        var then = new ArrayList<NumberedRow>();
        for (int i = 0; i < rows.size(); i++) {
            ListRow row = rows.get(i);
            if (key.isEmpty() || (" " + Texts.searchKey(row.fullName())).contains(" " + key)) {
                boolean same =
                        key.isEmpty() || row.fullName().toLowerCase(Locale.ROOT).contains(exact);
                (same ? first : then).add(new NumberedRow(i + 1, row));
            }
        }
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private View sendBackPage(
            Viewer viewer,
            Sheet sheet,
            int number,
            String note,
            Map<UUID, String> remarks,
            String words,
            int page,
            FormErrors errors) {
        ListVersion version = sheet.version(number).orElseThrow(() -> new NotFound("version"));
        List<ListRow> rows = lists.rows(viewer, sheet, number, ListOrder.NAME);
        var found = find(rows, words);
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int at = Math.clamp(page, 1, pages);
        int from = Paging.offset(at, PAGE);
        List<NumberedRow> visible = found.subList(from, Math.min(found.size(), from + PAGE));
        Map<UUID, String> hidden = new LinkedHashMap<>(remarks);
        visible.forEach(row -> hidden.remove(row.row().personId()));
        return new SendBackPage(
                sheet, version, visible, ListWords.titles(rows), remarks, hidden, note, words, at, pages, errors);
    }

    private Map<UUID, String> names(Viewer viewer, Collection<ListVersion> versions) {
        var people = new HashSet<UUID>();
        for (ListVersion version : versions) {
            Stream.of(version.compiled(), version.approved(), version.submitted(), version.decided(), version.ended())
                    .filter(Objects::nonNull)
                    .forEach(step -> people.add(step.by()));
        }
        return accounts.names(viewer.tenantId(), people);
    }
}
