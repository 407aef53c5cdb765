package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.directory.Leaves.Leave;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/**
 * A leave as it had been entered by the end of a day.
 *
 * @param versions made by then, the newest first; none when it was entered later
 */
record LeaveThenPage(People.Portrait person, List<Leave> versions, Map<UUID, String> names, AsOf asOf)
        implements Dated {
    boolean withdrawn() {
        return !versions.isEmpty() && versions.getFirst().withdrawn();
    }
}
