package vn.chuanmuc.commitments.web;

import java.util.List;
import vn.chuanmuc.commitments.Commitments.Own;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

record OwnPage(List<Own> own, AsOf asOf) implements Dated {
    boolean late(Own one) {
        return one.open() && one.standing() == Standing.OPEN && one.signBy().isBefore(asOf.day());
    }

    static String tag(Standing standing) {
        return switch (standing) {
            case OPEN -> "wait";
            case SIGNED -> "good";
            case DECLINED -> "bad";
            case EXCUSED -> "info";
            case LEFT -> "";
        };
    }
}
