package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.UUID;
import vn.chuanmuc.directory.Reorganisations.Choice;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One unit that will begin, being changed. */
record ReorganisationUnitPage(
        UUID id, UUID unit, boolean writes, Fields fields, List<Choice> choices, FormErrors errors) implements View {
    record Fields(String code, String name, Units.Kind kind, String parent) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    String label(Choice choice) {
        return ReorganisationWords.label(choice);
    }

    List<Units.Kind> kinds() {
        return List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }
}
