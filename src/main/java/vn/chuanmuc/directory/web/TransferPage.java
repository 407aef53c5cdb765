package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param seesPerson whether the person's page is open to the viewer
 * @param names of accounts
 */
record TransferPage(
        Transfer order,
        boolean seesPerson,
        Map<UUID, String> names,
        List<PersonRecords.Held> held,
        LocalDate today,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    List<PersonRecords.Held> running() {
        return held.stream().filter(PersonRecords.Held::running).toList();
    }
}
