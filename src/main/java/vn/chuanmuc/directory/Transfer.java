package vn.chuanmuc.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * An order to change where somebody works from a day on.
 *
 * @param personId null until a newcomer is entered on the day
 * @param assignmentId what ends with a move
 * @param elsewhere outside the body: whence or whither; empty inside
 * @param effective the first day it holds
 * @param basis the document; empty while there is none
 * @param decision what the other side, or whoever took it back, said
 * @param trouble why it could not be carried out on its day
 * @param followUp on the roster of a campaign that runs: somebody has to look whether the roster changes too
 * @param ofFrom whether whoever asks looks after the sending unit
 */
public record Transfer(
        UUID id,
        Kind kind,
        @Nullable UUID personId,
        String fullName,
        @Nullable LocalDate birthDate,
        @Nullable UUID assignmentId,
        @Nullable UUID fromUnit,
        String fromName,
        @Nullable UUID toUnit,
        String toName,
        String elsewhere,
        Assignments.Work work,
        LocalDate effective,
        String basis,
        String reason,
        Side side,
        State state,
        UUID proposedBy,
        Instant proposedAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        String decision,
        @Nullable Instant doneAt,
        @Nullable Reason trouble,
        boolean followUp,
        int version,
        boolean ofFrom,
        boolean ofTo) {

    public enum Kind {
        /** Chuyển công tác: one assignment ends, another begins. */
        MOVE,
        /** Kiêm nhiệm, biệt phái, phụ trách ở đơn vị khác: another assignment begins. */
        ADD,
        /** Chuyển ra ngoài cơ quan. */
        OUT,
        /** Chuyển đến từ ngoài cơ quan. */
        IN;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public String key() {
            return "directory.transfer.kind." + code();
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** Who proposed it: the unit that sends, the one that receives, or somebody over both. */
    public enum Side {
        FROM,
        TO,
        BOTH;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Side of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public enum State {
        /** The other side has to answer. */
        PROPOSED,
        /** Waits for its day. */
        AGREED,
        DONE,
        DECLINED,
        WITHDRAWN,
        /** Its day came and it could not be carried out. */
        FAILED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public String key() {
            return "directory.transfer.state." + code();
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public boolean live() {
        return state == State.PROPOSED || state == State.AGREED;
    }

    /** Whether whoever asks is the side that has to answer. */
    public boolean awaitsMe() {
        return state == State.PROPOSED && (side == Side.FROM ? ofTo : ofFrom);
    }

    /** Whether whoever asks may take it back: the side that proposed it, and once agreed either. */
    public boolean withdrawable() {
        return switch (state) {
            case PROPOSED -> side == Side.FROM ? ofFrom : ofTo;
            case AGREED, FAILED -> ofFrom || ofTo;
            case DONE, DECLINED, WITHDRAWN -> false;
        };
    }
}
