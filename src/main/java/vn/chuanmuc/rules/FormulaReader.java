package vn.chuanmuc.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.rules.Syntax.Binary;
import vn.chuanmuc.rules.Syntax.Call;
import vn.chuanmuc.rules.Syntax.Minus;
import vn.chuanmuc.rules.Syntax.Not;
import vn.chuanmuc.rules.Syntax.Operator;

/**
 * Reads a formula as offices here write them in a spreadsheet: decimal comma, semicolons between arguments, names with or without
 * marks. Bounded in length, parts and depth, so that reading and computing end at once whatever somebody types.
 */
final class FormulaReader {
    static final int LONGEST = 1_000;
    private static final int MOST_PARTS = 300;
    private static final int DEEPEST = 30;
    private static final int MOST_DIGITS = 12;

    private static final Map<String, Operator> WORDS = Map.of("va", Operator.AND, "hoac", Operator.OR);

    private enum Kind {
        NUMBER,
        NAME,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, int from, int to) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    /** What reading gives: a tree, or what is wrong. */
    sealed interface Read {
        record Done(String text, Syntax tree) implements Read {}

        record Wrong(String text, FormulaError error) implements Read {}
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient FormulaError error;

        Fault(int from, int to, String key, Object... arguments) {
            super(key, null, false, false);
            this.error = new FormulaError(Reason.of(key, arguments), from, to);
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int parts;
    private int depth;

    private FormulaReader(String text) {
        this.text = text;
    }

    /** One line in NFC, as it is kept and as the places of errors count. */
    static String line(String typed) {
        return Texts.oneLine(typed.length() > 4 * LONGEST ? typed.substring(0, 4 * LONGEST) : typed);
    }

    static Read read(String typed) {
        String text = line(typed);
        try {
            if (text.isEmpty()) {
                throw new Fault(0, 0, "rules.formula.empty");
            }
            if (text.length() > LONGEST) {
                throw new Fault(LONGEST, text.length(), "rules.formula.long", LONGEST);
            }
            return new Read.Done(text, new FormulaReader(text).whole());
        } catch (Fault fault) {
            return new Read.Wrong(text, fault.error);
        }
    }

    /** How names are compared: lower case, without marks, parts joined by low lines. */
    static String fold(String name) {
        return Texts.searchKey(name.replace('_', ' ')).replace(' ', '_');
    }

    private Syntax whole() {
        scan();
        Syntax tree = or();
        Token rest = peek();
        if (rest.is(")")) {
            throw new Fault(rest.from(), rest.to(), "rules.formula.closed");
        }
        if (rest.kind() != Kind.END) {
            throw new Fault(rest.from(), rest.to(), "rules.formula.operator-missing", rest.text());
        }
        return tree;
    }

    private void scan() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ' ') {
                i++;
            } else if (Character.isDigit(c)) {
                i = number(i);
            } else if (Character.isLetter(c) || c == '_') {
                i = name(i);
            } else {
                i = sign(i, c);
            }
        }
        tokens.add(new Token(Kind.END, "", text.length(), text.length()));
    }

    private int number(int from) {
        int i = from;
        while (i < text.length() && isPart(text.charAt(i))) {
            i++;
        }
        while (text.charAt(i - 1) == ',' || text.charAt(i - 1) == '.') {
            i--; // a sign behind the number, not in it
        }
        String digits = text.substring(from, i);
        if (digits.indexOf('.') >= 0) {
            throw new Fault(from, i, "rules.formula.point", digits, digits.replace('.', ','));
        }
        if (!digits.matches("[0-9]+(,[0-9]+)?")) {
            throw new Fault(from, i, "rules.formula.number", digits);
        }
        if (digits.replace(",", "").length() > MOST_DIGITS) {
            throw new Fault(from, i, "rules.formula.digits", MOST_DIGITS);
        }
        tokens.add(new Token(Kind.NUMBER, digits, from, i));
        return i;
    }

    private static boolean isPart(char c) {
        return Character.isDigit(c) || c == ',' || c == '.';
    }

    /** Letters, digits and low lines; a point when a letter or digit follows, for places such as I.2. */
    private int name(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean joined = c == '.' && i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
            if (!Character.isLetterOrDigit(c) && c != '_' && !joined) {
                break;
            }
            i++;
        }
        tokens.add(new Token(Kind.NAME, text.substring(from, i), from, i));
        return i;
    }

    private int sign(int from, char c) {
        String two = from + 1 < text.length() ? text.substring(from, from + 2) : "";
        String sign = switch (two) {
            case ">=" -> "≥";
            case "<=" -> "≤";
            case "<>", "!=" -> "≠";
            default -> "";
        };
        if (!sign.isEmpty()) {
            tokens.add(new Token(Kind.SIGN, sign, from, from + 2));
            return from + 2;
        }
        sign = switch (c) {
            case '+', '(', ')', ';', '%', '<', '>', '=', '≥', '≤', '≠' -> String.valueOf(c);
            case '-', '−', '–' -> "−";
            case '*', '×' -> "×";
            case '/', ':', '÷' -> "/";
            case ',' -> throw new Fault(from, from + 1, "rules.formula.comma");
            default ->
                throw new Fault(
                        from,
                        from + Character.charCount(text.codePointAt(from)),
                        "rules.formula.sign",
                        Character.toString(text.codePointAt(from)));
        };
        tokens.add(new Token(Kind.SIGN, sign, from, from + 1));
        return from + 1;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private <S extends Syntax> S made(S node) {
        if (++parts > MOST_PARTS) {
            throw new Fault(node.from(), node.to(), "rules.formula.parts", MOST_PARTS);
        }
        return node;
    }

    private void deeper(Token where) {
        if (++depth > DEEPEST) {
            throw new Fault(where.from(), where.to(), "rules.formula.deep", DEEPEST);
        }
    }

    private Binary binary(Operator operator, Syntax left, Syntax right) {
        return made(new Binary(operator, left, right, left.from(), right.to()));
    }

    private boolean word(Operator operator) {
        Token next = peek();
        return next.kind() == Kind.NAME && WORDS.get(fold(next.text())) == operator;
    }

    private Syntax or() {
        Syntax left = and();
        while (word(Operator.OR)) {
            take();
            left = binary(Operator.OR, left, and());
        }
        return left;
    }

    private Syntax and() {
        Syntax left = not();
        while (word(Operator.AND)) {
            take();
            left = binary(Operator.AND, left, not());
        }
        return left;
    }

    private Syntax not() {
        Token next = peek();
        if (next.kind() == Kind.NAME && fold(next.text()).equals("khong")) {
            take();
            deeper(next);
            Syntax of = not();
            depth--;
            return made(new Not(of, next.from(), of.to()));
        }
        return comparison();
    }

    private Syntax comparison() {
        Syntax left = sum();
        Operator operator = comparing(peek());
        if (operator == null) {
            return left;
        }
        take();
        Binary whole = binary(operator, left, sum());
        Token again = peek();
        if (comparing(again) != null) {
            throw new Fault(again.from(), again.to(), "rules.formula.compared-twice");
        }
        return whole;
    }

    private static @org.jspecify.annotations.Nullable Operator comparing(Token token) {
        if (token.kind() != Kind.SIGN) {
            return null;
        }
        return switch (token.text()) {
            case "<" -> Operator.LESS;
            case "≤" -> Operator.AT_MOST;
            case ">" -> Operator.MORE;
            case "≥" -> Operator.AT_LEAST;
            case "=" -> Operator.SAME;
            case "≠" -> Operator.OTHER;
            default -> null;
        };
    }

    private Syntax sum() {
        Syntax left = product();
        while (peek().is("+") || peek().is("−")) {
            Operator operator = take().is("+") ? Operator.PLUS : Operator.MINUS;
            left = binary(operator, left, product());
        }
        return left;
    }

    private Syntax product() {
        Syntax left = signed();
        while (peek().is("×") || peek().is("/")) {
            Operator operator = take().is("×") ? Operator.TIMES : Operator.OVER;
            left = binary(operator, left, signed());
        }
        return left;
    }

    private Syntax signed() {
        Token next = peek();
        if (next.is("−")) {
            take();
            deeper(next);
            Syntax of = signed();
            depth--;
            return made(new Minus(of, next.from(), of.to()));
        }
        return primary();
    }

    private Syntax primary() {
        Token next = take();
        if (next.kind() == Kind.NUMBER) {
            Fraction value = Fraction.of(new BigDecimal(next.text().replace(',', '.')));
            if (peek().is("%")) {
                Token sign = take();
                return made(new Syntax.Number(value.over(Fraction.HUNDRED), Unit.SHARE, next.from(), sign.to()));
            }
            if (peek().kind() == Kind.NAME
                    && fold(peek().text()).equals("diem")
                    && !tokens.get(at + 1).is("(")) {
                return made(new Syntax.Number(value, Unit.POINTS, next.from(), take().to()));
            }
            return made(new Syntax.Number(value, Unit.PLAIN, next.from(), next.to()));
        }
        if (next.kind() == Kind.NAME) {
            if (WORDS.containsKey(fold(next.text()))) {
                throw new Fault(next.from(), next.to(), "rules.formula.value-missing", next.text());
            }
            return peek().is("(") ? call(next) : made(new Call(next.text(), false, List.of(), next.from(), next.to()));
        }
        if (next.is("(")) {
            deeper(next);
            Syntax inside = or();
            close(next);
            depth--;
            return inside;
        }
        if (next.kind() == Kind.END) {
            throw new Fault(Math.max(0, next.from() - 1), next.to(), "rules.formula.ends");
        }
        throw new Fault(next.from(), next.to(), "rules.formula.value-missing", next.text());
    }

    private Syntax call(Token name) {
        Token open = take();
        deeper(open);
        var arguments = new ArrayList<Syntax>();
        if (!peek().is(")")) {
            arguments.add(or());
            while (peek().is(";")) {
                take();
                arguments.add(or());
            }
        }
        int to = close(open);
        depth--;
        return made(new Call(name.text(), true, arguments, name.from(), to));
    }

    private int close(Token open) {
        Token next = take();
        if (!next.is(")")) {
            at--;
            throw next.kind() == Kind.END
                    ? new Fault(open.from(), open.to(), "rules.formula.open")
                    : new Fault(next.from(), next.to(), "rules.formula.operator-missing", next.text());
        }
        return next.to();
    }
}
