package vn.chuanmuc.publication.web;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.publication.Finding;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * Checking a paper.
 *
 * @param typed the code as it was entered
 * @param finding null before anything was asked
 */
record VerifyPage(String typed, @Nullable Finding finding, int status, FormErrors errors) implements View {
    static VerifyPage blank() {
        return new VerifyPage("", null, 200, FormErrors.NONE);
    }

    static VerifyPage of(String typed, Finding finding) {
        return new VerifyPage(typed, finding, 200, FormErrors.NONE);
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** How good the news is, as a class of the house. */
    static String tone(Finding.Known known) {
        if (known.file() == Finding.File.OTHER) {
            return "alert-danger";
        }
        return switch (known.standing()) {
            case VALID -> "alert-success";
            case UNSIGNED -> "alert-info";
            case SUPERSEDED, WITHDRAWN -> "alert-warning";
        };
    }

    /** Key of the sentence that answers the question. */
    static String verdict(Finding.Known known) {
        return known.file() == Finding.File.OTHER
                ? "publication.verdict.other"
                : "publication.verdict." + known.standing().name().toLowerCase(java.util.Locale.ROOT);
    }
}
