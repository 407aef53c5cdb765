package vn.chuanmuc.campaigns;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.NotFound;

/** Campaigns and their rosters. */
@Component
public class Campaigns {
    private final CampaignStore store;

    Campaigns(CampaignStore store) {
        this.store = store;
    }

    public enum State {
        DRAFT,
        LAUNCHED,
        CLOSED
    }

    /**
     * @param signBy last day to sign (2021: 10/10; afterwards 30/01 every year)
     * @param submitBy last day for units to submit their lists
     * @param methods codes of the ways to sign that are allowed: {@code xac-nhan-dien-tu}, {@code giay}, {@code chu-ky-so}
     * @param receiverUnit the unit whose board receives the lists
     */
    public record Campaign(
            UUID id,
            int year,
            String title,
            String planNumber,
            @Nullable LocalDate planDate,
            UUID decisionId,
            LocalDate signBy,
            LocalDate submitBy,
            Set<String> methods,
            UUID receiverUnit,
            State state,
            int version,
            @Nullable Instant launchedAt) {}

    /** A person on the roster, as they were when it was frozen or when they joined. */
    public record RosterEntry(
            UUID campaignId,
            UUID personId,
            int year,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            String fullName,
            byte[] sortKey,
            @Nullable LocalDate birthDate,
            String positionName,
            int rankOrder,
            UUID setId,
            boolean sample,
            LocalDate joinedOn,
            @Nullable LocalDate leftOn) {}

    /** An accepted list that freezes a unit's bloc. */
    public record Freeze(UUID listId, Instant since) {}

    public Campaign get(UUID tenantId, UUID campaignId) {
        return store.find(tenantId, campaignId).orElseThrow(() -> new NotFound("campaign"));
    }

    /** Campaigns, the newest year first; at most 100. */
    public List<Campaign> list(UUID tenantId) {
        return store.list(tenantId);
    }

    public Optional<RosterEntry> rosterEntry(UUID tenantId, UUID campaignId, UUID personId) {
        return store.rosterEntry(tenantId, campaignId, personId);
    }

    /** The rosters of launched campaigns that a person is on, the newest year first. */
    public List<RosterEntry> rostersOf(UUID tenantId, UUID personId) {
        return store.rostersOf(tenantId, personId);
    }

    public Optional<Freeze> freeze(UUID tenantId, UUID campaignId, UUID unitId, UUID blocId) {
        return store.freeze(tenantId, campaignId, unitId, blocId);
    }
}
