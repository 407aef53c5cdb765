package vn.chuanmuc.access.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Accounts.Entered;
import vn.chuanmuc.access.Accounts.Entry;
import vn.chuanmuc.access.Accounts.EntryQuery;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * Who of a unit can sign in, and who still needs a code.
 *
 * @param counts how many there are of each kind, whatever kind is shown
 * @param form token with which the form counts once
 */
record CodesPage(
        UnitChoice choice,
        EntryQuery query,
        List<Entry> people,
        Map<Entered, Integer> counts,
        Paging paging,
        String form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    int count(Entered entered) {
        return counts.getOrDefault(entered, 0);
    }

    int withoutCode() {
        return count(Entered.NONE) + count(Entered.EXPIRED);
    }

    int all() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean asksFor(Entered entered) {
        return entered == query.entered();
    }

    boolean mayBeChosen(Entry entry) {
        return entry.entered() != Entered.ENTERED && !entry.holdsRole();
    }

    static String code(@Nullable Entered entered) {
        return entered == null ? "" : entered.name().toLowerCase(Locale.ROOT);
    }

    int most() {
        return Accounts.MOST_CODES;
    }
}
