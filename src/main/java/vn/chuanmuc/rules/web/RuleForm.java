package vn.chuanmuc.rules.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.LeaveKind;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.kernel.VietnameseNumbers;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.rules.RuleBook.Among;
import vn.chuanmuc.rules.RuleBook.Clocks;
import vn.chuanmuc.rules.RuleBook.Deadlines;
import vn.chuanmuc.rules.RuleBook.Denominator;
import vn.chuanmuc.rules.RuleBook.Disqualifier;
import vn.chuanmuc.rules.RuleBook.Figure;
import vn.chuanmuc.rules.RuleBook.Grade;
import vn.chuanmuc.rules.RuleBook.Level;
import vn.chuanmuc.rules.RuleBook.Measure;
import vn.chuanmuc.rules.RuleBook.Method;
import vn.chuanmuc.rules.RuleBook.Mode;
import vn.chuanmuc.rules.RuleBook.Own;
import vn.chuanmuc.rules.RuleBook.Part;
import vn.chuanmuc.rules.RuleBook.Presence;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleBook.Quota;
import vn.chuanmuc.rules.RuleBook.Rounding;
import vn.chuanmuc.rules.RuleBook.Stage;
import vn.chuanmuc.rules.RuleBook.Unassessed;
import vn.chuanmuc.rules.RuleBook.Weighting;
import vn.chuanmuc.rules.RuleBook.Weights;
import vn.chuanmuc.rules.RuleBook.Whole;
import vn.chuanmuc.rules.RuleBook.Whose;
import vn.chuanmuc.rules.RuleBook.Window;
import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.rules.Rules;
import vn.chuanmuc.rules.Rules.Problem;

/**
 * A rule book as it is typed, field by field, kept as it came so that nothing entered is lost. Rows of tables are numbered from 1:
 * {@code muc-3-chu}; blank rows fall away.
 */
record RuleForm(Map<String, String> values) {
    private static final int LONGEST = 4_000;
    static final int MOST_ROWS = 40;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,7}(,[0-9]{1,9})?");
    private static final Pattern ROW = Pattern.compile("([a-z]+)-([0-9]{1,2})-[a-z-]+");

    RuleForm {
        values = Map.copyOf(values);
    }

    /** Tables of the form: their name in the fields, in {@link Problem}s, and their columns. */
    enum Table {
        SCALE("muc", "scale", "ma", "chu", "tinh", "diem"),
        WEIGHTS("trong-so", "weights", "bo", "noi", "so", "nguon"),
        FIGURES("so-lieu", "figures", "ma", "chu", "loai", "tu", "den"),
        GRADES("xep", "grades", "ma", "chu", "tu"),
        DISQUALIFIERS("loai-tru", "disqualifiers", "ma", "chu", "cong-thuc", "muc"),
        QUOTAS("han-muc", "quotas", "muc", "phan-tram", "mau", "cua", "trong", "le"),
        STAGES("buoc", "stages", "ma", "chu", "ai", "cho", "thu-tu", "kin", "ngay");

        final String name;
        final String part;
        final List<String> columns;

        Table(String name, String part, String... columns) {
            this.name = name;
            this.part = part;
            this.columns = List.of(columns);
        }
    }

    /** What of a column decides whether its row is blank: choices always stand on something. */
    private static final Set<String> CHOICES =
            Set.of("bo", "loai", "mau", "trong", "le", "ai", "cho", "tinh", "kin", "thu-tu", "ngay");

    static String name(Table table) {
        return table.name;
    }

    String value(String field) {
        String value = values.getOrDefault(field, "");
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    boolean checked(String field) {
        return value(field).equals("true");
    }

    private static String field(Table table, int row, String column) {
        return table.name + "-" + row + "-" + column;
    }

    private boolean blank(Table table, int row) {
        return table.columns.stream()
                .filter(column -> !CHOICES.contains(column))
                .allMatch(column -> value(field(table, row, column)).isBlank());
    }

    /** Numbers of the rows that hold something. */
    List<Integer> rows(Table table) {
        var rows = new ArrayList<Integer>();
        for (int row = 1; row <= MOST_ROWS; row++) {
            if (!blank(table, row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Last row to show: what is filled, and a few to fill in. */
    int shown(Table table) {
        List<Integer> rows = rows(table);
        return Math.min(MOST_ROWS, (rows.isEmpty() ? 0 : rows.getLast()) + 2);
    }

    /** What was read: the book when nothing is wrong with the fields themselves. */
    record Parsed(
            @Nullable RuleBook book,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            List<Problem> problems,
            Map<String, Integer> rowsOf) {}

    private final class Reading {
        private final List<Problem> problems = new ArrayList<>();

        void wrong(String field, String key, Object... arguments) {
            problems.add(new Problem(field, Reason.of(key, arguments)));
        }

        String line(String field) {
            return Texts.oneLine(value(field));
        }

        BigDecimal number(String field, BigDecimal otherwise) {
            BigDecimal read = optional(field);
            if (read == null && line(field).isEmpty()) {
                wrong(field, "rules.form.number-missing");
            }
            return read == null ? otherwise : read;
        }

        @Nullable
        BigDecimal optional(String field) {
            String text = line(field);
            if (text.isEmpty()) {
                return null;
            }
            if (!NUMBER.matcher(text).matches()) {
                wrong(field, "rules.form.number", text.length() > 40 ? text.substring(0, 40) + "…" : text);
                return null;
            }
            BigDecimal number = new BigDecimal(text.replace(',', '.'));
            return number.signum() == 0 ? BigDecimal.ZERO : plain(number);
        }

        int whole(String field) {
            String text = line(field);
            if (text.matches("[0-9]{1,4}")) {
                return Integer.parseInt(text);
            }
            wrong(field, "rules.form.whole");
            return 1;
        }

        <E extends Enum<E>> E choice(String field, Class<E> type, E otherwise) {
            Optional<E> found = one(type, value(field));
            if (found.isEmpty() && !value(field).isBlank()) {
                wrong(field, "rules.form.choice");
            }
            return found.orElse(otherwise);
        }

        /** The code as typed, or made of the words. */
        String code(String field, String words, char joint) {
            String typed = line(field).toLowerCase(Locale.ROOT);
            String made = Texts.searchKey(
                            typed.isEmpty() ? words : typed.replace('_', ' ').replace('-', ' '))
                    .replace(' ', joint);
            return made.length() > 30 ? made.substring(0, 30) : made;
        }

        @Nullable
        LocalDate day(String field, boolean required) {
            if (VietnameseDates.parse(value(field)) instanceof VietnameseDates.Parsed.Read(var day)) {
                return day;
            }
            if (required || !value(field).isBlank()) {
                wrong(field, "rules.form.day");
            }
            return null;
        }
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static <E extends Enum<E>> Optional<E> one(Class<E> type, String name) {
        return EnumSet.allOf(type).stream()
                .filter(value -> value.name().equals(name))
                .findFirst();
    }

    private <T> List<T> each(Table table, Map<String, Integer> rowsOf, BiFunction<String, Integer, T> made) {
        var all = new ArrayList<T>();
        for (int row : rows(table)) {
            all.add(made.apply(table.name + "-" + row + "-", row));
            rowsOf.put(table.part + "." + all.size(), row);
        }
        return all;
    }

    /** The book of the fields. Where a field cannot be read the book is still made, so that everything wrong is told at once. */
    Parsed parse() {
        var in = new Reading();
        var rowsOf = new LinkedHashMap<String, Integer>();
        List<Level> scale = each(Table.SCALE, rowsOf, (at, row) -> {
            String words = in.line(at + "chu");
            return new Level(in.code(at + "ma", words, '_'), words, checked(at + "tinh"), in.optional(at + "diem"));
        });
        Weighting weighting = in.choice("cach-tinh", Weighting.class, Weighting.ITEMS);
        List<Own> own = each(
                Table.WEIGHTS,
                rowsOf,
                (at, row) -> new Own(
                        in.choice(at + "bo", Audience.class, Audience.ALL),
                        in.line(at + "noi"),
                        in.number(at + "so", BigDecimal.ONE),
                        in.line(at + "nguon")));
        List<Figure> figures = each(Table.FIGURES, rowsOf, (at, row) -> {
            String words = in.line(at + "chu");
            return new Figure(
                    in.code(at + "ma", words, '_'),
                    words,
                    in.choice(at + "loai", Measure.class, Measure.POINTS),
                    in.number(at + "tu", BigDecimal.ZERO),
                    in.number(at + "den", BigDecimal.ONE));
        });
        List<Grade> grades = each(Table.GRADES, rowsOf, (at, row) -> {
            String words = in.line(at + "chu");
            return new Grade(in.code(at + "ma", words, '_'), words, in.optional(at + "tu"));
        });
        List<Disqualifier> disqualifiers = each(Table.DISQUALIFIERS, rowsOf, (at, row) -> {
            String words = in.line(at + "chu");
            return new Disqualifier(
                    in.code(at + "ma", words, '_'), words, in.line(at + "cong-thuc"), in.code(at + "muc", "", '_'));
        });
        List<Quota> quotas = each(Table.QUOTAS, rowsOf, (at, row) -> {
            Denominator denominator = in.choice(at + "mau", Denominator.class, Denominator.GRADE);
            if (value(at + "mau").isBlank()) {
                in.wrong(at + "mau", "rules.form.denominator");
            }
            String of = in.code(at + "cua", "", '_');
            return new Quota(
                    in.code(at + "muc", "", '_'),
                    in.number(at + "phan-tram", BigDecimal.ZERO),
                    denominator,
                    of.isEmpty() ? null : of,
                    in.choice(at + "trong", Among.class, Among.UNIT),
                    in.choice(at + "le", Part.class, Part.DOWN));
        });
        List<Stage> stages = each(Table.STAGES, rowsOf, (at, row) -> {
            String words = in.line(at + "chu");
            return new Stage(
                    in.code(at + "ma", words, '-'),
                    words,
                    in.choice(at + "ai", Actor.class, Actor.SELF),
                    in.choice(at + "cho", Whose.class, Whose.ALL),
                    in.whole(at + "thu-tu"),
                    checked(at + "kin"),
                    in.whole(at + "ngay"));
        });
        Method method = in.choice("phuong-phap", Method.class, Method.NONE);
        var notCounted = new LinkedHashSet<LeaveKind>();
        for (LeaveKind kind : LeaveKind.values()) {
            if (checked("nghi-" + kind.code())) {
                notCounted.add(kind);
            }
        }
        var book = new RuleBook(
                in.line("ten"),
                in.choice("muc-dich", Purpose.class, Purpose.QUARTER),
                in.line("can-cu"),
                scale,
                new Weights(weighting, own),
                new Whole(
                        method,
                        formula(),
                        in.choice("chua-danh-gia", Unassessed.class, Unassessed.WITHHOLD),
                        new Rounding(
                                in.whole("so-le"),
                                in.choice("lam-tron", Mode.class, Mode.HALF_UP),
                                checked("tung-buoc"))),
                figures,
                grades,
                disqualifiers,
                quotas,
                stages,
                new Deadlines(in.whole("ngay-danh-gia"), in.whole("ngay-bao")),
                new Clocks(in.whole("han-nop"), in.whole("han-tra-loi"), in.whole("nhac"), in.line("can-cu-han")),
                new Presence(in.whole("co-mat"), in.choice("tinh-theo", Window.class, Window.CYCLE), notCounted),
                checked("nguoi-dung-dau"));
        LocalDate from = in.day("tu-ngay", true);
        LocalDate to = in.day("den-ngay", false);
        return new Parsed(book, from, to, in.problems, rowsOf);
    }

    /** As it is kept: one line, in NFC. */
    String formula() {
        return Rules.checked(value("cong-thuc"), EMPTY).text();
    }

    private static final RuleBook EMPTY = vn.chuanmuc.rules.Rules.shipped().book();

    /** Where a problem of a book stands in this form: a field, or a row of a table. */
    static String place(String part, Map<String, Integer> rowsOf) {
        int point = part.indexOf('.');
        for (Table table : Table.values()) {
            if (table.part.equals(point < 0 ? part : part.substring(0, point))) {
                Integer row = rowsOf.get(part);
                return row == null ? table.name : table.name + "-" + row;
            }
        }
        return switch (part) {
            case "name" -> "ten";
            case "basis" -> "can-cu";
            case "method" -> "phuong-phap";
            case "formula" -> "cong-thuc";
            case "rounding" -> "so-le";
            case "deadlines" -> "ngay-danh-gia";
            case "clocks" -> "han-nop";
            case "presence" -> "co-mat";
            case "validTo" -> "den-ngay";
            case "reason" -> "ly-do";
            default -> row(part);
        };
    }

    /** A field of a table's row is told at the row. */
    private static String row(String field) {
        var matcher = ROW.matcher(field);
        for (Table table : Table.values()) {
            if (field.startsWith(table.name + "-")) {
                String rest = field.substring(table.name.length() + 1);
                int hyphen = rest.indexOf('-');
                if (hyphen > 0 && rest.substring(0, hyphen).matches("[0-9]{1,2}")) {
                    return table.name + "-" + rest.substring(0, hyphen);
                }
            }
        }
        return matcher.matches() ? field : field;
    }

    /** What the form calls the field that a problem is about: “Các bước, dòng 2, Số ngày làm việc”; null for the whole. */
    static @Nullable Reason label(String part, Map<String, Integer> rowsOf) {
        String place = place(part, rowsOf);
        for (Table table : Table.values()) {
            Reason title = Reason.of("rules.form." + table.name);
            if (place.equals(table.name)) {
                return title;
            }
            if (place.startsWith(table.name + "-")) {
                String row = place.substring(table.name.length() + 1);
                String column = part.startsWith(place + "-") ? part.substring(place.length() + 1) : "";
                return column.isEmpty()
                        ? Reason.of("rules.form.row", title, row)
                        : Reason.of(
                                "rules.form.cell", title, row, Reason.of("rules.form." + table.name + "." + column));
            }
        }
        return switch (place) {
            case "" -> null;
            case "don-vi" -> Reason.of("rules.form.unit");
            case "ngay-bao" -> Reason.of("rules.line.tell");
            case "han-nop" -> Reason.of("rules.line.file");
            case "han-tra-loi" -> Reason.of("rules.line.answer");
            case "nhac" -> Reason.of("rules.line.remind");
            case "can-cu-han" -> Reason.of("rules.line.clocks-basis");
            default -> Reason.of("rules.form." + place);
        };
    }

    /** The fields of a book, as somebody would have typed them. */
    static Map<String, String> fields(RuleBook book) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("ten", book.name());
        fields.put("muc-dich", book.purpose().name());
        fields.put("can-cu", book.basis());
        row(
                fields,
                Table.SCALE,
                book.scale(),
                level -> List.of(level.code(), level.words(), String.valueOf(level.counts()), number(level.points())));
        fields.put("cach-tinh", book.weights().weighting().name());
        row(
                fields,
                Table.WEIGHTS,
                book.weights().own(),
                own -> List.of(own.audience().name(), own.place(), number(own.weight()), own.source()));
        fields.put("phuong-phap", book.whole().method().name());
        fields.put("cong-thuc", book.whole().formula());
        fields.put("chua-danh-gia", book.whole().unassessed().name());
        fields.put("so-le", String.valueOf(book.whole().rounding().decimals()));
        fields.put("lam-tron", book.whole().rounding().mode().name());
        fields.put("tung-buoc", String.valueOf(book.whole().rounding().everyStep()));
        row(
                fields,
                Table.FIGURES,
                book.figures(),
                figure -> List.of(
                        figure.code(),
                        figure.words(),
                        figure.measure().name(),
                        number(figure.least()),
                        number(figure.most())));
        row(
                fields,
                Table.GRADES,
                book.grades(),
                grade -> List.of(grade.code(), grade.words(), number(grade.atLeast())));
        row(
                fields,
                Table.DISQUALIFIERS,
                book.disqualifiers(),
                rule -> List.of(rule.code(), rule.words(), rule.formula(), rule.highest()));
        row(
                fields,
                Table.QUOTAS,
                book.quotas(),
                quota -> List.of(
                        quota.grade(),
                        number(quota.percent()),
                        quota.denominator().name(),
                        quota.of() == null ? "" : quota.of(),
                        quota.among().name(),
                        quota.part().name()));
        row(
                fields,
                Table.STAGES,
                book.stages(),
                stage -> List.of(
                        stage.code(),
                        stage.words(),
                        stage.actor().name(),
                        stage.whose().name(),
                        String.valueOf(stage.order()),
                        String.valueOf(stage.blind()),
                        String.valueOf(stage.days())));
        fields.put("ngay-danh-gia", String.valueOf(book.deadlines().day()));
        fields.put("ngay-bao", String.valueOf(book.deadlines().tellDays()));
        fields.put("han-nop", String.valueOf(book.clocks().file()));
        fields.put("han-tra-loi", String.valueOf(book.clocks().answer()));
        fields.put("nhac", String.valueOf(book.clocks().remind()));
        fields.put("can-cu-han", book.clocks().basis());
        fields.put("co-mat", String.valueOf(book.presence().leastDays()));
        fields.put("tinh-theo", book.presence().window().name());
        book.presence().notCounted().forEach(kind -> fields.put("nghi-" + kind.code(), "true"));
        fields.put("nguoi-dung-dau", String.valueOf(book.headNotAboveUnit()));
        return fields;
    }

    private static <T> void row(
            Map<String, String> fields, Table table, List<T> all, java.util.function.Function<T, List<String>> cells) {
        for (int at = 0; at < all.size(); at++) {
            List<String> values = cells.apply(all.get(at));
            for (int column = 0; column < table.columns.size(); column++) {
                fields.put(field(table, at + 1, table.columns.get(column)), values.get(column));
            }
        }
    }

    private static String number(@Nullable BigDecimal number) {
        // no thousands points: a field takes digits and one comma
        return number == null ? "" : VietnameseNumbers.format(number).replace(".", "");
    }

    static RuleForm of(RuleVersion version) {
        return new RuleForm(fields(version.book()));
    }
}
