package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import vn.chuanmuc.directory.Assignments;
import vn.chuanmuc.directory.Duplicates;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.directory.Transfers;
import vn.chuanmuc.directory.Transfers.Order;
import vn.chuanmuc.directory.Transfers.Outcome;
import vn.chuanmuc.directory.Transfers.Part;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.PersonName;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.NotYet;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/** Orders to change where somebody works: written, answered, taken back. */
@Controller
class TransfersController {
    static final String LIST = "/can-bo/chuyen";
    private static final String ARRIVAL = "/can-bo/den";
    private static final String SENDING = PersonController.PERSON + "/chuyen/{kind:move|add|out}";
    private static final int PAGE = 50;

    private final Transfers transfers;
    private final People people;
    private final Assignments assignments;
    private final Duplicates duplicates;
    private final UnitChoices choices;
    private final Accounts accounts;
    private final Clock clock;

    TransfersController(
            Transfers transfers,
            People people,
            Assignments assignments,
            Duplicates duplicates,
            UnitChoices choices,
            Accounts accounts,
            Clock clock) {
        this.transfers = transfers;
        this.people = people;
        this.assignments = assignments;
        this.duplicates = duplicates;
        this.choices = choices;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed(Permission.MANAGE_PEOPLE)
    View list(
            Viewer viewer,
            AsOf asOf,
            @RequestParam(name = "loc", defaultValue = "") String code,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        Part part = Arrays.stream(Part.values())
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElse(Part.OPEN);
        int at = Math.clamp(page, 1, 20);
        int total = transfers.count(Scopes.managing(viewer), part, asOf.pastEnd());
        return new TransfersPage(
                part,
                transfers.list(Scopes.managing(viewer), part, asOf.pastEnd(), Paging.offset(at, PAGE), PAGE),
                new Paging(at, PAGE, total, LIST + "?loc=" + part.code() + "&" + asOf.parameter()),
                asOf);
    }

    @GetMapping(LIST + "/{transfer}")
    @Allowed(Permission.MANAGE_PEOPLE)
    View order(Viewer viewer, AsOf asOf, @PathVariable("transfer") UUID id) {
        Scope scope = Scopes.managing(viewer);
        if (asOf.past() && transfers.find(scope, id, asOf.end()).isEmpty()) {
            Transfer order = transfers.find(scope, id).orElseThrow(() -> new NotFound("transfer"));
            return new NotYet(order.fullName(), LIST, "directory.transfers.title", "directory.transfer.not-yet", asOf);
        }
        return order(viewer, asOf, id, Typed.NOTHING, FormErrors.NONE);
    }

    private View order(Viewer viewer, AsOf asOf, UUID id, Typed form, FormErrors errors) {
        Transfer order =
                transfers.find(Scopes.managing(viewer), id, asOf.pastEnd()).orElseThrow(() -> new NotFound("transfer"));
        UUID person = order.personId();
        return new TransferPage(
                order,
                person != null
                        && people.portrait(Scopes.of(viewer, Permission.READ_PEOPLE), person)
                                .isPresent(),
                accounts.names(
                        viewer.tenantId(),
                        Stream.of(order.proposedBy(), order.decidedBy())
                                .filter(Objects::nonNull)
                                .map(account -> (UUID) account)
                                .distinct()
                                .toList()),
                person == null ? List.of() : duplicates.held(viewer.tenantId(), person),
                asOf,
                form,
                errors);
    }

    @PostMapping(LIST + "/{transfer}/{act:dong-y|tu-choi|rut|da-xem}")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object decide(
            Viewer viewer,
            AsOf today,
            @PathVariable("transfer") UUID id,
            @PathVariable("act") String act,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        Scope scope = Scopes.managing(viewer);
        Outcome outcome = switch (act) {
            case "dong-y" -> transfers.accept(scope, id, form.value("loi"));
            case "tu-choi" -> transfers.decline(scope, id, form.value("ly-do"));
            case "rut" -> transfers.withdraw(scope, id, form.value("ly-do"));
            case "da-xem" -> transfers.followUp(scope, id);
            default -> throw new NotFound("act");
        };
        return switch (outcome) {
            case Outcome.Done(var done, var state) ->
                "redirect:" + LIST + "/" + done + "?xong="
                        + (act.equals("da-xem") ? "transfer-followed-up" : told(state));
            case Outcome.Refused(var field, var why) ->
                order(viewer, today, id, form, Typed.errors(field.equals("ly-do") ? "ly-do-" + act : field, why));
        };
    }

    /** What the next page says was done. */
    private static String told(Transfer.State state) {
        return switch (state) {
            case PROPOSED -> "transfer-proposed";
            case AGREED, FAILED -> "transfer-agreed";
            case DONE -> "transfer-done";
            case DECLINED -> "transfer-declined";
            case WITHDRAWN -> "transfer-withdrawn";
        };
    }

    @GetMapping(SENDING)
    @Allowed(Permission.MANAGE_PEOPLE)
    View sending(Viewer viewer, @PathVariable("person") UUID person, @PathVariable("kind") String kind) {
        return sending(viewer, person, kind, Typed.NOTHING, FormErrors.NONE, List.of());
    }

    private View sending(
            Viewer viewer, UUID person, String kind, Typed form, FormErrors errors, List<Transfers.Place> places) {
        People.Portrait portrait = people.portrait(Scopes.of(viewer, Permission.READ_PEOPLE), person)
                .filter(one -> assignments.managed(Scopes.managing(viewer), person))
                .orElseThrow(() -> new NotFound("person"));
        return new TransferFormPage(
                portrait,
                kind,
                places,
                people.blocs(viewer.tenantId()),
                people.positions(viewer.tenantId()),
                LocalDate.now(clock),
                form,
                errors);
    }

    @PostMapping(SENDING)
    @Allowed(Permission.MANAGE_PEOPLE)
    Object send(
            Viewer viewer,
            @PathVariable("person") UUID person,
            @PathVariable("kind") String kind,
            @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        boolean out = kind.equals("out");
        FormErrors errors = form.dayErrors(FormErrors.NONE, "hieu-luc", true);
        if (!out) {
            errors = form.workErrors(errors);
        }
        UUID to = null;
        List<Transfers.Place> places = List.of();
        if (!out) {
            UUID chosen = form.id("don-vi-chon");
            places = transfers.places(viewer.tenantId(), form.value("den"));
            if (places.isEmpty()) {
                errors = errors.and("den", Reason.of("directory.transfer.refused.unknown-unit"));
            } else if (places.size() == 1) {
                to = places.getFirst().unitId();
            } else if (places.stream().anyMatch(place -> place.unitId().equals(chosen))) {
                to = chosen;
            } else {
                errors = errors.and("den", Reason.of("directory.transfer.refused.several-units"));
            }
        }
        LocalDate effective = form.day("hieu-luc");
        if (effective == null || !errors.none()) {
            return sending(viewer, person, kind, form, errors, places);
        }
        Outcome outcome = transfers.propose(
                Scopes.managing(viewer),
                new Order(
                        Transfer.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
                        person,
                        null,
                        form.id("tu"),
                        to,
                        form.value("ngoai"),
                        out ? nothing() : form.work(),
                        effective,
                        form.value("can-cu"),
                        form.value("ly-do")));
        return switch (outcome) {
            case Outcome.Done(var id, var state) -> "redirect:" + LIST + "/" + id + "?xong=" + told(state);
            case Outcome.Refused(var field, var why) ->
                sending(viewer, person, kind, form, Typed.errors(field, why), places);
        };
    }

    /** Whoever leaves gets no post. */
    private static Assignments.Work nothing() {
        return Typed.NOTHING.work();
    }

    @GetMapping(ARRIVAL)
    @Allowed(Permission.MANAGE_PEOPLE)
    View arriving(Viewer viewer, @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        FormErrors errors = FormErrors.NONE;
        if (!form.blank("ho-ten") || form.values().containsKey("ngay-sinh")) {
            errors = form.dayErrors(errors, "ngay-sinh", false);
            if (name(form) == null) {
                errors = errors.and("ho-ten", Reason.of("directory.person.refused.name"));
            }
        }
        return arrival(viewer, form, errors);
    }

    private static @Nullable PersonName name(Typed form) {
        return PersonName.parse(form.value("ho-ten")) instanceof PersonName.Parsed.Read(var name) ? name : null;
    }

    private View arrival(Viewer viewer, Typed form, FormErrors errors) {
        PersonName name = name(form);
        boolean asked = name != null && errors.on("ngay-sinh") == null;
        return new ArrivalPage(
                asked,
                asked && name != null ? transfers.known(viewer.tenantId(), name, form.day("ngay-sinh")) : List.of(),
                form.unit(choices, Scopes.managing(viewer)),
                people.blocs(viewer.tenantId()),
                people.positions(viewer.tenantId()),
                LocalDate.now(clock),
                form,
                errors);
    }

    @PostMapping(ARRIVAL)
    @Allowed(Permission.MANAGE_PEOPLE)
    Object arrive(Viewer viewer, @RequestParam Map<String, String> sent) {
        var form = new Typed(sent);
        PersonName name = name(form);
        FormErrors errors =
                form.workErrors(form.dayErrors(form.dayErrors(FormErrors.NONE, "ngay-sinh", false), "hieu-luc", true));
        if (name == null) {
            errors = errors.and("ho-ten", Reason.of("directory.person.refused.name"));
        }
        LocalDate effective = form.day("hieu-luc");
        LocalDate born = form.day("ngay-sinh");
        UnitChoice choice = form.unit(choices, Scopes.managing(viewer));
        UUID to = choice.unit();
        errors = Typed.unitErrors(errors, choice);
        List<Transfers.Known> known = name == null ? List.of() : transfers.known(viewer.tenantId(), name, born);
        UUID chosen = form.id("ai");
        Transfers.@Nullable Known person = known.stream()
                .filter(one -> one.personId().equals(chosen))
                .findFirst()
                .orElse(null);
        if (person == null && !known.isEmpty() && !form.value("ai").equals("moi")) {
            errors = errors.and("ai", Reason.of("directory.transfer.refused.who"));
        }
        if (name == null || effective == null || to == null || !errors.none()) {
            return arrival(viewer, form, errors);
        }
        boolean inside = person != null && person.works();
        Outcome outcome = transfers.propose(
                Scopes.managing(viewer),
                new Order(
                        inside ? Transfer.Kind.MOVE : Transfer.Kind.IN,
                        person == null ? null : person.personId(),
                        person == null ? new Transfers.Newcomer(name, born) : null,
                        inside && person != null ? person.assignmentId() : null,
                        to,
                        inside ? "" : form.value("ngoai"),
                        form.work(),
                        effective,
                        form.value("can-cu"),
                        form.value("ly-do")));
        return switch (outcome) {
            case Outcome.Done(var id, var state) -> "redirect:" + LIST + "/" + id + "?xong=" + told(state);
            case Outcome.Refused(var field, var why) -> arrival(viewer, form, Typed.errors(field, why));
        };
    }
}
