package vn.chuanmuc.criteria;

import java.util.List;

/**
 * Why a text cannot be imported.
 *
 * @param line 1-based line to look at
 * @param where as in {@link Doubt}; empty if the whole text is meant
 * @param code {@link Code#key()} is the message's key, {@code arguments} are the message's arguments
 */
public record ReadError(int line, String where, Code code, List<String> arguments) {
    public ReadError {
        arguments = List.copyOf(arguments);
    }

    /** The comment gives the arguments. */
    public enum Code {
        /** – */
        EMPTY,
        /** most lines allowed */
        TOO_MANY_LINES,
        /** most characters allowed in a line */
        LINE_TOO_LONG,
        /** most characters allowed in all */
        TEXT_TOO_LONG,
        /** code point, such as U+0000 */
        CONTROL_CHARACTER,
        /** – */
        NOT_A_DECISION,
        /** – */
        NO_SET,
        /** – */
        SET_WITHOUT_GROUPS,
        /** most items allowed in a set */
        SET_TOO_LARGE,
        /** numeral */
        GROUP_WITHOUT_CRITERIA,
        /** numeral */
        GROUP_WITHOUT_TITLE,
        /** numeral */
        CRITERION_WITHOUT_ITEMS,
        /** numeral */
        CRITERION_WITHOUT_TITLE,
        /** numeral */
        CRITERION_OUTSIDE_GROUP,
        /** line as printed */
        ITEM_OUTSIDE_CRITERION,
        /** – */
        ITEM_EMPTY,
        /** numeral found */
        NUMBERING_START,
        /** errors left out */
        MORE_ERRORS;

        public String key() {
            return "criteria.error." + name();
        }
    }
}
