package vn.chuanmuc.rules;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formulas of a book, read and unit-checked before anything is saved. */
final class Formulas {
    private Formulas() {}

    static Rules.Checked check(String typed, RuleBook book) {
        Ready ready = ready(typed, book);
        return new Rules.Checked(ready.text(), ready.unit(), ready.errors());
    }

    record Ready(
            String text,
            @Nullable Syntax tree,
            @Nullable Unit unit,
            Map<Syntax, Unit> units,
            List<FormulaError> errors) {}

    static Ready ready(String typed, RuleBook book) {
        return switch (FormulaReader.read(typed)) {
            case FormulaReader.Read.Wrong(var text, var error) ->
                new Ready(text, null, null, new IdentityHashMap<>(), List.of(error));
            case FormulaReader.Read.Done(var text, var tree) -> {
                var checked = UnitCheck.check(tree, book);
                yield new Ready(text, tree, checked.unit(), checked.units(), checked.errors());
            }
        };
    }
}
