package vn.chuanmuc.figures.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is answered, as {@code openapi-v1.yaml} describes it. */
final class FigureShapes {
    private FigureShapes() {}

    /** @param basis empty: there is none yet */
    record FigureIndex(
            String index,
            String words,
            String measure,
            String about,
            BigDecimal least,
            BigDecimal most,
            String basis) {}

    record FigureIndexes(LocalDate on, List<FigureIndex> indexes) {}

    /**
     * @param state waiting, confirmed, refused or withdrawn
     * @param reason why it was refused or taken back; null otherwise
     * @param sha256 of the body as it came
     */
    record FigureListState(
            UUID id,
            String state,
            int figures,
            @Nullable String reason,
            String sha256,
            Instant sentAt,
            @Nullable Instant decidedAt) {}
}
