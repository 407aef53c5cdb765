package vn.chuanmuc.sheets.web;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.sheets.SheetReadings.Draft;
import vn.chuanmuc.sheets.SheetReadings.Look;
import vn.chuanmuc.sheets.web.ReadingController.Entered;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** A scanned form and what somebody reads of it. @param names of who saved and handed in; {@code next}: another complete paper */
record ReadingPage(
        Look look,
        Entered entered,
        Map<UUID, String> names,
        @Nullable UUID next,
        FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String at() {
        return ReadingController.ADDRESS + "/" + look.paperId();
    }

    boolean done() {
        return look.handedAt() != null;
    }

    /** What is chosen for an item: an ordinal, {@code x} for unclear, or {@code 0} for nothing yet. */
    String chosen(int position) {
        return chosen(entered.draft(), position);
    }

    private static String chosen(Draft draft, int position) {
        if (draft.unclear().contains(position)) {
            return "x";
        }
        Integer level = position <= draft.levels().size() ? draft.levels().get(position - 1) : null;
        return level == null ? "0" : level.toString();
    }

    String remark(int position) {
        return entered.draft().remarks().getOrDefault(position, "");
    }

    boolean again(int position) {
        return entered.look().contains(position);
    }

    /** What somebody else chose; null where it is the same, or nobody did. */
    @Nullable
    String theirs(int position) {
        Draft theirs = entered.theirs();
        if (theirs == null || chosen(theirs, position).equals(chosen(position))) {
            return null;
        }
        return chosen(theirs, position);
    }

    @Nullable
    String theirRemark(int position) {
        Draft theirs = entered.theirs();
        if (theirs == null) {
            return null;
        }
        String words = theirs.remarks().getOrDefault(position, "");
        return words.equals(remark(position).strip()) ? null : words;
    }

    long read() {
        return entered.draft().levels().stream().filter(Objects::nonNull).count()
                + entered.draft().unclear().size();
    }

    String saver() {
        UUID saver = look.savedBy();
        return saver == null ? "" : names.getOrDefault(saver, "");
    }

    String hander() {
        UUID hander = look.handedBy();
        return hander == null ? "" : names.getOrDefault(hander, "");
    }

    String missing() {
        return look.missing().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    String doubles() {
        return look.doubles().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    String asked() {
        return look.asked().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
