package vn.chuanmuc.commitments.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.commitments.Commitments.Own;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.ui.View;

record OwnPage(List<Own> own, LocalDate today) implements View {
    boolean late(Own one) {
        return one.open() && one.standing() == Standing.OPEN && one.signBy().isBefore(today);
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
