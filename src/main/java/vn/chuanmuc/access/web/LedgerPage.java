package vn.chuanmuc.access.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.ui.View;

/** @param older the last entry shown, when there are older ones */
record LedgerPage(
        List<Line> lines, @Nullable UUID subject, @Nullable UUID older) implements View {
    record Line(
            Instant at,
            String act,
            String actor,
            UUID subject,
            String facts,
            String payloadHash,
            String documentHash) {}
}
