package vn.chuanmuc.rules.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Measure;
import vn.chuanmuc.rules.RuleBook.Part;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleBook.Whose;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * The form of a new version, with everything that was typed.
 *
 * @param example what it was begun with; null for none
 * @param checked what the check said; null before one was asked for
 * @param named the errors as they are told at the top, each with the name of its field
 */
record FormPage(
        RuleForm form,
        UnitChoice unit,
        String from,
        Examples.@Nullable Example example,
        @Nullable FormulaCheck checked,
        FormErrors errors,
        FormErrors named)
        implements View {
    /** Names a formula may use, in the order they are explained. */
    static final List<String> HELP = List.of(
            "diem",
            "tong-diem",
            "so",
            "ty-le",
            "so-noi-dung",
            "chua-danh-gia",
            "so-lieu",
            "neu",
            "muc",
            "lon-nhat",
            "lam-tron",
            "co",
            "signs");

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    /** Whether it is for quarters, which alone are assessed here; so it is where nothing is chosen yet. */
    boolean quarterly() {
        return value("muc-dich").isEmpty() || value("muc-dich").equals(Purpose.QUARTER.name());
    }

    /** A column of a table: its field, its label and, for choices, what may be chosen. */
    record Column(String name, String kind, String label, List<String> options, String family, int size) {
        static Column text(String table, String name, int size) {
            return new Column(name, "text", "rules.form." + table + "." + name, List.of(), "", size);
        }

        static Column number(String table, String name) {
            return new Column(name, "number", "rules.form." + table + "." + name, List.of(), "", 8);
        }

        static Column check(String table, String name) {
            return new Column(name, "check", "rules.form." + table + "." + name, List.of(), "", 0);
        }

        static Column choice(String table, String name, String family, Enum<?>[] values) {
            return new Column(name, "choice", "rules.form." + table + "." + name, names(values), family, 0);
        }
    }

    static List<String> names(Enum<?>[] values) {
        var names = new ArrayList<String>();
        for (Enum<?> value : values) {
            names.add(value.name());
        }
        return names;
    }

    static String key(String family, String name) {
        return "rules." + family + "." + name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    List<Column> columns(RuleForm.Table table) {
        String t = table.name;
        return switch (table) {
            case SCALE ->
                List.of(
                        Column.text(t, "chu", 22),
                        Column.text(t, "ma", 14),
                        Column.check(t, "tinh"),
                        Column.number(t, "diem"));
            case WEIGHTS ->
                List.of(
                        Column.choice(
                                t, "bo", "audience", new Audience[] {Audience.ALL, Audience.LEADERS, Audience.STAFF}),
                        Column.text(t, "noi", 8),
                        Column.number(t, "so"),
                        Column.text(t, "nguon", 26));
            case FIGURES ->
                List.of(
                        Column.text(t, "chu", 26),
                        Column.text(t, "ma", 14),
                        Column.choice(t, "loai", "measure", Measure.values()),
                        Column.number(t, "tu"),
                        Column.number(t, "den"));
            case GRADES -> List.of(Column.text(t, "chu", 26), Column.text(t, "ma", 14), Column.number(t, "tu"));
            case DISQUALIFIERS ->
                List.of(
                        Column.text(t, "chu", 26),
                        Column.text(t, "ma", 14),
                        Column.text(t, "cong-thuc", 22),
                        Column.text(t, "muc", 14));
            case QUOTAS ->
                List.of(
                        Column.text(t, "muc", 14),
                        Column.number(t, "phan-tram"),
                        Column.choice(t, "mau", "denominator", Denominator.values()),
                        Column.text(t, "cua", 14),
                        Column.choice(t, "trong", "among", Among.values()),
                        Column.choice(t, "le", "part", Part.values()));
            case STAGES ->
                List.of(
                        Column.text(t, "chu", 22),
                        Column.text(t, "ma", 14),
                        Column.choice(t, "ai", "actor", Actor.values()),
                        Column.choice(t, "cho", "whose", Whose.values()),
                        Column.number(t, "thu-tu"),
                        Column.check(t, "kin"),
                        Column.number(t, "ngay"));
        };
    }

    static LeaveKind[] leaves() {
        return LeaveKind.values();
    }

    String value(String field) {
        return form.value(field);
    }
}
