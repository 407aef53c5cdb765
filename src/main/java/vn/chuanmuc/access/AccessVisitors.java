package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ui.Visitor;
import vn.chuanmuc.ui.Visitor.NavItem;
import vn.chuanmuc.ui.Visitors;

/** What the frame shows of whoever is signed in: only places they may go to. */
@Component
class AccessVisitors implements Visitors {
    private record Place(String key, String href, Permission... permissions) {}

    private static final List<Place> PLACES = List.of(
            new Place("access.nav.todo", "/viec", Permission.OWN_PAGES),
            new Place("access.nav.commitment", "/cam-ket", Permission.SIGN_OWN),
            new Place("access.nav.decisions", "/van-ban", Permission.READ_DECISIONS),
            new Place("access.nav.people", "/can-bo", Permission.READ_PEOPLE),
            new Place("access.nav.units", "/don-vi", Permission.READ_PEOPLE, Permission.MANAGE_UNITS),
            new Place("access.nav.reorganisations", "/sap-xep", Permission.READ_REORGANISATIONS),
            new Place("access.nav.lines", "/tuyen", Permission.READ_PEOPLE),
            new Place("access.nav.campaigns", "/dot", Permission.READ_CAMPAIGNS),
            new Place("access.nav.scans", "/ban-quet", Permission.RECORD_PAPER_SIGNATURE),
            new Place("access.nav.lists", "/danh-sach", Permission.READ_LISTS),
            new Place("access.nav.progress", "/tien-do", Permission.READ_PROGRESS),
            new Place("access.nav.accounts", "/quan-tri/tai-khoan", Permission.MANAGE_ACCOUNTS),
            new Place("access.nav.api", "/quan-tri/ma-api", Permission.MANAGE_ACCOUNTS),
            new Place("access.nav.ledger", "/nhat-ky", Permission.READ_LEDGER));

    private final boolean sample;

    AccessVisitors(@Value("${chuanmuc.sample}") boolean sample) {
        this.sample = sample;
    }

    @Override
    public Visitor of(HttpServletRequest request) {
        @Nullable Viewer viewer = AccessConfiguration.current();
        if (viewer == null) {
            return new Visitor(null, null, List.of(), sample);
        }
        var places = new ArrayList<NavItem>();
        if (!viewer.mustSetPassword()) {
            for (Place place : PLACES) {
                for (Permission permission : place.permissions()) {
                    if (viewer.may(permission)) {
                        places.add(new NavItem(place.key(), place.href()));
                        break;
                    }
                }
            }
        }
        return new Visitor(viewer.name(), null, places, sample);
    }
}
