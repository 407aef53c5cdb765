package vn.chuanmuc.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An act as recorded. {@code payload} is canonical JSON: keys sorted, no blanks. */
public record Entry(
        UUID id,
        Instant at,
        String act,
        UUID subject,
        UUID actor,
        String payload,
        byte[] payloadHash,
        byte @Nullable [] documentHash) {}
