package vn.chuanmuc.commitments;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.commitments.Commitments.Counts;
import vn.chuanmuc.platform.Recent;

/** The counts above a long list of people, which cost more than its fifty rows. For pages only: lists count for themselves. */
@Component
class RecentCounts {
    private final Recent<Asked, Counts> counts = new Recent<>(Duration.ofSeconds(1));

    private record Asked(
            UUID tenantId,
            UUID campaignId,
            List<UUID> held,
            @Nullable UUID unitId) {}

    Counts get(UUID tenantId, UUID campaignId, UUID[] held, @Nullable UUID unitId, Supplier<Counts> count) {
        return counts.get(new Asked(tenantId, campaignId, List.of(held), unitId), count);
    }

    /** Somebody's standing in the campaign changes with the open transaction. */
    void changed(UUID tenantId, UUID campaignId) {
        counts.forget(asked ->
                asked.campaignId().equals(campaignId) && asked.tenantId().equals(tenantId));
    }
}
