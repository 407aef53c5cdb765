package vn.chuanmuc.commitments;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which people of a campaign to list.
 *
 * @param words part of a name, with or without marks; empty for all
 * @param unitId only this unit; null for all in scope
 * @param standing only those who stand so; null for all who are expected
 * @param byRank in rank order instead of name order
 */
public record SignerQuery(
        String words, @Nullable UUID unitId, @Nullable Standing standing, boolean byRank, int offset, int limit) {}
