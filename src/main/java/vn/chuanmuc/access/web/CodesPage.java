package vn.chuanmuc.access.web;

import java.util.List;
import java.util.UUID;
import vn.chuanmuc.access.Accounts.Entered;
import vn.chuanmuc.access.Accounts.Entry;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

record CodesPage(List<Unit> units, UUID unit, List<Entry> people, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    long count(Entered entered) {
        return people.stream().filter(entry -> entry.entered() == entered).count();
    }

    boolean anyWaiting() {
        return count(Entered.ENTERED) < people.size();
    }
}
