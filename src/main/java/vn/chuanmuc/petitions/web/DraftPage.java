package vn.chuanmuc.petitions.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.petitions.Drafting;
import vn.chuanmuc.petitions.Petition;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Part;
import vn.chuanmuc.petitions.Petitions.Filing;
import vn.chuanmuc.petitions.Terms.Reckoning;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** A petition that is being written. @param theirs as it was saved elsewhere meanwhile; null unless it was */
record DraftPage(
        Drafting.Sheet sheet,
        Typed typed,
        FormErrors errors,
        @Nullable Petition theirs) implements View {
    /** What stands in the fields. */
    record Typed(
            int version, boolean whole, List<Integer> items, String grounds, String wish, String lateReason, String received) {
        static Typed of(Petition petition) {
            return new Typed(
                    petition.version(),
                    petition.whole(),
                    petition.items(),
                    petition.grounds(),
                    petition.wish(),
                    petition.lateReason(),
                    petition.receivedOn() == null ? "" : VietnameseDates.format(petition.receivedOn()));
        }
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    Petition petition() {
        return sheet.petition();
    }

    String at() {
        return PetitionsController.PETITIONS + "/" + petition().id();
    }

    @Nullable
    Reckoning clock() {
        return switch (sheet.filing()) {
            case Filing.Open open -> open.clock();
            case Filing.Over over -> over.clock();
            case Filing.Taken taken -> null;
        };
    }

    boolean late() {
        return sheet.filing() instanceof Filing.Open open && open.late();
    }

    Filing.@Nullable Over over() {
        return sheet.filing() instanceof Filing.Over over ? over : null;
    }

    boolean taken() {
        return sheet.filing() instanceof Filing.Taken;
    }

    List<Attachment> files() {
        return sheet.files();
    }

    boolean scanned() {
        return sheet.files().stream().anyMatch(file -> file.part() == Part.SCAN);
    }
}
