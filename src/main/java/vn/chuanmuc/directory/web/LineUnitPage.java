package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.Members;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;

/**
 * A unit in a line.
 *
 * @param place the one that holds on the day
 * @param manages may change the place and the duties; {@code ends}: may at least end the place; {@code members}: who stands in the line
 * @param chosen the member whose form is open
 * @param moving the superior it gets, {@code correcting}: that it had in truth; null where neither may be said
 * @param found people to choose from, {@code sought} by these words
 */
record LineUnitPage(
        Line line,
        UUID unit,
        String unitName,
        Lines.@Nullable Place place,
        List<Lines.Place> places,
        List<Lines.Holder> holders,
        LineMembers.Page found,
        Paging paging,
        String words,
        LineMembers.@Nullable Member chosen,
        List<Members.Listed> candidates,
        String sought,
        LocalDate today,
        boolean manages,
        boolean ends,
        boolean members,
        @Nullable UnitChoice moving,
        @Nullable UnitChoice correcting,
        LineForm form,
        AsOf asOf)
        implements Dated {
    @Override
    public int status() {
        return form.errors().none() ? asOf.status() : 422;
    }

    boolean then() {
        return asOf.past();
    }

    String address() {
        return "/tuyen/" + line.id() + "/don-vi/" + unit;
    }

    Lines.@Nullable Holder holder(Lines.Duty duty) {
        return holders.stream()
                .filter(held -> held.duty() == duty
                        && !held.validFrom().isAfter(asOf.day())
                        && (held.validTo() == null || held.validTo().isAfter(asOf.day())))
                .findFirst()
                .orElse(null);
    }

    List<Lines.Duty> duties() {
        return List.of(Lines.Duty.values());
    }
}
