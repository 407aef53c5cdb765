package vn.chuanmuc.figures.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.figures.FigureLists.FigureList;
import vn.chuanmuc.figures.FigureLists.Row;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * One list with its figures.
 *
 * @param names of accounts
 * @param bringer the official behind the account that brought it, whose own figures are marked; null for none
 * @param system whether another system sent it
 * @param mayNotJudge why the viewer cannot confirm it; null when they can
 * @param reason and {@code why}: as typed, of refusing and of taking back
 */
record ListPage(
        FigureList list,
        List<Row> rows,
        Map<UUID, String> names,
        @Nullable UUID bringer,
        boolean system,
        @Nullable Reason mayNotJudge,
        boolean mayWithdraw,
        String reason,
        String why,
        Paging paging,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String address() {
        return FiguresController.ADDRESS + "/" + list.id();
    }

    String hash() {
        return HexFormat.of().formatHex(list.fileHash());
    }

    String name(UUID account) {
        return names.getOrDefault(account, "–");
    }

    boolean ofBringer(Row row) {
        return bringer != null && bringer.equals(row.personId());
    }
}
