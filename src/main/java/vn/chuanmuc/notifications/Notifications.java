package vn.chuanmuc.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Holders;
import vn.chuanmuc.access.Unread;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.platform.Recent;

/**
 * Tells people: in the product, and by mail where they verified an address and want it. A notice and its mail are rows written in the
 * caller's transaction, beside the evidence: rolled back, nobody hears of it; asked for again, nobody hears of it twice.
 */
@Component
public class Notifications implements Unread {
    private static final int AT_ONCE = 1_000;
    /** The frame shows no more than “99+”. */
    private static final int MOST_COUNTED = 100;

    private final NoticeStore store;
    private final MailSettings settings;
    private final Holders holders;
    private final Clock clock;
    private final Recent<Whose, Integer> unread = new Recent<>(Duration.ofSeconds(20));

    Notifications(NoticeStore store, MailSettings settings, Holders holders, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.holders = holders;
        this.clock = clock;
    }

    private record Whose(UUID tenant, UUID account) {}

    /** @return how many accounts had not been told of this before */
    @Transactional(propagation = Propagation.MANDATORY)
    public int tell(Notice notice, Collection<UUID> accounts) {
        return tell(accounts.stream()
                .distinct()
                .map(account -> new Notice.To(notice, account))
                .toList());
    }

    /** Tells officials; whoever has no account hears of it in other ways. @return how many accounts had not been told */
    @Transactional(propagation = Propagation.MANDATORY)
    public int tellPeople(Notice notice, Collection<UUID> people) {
        return tell(notice, holders.of(notice.tenantId(), people));
    }

    /** Many notices of one kind and one body, each to an account. @return how many of them are new */
    @Transactional(propagation = Propagation.MANDATORY)
    public int tell(List<Notice.To> all) {
        int told = 0;
        List<Notice.To> others = all.stream()
                .filter(to -> !to.account().equals(to.notice().by()))
                .toList();
        for (int i = 0; i < others.size(); i += AT_ONCE) {
            told += store.insert(
                    others.subList(i, Math.min(others.size(), i + AT_ONCE)),
                    settings.missing().isEmpty(),
                    now());
        }
        if (told > 0) {
            Set<Whose> whose = new HashSet<>();
            others.forEach(to -> whose.add(new Whose(to.notice().tenantId(), to.account())));
            unread.forget(whose::contains);
        }
        return told;
    }

    @Override
    public int of(Viewer viewer) {
        return unread.get(new Whose(viewer.tenantId(), viewer.accountId()), () -> store.unread(viewer, MOST_COUNTED));
    }

    /** A notice as its receiver reads it. @param told the arguments of its message */
    public record Line(
            UUID id,
            Kind kind,
            List<String> told,
            String href,
            java.time.@org.jspecify.annotations.Nullable LocalDate due,
            Instant madeAt,
            boolean read,
            boolean mailed) {}

    /** The viewer's own, the newest first; at most 200. */
    public List<Line> list(Viewer viewer, boolean unreadOnly, int offset, int limit) {
        return store.list(viewer, unreadOnly, offset, limit);
    }

    public long count(Viewer viewer, boolean unreadOnly) {
        return store.count(viewer, unreadOnly);
    }

    /** Opens one's own notice: it is read from now on. @return where it leads; empty when there is no such notice of the viewer's */
    @Transactional
    public Optional<String> open(Viewer viewer, UUID id) {
        Optional<String> href = store.read(viewer, id, now());
        forget(viewer);
        return href;
    }

    /** Says of all that were made up to a moment that they are read. @return how many were not */
    @Transactional
    public int readAll(Viewer viewer, Instant until) {
        int read = store.readAll(viewer, until, now());
        forget(viewer);
        return read;
    }

    private void forget(Viewer viewer) {
        var whose = new Whose(viewer.tenantId(), viewer.accountId());
        unread.forget(whose::equals);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
