package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param versions of the leave, newest first; none for a new one
 * @param names of the accounts that made them
 */
record LeavePage(
        People.Portrait person,
        List<Leave> versions,
        Map<UUID, String> names,
        LocalDate today,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    @Nullable
    Leave leave() {
        return versions.isEmpty() ? null : versions.getFirst();
    }

    String action() {
        Leave leave = leave();
        return "/can-bo/" + person.id() + "/nghi/" + (leave == null ? "them" : leave.id());
    }

    List<LeaveKind> kinds() {
        return List.of(LeaveKind.values());
    }
}
