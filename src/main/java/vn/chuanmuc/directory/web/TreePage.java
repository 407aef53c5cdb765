package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Tree;
import vn.chuanmuc.directory.Tree.Branch;
import vn.chuanmuc.directory.Tree.Node;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * One unit of the tree with what is above and below it; or what a search found.
 *
 * @param branch null when the viewer holds several units and none was opened, or when something was searched
 * @param tops the units the viewer holds, when there is no branch
 * @param notYet when the unit asked for begins, if that is after the day
 * @param hits null unless something was searched
 */
record TreePage(
        AsOf asOf,
        @Nullable Branch branch,
        List<Node> tops,
        @Nullable LocalDate notYet,
        String words,
        Tree.@Nullable Hits hits,
        @Nullable UUID at,
        Paging paging,
        boolean readsPeople,
        boolean manages,
        Form form,
        FormErrors errors)
        implements View {
    record Form(String code, String name, Units.Kind kind) {
        static final Form EMPTY = new Form("", "", Units.Kind.OFFICE);
    }

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    /** A body has one top unit, made with it. */
    List<Units.Kind> kinds() {
        return List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }

    String open(UUID unit) {
        return TreeController.ADDRESS + "?" + asOf.parameter() + "tai=" + unit;
    }

    String people(Node node) {
        return "/can-bo?" + asOf.parameter() + "don-vi=" + node.id();
    }

    /** The page as it is today. */
    String today() {
        return TreeController.ADDRESS
                + (at != null ? "?tai=" + at : words.isEmpty() ? "" : "?tim=" + vn.chuanmuc.ui.Ui.encode(words));
    }

    /** A unit that had ended, on its last day. */
    String lastDay(Node node) {
        LocalDate ended = node.ended();
        return TreeController.ADDRESS + "?ngay="
                + VietnameseDates.format((ended == null ? asOf.day() : ended).minusDays(1)) + "&tai=" + node.id();
    }
}
