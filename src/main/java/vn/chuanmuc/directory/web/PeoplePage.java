package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.Members;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * @param today the address of the same list today
 * @param away who of those shown is on leave that day
 */
record PeoplePage(
        Members.Page found,
        Paging paging,
        String words,
        UnitChoice choice,
        @Nullable UUID bloc,
        boolean byRank,
        AsOf asOf,
        String today,
        List<People.Bloc> blocs,
        boolean manages,
        boolean issues,
        Map<UUID, Leaves.Leave> away)
        implements View {
    @Override
    public int status() {
        return asOf.status();
    }

    boolean filtered() {
        return !words.isBlank() || choice.chosen() != null || bloc != null;
    }

    boolean hasNext() {
        return found.people().size() == paging.size()
                && (found.uncounted() || paging.last() < paging.total())
                && paging.last() < Members.DEEPEST;
    }

    long last() {
        return paging.first() + found.people().size() - 1;
    }
}
