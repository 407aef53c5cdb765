package vn.chuanmuc.submissions.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
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
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.submissions.ListChanges;
import vn.chuanmuc.submissions.ListOrder;
import vn.chuanmuc.submissions.ListSeals;
import vn.chuanmuc.submissions.ListState;
import vn.chuanmuc.submissions.ListVersion;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.submissions.Lists.Filter;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.Numbered;
import vn.chuanmuc.submissions.Lists.Sheet;
import vn.chuanmuc.submissions.Moved;
import vn.chuanmuc.submissions.Totals;
import vn.chuanmuc.submissions.web.ListPage.Typed;
import vn.chuanmuc.submissions.web.ListPapers.Format;
import vn.chuanmuc.submissions.web.ListPapers.Paper;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
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
    private static final int MOST_LATE = 300;
    static final String REMARK = "nx-";

    private final Lists lists;
    private final ListPapers papers;
    private final Campaigns campaigns;
    private final Accounts accounts;
    private final ListSeals seals;
    private final Clock clock;

    ListsController(
            Lists lists, ListPapers papers, Campaigns campaigns, Accounts accounts, ListSeals seals, Clock clock) {
        this.lists = lists;
        this.papers = papers;
        this.campaigns = campaigns;
        this.accounts = accounts;
        this.seals = seals;
        this.clock = clock;
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
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        var filter = new Filter(
                campaign,
                ListsPage.STATES.contains(state) ? state : "",
                words.strip(),
                asOf.past() ? asOf.day() : null);
        String today = LISTS + "?"
                + (campaign == null ? "" : "dot=" + campaign + "&")
                + (filter.state().isEmpty() ? "" : "trang-thai=" + filter.state() + "&")
                + (filter.words().isEmpty() ? "" : "tim=" + Ui.encode(filter.words()) + "&");
        var paging = paging(page, lists.count(viewer, filter), today + asOf.parameter());
        int shown = paging.page();
        boolean decides = viewer.may(Permission.DECIDE_ON_LIST);
        boolean inbox = decides && shown == 1 && filter.equals(Filter.ALL);
        List<Campaign> known = campaigns.visible(viewer).stream()
                .filter(candidate -> candidate.state() != Campaigns.State.DRAFT)
                .toList();
        return new ListsPage(
                inbox ? lists.inbox(viewer, INBOX) : List.of(),
                inbox ? lists.countInbox(viewer) : 0,
                inbox,
                lists.list(viewer, filter, Paging.offset(shown, PAGE), PAGE),
                known,
                filter,
                asOf,
                today,
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
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        Sheet sheet = lists.get(viewer, new Key(campaign, unit, bloc), asOf.past() ? asOf.day() : null);
        return page(
                viewer, sheet, asOf, version, ListOrder.of(order), words.strip(), page, Typed.NOTHING, FormErrors.NONE);
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
        return answer(
                viewer,
                key,
                lists.compile(viewer, key, note, seen),
                "list-compiled",
                new Typed("lap", Map.of("ghi-chu", note)));
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
        return answer(viewer, key, lists.approve(viewer, key, version), "list-approved", Typed.NOTHING);
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
                viewer,
                key,
                lists.giveBack(viewer, key, version, note),
                "list-given-back",
                new Typed("tra-van-phong", Map.of("ly-do", note)));
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
        return answer(viewer, key, lists.submit(viewer, key, version), "list-submitted", Typed.NOTHING);
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
        return answer(
                viewer,
                key,
                lists.accept(viewer, key, version, note),
                "list-accepted",
                new Typed("tiep-nhan", Map.of("ghi-chu", note)));
    }

    /** A decision of its own: the version is accepted although people have changed since it was compiled. */
    @PostMapping(LIST + "/tiep-nhan-nguyen-ban")
    @Allowed(Permission.DECIDE_ON_LIST)
    Object acceptAsItStands(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam("ban") int version,
            @RequestParam(name = "da-xem", defaultValue = "") String seen,
            @RequestParam(name = "ghi-chu", defaultValue = "") String note,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        var key = new Key(campaign, unit, bloc);
        return answer(
                viewer,
                key,
                lists.acceptAsItStands(viewer, key, version, note, reason, bytes(seen)),
                "list-accepted-as-it-stands",
                new Typed("tiep-nhan-nguyen-ban", Map.of("ghi-chu", note, "ly-do", reason)));
    }

    /** What is no SHA-256 in hex is that of no list: it counts as not having seen how people stand. */
    private static byte[] bytes(String hex) {
        return hex.matches("[0-9a-f]{64}") ? HexFormat.of().parseHex(hex) : new byte[0];
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
        return answer(
                viewer,
                key,
                lists.reopen(viewer, key, version, reason),
                "list-reopened",
                new Typed("mo-lai", Map.of("ly-do", reason)));
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
        return sendBackPage(viewer, sheet, version, null, Map.of(), "", 1, FormErrors.NONE);
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
        return Answer.of(
                errors("ghi-chu", lists.sendBack(viewer, key, version, note, remarks)),
                address(key),
                "list-sent-back",
                errors -> sendBackPage(viewer, lists.get(viewer, key), version, note, remarks, words, 1, errors));
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

    /** Gives the version to be sealed with one digital signature. */
    @PostMapping(LIST + "/dong-dau")
    @Allowed(Permission.SEAL)
    Object seal(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @RequestParam(name = "ban", defaultValue = "0") int number,
            @RequestParam(name = "ben", defaultValue = "") String by,
            @RequestParam(name = "thay", defaultValue = "") String instead) {
        var key = new Key(campaign, unit, bloc);
        ListSeals.Begun begun = ListSeals.By.of(by)
                .map(as -> seals.begin(viewer, key, number, as, Ids.read(instead)))
                .orElseGet(() -> seals.begin(viewer, key, number));
        return switch (begun) {
            case ListSeals.Begun.Asked(var request) -> "redirect:/ky-so/" + request;
            case ListSeals.Begun.Refused(var why) ->
                page(
                        viewer,
                        lists.get(viewer, key),
                        today(),
                        String.valueOf(number),
                        ListOrder.of(""),
                        "",
                        1,
                        Typed.NOTHING,
                        FormErrors.whole(why));
        };
    }

    @GetMapping(LIST + "/dong-dau-v{version:\\d{1,5}}-{by:don-vi|cap-tren}.pdf")
    @Allowed(Permission.READ_LISTS)
    ResponseEntity<byte[]> sealedList(
            Viewer viewer,
            @PathVariable("campaign") UUID campaign,
            @PathVariable("unit") UUID unit,
            @PathVariable("bloc") UUID bloc,
            @PathVariable("version") int number,
            @PathVariable("by") String by) {
        var key = new Key(campaign, unit, bloc);
        byte[] file = seals.file(viewer, key, number, by.equals("don-vi") ? ListSeals.By.UNIT : ListSeals.By.BOARD);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/pdf")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("danh-sach-dong-dau-v" + number + "-" + by + ".pdf")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(file);
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
            var why = Reason.of("submissions.pdf.too-long", version.totals().expected(), PdfWriter.MAX_ROWS);
            return page(
                    viewer,
                    sheet,
                    today(),
                    String.valueOf(number),
                    ListOrder.of(order),
                    "",
                    1,
                    Typed.NOTHING,
                    FormErrors.whole(why));
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

    private Object answer(Viewer viewer, Key key, Moved moved, String done, Typed typed) {
        return Answer.of(
                errors("", moved),
                address(key),
                done,
                errors -> page(viewer, lists.get(viewer, key), today(), "", ListOrder.NAME, "", 1, typed, errors));
    }

    private static FormErrors errors(String field, Moved moved) {
        return switch (moved) {
            case Moved.Done done -> FormErrors.NONE;
            case Moved.Already already -> FormErrors.NONE;
            case Moved.Refused(var why) -> FormErrors.of(field, why);
        };
    }

    private AsOf today() {
        return AsOf.read("", LocalDate.now(clock));
    }

    private View page(
            Viewer viewer,
            Sheet sheet,
            AsOf asOf,
            String wanted,
            ListOrder order,
            String words,
            int page,
            Typed typed,
            FormErrors errors) {
        @Nullable ListVersion shown = shown(sheet, wanted);
        int version = shown == null ? Lists.NOW : shown.number();
        Totals totals = lists.totals(viewer, sheet, version);
        int found = words.isEmpty() ? totals.expected() : lists.found(viewer, sheet, version, words);
        String today = address(sheet.key()) + "?"
                + (wanted.isEmpty() ? "" : "ban=" + wanted + "&")
                + (order == ListOrder.NAME ? "" : "thu-tu=" + order.code() + "&")
                + (words.isEmpty() ? "" : "tim=" + Ui.encode(words) + "&");
        var paging = paging(page, found, today + asOf.parameter());
        List<Numbered> rows =
                lists.page(viewer, sheet, version, order, words, Paging.offset(paging.page(), PAGE), PAGE);
        Set<UUID> people = rows.stream().map(row -> row.row().personId()).collect(Collectors.toUnmodifiableSet());
        Optional<ListVersion> base = sheet.submittedBefore(shown == null ? Integer.MAX_VALUE : version);
        Late late = late(viewer, sheet, shown, order);
        // Remarks of the version shown; beside live rows those of the newest version that was sent back.
        @Nullable
        ListVersion remarked = shown != null
                ? shown.decided() == null ? null : shown
                : sheet.versions().stream()
                        .filter(one -> one.state() == ListState.SENT_BACK)
                        .findFirst()
                        .orElse(null);
        boolean accepted = shown != null && shown.lateRows() > 0;
        return new ListPage(
                sheet,
                shown,
                rows,
                lists.setTitles(viewer, sheet, version),
                totals,
                base.orElse(null),
                base.map(before -> lists.changes(viewer, sheet, before.number(), version, order))
                        .orElse(ListChanges.NONE),
                late.changes(),
                late.seen(),
                accepted ? lists.late(viewer, sheet, version, MOST_LATE) : List.of(),
                accepted ? ListWords.late(lists.late(viewer, sheet, version, people)) : Map.of(),
                remarked,
                remarked == null ? 0 : lists.countRemarks(viewer, sheet, remarked.number()),
                remarked == null ? Map.of() : lists.remarks(viewer, sheet, remarked.number(), people),
                shown == null && remarked != null
                        ? lists.remarksOnTheGone(viewer, sheet, remarked.number())
                        : List.of(),
                names(viewer, sheet.versions()),
                lists.numbers(viewer, sheet),
                sheet.may().compile()
                                && sheet.current() != null
                                && sheet.current().state() == ListState.APPROVED
                        ? lists.prospect(viewer, sheet)
                        : null,
                order,
                wanted,
                words,
                paging,
                asOf,
                today,
                viewer.accountId(),
                shown == null ? ListSeals.Look.NONE : seals.look(viewer, sheet, shown),
                viewer.personId(),
                lists.showsDuties(viewer, sheet),
                typed,
                errors);
    }

    /** The page wanted, or the nearest there is. */
    private static Paging paging(int wanted, long total, String address) {
        int pages = new Paging(1, PAGE, total, address).pages();
        return new Paging(Math.clamp(wanted, 1, pages), PAGE, total, address);
    }

    /** @param seen SHA-256 of the people as they stand, for the board that decides about the changes; empty otherwise */
    private record Late(ListChanges changes, String seen) {
        private static final Late NONE = new Late(ListChanges.NONE, "");
    }

    /** What has changed since the version shown was compiled, while that still matters. */
    private Late late(Viewer viewer, Sheet sheet, @Nullable ListVersion shown, ListOrder order) {
        if (shown == null || !shown.equals(sheet.current()) || !shown.underWay()) {
            return Late.NONE;
        }
        if (shown.state() != ListState.SUBMITTED || !sheet.may().decide()) {
            return new Late(lists.changes(viewer, sheet, shown.number(), Lists.NOW, order), "");
        }
        // In this order: whoever changes in between is shown, and not decided about.
        byte[] live = lists.hashNow(viewer, sheet);
        return Arrays.equals(live, shown.contentHash())
                ? Late.NONE
                : new Late(
                        lists.changes(viewer, sheet, shown.number(), Lists.NOW, order),
                        HexFormat.of().formatHex(live));
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

    private View sendBackPage(
            Viewer viewer,
            Sheet sheet,
            int number,
            @Nullable String note,
            Map<UUID, String> remarks,
            String words,
            int page,
            FormErrors errors) {
        ListVersion version = sheet.version(number).orElseThrow(() -> new NotFound("version"));
        int found = words.isBlank() ? version.totals().expected() : lists.found(viewer, sheet, number, words);
        var paging = paging(page, found, address(sheet.key()) + "/tra-lai?ban=" + number + "&");
        List<Numbered> visible =
                lists.page(viewer, sheet, number, ListOrder.NAME, words, Paging.offset(paging.page(), PAGE), PAGE);
        Map<UUID, String> hidden = new LinkedHashMap<>(remarks);
        visible.forEach(row -> hidden.remove(row.row().personId()));
        return new SendBackPage(
                sheet,
                version,
                visible,
                lists.setTitles(viewer, sheet, number),
                remarks,
                hidden,
                note,
                late(viewer, sheet, version, ListOrder.NAME).changes(),
                words,
                paging.page(),
                paging.pages(),
                errors);
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
