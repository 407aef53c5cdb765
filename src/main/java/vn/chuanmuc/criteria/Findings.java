package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Doubts and errors gathered while a text is read. */
final class Findings {
    static final int MOST_ERRORS = 200;

    private final List<Doubt> doubts = new ArrayList<>();
    private final List<ReadError> errors = new ArrayList<>();

    void doubt(int line, String where, Doubt.Code code, String... arguments) {
        doubts.add(new Doubt(line, where, code, List.of(arguments)));
    }

    void error(int line, String where, ReadError.Code code, String... arguments) {
        errors.add(new ReadError(line, where, code, List.of(arguments)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Doubt> doubts() {
        return doubts.stream().sorted(Comparator.comparingInt(Doubt::line)).toList();
    }

    List<ReadError> errors() {
        var sorted =
                errors.stream().sorted(Comparator.comparingInt(ReadError::line)).toList();
        if (sorted.size() <= MOST_ERRORS) {
            return sorted;
        }
        var shown = new ArrayList<>(sorted.subList(0, MOST_ERRORS));
        var leftOut = String.valueOf(sorted.size() - MOST_ERRORS);
        shown.add(new ReadError(sorted.get(MOST_ERRORS).line(), "", ReadError.Code.MORE_ERRORS, List.of(leftOut)));
        return shown;
    }
}
