package vn.chuanmuc.scans.web;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.scans.Pile;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.Scans.Rejection;
import vn.chuanmuc.scans.Sheaf;
import vn.chuanmuc.scans.Sheaf.Box;
import vn.chuanmuc.scans.Sheaf.Group;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A paper, its pages and the places of its signatures.
 *
 * @param at its place among those of its group, from 1; of {@code of}
 * @param previous neighbour in the group, or null
 * @param otherLooks who else looked at it in the last minutes; null when nobody did
 * @param decidedBy name of whoever decided on it; empty when nobody did
 * @param day as typed, or the day of the whole pile
 */
public record SheafPage(
        Pile pile,
        Sheaf sheaf,
        int at,
        int of,
        @Nullable UUID previous,
        @Nullable UUID next,
        @Nullable String otherLooks,
        String decidedBy,
        String day,
        String doubt,
        String rejection,
        String rejectionReason,
        FormErrors errors)
        implements View {

    private static final String PERSON = "NguoiCamKet";

    /** A signature's room and the picture it is on. */
    public record Room(Box box, ScanPage page) {}

    /** The person's own first. */
    public List<Room> rooms() {
        return sheaf.boxes().stream()
                .sorted(Comparator.comparing(box -> !box.field().equals(PERSON)))
                .flatMap(box ->
                        sheaf.of(box.page()).stream().filter(ScanPage::placed).map(page -> new Room(box, page)))
                .toList();
    }

    /** The pages to look at for the signatures where it was printed by another layout than today's: the last. */
    public List<ScanPage> lastOfOtherLayout() {
        return sheaf.boxes().isEmpty() ? sheaf.of(sheaf.pages()) : List.of();
    }

    public Rejection[] rejections() {
        return Rejection.values();
    }

    public boolean confirmable() {
        Group group = sheaf.group();
        return !pile.finished()
                && (group == Group.READY || group == Group.DOUBTFUL)
                && sheaf.missing().isEmpty()
                && sheaf.doubles().isEmpty();
    }

    /** Whether something else than a signature can still be said of it. */
    public boolean decidable() {
        return !pile.finished() && sheaf.group() != Group.CONFIRMED;
    }

    public boolean pictures() {
        return pile.sweptAt() == null;
    }

    public Optional<LocalDate> signedOn() {
        return Optional.ofNullable(sheaf.signedOn());
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
