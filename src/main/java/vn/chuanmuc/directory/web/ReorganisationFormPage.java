package vn.chuanmuc.directory.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import vn.chuanmuc.directory.ReorganisationDraft.Head;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.View;

/** @param id null for a new one */
record ReorganisationFormPage(@Nullable UUID id, Form form, FormErrors errors) implements View {
    record Form(
            @BindParam("tieu-de") @Nullable String title,
            @BindParam("hieu-luc") @Nullable String effective,
            @BindParam("can-cu") @Nullable String basis,
            @BindParam("so") @Nullable String number,
            @BindParam("ngay-ban-hanh") @Nullable String date,
            @BindParam("co-quan") @Nullable String issuer,
            @BindParam("trich-yeu") @Nullable String subject) {
        static final Form EMPTY = new Form("", "", "co", "", "", "", "");

        static Form of(Head head, java.util.function.Function<java.time.LocalDate, String> day) {
            var basis = head.basis();
            return new Form(
                    head.title(),
                    day.apply(head.effective()),
                    basis.known() ? "co" : "chua",
                    basis.number(),
                    basis.date() == null ? "" : day.apply(basis.date()),
                    basis.issuer(),
                    basis.title());
        }

        boolean hasBasis() {
            return !"chua".equals(basis);
        }

        static String text(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String action() {
        return id == null ? ReorganisationWords.ADDRESS : ReorganisationWords.at(id) + "/thong-tin";
    }

    String title(Ui ui) {
        return ui.t(id == null ? "directory.reorg.new" : "directory.reorg.head");
    }
}
