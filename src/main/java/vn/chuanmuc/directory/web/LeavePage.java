package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * @param versions of the leave, newest first; none for a new one
 * @param names of the accounts that made them
 */
record LeavePage(
        People.Portrait person,
        List<Leave> versions,
        Map<UUID, String> names,
        LocalDate today,
        @Nullable AsOf asOf,
        Typed form,
        FormErrors errors)
        implements Dated {
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
