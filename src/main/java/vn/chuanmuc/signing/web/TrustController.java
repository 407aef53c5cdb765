package vn.chuanmuc.signing.web;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.signing.SignerConfirmations;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Kind;
import vn.chuanmuc.signing.TrustList.Saved;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** What checks of digital signatures rely on; and whose certificate is whose. */
@Controller
class TrustController {
    static final Reason TOO_LARGE = Reason.of("signing.trust.large", TrustList.LARGEST_CERTIFICATE >> 10);
    static final String TRUST = "/tin-cay";
    static final String PEOPLE = "/chung-thu";

    private final TrustList trust;
    private final SignerConfirmations confirmations;
    private final Accounts accounts;
    private final People people;
    private final Clock clock;

    TrustController(TrustList trust, SignerConfirmations confirmations, Accounts accounts, People people, Clock clock) {
        this.trust = trust;
        this.confirmations = confirmations;
        this.accounts = accounts;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping(TRUST)
    @Allowed({Permission.MANAGE_TRUST, Permission.READ_LEDGER})
    View page(Viewer viewer, AsOf asOf) {
        return page(viewer, asOf, "", TrustPage.Entered.NONE, FormErrors.NONE);
    }

    /** As they stood on the day. */
    static List<Item> on(List<Item> items, AsOf asOf) {
        return asOf.past()
                ? items.stream()
                        .flatMap(item -> item.on(asOf.day(), asOf.end()).stream())
                        .toList()
                : items;
    }

    private View page(Viewer viewer, String form, TrustPage.Entered entered, FormErrors errors) {
        return page(viewer, AsOf.today(today()), form, entered, errors);
    }

    private View page(Viewer viewer, AsOf asOf, String form, TrustPage.Entered entered, FormErrors errors) {
        List<Item> anchors = on(trust.list(viewer, Kind.ANCHOR), asOf);
        List<Item> stamps = on(trust.list(viewer, Kind.STAMPS), asOf);
        var files = trust.revocations(viewer).stream()
                .filter(file -> asOf.knows(file.broughtAt()))
                .toList();
        return new TrustPage(
                anchors,
                stamps,
                files,
                names(
                        viewer,
                        Stream.concat(
                                Stream.concat(anchors.stream(), stamps.stream()).flatMap(TrustController::actors),
                                files.stream().map(TrustList.RevocationFile::broughtBy))),
                viewer.accountId(),
                !asOf.past() && viewer.may(Permission.MANAGE_TRUST),
                asOf.past() ? asOf.end() : clock.instant(),
                asOf,
                form,
                entered,
                errors);
    }

    private static Stream<UUID> actors(Item item) {
        return Stream.of(item.proposedBy(), item.decidedBy(), item.endedBy()).filter(java.util.Objects::nonNull);
    }

    private Map<UUID, String> names(Viewer viewer, Stream<UUID> ids) {
        return accounts.names(viewer.tenantId(), ids.distinct().toList());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private sealed interface Period {
        record Read(LocalDate from, @Nullable LocalDate to) implements Period {}

        record Wrong(String field) implements Period {}
    }

    private static Period period(TrustPage.Entered entered) {
        @Nullable LocalDate from = date(entered.from());
        @Nullable LocalDate to = date(entered.to());
        if (from == null) {
            return new Period.Wrong("tu-ngay");
        }
        return to == null && !entered.to().isBlank() ? new Period.Wrong("den-ngay") : new Period.Read(from, to);
    }

    private static @Nullable LocalDate date(String text) {
        return VietnameseDates.parse(text) instanceof VietnameseDates.Parsed.Read(var day) ? day : null;
    }

    @PostMapping(TRUST + "/neo")
    @Allowed(Permission.MANAGE_TRUST)
    Object proposeAnchor(
            Viewer viewer,
            @RequestParam(name = "tep", required = false) @Nullable MultipartFile file,
            @RequestParam(name = "can-cu", defaultValue = "") String basis,
            @RequestParam(name = "tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "den-ngay", defaultValue = "") String to)
            throws IOException {
        var entered = new TrustPage.Entered("", "", basis, from, to);
        if (file != null && file.getSize() > TrustList.LARGEST_CERTIFICATE) {
            return page(viewer, "neo", entered, FormErrors.of("tep", TOO_LARGE));
        }
        return switch (period(entered)) {
            case Period.Wrong(var field) ->
                page(viewer, "neo", entered, FormErrors.of(field, Reason.of("signing.trust.date")));
            case Period.Read(var first, var last) ->
                answer(
                        viewer,
                        "neo",
                        entered,
                        "trust-proposed",
                        trust.proposeAnchor(viewer, bytes(file), basis, first, last));
        };
    }

    @PostMapping(TRUST + "/dau-thoi-gian")
    @Allowed(Permission.MANAGE_TRUST)
    Object proposeStamps(
            Viewer viewer,
            @RequestParam(name = "dau-ten", defaultValue = "") String name,
            @RequestParam(name = "dau-dia-chi", defaultValue = "") String address,
            @RequestParam(name = "dau-can-cu", defaultValue = "") String basis,
            @RequestParam(name = "dau-tu-ngay", defaultValue = "") String from,
            @RequestParam(name = "dau-den-ngay", defaultValue = "") String to) {
        var entered = new TrustPage.Entered(name, address, basis, from, to);
        return switch (period(entered)) {
            case Period.Wrong(var field) ->
                page(viewer, "dau", entered, FormErrors.of("dau-" + field, Reason.of("signing.trust.date")));
            case Period.Read(var first, var last) ->
                answer(
                        viewer,
                        "dau",
                        entered,
                        "trust-proposed",
                        trust.proposeStamps(viewer, name, address, basis, first, last));
        };
    }

    @PostMapping(TRUST + "/thu-hoi")
    @Allowed(Permission.MANAGE_TRUST)
    Object bring(Viewer viewer, @RequestParam(name = "tep-thu-hoi", required = false) @Nullable MultipartFile file)
            throws IOException {
        return answer(
                viewer, "thu-hoi", TrustPage.Entered.NONE, "revocation-brought", trust.bring(viewer, bytes(file)));
    }

    private static byte[] bytes(@Nullable MultipartFile file) throws IOException {
        return file == null ? new byte[0] : file.getBytes();
    }

    private Object answer(Viewer viewer, String form, TrustPage.Entered entered, String code, Saved saved) {
        return switch (saved) {
            case Saved.Done done -> Answer.done(TRUST, code);
            case Saved.Refused(var field, var why) ->
                page(viewer, form, entered, FormErrors.of(fieldOf(form, field), why));
        };
    }

    /** The forms stand on one page: their fields have names of their own. */
    private static String fieldOf(String form, String field) {
        return switch (form) {
            case "dau" -> "dau-" + field;
            case "thu-hoi" -> field + "-thu-hoi";
            default -> field;
        };
    }

    @PostMapping(TRUST + "/{id}/{decision:xac-nhan|khong}")
    @Allowed(Permission.MANAGE_TRUST)
    Object decide(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("decision") String decision) {
        boolean confirm = decision.equals("xac-nhan");
        return answer(
                viewer,
                "",
                TrustPage.Entered.NONE,
                confirm ? "trust-confirmed" : "trust-rejected",
                trust.decide(viewer, id, confirm));
    }

    @PostMapping(TRUST + "/{id}/thoi")
    @Allowed(Permission.MANAGE_TRUST)
    Object end(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return answer(viewer, "", TrustPage.Entered.NONE, "trust-ended", trust.end(viewer, id, reason));
    }

    @GetMapping(PEOPLE)
    @Allowed(Permission.CONFIRM_SIGNER)
    View people(Viewer viewer, AsOf asOf) {
        return people(viewer, asOf, FormErrors.NONE);
    }

    private View people(Viewer viewer, FormErrors errors) {
        return people(viewer, AsOf.today(today()), errors);
    }

    private View people(Viewer viewer, AsOf asOf, FormErrors errors) {
        List<Item> items = on(trust.ofPeople(viewer), asOf);
        return new SignersPage(
                items,
                people.names(
                        viewer.tenantId(),
                        items.stream()
                                .flatMap(item -> Stream.ofNullable(item.personId()))
                                .distinct()
                                .toList()),
                names(viewer, items.stream().flatMap(TrustController::actors)),
                viewer.accountId(),
                asOf,
                errors);
    }

    @PostMapping(PEOPLE + "/{id}/{decision:xac-nhan|khong}")
    @Allowed(Permission.CONFIRM_SIGNER)
    Object decidePerson(Viewer viewer, @PathVariable("id") UUID id, @PathVariable("decision") String decision) {
        boolean confirm = decision.equals("xac-nhan");
        var result = confirmations.decide(viewer, id, confirm);
        if (result.saved() instanceof Saved.Refused(var field, var why)) {
            return people(viewer, FormErrors.of(field, why));
        }
        if (!result.notAccepted().isEmpty()) {
            return people(
                    viewer,
                    FormErrors.whole(Reason.of("signing.people.left", String.join("; ", result.notAccepted()))));
        }
        return Answer.done(PEOPLE, confirm ? "signer-confirmed" : "signer-rejected");
    }

    @PostMapping(PEOPLE + "/{id}/thoi")
    @Allowed(Permission.CONFIRM_SIGNER)
    Object endPerson(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @RequestParam(name = "ly-do", defaultValue = "") String reason) {
        return switch (trust.end(viewer, id, reason)) {
            case Saved.Done done -> Answer.done(PEOPLE, "trust-ended");
            case Saved.Refused(var field, var why) -> people(viewer, FormErrors.of(field, why));
        };
    }
}
