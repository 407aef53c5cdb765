package vn.chuanmuc.sheets.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.sheets.SheetWitnesses.Comparing;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** A paper beside what a clerk entered of it, for whoever was named to compare them. */
record WitnessPage(Comparing comparing, String words, FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String at() {
        return WitnessController.ADDRESS + "/" + comparing.look().paperId();
    }

    /** What was entered for an item; null: that it cannot be read, or nothing. */
    @Nullable
    String level(int position) {
        Integer level = comparing.look().draft().levels().get(position - 1);
        return level == null ? null : comparing.look().book().level(level).words();
    }

    String remark(int position) {
        return comparing.look().draft().remarks().getOrDefault(position, "");
    }
}
