package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.ReorganisationDraft;
import vn.chuanmuc.directory.ReorganisationDraft.Line;
import vn.chuanmuc.directory.ReorganisationDraft.Part;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.directory.Reorganisations.Candidate;
import vn.chuanmuc.directory.Reorganisations.Choices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * What becomes of one unit there is.
 *
 * @param line null while it stays as it is
 * @param subjects what each part is about, in words
 * @param rules choices for a part: value and words, by rule
 * @param people of the unit (and below), a page of those that match the search
 * @param kept what was typed, by field
 */
record ReorganisationLinePage(
        ReorganisationDraft draft,
        Unit unit,
        @Nullable Line line,
        boolean prepares,
        Choices choices,
        Map<UUID, String> names,
        Map<UUID, String> subjects,
        Map<String, Map<UUID, String>> rules,
        List<Standing> people,
        Paging paging,
        String words,
        Map<String, String> kept,
        FormErrors errors)
        implements View {
    /** Somebody of the unit and where they go as the draft stands; empty when nowhere, or to two. */
    record Standing(Candidate person, String unitName, String destination, boolean byName) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean writes() {
        return prepares && draft.state() == State.DRAFT;
    }

    boolean ends() {
        return line != null && line.ends();
    }

    String at() {
        return ReorganisationWords.at(draft.id());
    }

    String here() {
        return at() + "/don-vi/" + unit.id();
    }

    String name(@Nullable UUID id) {
        return id == null ? "" : names.getOrDefault(id, "");
    }

    /** What stands in a field that names this unit. */
    String field(@Nullable UUID id) {
        return ReorganisationWords.label(choices, id, name(id));
    }

    String subject(Part part) {
        return subjects.getOrDefault(part.subject(), "");
    }

    String kept(String field, String otherwise) {
        return kept.getOrDefault(field, otherwise);
    }

    List<Units.Kind> kinds() {
        return unit.kind() == Units.Kind.ROOT
                ? List.of(Units.Kind.ROOT)
                : List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }

    @Nullable
    String suggest() {
        return ReorganisationWords.suggestions(draft.id(), choices);
    }
}
