package vn.chuanmuc.directory.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Reorganisations.Choices;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** One unit that will begin, being changed. */
record ReorganisationUnitPage(UUID id, UUID unit, boolean writes, Fields fields, Choices choices, FormErrors errors)
        implements View {
    record Fields(String code, String name, Units.Kind kind, String parent) {}

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    List<Units.Kind> kinds() {
        return List.of(Units.Kind.WARD, Units.Kind.OFFICE, Units.Kind.SCHOOL, Units.Kind.OTHER);
    }

    @Nullable
    String suggest() {
        return ReorganisationWords.suggestions(id, choices);
    }
}
