package vn.chuanmuc.documents.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.documents.NumberBook.BookLine;
import vn.chuanmuc.documents.NumberBook.Entered;
import vn.chuanmuc.documents.NumberBook.IssuerLine;
import vn.chuanmuc.documents.NumberBook.Reservation;
import vn.chuanmuc.documents.NumberBook.RuleLine;
import vn.chuanmuc.documents.NumberBook.TermLine;
import vn.chuanmuc.documents.NumberBook.TypeLine;
import vn.chuanmuc.documents.web.NumbersPage.Sent;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** How papers are numbered: rules, signs, terms of committees, the runs with every number, and numbers that were given on paper. */
@Controller
class NumbersController {
    static final String ADDRESS = "/danh-so";
    private static final int LINES = 50;

    private final NumberBook book;
    private final UnitChoices choices;
    private final Units units;
    private final Accounts accounts;

    NumbersController(NumberBook book, UnitChoices choices, Units units, Accounts accounts) {
        this.book = book;
        this.choices = choices;
        this.units = units;
        this.accounts = accounts;
    }

    @GetMapping(ADDRESS)
    @Allowed({Permission.MANAGE_UNITS, Permission.READ_LEDGER, Permission.COMPILE_LIST, Permission.APPROVE_LIST})
    View show(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed) {
        return page(viewer, asOf, Ids.read(unit), typed, Sent.NOTHING);
    }

    private View page(Viewer viewer, AsOf asOf, @Nullable UUID wanted, @Nullable String typed, Sent sent) {
        LocalDate day = asOf.past() ? asOf.day() : null;
        UUID[] held = NumberBook.READERS.stream()
                .flatMap(permission -> Arrays.stream(viewer.unitsWith(permission)))
                .distinct()
                .toArray(UUID[]::new);
        UUID first = wanted == null && (typed == null || typed.isBlank()) && held.length > 0 ? held[0] : wanted;
        UnitChoice choice = choices.of(new Scope(viewer.tenantId(), viewer.accountId(), List.of(held)), first, typed);
        UUID unit = choice.unit();
        List<RuleLine> rules = book.rules(viewer.tenantId(), day);
        List<TypeLine> types = book.types(viewer.tenantId(), day);
        List<TermLine> terms = unit == null ? List.of() : book.terms(viewer, unit, day);
        List<IssuerLine> issuers = unit == null ? List.of() : book.issuers(viewer, unit, day);
        List<Reservation> reservations = unit == null ? List.of() : book.reservations(viewer, unit, asOf.pastEnd());
        return new NumbersPage(
                rules,
                types,
                choice,
                unit,
                unit == null
                        ? ""
                        : units.names(viewer.tenantId(), List.of(unit)).getOrDefault(unit, ""),
                terms,
                issuers,
                unit == null ? List.of() : book.runs(viewer, unit, asOf.pastEnd()),
                reservations,
                accounts.names(
                        viewer.tenantId(),
                        Stream.of(
                                        rules.stream().map(RuleLine::setBy),
                                        types.stream().map(TypeLine::setBy),
                                        terms.stream().map(TermLine::setBy),
                                        issuers.stream().map(IssuerLine::setBy),
                                        reservations.stream().map(Reservation::askedBy),
                                        reservations.stream().map(Reservation::answeredBy))
                                .flatMap(ids -> ids)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList()),
                !asOf.past() && book.maySetRules(viewer),
                !asOf.past() && unit != null && book.mayEnterTerms(viewer, unit),
                !asOf.past() && unit != null && book.mayKeep(viewer, unit),
                !asOf.past() && unit != null && book.mayAnswer(viewer, unit),
                viewer.accountId(),
                sent,
                asOf);
    }

    /** The book of one run. */
    @GetMapping(ADDRESS + "/so/{run}")
    @Allowed({Permission.MANAGE_UNITS, Permission.READ_LEDGER, Permission.COMPILE_LIST, Permission.APPROVE_LIST})
    View book(
            Viewer viewer,
            AsOf asOf,
            @PathVariable("run") UUID run,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        int at = Math.clamp(page, 1, 20_000);
        NumberBook.Book found = book.book(viewer, run, asOf.pastEnd(), Paging.offset(at, LINES), LINES);
        if (asOf.past() && found.run().last() == 0) {
            return new NotYet(
                    found.run().documentType() + " " + found.run().period(),
                    ADDRESS + "?don-vi=" + found.run().unitId(),
                    "documents.book.back",
                    "documents.book.not-yet",
                    asOf);
        }
        return new NumberBookPage(
                found,
                accounts.names(
                        viewer.tenantId(),
                        found.lines().stream().map(BookLine::by).distinct().toList()),
                new Paging(at, LINES, found.all(), ADDRESS + "/so/" + run + "?" + asOf.parameter()),
                asOf);
    }

    @PostMapping(ADDRESS + "/nhiem-ky")
    @Allowed(Permission.MANAGE_UNITS)
    Object enterTerm(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        UUID unitId = unit(unit);
        var sent = new Sent("t", fields);
        LocalDate begins = sent.day("tu-ngay");
        LocalDate ends = sent.value("den-ngay").isBlank() ? null : sent.day("den-ngay");
        return answer(
                viewer,
                today,
                unitId,
                sent,
                begins == null || !sent.errors().none()
                        ? null
                        : book.enterTerm(
                                viewer, unitId, sent.value("ten"), begins, ends, sent.value("can-cu"), sent.noBasis()),
                "term-entered");
    }

    @PostMapping(ADDRESS + "/quy-dinh")
    @Allowed(Permission.MANAGE_UNITS)
    Object setRule(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        var sent = new Sent("r", fields);
        LocalDate day = sent.day("hieu-luc");
        return answer(
                viewer,
                today,
                Ids.read(unit),
                sent,
                day == null
                        ? null
                        : book.setRule(
                                viewer,
                                sent.value("tuyen"),
                                day,
                                sent.value("ky"),
                                sent.value("can-cu"),
                                sent.noBasis()),
                "number-rule-set");
    }

    @PostMapping(ADDRESS + "/ky-hieu-loai")
    @Allowed(Permission.MANAGE_UNITS)
    Object setType(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        var sent = new Sent("l", fields);
        LocalDate day = sent.day("lo-tu-ngay");
        return answer(
                viewer,
                today,
                Ids.read(unit),
                sent,
                day == null
                        ? null
                        : book.setType(
                                viewer,
                                sent.value("lo-tuyen"),
                                sent.value("lo-loai"),
                                day,
                                sent.value("lo-ky-hieu"),
                                sent.value("can-cu"),
                                sent.noBasis()),
                "type-sign-set");
    }

    @PostMapping(ADDRESS + "/ky-hieu")
    @Allowed({Permission.COMPILE_LIST, Permission.MANAGE_UNITS})
    Object setIssuer(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        UUID unitId = unit(unit);
        var sent = new Sent("k", fields);
        LocalDate day = sent.day("kh-tu-ngay");
        return answer(
                viewer,
                today,
                unitId,
                sent,
                day == null
                        ? null
                        : book.setIssuer(
                                viewer,
                                unitId,
                                sent.value("kh-tuyen"),
                                day,
                                sent.value("kh-ky-hieu"),
                                sent.value("kh-dia-danh"),
                                sent.value("can-cu"),
                                sent.noBasis()),
                "issuer-sign-set");
    }

    /** Says which numbers were given on paper. */
    @PostMapping(ADDRESS + "/tren-giay")
    @Allowed({Permission.COMPILE_LIST, Permission.MANAGE_UNITS})
    Object reserve(
            Viewer viewer,
            AsOf today,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        UUID unitId = unit(unit);
        var sent = new Sent("g", fields);
        return answer(
                viewer,
                today,
                unitId,
                sent,
                book.reserve(
                        viewer,
                        unitId,
                        sent.value("gs-tuyen"),
                        sent.value("gs-loai"),
                        sent.value("gs-den-so"),
                        sent.value("gs-ly-do")),
                "numbers-reported");
    }

    /** Another person confirms or refuses it. */
    @PostMapping(ADDRESS + "/tren-giay/{id}")
    @Allowed({Permission.APPROVE_LIST, Permission.MANAGE_UNITS})
    Object answerReservation(
            Viewer viewer,
            AsOf today,
            @PathVariable("id") UUID id,
            @RequestParam(name = "don-vi", defaultValue = "") String unit,
            @RequestParam Map<String, String> fields) {
        var sent = new Sent(id.toString(), fields);
        boolean confirmed = sent.value("tra-loi").equals("co");
        return answer(
                viewer,
                today,
                Ids.read(unit),
                sent,
                book.answer(viewer, id, confirmed, sent.value("gs-tra-loi")),
                confirmed ? "numbers-confirmed" : "numbers-refused");
    }

    private static UUID unit(String unit) {
        return Optional.ofNullable(Ids.read(unit)).orElseThrow(() -> new NotFound("unit"));
    }

    /** @param entered null where what was typed cannot be read */
    private Object answer(Viewer viewer, AsOf today, @Nullable UUID unit, Sent sent, @Nullable Entered entered, String done) {
        return switch (entered) {
            case null -> page(viewer, today, unit, null, sent);
            case Entered.Done ok -> Answer.done(ADDRESS + (unit == null ? "" : "?don-vi=" + unit), done);
            case Entered.Refused(var why) -> page(viewer, today, unit, null, sent.with(new FormErrors(why)));
        };
    }
}
