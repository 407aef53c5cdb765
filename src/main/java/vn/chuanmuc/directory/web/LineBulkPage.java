package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.LineMembers;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Lines.Line;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param preview null while nothing is chosen or the choice is wrong
 * @param running the job that is just doing such a thing in this line
 */
record LineBulkPage(
        Line line,
        LineMembers.Move move,
        UnitChoice choice,
        @Nullable UUID bloc,
        @Nullable UUID position,
        boolean withoutPost,
        String day,
        LineMembers.@Nullable Preview preview,
        List<People.Bloc> blocs,
        List<Lines.Choice> positions,
        LocalDate today,
        @Nullable UUID running,
        LineForm form)
        implements View {
    @Override
    public int status() {
        return form.errors().none() ? 200 : 422;
    }

    String address() {
        return "/tuyen/" + line.id() + "/hang-loat";
    }

    /** So many are done by a job. */
    boolean later() {
        return preview != null && preview.concerned() > LineMembers.PEOPLE_NOW;
    }

    List<LineMembers.Move> moves() {
        return List.of(LineMembers.Move.values());
    }
}
