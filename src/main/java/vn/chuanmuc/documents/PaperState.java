package vn.chuanmuc.documents;

import java.util.Locale;

/** What became of a paper. */
public enum PaperState {
    /** Printed or to be printed; nobody's signature is recorded on it. */
    ISSUED,
    /** A signature on it is recorded. */
    SIGNED,
    /** Another paper took its place, or the commitment was made another way. */
    SUPERSEDED,
    /** Taken back with a reason. */
    WITHDRAWN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaperState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether the paper still speaks for somebody. */
    public boolean live() {
        return this == ISSUED || this == SIGNED;
    }

    /** The codes of the states this one may follow. */
    String[] from() {
        return switch (this) {
            case ISSUED -> new String[0];
            case SIGNED -> new String[] {"issued"};
            case SUPERSEDED, WITHDRAWN -> new String[] {"issued", "signed"};
        };
    }
}
