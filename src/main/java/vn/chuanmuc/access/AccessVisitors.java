package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ui.Visitor;
import vn.chuanmuc.ui.Visitor.NavItem;
import vn.chuanmuc.ui.Visitors;

/** What the frame shows of whoever is signed in: only places they may go to. */
@Component
class AccessVisitors implements Visitors {
    private record Place(String key, String href, Permission... permissions) {
        boolean open(Viewer viewer) {
            return Arrays.stream(permissions).anyMatch(viewer::may);
        }

        NavItem item() {
            return new NavItem(key, href);
        }
    }

    /** Places that are one entry, called by its key, as soon as a viewer may go to more than one of them. */
    private record Section(String key, List<Place> places) {
        static Section of(Place place) {
            return new Section(place.key(), List.of(place));
        }

        Optional<NavItem> item(Viewer viewer) {
            List<NavItem> open = places.stream()
                    .filter(place -> place.open(viewer))
                    .map(Place::item)
                    .toList();
            if (open.isEmpty()) {
                return Optional.empty();
            }
            NavItem first = open.getFirst();
            if (open.size() > 1) {
                return Optional.of(new NavItem(key, first.href(), open));
            }
            boolean main = first.href().equals(places.getFirst().href());
            return Optional.of(main ? new NavItem(key, first.href()) : first);
        }
    }

    private static final List<Section> SECTIONS = List.of(
            Section.of(new Place("access.nav.todo", "/viec", Permission.OWN_PAGES)),
            Section.of(new Place("access.nav.commitment", "/cam-ket", Permission.SIGN_OWN)),
            Section.of(new Place("access.nav.decisions", "/van-ban", Permission.READ_DECISIONS)),
            Section.of(new Place("access.nav.people", "/can-bo", Permission.READ_PEOPLE)),
            new Section(
                    "access.nav.units",
                    List.of(
                            new Place("access.nav.tree", "/don-vi", Permission.READ_PEOPLE, Permission.MANAGE_UNITS),
                            new Place("access.nav.reorganisations", "/sap-xep", Permission.READ_REORGANISATIONS),
                            new Place("access.nav.lines", "/tuyen", Permission.READ_PEOPLE),
                            new Place(
                                    "access.nav.numbers",
                                    "/danh-so",
                                    Permission.MANAGE_UNITS,
                                    Permission.READ_LEDGER,
                                    Permission.COMPILE_LIST,
                                    Permission.APPROVE_LIST))),
            new Section(
                    "access.nav.campaigns",
                    List.of(
                            new Place("access.nav.all-campaigns", "/dot", Permission.READ_CAMPAIGNS),
                            new Place("access.nav.scans", "/ban-quet", Permission.RECORD_PAPER_SIGNATURE))),
            new Section(
                    "access.nav.rules",
                    List.of(
                            new Place("access.nav.books", "/quy-tac", Permission.READ_RULES),
                            new Place("access.nav.calendar", "/quy-tac/lich", Permission.READ_RULES))),
            Section.of(new Place("access.nav.lists", "/danh-sach", Permission.READ_LISTS)),
            new Section(
                    "access.nav.assessments",
                    List.of(
                            new Place("access.nav.own-forms", "/danh-gia", Permission.RATE_SELF),
                            new Place("access.nav.acting", "/danh-gia/cham", Permission.RATE_AS_HEAD),
                            new Place(
                                    "access.nav.deciding",
                                    "/danh-gia/quyet-dinh",
                                    Permission.RATE_AS_HEAD,
                                    Permission.RUN_CYCLE),
                            new Place("access.nav.sheets", "/phieu-giay", Permission.ENTER_PAPER_FORMS),
                            new Place("access.nav.figures", "/so-lieu", Permission.READ_FIGURES),
                            new Place("access.nav.own-results", "/danh-gia/ket-qua", Permission.RATE_SELF),
                            new Place(
                                    "access.nav.meetings",
                                    "/hop",
                                    Permission.RATE_SELF,
                                    Permission.CONVENE_PANEL,
                                    Permission.READ_ASSESSMENTS),
                            new Place(
                                    "access.nav.cycles",
                                    "/danh-gia/dot",
                                    Permission.READ_ASSESSMENTS,
                                    Permission.RUN_CYCLE))),
            new Section(
                    "access.nav.petitions",
                    List.of(
                            new Place(
                                    "access.nav.own-petitions",
                                    "/kien-nghi",
                                    Permission.RATE_SELF,
                                    Permission.DECIDE_PETITION,
                                    Permission.RECORD_PETITION),
                            new Place(
                                    "access.nav.petition-register",
                                    "/kien-nghi/so",
                                    Permission.RECORD_PETITION,
                                    Permission.READ_PETITIONS),
                            new Place(
                                    "access.nav.petition-rules",
                                    "/kien-nghi/quy-tac",
                                    Permission.RUN_PETITIONS,
                                    Permission.READ_PETITIONS))),
            Section.of(new Place("access.nav.progress", "/tien-do", Permission.READ_PROGRESS)),
            Section.of(new Place("access.nav.overview", "/tong-hop", Permission.READ_OVERVIEW)),
            new Section(
                    "access.nav.accounts",
                    List.of(
                            new Place("access.nav.people-accounts", "/quan-tri/tai-khoan", Permission.MANAGE_ACCOUNTS),
                            new Place("access.nav.api", "/quan-tri/ma-api", Permission.MANAGE_ACCOUNTS),
                            new Place("access.nav.mail", "/quan-tri/thu", Permission.MANAGE_MAIL))),
            new Section(
                    "access.nav.signing",
                    List.of(
                            new Place("access.nav.signers", "/chung-thu", Permission.CONFIRM_SIGNER),
                            new Place(
                                    "access.nav.seals",
                                    "/con-dau",
                                    Permission.SEAL,
                                    Permission.MANAGE_TRUST,
                                    Permission.READ_LEDGER),
                            new Place(
                                    "access.nav.trust", "/tin-cay", Permission.MANAGE_TRUST, Permission.READ_LEDGER))),
            new Section(
                    "access.nav.ledger",
                    List.of(
                            new Place("access.nav.acts", "/nhat-ky", Permission.READ_LEDGER),
                            new Place("access.nav.checkpoints", "/so-cai", Permission.READ_CHECKPOINTS))));

    private final boolean sample;
    private final ObjectProvider<Unread> unread;

    AccessVisitors(@Value("${chuanmuc.sample}") boolean sample, ObjectProvider<Unread> unread) {
        this.sample = sample;
        this.unread = unread;
    }

    @Override
    public Visitor of(HttpServletRequest request) {
        @Nullable Viewer viewer = AccessConfiguration.current();
        if (viewer == null) {
            return new Visitor(null, null, List.of(), sample);
        }
        List<NavItem> places = viewer.mustSetPassword()
                ? List.of()
                : SECTIONS.stream()
                        .flatMap(section -> section.item(viewer).stream())
                        .toList();
        int waiting = viewer.mustSetPassword()
                ? 0
                : unread.orderedStream().mapToInt(source -> source.of(viewer)).sum();
        return new Visitor(viewer.name(), null, places, sample, waiting);
    }
}
