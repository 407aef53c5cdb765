package vn.chuanmuc.rules;

import java.util.List;

/** A formula as a tree. Every node knows where it stands in the text: from the character {@code from} to before {@code to}. */
sealed interface Syntax {
    int from();

    int to();

    /**
     * @param unit SHARE when it was written with a per cent sign, and the value is a part of one already; POINTS when it was written
     *     as {@code 0,5 điểm}; PLAIN otherwise
     */
    record Number(Fraction value, Unit unit, int from, int to) implements Syntax {}

    /** A name, or a function with what stands in its brackets; {@code name} as it was written. */
    record Call(String name, boolean brackets, List<Syntax> arguments, int from, int to) implements Syntax {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Minus(Syntax of, int from, int to) implements Syntax {}

    record Not(Syntax of, int from, int to) implements Syntax {}

    record Binary(Operator operator, Syntax left, Syntax right, int from, int to) implements Syntax {}

    enum Operator {
        OR("hoặc"),
        AND("và"),
        LESS("<"),
        AT_MOST("≤"),
        MORE(">"),
        AT_LEAST("≥"),
        SAME("="),
        OTHER("≠"),
        PLUS("+"),
        MINUS("−"),
        TIMES("×"),
        OVER("/");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean compares() {
            return ordinal() >= LESS.ordinal() && ordinal() <= OTHER.ordinal();
        }
    }
}
