package vn.chuanmuc.access.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.ui.View;

record LedgerPage(List<Line> lines, @Nullable UUID subject) implements View {
    record Line(
            Instant at,
            String act,
            String actor,
            UUID subject,
            String facts,
            String payloadHash,
            String documentHash) {}
}
