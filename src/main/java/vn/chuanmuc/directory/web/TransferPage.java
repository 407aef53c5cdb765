package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.directory.PersonRecords;
import vn.chuanmuc.directory.Transfer;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;

/**
 * @param seesPerson whether the person's page is open to the viewer
 * @param names of accounts
 */
record TransferPage(
        Transfer order,
        boolean seesPerson,
        Map<UUID, String> names,
        List<PersonRecords.Held> held,
        AsOf asOf,
        Typed form,
        FormErrors errors)
        implements Dated {
    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "directory.transfers.undated";
    }

    List<PersonRecords.Held> running() {
        return held.stream().filter(PersonRecords.Held::running).toList();
    }
}
