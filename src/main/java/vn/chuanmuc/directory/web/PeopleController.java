package vn.chuanmuc.directory.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Members;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Saved;
import vn.chuanmuc.directory.PersonKind;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.directory.UnitChoices;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

@Controller
class PeopleController {
    private static final String LIST = "/can-bo";
    private static final int PAGE = 50;

    private final People people;
    private final Leaves leaves;
    private final Members members;
    private final UnitChoices choices;
    private final Access access;
    private final Clock clock;

    PeopleController(People people, Leaves leaves, Members members, UnitChoices choices, Access access, Clock clock) {
        this.people = people;
        this.leaves = leaves;
        this.members = members;
        this.choices = choices;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(LIST)
    @Allowed(Permission.READ_PEOPLE)
    View list(
            Viewer viewer,
            @RequestParam(name = "tim", defaultValue = "") String words,
            @RequestParam(name = UnitChoice.ID, required = false) @Nullable UUID picked,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @RequestParam(name = "khoi", required = false) @Nullable UUID bloc,
            @RequestParam(name = "sap", defaultValue = "ten") String order,
            @RequestParam(name = AsOf.PARAMETER, defaultValue = "") String day,
            @RequestParam(name = "trang", defaultValue = "1") int page) {
        if (picked != null && !access.covers(viewer, Permission.READ_PEOPLE, picked)) {
            throw new NotFound("unit");
        }
        AsOf asOf = AsOf.read(day, LocalDate.now(clock));
        Scope scope = Scopes.of(viewer, Permission.READ_PEOPLE);
        UnitChoice choice = choices.of(scope, asOf.day(), picked, typed);
        UUID unit = choice.few() ? picked : choice.unit();
        int shown = Math.clamp(page, 1, Members.DEEPEST / PAGE);
        String cut = words.length() > 100 ? words.substring(0, 100) : words;
        boolean byRank = order.equals("thu-tu");
        Members.Page found = members.list(
                scope, new Members.Filter(cut, unit, bloc, byRank, asOf.day()), Paging.offset(shown, PAGE), PAGE);
        String today = LIST + "?" + (cut.isBlank() ? "" : "tim=" + Ui.encode(cut) + "&")
                + (unit == null ? "" : UnitChoice.ID + "=" + unit + "&")
                + (bloc == null ? "" : "khoi=" + bloc + "&")
                + (byRank ? "sap=thu-tu&" : "");
        return new PeoplePage(
                found,
                new Paging(shown, PAGE, found.total(), today + asOf.parameter()),
                cut,
                choice,
                bloc,
                byRank,
                asOf,
                today,
                people.blocs(viewer.tenantId()),
                viewer.may(Permission.MANAGE_PEOPLE),
                viewer.may(Permission.ISSUE_CODES),
                leaves.on(
                        viewer.tenantId(),
                        found.people().stream()
                                .map(listed -> listed.member().personId())
                                .toList(),
                        asOf.day()));
    }

    /** What the form for a new person sends. */
    record PersonForm(
            @BindParam("ho-ten") @Nullable String hoTen,
            @BindParam("ngay-sinh") @Nullable String ngaySinh,
            @BindParam("so-hieu") @Nullable String soHieu,
            @BindParam("chuc-vu") @Nullable String chucVu,
            @BindParam("lanh-dao") @Nullable Boolean leadsIfNew,
            @BindParam("khoi") @Nullable String khoi,
            @BindParam("loai") @Nullable String loai,
            @BindParam("thu-tu") @Nullable String thuTu,
            @BindParam("ghi-chu") @Nullable String ghiChu,
            @BindParam("tu-ngay") @Nullable String tuNgay,
            @BindParam("ngay-thoi") @Nullable String ngayThoi,
            @BindParam("ly-do") @Nullable String lyDo,
            @BindParam("nguoi-khac") @Nullable Boolean another) {
        static final PersonForm EMPTY =
                new PersonForm(null, null, null, null, null, null, null, null, null, null, null, null, null);

        boolean lanhDao() {
            return Boolean.TRUE.equals(leadsIfNew);
        }

        boolean nguoiKhac() {
            return Boolean.TRUE.equals(another);
        }

        String value(String field) {
            @Nullable
            String value = switch (field) {
                case "ho-ten" -> hoTen;
                case "ngay-sinh" -> ngaySinh;
                case "so-hieu" -> soHieu;
                case "chuc-vu" -> chucVu;
                case "khoi" -> khoi;
                case "loai" -> loai;
                case "thu-tu" -> thuTu;
                case "ghi-chu" -> ghiChu;
                case "tu-ngay" -> tuNgay;
                case "ngay-thoi" -> ngayThoi;
                case "ly-do" -> lyDo;
                default -> throw new IllegalArgumentException(field);
            };
            return value == null ? "" : value;
        }
    }

    @GetMapping(LIST + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    View adding(Viewer viewer) {
        return newPerson(viewer, choice(viewer, null, null), PersonForm.EMPTY, FormErrors.NONE);
    }

    private UnitChoice choice(Viewer viewer, @Nullable UUID picked, @Nullable String typed) {
        return choices.of(Scopes.managing(viewer), LocalDate.now(clock), picked, typed);
    }

    @PostMapping(LIST + "/them")
    @Allowed(Permission.MANAGE_PEOPLE)
    Object add(
            Viewer viewer,
            @RequestParam(name = UnitChoice.ID, required = false) @Nullable UUID picked,
            @RequestParam(name = UnitChoice.TYPED, required = false) @Nullable String typed,
            @ModelAttribute PersonForm form) {
        if (picked != null) {
            access.require(viewer, Permission.MANAGE_PEOPLE, picked);
        }
        UnitChoice choice = choice(viewer, picked, typed);
        UUID unit = choice.unit();
        var birth = new Day(form.value("ngay-sinh"), false);
        var from = new Day(form.value("tu-ngay"), true);
        var rank = new Rank(form.value("thu-tu"));
        FormErrors errors = FormErrors.NONE;
        if (unit == null) {
            Reason why = choice.problem();
            errors = errors.and(UnitChoice.ID, why == null ? Reason.of("ui.unit-choice.empty") : why);
        }
        if (birth.wrong()) {
            errors = errors.and("ngay-sinh", Reason.of("directory.person.refused.date"));
        }
        if (from.wrong()) {
            errors = errors.and("tu-ngay", Reason.of("directory.person.refused.date"));
        }
        if (rank.wrong) {
            errors = errors.and("thu-tu", Reason.of("directory.person.refused.rank"));
        }
        if (unit == null || !errors.none()) {
            return newPerson(viewer, choice, form, errors);
        }
        return switch (people.add(
                Scopes.managing(viewer),
                unit,
                form.value("ho-ten"),
                birth.value,
                form.value("so-hieu"),
                post(form, rank.value),
                from.required(),
                form.nguoiKhac())) {
            case Saved.Done(var id) -> "redirect:" + LIST + "/" + id + "?xong=person-added";
            case Saved.Refused(var field, var why) ->
                newPerson(viewer, choice, form, field.isEmpty() ? FormErrors.whole(why) : FormErrors.of(field, why));
        };
    }

    private View newPerson(Viewer viewer, UnitChoice choice, PersonForm form, FormErrors errors) {
        return new NewPersonPage(
                choice,
                people.blocs(viewer.tenantId()),
                people.positions(viewer.tenantId()),
                LocalDate.now(clock),
                form,
                errors);
    }

    private static People.Post post(PersonForm form, @Nullable Integer rank) {
        return new People.Post(
                form.value("chuc-vu"),
                form.lanhDao(),
                form.value("khoi"),
                PersonKind.of(form.value("loai")).orElse(PersonKind.CIVIL_SERVANT),
                rank,
                form.value("ghi-chu"));
    }

    /** A day as somebody typed it. */
    static final class Day {
        final @Nullable LocalDate value;
        private final boolean wrong;

        Day(String typed, boolean required) {
            switch (VietnameseDates.parse(typed)) {
                case VietnameseDates.Parsed.Read(var day) -> {
                    value = day;
                    wrong = false;
                }
                case VietnameseDates.Parsed.Refused _ -> {
                    value = null;
                    wrong = required || !typed.isBlank();
                }
            }
        }

        boolean wrong() {
            return wrong;
        }

        LocalDate required() {
            return java.util.Objects.requireNonNull(value);
        }
    }

    private static final class Rank {
        final @Nullable Integer value;
        final boolean wrong;

        Rank(String typed) {
            boolean whole = typed.strip().matches("[0-9]{1,6}");
            value = whole ? Integer.valueOf(typed.strip()) : null;
            wrong = !whole && !typed.isBlank();
        }
    }
}
