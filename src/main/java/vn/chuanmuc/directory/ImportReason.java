package vn.chuanmuc.directory;

/** Why something in a list of people cannot be taken as it is, or should be looked at. */
enum ImportReason {
    NAME_MISSING("name-missing", true),
    NAME_DIGIT("name-digit", true),
    NAME_CHARACTER("name-character", true),
    NAME_TOO_LONG("name-too-long", true),
    NAME_NO_LETTER_FIRST("name-no-letter-first", true),
    DATE_NOT_REAL("date-not-real", true),
    DATE_YEAR_ONLY("date-year-only", true),
    DATE_MONTH_AND_YEAR("date-month-and-year", true),
    DATE_TWO_DIGIT_YEAR("date-two-digit-year", true),
    DATE_FORMAT("date-format", true),
    DATE_NUMBER("date-number", true),
    DATE_IN_FUTURE("date-in-future", true),
    AGE_UNUSUAL("age-unusual", false),
    KIND_UNKNOWN("kind-unknown", true),
    KIND_READ_AS_WORKER("kind-read-as-worker", false),
    TEXT_TOO_LONG("text-too-long", true),
    CELL_FAULT("cell-fault", true),
    DUPLICATE_ROW("duplicate-row", true),
    DUPLICATE_CODE("duplicate-code", true),
    SERIAL_GAP("serial-gap", false),
    ORDER_NOT_WHOLE("order-not-whole", false),
    CITIZEN_NUMBER("citizen-number", false),
    TOO_MANY_ROWS("too-many-rows", true),
    NO_HEADING("no-heading", true);

    private final String code;
    private final boolean error;

    ImportReason(String code, boolean error) {
        this.code = code;
        this.error = error;
    }

    /** Whether the row cannot be taken; otherwise it is taken and the person is told. */
    boolean isError() {
        return error;
    }

    String messageKey() {
        return "directory.import.reason." + code;
    }
}
