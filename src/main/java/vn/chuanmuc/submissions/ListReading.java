package vn.chuanmuc.submissions;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.May;
import vn.chuanmuc.submissions.Lists.Sheet;

/** A list as somebody reads it: who may, how it stands, and what they may do with it. */
@Component
class ListReading {
    private final ListStore store;
    private final Campaigns campaigns;
    private final Units units;
    private final Lines lines;
    private final Access access;
    private final Clock clock;

    ListReading(ListStore store, Campaigns campaigns, Units units, Lines lines, Access access, Clock clock) {
        this.store = store;
        this.campaigns = campaigns;
        this.units = units;
        this.lines = lines;
        this.access = access;
        this.clock = clock;
    }

    /** @param day as it stood at the end of a day; null for now */
    Sheet get(Viewer viewer, Key key, @Nullable LocalDate day) {
        UUID tenant = viewer.tenantId();
        boolean reads = access.covers(viewer, Permission.READ_LISTS, key.unitId());
        if (!reads && !store.hasLineCampaigns(tenant)) {
            throw new NotFound("list");
        }
        Campaign campaign = campaigns.get(tenant, key.campaignId());
        if (campaign.state() == Campaigns.State.DRAFT) {
            throw new NotFound("list");
        }
        @Nullable LineRoute line = route(tenant, campaign, key.unitId(), null);
        May may = may(viewer, campaign, key.unitId(), line);
        if (!reads && (line == null || !may.any())) {
            throw new NotFound("list");
        }
        ListStore.Head head = store.find(tenant, key).orElseThrow(() -> new NotFound("list"));
        List<ListVersion> versions = store.versions(tenant, head.id());
        if (day != null) {
            Instant over = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
            List<ListVersion> then = versions.stream()
                    .filter(version -> version.compiled().at().isBefore(over))
                    .map(version -> version.before(over))
                    .toList();
            ListVersion newest = then.isEmpty() ? null : then.getFirst();
            ListVersion.Step accepted =
                    newest == null || newest.state() != ListState.ACCEPTED ? null : newest.decided();
            return new Sheet(
                    head.id(),
                    key,
                    day,
                    campaign,
                    head.unitName(),
                    head.blocName(),
                    then,
                    new May(false, false, false),
                    accepted == null ? null : accepted.at(),
                    route(tenant, campaign, key.unitId(), day));
        }
        return new Sheet(
                head.id(),
                key,
                null,
                campaign,
                head.unitName(),
                head.blocName(),
                versions,
                may,
                campaigns
                        .freeze(tenant, key.campaignId(), key.unitId(), key.blocId())
                        .map(Campaigns.Freeze::since)
                        .orElse(null),
                line);
    }

    private May may(Viewer viewer, Campaign campaign, UUID unit, @Nullable LineRoute line) {
        boolean compile = access.covers(viewer, Permission.COMPILE_LIST, unit);
        boolean approve = access.covers(viewer, Permission.APPROVE_LIST, unit);
        UUID receiver = line == null ? campaign.receiverUnit() : line.receiverId();
        boolean decide = access.covers(viewer, Permission.DECIDE_ON_LIST, receiver);
        return line == null
                ? new May(compile, approve, decide)
                : new May(
                        line.compiles(viewer.personId(), compile),
                        line.approves(viewer.personId(), approve),
                        line.decides(viewer.personId(), decide));
    }

    /** @param day as it was on which day in the past; null for now */
    private @Nullable LineRoute route(UUID tenantId, Campaign campaign, UUID unitId, @Nullable LocalDate day) {
        UUID line = campaign.lineId();
        if (line == null) {
            return null;
        }
        String name = lines.find(tenantId, line).map(Lines.Line::name).orElse("");
        Lines.Seat seat = lines.seatOf(tenantId, line, unitId, day).orElse(null);
        if (seat != null && seat.superiorId() != null) {
            return new LineRoute(line, name, seat, seat.superiorId(), seat.superiorName(), seat.receiver());
        }
        UUID receiver = campaign.receiverUnit();
        return new LineRoute(
                line,
                name,
                seat,
                receiver,
                receiverName(tenantId, campaign),
                lines.approver(tenantId, line, receiver, day).orElse(null));
    }

    String receiverName(UUID tenantId, Campaign campaign) {
        return units.names(tenantId, List.of(campaign.receiverUnit())).getOrDefault(campaign.receiverUnit(), "");
    }
}
