package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Units.History;
import vn.chuanmuc.directory.Units.Succession;
import vn.chuanmuc.directory.Units.Version;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/**
 * A unit through time.
 *
 * @param then what it was on the day, or last before it; null before it began
 * @param people on the day, or on its last day
 * @param reads what else of it the viewer may open
 */
record UnitPage(History history, AsOf asOf, @Nullable Version then, int people, Reads reads) implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    /** The first day on which it was no more, when that had come by the day; null while it lived. */
    @Nullable
    LocalDate ended() {
        LocalDate until = then == null ? null : then.until();
        return until == null || until.isAfter(asOf.day()) ? null : until;
    }

    String title() {
        return then == null ? history.unit().name() : then.name();
    }

    /** The day on which it began. */
    LocalDate begins() {
        return history.versions().getLast().from();
    }

    record Reads(boolean people, boolean lists, boolean reorganisations) {}

    List<Succession> before() {
        return history.before();
    }
}
