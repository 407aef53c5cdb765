package vn.chuanmuc.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.Campaigns.Candidate;
import vn.chuanmuc.campaigns.Campaigns.Changed;
import vn.chuanmuc.campaigns.Campaigns.RosterEntry;
import vn.chuanmuc.campaigns.Campaigns.State;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.People.Member;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;

/** Who comes onto a frozen roster and who leaves it: dated, with a reason, an act each. */
@Component
class RosterChanges {
    private static final int LONGEST_REASON = 500;

    private final CampaignStore store;
    private final RosterStore rosters;
    private final Access access;
    private final Units units;
    private final People people;
    private final Lines lines;
    private final Criteria criteria;
    private final Supplements supplements;
    private final Ledger ledger;
    private final Clock clock;
    private final ObjectProvider<Rosters> listeners;

    RosterChanges(
            CampaignStore store,
            RosterStore rosters,
            Access access,
            Units units,
            People people,
            Lines lines,
            Criteria criteria,
            Supplements supplements,
            Ledger ledger,
            Clock clock,
            ObjectProvider<Rosters> listeners) {
        this.store = store;
        this.rosters = rosters;
        this.access = access;
        this.units = units;
        this.people = people;
        this.lines = lines;
        this.criteria = criteria;
        this.supplements = supplements;
        this.ledger = ledger;
        this.clock = clock;
        this.listeners = listeners;
    }

    List<Candidate> candidates(Viewer viewer, UUID campaignId, String words) {
        return rosters.candidates(
                viewer.tenantId(),
                campaignId,
                get(viewer.tenantId(), campaignId).baseId(),
                viewer.unitsWith(Permission.MANAGE_PEOPLE),
                Texts.searchKey(words),
                Texts.oneLine(words).toLowerCase(java.util.Locale.ROOT));
    }

    Changed join(
            Viewer viewer, UUID campaignId, UUID personId, UUID unitId, UUID setId, LocalDate date, String reason) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        access.require(viewer, Permission.MANAGE_PEOPLE, unitId);
        String why = Texts.oneLine(reason);
        Optional<Changed> refused = refusal(campaign, date, why);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (criteria.sets(viewer.tenantId(), campaign.decisionId()).stream()
                .noneMatch(set -> set.id().equals(setId))) {
            return new Changed.Refused("bo", Reason.of("campaigns.join.set"));
        }
        Optional<Member> found = !store.units(viewer.tenantId(), campaignId).contains(unitId)
                ? Optional.empty()
                : people.membersOf(viewer.tenantId(), List.of(unitId)).stream()
                        .filter(member -> member.personId().equals(personId))
                        .findFirst();
        if (found.isEmpty()) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.person"));
        }
        Member member = found.get();
        store.lockBloc(campaignId, unitId, member.blocId(), false);
        if (get(viewer.tenantId(), campaignId).state() != State.LAUNCHED) {
            return new Changed.Refused("", Reason.of("campaigns.roster.not-open"));
        }
        Optional<Reason> frozen = frozenReason(
                viewer.tenantId(), campaign, unitId, member.unitName(), member.blocId(), member.blocName());
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        UUID line = campaign.lineId();
        if (line != null
                && lines.of(viewer.tenantId(), personId, date).stream()
                        .noneMatch(standing -> standing.lineId().equals(line))) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.not-in-line", member.fullName(), date));
        }
        if (campaign.supplementary()) {
            Optional<Reason> unconcerned = supplements.refusal(
                    viewer.tenantId(),
                    campaign,
                    personId,
                    setId,
                    member.fullName(),
                    rosters.rosterEntry(viewer.tenantId(), campaignId, personId).isPresent());
            if (unconcerned.isPresent()) {
                return new Changed.Refused("nguoi", unconcerned.get());
            }
        } else {
            String other = rosters.otherRosters(viewer.tenantId(), campaignId, campaign.year(), Set.of(personId))
                    .get(personId);
            if (other != null) {
                return new Changed.Refused("nguoi", Reason.of("campaigns.join.other-roster", other));
            }
        }
        OptionalInt entry = rosters.join(viewer.tenantId(), campaign, new RosterRow(member, setId), date);
        if (entry.isEmpty()) {
            return new Changed.Refused("nguoi", Reason.of("campaigns.join.already", member.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "join",
                date,
                why,
                Map.of("unit", unitId.toString(), "set", setId.toString()),
                entry);
        listeners.forEach(listener -> listener.joined(viewer.tenantId(), campaignId, personId));
        return new Changed.Done();
    }

    Changed leave(Viewer viewer, UUID campaignId, UUID personId, LocalDate date, String reason) {
        Campaign campaign = get(viewer.tenantId(), campaignId);
        RosterEntry entry = rosters.rosterEntry(viewer.tenantId(), campaignId, personId)
                .orElseThrow(() -> new NotFound("person on the roster"));
        access.require(viewer, Permission.MANAGE_PEOPLE, entry.unitId());
        String why = Texts.oneLine(reason);
        Optional<Changed> refused = refusal(campaign, date, why);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (date.isBefore(entry.joinedOn())) {
            return new Changed.Refused("ngay", Reason.of("campaigns.leave.before-joining", entry.joinedOn()));
        }
        store.lockBloc(campaignId, entry.unitId(), entry.blocId(), false);
        if (get(viewer.tenantId(), campaignId).state() != State.LAUNCHED) {
            return new Changed.Refused("", Reason.of("campaigns.roster.not-open"));
        }
        Optional<Reason> frozen = frozenReason(viewer.tenantId(), campaign, entry);
        if (frozen.isPresent()) {
            return new Changed.Refused("", frozen.get());
        }
        if (!rosters.leave(viewer.tenantId(), campaignId, personId, entry.unitId(), entry.blocId(), date)) {
            return new Changed.Refused("", Reason.of("campaigns.leave.already", entry.fullName()));
        }
        record(
                viewer,
                campaignId,
                personId,
                "leave",
                date,
                why,
                Map.of("unit", entry.unitId().toString()),
                OptionalInt.empty());
        listeners.forEach(listener -> listener.left(viewer.tenantId(), campaignId, personId));
        return new Changed.Done();
    }

    boolean correct(Viewer viewer, UUID campaignId, UUID personId, String reason) {
        LocalDate day = today();
        OptionalInt entry = rosters.correct(viewer.tenantId(), campaignId, personId, day);
        if (entry.isEmpty()) {
            return false;
        }
        String why = Texts.oneLine(reason);
        record(
                viewer,
                campaignId,
                personId,
                "correct",
                day,
                why.substring(0, Math.min(why.length(), LONGEST_REASON)),
                Map.of(),
                entry);
        return true;
    }

    private Optional<Changed> refusal(Campaign campaign, LocalDate date, String reason) {
        if (campaign.state() != State.LAUNCHED) {
            return Optional.of(new Changed.Refused("", Reason.of("campaigns.roster.not-open")));
        }
        if (date.isAfter(today())) {
            return Optional.of(new Changed.Refused("ngay", Reason.of("campaigns.roster.future", today())));
        }
        if (date.getYear() < campaign.year() - 1) {
            return Optional.of(new Changed.Refused("ngay", Reason.of("campaigns.roster.long-ago", date)));
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return Optional.of(new Changed.Refused("ly-do", Reason.of("campaigns.roster.reason")));
        }
        return Optional.empty();
    }

    /** @param entry which line of the person's on this roster the change brings; empty when it brings none */
    private void record(
            Viewer viewer,
            UUID campaignId,
            UUID personId,
            String kind,
            LocalDate date,
            String reason,
            Map<String, String> more,
            OptionalInt entry) {
        UUID id = Ids.next();
        rosters.insertChange(
                viewer.tenantId(), id, campaignId, personId, kind, date, reason, viewer.accountId(), now());
        var facts = new LinkedHashMap<String, Object>(more);
        facts.put("campaign", campaignId.toString());
        facts.put("person", personId.toString());
        facts.put("date", date.toString());
        facts.put("reason", reason);
        var pieces = new ArrayList<Piece>();
        pieces.add(Piece.of(CampaignEvidence.CHANGE, id));
        if (entry.isPresent()) {
            rosters.keepLine(viewer.tenantId(), campaignId, personId, entry.getAsInt(), id);
            pieces.add(Piece.of(CampaignEvidence.LINE, campaignId, personId, entry.getAsInt()));
        }
        ledger.append(
                new Act(viewer.tenantId(), "campaigns.roster-" + kind, id, viewer.accountId(), facts).with(pieces));
    }

    Optional<Reason> frozenReason(UUID tenantId, Campaign campaign, RosterEntry entry) {
        return frozenReason(tenantId, campaign, entry.unitId(), entry.unitName(), entry.blocId(), entry.blocName());
    }

    private Optional<Reason> frozenReason(
            UUID tenantId, Campaign campaign, UUID unitId, String unitName, UUID blocId, String blocName) {
        return store.freeze(tenantId, campaign.id(), unitId, blocId)
                .map(freeze -> Reason.of(
                        "campaigns.frozen",
                        unitName,
                        blocName,
                        freeze.since(),
                        units.names(tenantId, List.of(campaign.receiverUnit()))
                                .getOrDefault(campaign.receiverUnit(), "")));
    }

    private Campaign get(UUID tenantId, UUID campaignId) {
        return store.find(tenantId, campaignId).orElseThrow(() -> new NotFound("campaign"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
