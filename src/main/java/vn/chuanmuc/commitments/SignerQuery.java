package vn.chuanmuc.commitments;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which people of a campaign to list.
 *
 * @param words part of a name, with or without marks; empty for all
 * @param unitId only this unit and below; null for all in scope
 * @param parted whether there are units below {@code unitId}
 * @param standing only those who stand so; null for all who are expected
 * @param byRank in rank order instead of name order
 * @param day as it was at the end of this day; null for now
 */
public record SignerQuery(
        String words,
        @Nullable UUID unitId,
        boolean parted,
        @Nullable Standing standing,
        boolean byRank,
        int offset,
        int limit,
        @Nullable LocalDate day) {}
