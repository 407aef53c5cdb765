package vn.chuanmuc.scans.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.Scans.Candidate;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A page that no code placed, and the form to put it to a paper.
 *
 * @param previous neighbour among the pages without a paper, or null
 * @param words searched for
 */
public record LoosePage(
        Pile pile,
        ScanPage page,
        @Nullable UUID previous,
        @Nullable UUID next,
        String words,
        List<Candidate> candidates,
        String code,
        @Nullable UUID picked,
        String number,
        String reason,
        FormErrors errors)
        implements View {

    /** Whether there is a picture that may be put to a paper. */
    public boolean assignable() {
        return !pile.finished()
                && page.width() > 0
                && page.found() != ScanPage.Found.BLANK
                && page.found() != ScanPage.Found.FOREIGN;
    }

    public boolean picture() {
        return page.width() > 0
                && pile.sweptAt() == null
                && page.found() != ScanPage.Found.BLANK
                && page.found() != ScanPage.Found.FOREIGN;
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
