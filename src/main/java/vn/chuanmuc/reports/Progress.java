package vn.chuanmuc.reports;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Texts;

/** How far a campaign is: signed, expected and overdue of every unit the viewer may see, and where their lists stand. */
@Component
public class Progress {
    private static final List<String> STATES =
            List.of("none", "compiled", "approved", "submitted", "sent-back", "accepted", "reopened", "dropped");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final ProgressStore store;
    private final Campaigns campaigns;
    private final Access access;
    private final Clock clock;

    Progress(ProgressStore store, Campaigns campaigns, Access access, Clock clock) {
        this.store = store;
        this.campaigns = campaigns;
        this.access = access;
        this.clock = clock;
    }

    /** {@code 0 <= signed + declined + excused <= expected}; overdue are those still open after the last day to sign. */
    public record Counts(long expected, long signed, long declined, long excused, long overdue) {
        public long open() {
            return expected - signed - declined - excused;
        }

        /** For ordering: whoever expects nobody is done. */
        public double share() {
            return expected == 0 ? 1 : (double) signed / expected;
        }

        Counts plus(Counts other) {
            return new Counts(
                    expected + other.expected,
                    signed + other.signed,
                    declined + other.declined,
                    excused + other.excused,
                    overdue + other.overdue);
        }
    }

    /** @param state code of a list's state; {@code none} when it was never compiled */
    public record BlocList(UUID blocId, String blocName, String state) {}

    public record UnitProgress(UUID unitId, String unitName, Counts counts, List<BlocList> lists) {}

    /** @param lists how many lists stand in each state, in the order lists go through them */
    public record Overview(
            Campaign campaign, LocalDate today, Counts total, Map<String, Long> lists, List<UnitProgress> units) {}

    public enum Order {
        NAME("ten", (_, _) -> 0), // as they come: by name
        /** Those who are least far first. */
        SHARE("ti-le", Comparator.comparingDouble(unit -> unit.counts().share())),
        OVERDUE(
                "qua-han",
                Comparator.comparingLong((UnitProgress unit) -> unit.counts().overdue())
                        .reversed());

        private final String code;
        private final Comparator<UnitProgress> comparator;

        Order(String code, Comparator<UnitProgress> comparator) {
            this.code = code;
            this.comparator = comparator;
        }

        public String code() {
            return code;
        }

        /** Anything unknown means by name. */
        public static Order of(String code) {
            for (Order order : values()) {
                if (order.code.equals(code)) {
                    return order;
                }
            }
            return NAME;
        }
    }

    /** Campaigns that were launched, the newest first. */
    public List<Campaign> launched(Viewer viewer) {
        access.require(viewer, Permission.READ_PROGRESS);
        return campaigns.visible(viewer).stream()
                .filter(campaign -> campaign.state() != Campaigns.State.DRAFT)
                .toList();
    }

    public Optional<Campaign> newest(Viewer viewer) {
        return launched(viewer).stream().findFirst();
    }

    /** The whole of what the viewer may see of a campaign: only units under those where they hold the permission. */
    public Overview of(Viewer viewer, UUID campaignId, Order order) {
        return of(viewer, campaignId, order, LocalDate.now(clock));
    }

    /** The same as it was at the end of a day. */
    public Overview of(Viewer viewer, UUID campaignId, Order order, LocalDate day) {
        access.require(viewer, Permission.READ_PROGRESS);
        Campaign campaign = campaigns.getVisible(viewer, campaignId);
        if (campaign.state() == Campaigns.State.DRAFT) {
            throw new NotFound("campaign");
        }
        boolean past = day.isBefore(LocalDate.now(clock));
        boolean late = day.isAfter(campaign.signBy());
        UUID[] scope = viewer.unitsWith(Permission.READ_PROGRESS);
        Map<UUID, Counts> counts = new HashMap<>();
        for (var count : past
                ? store.counts(viewer.tenantId(), campaignId, scope, day)
                : store.counts(viewer.tenantId(), campaignId, scope)) {
            counts.merge(count.unitId(), counts(count, late), Counts::plus);
        }
        Map<UUID, UnitProgress> units = new LinkedHashMap<>();
        Map<String, Long> lists = new LinkedHashMap<>();
        for (String state : STATES) {
            lists.put(state, 0L);
        }
        for (var list : past
                ? store.lists(viewer.tenantId(), campaignId, scope, day)
                : store.lists(viewer.tenantId(), campaignId, scope)) {
            units.computeIfAbsent(
                            list.unitId(),
                            id -> new UnitProgress(
                                    id,
                                    list.unitName(),
                                    counts.getOrDefault(id, new Counts(0, 0, 0, 0, 0)),
                                    new ArrayList<>(2)))
                    .lists()
                    .add(new BlocList(list.blocId(), list.blocName(), list.state()));
            lists.merge(list.state(), 1L, Long::sum);
        }
        units.values().forEach(unit -> unit.lists().sort(Comparator.comparing(BlocList::blocName)));
        Counts total = counts.values().stream().reduce(new Counts(0, 0, 0, 0, 0), Counts::plus);
        record Keyed(String name, UnitProgress unit) {}
        List<UnitProgress> ordered = units.values().stream()
                .map(unit -> new Keyed(natural(unit.unitName()), unit))
                .sorted(Comparator.comparing(Keyed::name))
                .map(Keyed::unit)
                .sorted(order.comparator) // stable: by name within the same
                .toList();
        return new Overview(campaign, day, total, lists, ordered);
    }

    private static Counts counts(ProgressStore.Count count, boolean late) {
        long people = count.people();
        return switch (count.standing()) {
            case "signed" -> new Counts(people, people, 0, 0, 0);
            case "declined" -> new Counts(people, 0, people, 0, 0);
            case "excused" -> new Counts(people, 0, 0, people, 0);
            case "open" -> new Counts(people, 0, 0, 0, late ? people : 0);
            default -> new Counts(0, 0, 0, 0, 0); // left: neither expected nor signed
        };
    }

    /** "Đơn vị 2" before "Đơn vị 10". */
    static String natural(String name) {
        return DIGITS.matcher(Texts.searchKey(name)).replaceAll(Progress::padded);
    }

    private static String padded(MatchResult digits) {
        return "0".repeat(Math.max(0, 12 - digits.group().length())) + digits.group();
    }
}
