package vn.chuanmuc.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a unit's rules. Its content never changes; from its confirmation on it is evidence.
 *
 * @param unitId the unit it holds for, with all below that have none of their own; null for what ships with the program
 * @param number of the unit's versions of this purpose, from 1; 0 for what ships
 * @param json the book as it is kept and hashed
 * @param hash SHA-256 of {@code json} in UTF-8
 * @param validFrom first day in force, once it is confirmed
 * @param validTo last day in force, or null: until a later version begins
 * @param decidedBy who confirmed or refused it; never who entered it when it is confirmed
 * @param withdrawnFrom first day it is no longer in force
 */
public record RuleVersion(
        UUID id,
        @Nullable UUID unitId,
        int number,
        RuleBook book,
        String json,
        byte[] hash,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        State state,
        UUID enteredBy,
        Instant enteredAt,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        String decision,
        @Nullable LocalDate withdrawnFrom,
        @Nullable UUID withdrawnBy,
        @Nullable Instant withdrawnAt,
        String withdrawal) {

    public enum State {
        ENTERED,
        CONFIRMED,
        REFUSED,
        WITHDRAWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean shipped() {
        return unitId == null;
    }

    /** Whether it may be in force on the day; a later version of the unit may take its place. */
    public boolean covers(LocalDate day) {
        return (state == State.CONFIRMED || state == State.WITHDRAWN)
                && !day.isBefore(validFrom)
                && (validTo == null || !day.isAfter(validTo))
                && (withdrawnFrom == null || day.isBefore(withdrawnFrom));
    }

    /**
     * As it stood at the end of a day that is past: one that was entered later is there only when it holds for that day.
     *
     * @param end the first moment after the day
     */
    public Optional<RuleVersion> on(LocalDate day, Instant end) {
        if (!enteredAt.isBefore(end)) {
            return covers(day) ? Optional.of(this) : Optional.empty();
        }
        boolean decided = decidedAt != null && decidedAt.isBefore(end) || covers(day);
        boolean withdrawn = withdrawnAt != null && withdrawnAt.isBefore(end);
        State then = !decided ? State.ENTERED : state == State.WITHDRAWN && !withdrawn ? State.CONFIRMED : state;
        return Optional.of(new RuleVersion(
                id,
                unitId,
                number,
                book,
                json,
                hash,
                validFrom,
                validTo,
                then,
                enteredBy,
                enteredAt,
                decided ? decidedBy : null,
                decided ? decidedAt : null,
                decided ? decision : "",
                withdrawn ? withdrawnFrom : null,
                withdrawn ? withdrawnBy : null,
                withdrawn ? withdrawnAt : null,
                withdrawn ? withdrawal : ""));
    }

    public String hex() {
        return HexFormat.of().formatHex(hash);
    }
}
