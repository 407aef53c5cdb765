package vn.chuanmuc.criteria;

import java.util.List;

/**
 * Something the reader is not sure of and a person must look at.
 *
 * @param line 1-based, 0 if it is about no single line
 * @param where a path such as {@code set[1].group[2].criterion[1].item[3]} or {@code decision.date}
 * @param code {@link Code#key()} is the message's key, {@code arguments} are the message's arguments
 */
public record Doubt(int line, String where, Code code, List<String> arguments) {
    public Doubt {
        arguments = List.copyOf(arguments);
    }

    /** Stable: stored with an imported decision. The comment gives the arguments. */
    public enum Code {
        /** – */
        TYPE_MISSING,
        /** – */
        SUBJECT_MISSING,
        /** – */
        ISSUER_MISSING,
        /** – */
        LEGAL_BASES_MISSING,
        /** – */
        ARTICLES_MISSING,
        /** given number, expected number of the article whose heading is lost */
        ARTICLE_WITHOUT_HEADING,
        /** expected number, number found */
        ARTICLE_NUMBERING,
        /** – */
        RECIPIENTS_MISSING,
        /** – */
        SIGNATURE_MISSING,
        /** – */
        SIGNER_MISSING,
        /** family name as printed, name as printed */
        FAMILY_NAME_UNCOMMON,
        /** family name as printed, name as printed, common family names that look alike */
        FAMILY_NAME_RESEMBLES,
        /** – */
        EFFECT_MISSING,
        /** clause as printed */
        EFFECT_UNCLEAR,
        /** – */
        NUMBER_MISSING,
        /** number as printed, number without filler dots */
        NUMBER_FILLED_IN,
        /** the different numbers */
        NUMBER_CONFLICT,
        /** – */
        DATE_MISSING,
        /** date as printed */
        DATE_UNREADABLE,
        /** date as printed, possible dates */
        DATE_AMBIGUOUS,
        /** the different dates */
        DATE_CONFLICT,
        /** what the other source says */
        OTHER_READING_UNREADABLE,
        /** sets announced in the articles, sets found */
        SET_COUNT_DIFFERS,
        /** – */
        SET_TITLE_MISSING,
        /** title as printed */
        AUDIENCE_GUESSED,
        /** numeral before, numeral found */
        NUMBERING_GAP,
        /** numeral found */
        NUMBERING_DUPLICATE,
        /** numeral before, numeral found */
        NUMBERING_OUT_OF_ORDER,
        /** numeral of the group, numeral found */
        NUMBERING_PREFIX,
        /** line as printed */
        HEADING_CONTINUED,
        /** line as printed */
        ITEM_CONTINUED,
        /** line as printed */
        ITEM_WITHOUT_BULLET,
        /** – */
        ITEM_HAS_MARKUP,
        /** – */
        ITEM_MARKERS_MIXED,
        /** line as printed */
        LINE_SET_ASIDE,
        /** – */
        EMPHASIS_UNPAIRED;

        public String key() {
            return "criteria.doubt." + name();
        }
    }
}
