package vn.chuanmuc.directory.web;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Duplicates.Merge;
import vn.chuanmuc.directory.Duplicates.Preview;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param merge the proposal, or null while there is none
 * @param names of accounts
 * @param mine proposed by the viewer
 * @param both whether the viewer looks after both records
 */
record MergePage(
        Preview preview,
        @Nullable Merge merge,
        Map<UUID, String> names,
        boolean mine,
        boolean both,
        Typed form,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean open() {
        return merge != null && merge.state() == Merge.State.PROPOSED;
    }

    String pair() {
        return DuplicatesController.LIST + "/" + preview.kept().id() + "/"
                + preview.givenUp().id();
    }

    String changedOver() {
        return DuplicatesController.LIST + "/" + preview.givenUp().id() + "/"
                + preview.kept().id();
    }
}
