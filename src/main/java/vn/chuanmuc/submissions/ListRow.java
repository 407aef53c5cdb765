package vn.chuanmuc.submissions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Audience;

/**
 * A person on a list, as of the moment the rows were read or compiled.
 *
 * @param sortKey of the name; compare as unsigned bytes
 * @param signedAt when they signed; null for everybody else
 * @param method how they signed: {@code xac-nhan-dien-tu}, {@code giay}, {@code chu-ky-so}; null for everybody else
 * @param reasonKind why they did not sign, as a code, or null while nothing is recorded
 * @param sample whether the person is a made-up one
 * @param commitmentId what they signed, {@code documentHash} the SHA-256 of the document; null for everybody else, and in rows that
 *     were compiled before it was kept
 */
public record ListRow(
        UUID personId,
        byte[] sortKey,
        int rankOrder,
        String fullName,
        @Nullable LocalDate birthDate,
        String positionName,
        String unitName,
        String setTitle,
        Audience audience,
        Standing standing,
        @Nullable Instant signedAt,
        @Nullable String method,
        @Nullable String reasonKind,
        String reason,
        String note,
        boolean sample,
        @Nullable UUID commitmentId,
        byte @Nullable [] documentHash) {}
