package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Leaves;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * @param away who of those shown is on leave today
 */
record PeoplePage(
        People.Page found,
        Paging paging,
        String words,
        @Nullable UUID unit,
        @Nullable UUID bloc,
        boolean byRank,
        List<Unit> units,
        List<People.Bloc> blocs,
        boolean manages,
        boolean issues,
        Map<UUID, Leaves.Leave> away)
        implements View {
    boolean filtered() {
        return !words.isBlank() || unit != null || bloc != null;
    }

    boolean hasNext() {
        return found.people().size() == paging.size()
                && (found.uncounted() || paging.last() < paging.total())
                && paging.last() < People.DEEPEST;
    }

    long last() {
        return paging.first() + found.people().size() - 1;
    }
}
