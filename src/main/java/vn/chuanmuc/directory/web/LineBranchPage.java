package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param choice of the unit the branch begins with, {@code superior} of what is above it in the line
 * @param branch what may be ticked; null until a unit and a day are chosen
 */
record LineBranchPage(
        Line line,
        UnitChoice choice,
        UnitChoice superior,
        Lines.@Nullable Branch branch,
        Set<UUID> ticked,
        LocalDate today,
        LineForm form)
        implements View {
    @Override
    public int status() {
        return form.errors().none() ? 200 : 422;
    }

    String address() {
        return "/tuyen/" + line.id() + "/nhieu-don-vi";
    }

    String superiorId() {
        UUID id = superior.unit();
        return id == null ? "" : id.toString();
    }

    String day() {
        return form.kept("nhanh", "tu-ngay", "");
    }
}
