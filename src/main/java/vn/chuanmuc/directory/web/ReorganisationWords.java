package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationGate;
import vn.chuanmuc.directory.Reorganisations.Choice;
import vn.chuanmuc.directory.Reorganisations.Choices;

/** Addresses and small texts that the pages of a re-organisation share. */
final class ReorganisationWords {
    static final String ADDRESS = "/sap-xep";

    private ReorganisationWords() {}

    static String at(UUID id) {
        return ADDRESS + "/" + id;
    }

    /** What stands in a field that names a unit: its code and its name, as the list of choices offers it. */
    static String label(Choice choice) {
        return choice.code() + " – " + choice.name();
    }

    /** Where a field asks for more to offer; null where everything is offered. */
    static @Nullable String suggestions(UUID id, Choices choices) {
        return choices.all() ? null : at(id) + "/goi-y";
    }

    static String label(Choices choices, @Nullable UUID unit, String otherwise) {
        return label(choices.units(), unit, otherwise);
    }

    static String label(List<Choice> choices, @Nullable UUID unit, String otherwise) {
        return choices.stream()
                .filter(choice -> choice.id().equals(unit))
                .findFirst()
                .map(ReorganisationWords::label)
                .orElse(unit == null ? "" : otherwise);
    }

    /** Where a case is mended; empty when there is nowhere to go. */
    static String link(ReorganisationDraft draft, ReorganisationGate.Case one) {
        return switch (one.subject()) {
            case DRAFT -> at(draft.id()) + "/thong-tin";
            case LINE -> at(draft.id()) + "/don-vi/" + one.id();
            case NEW_UNIT -> at(draft.id()) + "/don-vi-moi/" + one.id();
            case PERSON -> "/can-bo/" + one.id();
            case IMPORT -> "/can-bo/nhap/" + one.id();
            case ELSEWHERE -> one.href();
        };
    }

    static String tag(ReorganisationDraft.State state) {
        return switch (state) {
            case DRAFT -> "info";
            case SUBMITTED, APPROVED -> "wait";
            case DONE -> "good";
            case WITHDRAWN -> "";
        };
    }
}
