package vn.chuanmuc.submissions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.submissions.ListStore.Place;

/** The lists of signers per unit and bloc, on their way from the clerk over the head to the upper board. */
@Component
public class Lists {
    /** Stands for the people as they stand now, where the number of a version is asked for. */
    public static final int NOW = 0;

    /** More changes than this are told by number; the papers of both versions have them all. */
    static final int MOST_CHANGES = 300;

    private static final int MOST_GONE = 100;

    private final ListStore store;
    private final ListReading reading;
    private final ListMoves moves;
    private final ListNumbers numbers;
    private final Access access;

    Lists(ListStore store, ListReading reading, ListMoves moves, ListNumbers numbers, Access access) {
        this.store = store;
        this.reading = reading;
        this.moves = moves;
        this.numbers = numbers;
        this.access = access;
    }

    /** Which list: one per campaign, unit and bloc. */
    public record Key(UUID campaignId, UUID unitId, UUID blocId) {}

    /**
     * @param state code of a state, {@code none} for never compiled, or empty for all
     * @param words part of the unit's name, with or without marks
     * @param day the lists there were on it, as they stood at its end; null for now
     */
    public record Filter(
            @Nullable UUID campaignId,
            String state,
            String words,
            @Nullable LocalDate day) {
        public static final Filter ALL = new Filter(null, "", "");

        public Filter(@Nullable UUID campaignId, String state, String words) {
            this(campaignId, state, words, null);
        }
    }

    /**
     * A list as it stands in an overview.
     *
     * @param version 0 when it was never compiled
     * @param state of that version; null when it was never compiled
     * @param totals of that version
     * @param live counts of the people as they stand now
     */
    public record Listed(
            Key key,
            String campaignTitle,
            int year,
            String unitName,
            String blocName,
            LocalDate submitBy,
            int version,
            @Nullable ListState state,
            @Nullable Totals totals,
            Totals live,
            @Nullable Instant submittedAt) {}

    /**
     * A list with all its versions, the newest first.
     *
     * @param may what the viewer may do with it, the state of the list apart
     * @param frozenSince since when an accepted list freezes signing in this unit's bloc; null when it does not
     * @param day as it stood at the end of which day, where nothing may be done with it; null for now
     * @param line how it goes in the campaign's line; null in a campaign of the whole organisation
     */
    public record Sheet(
            UUID id,
            Key key,
            @Nullable LocalDate day,
            Campaign campaign,
            String unitName,
            String blocName,
            List<ListVersion> versions,
            May may,
            @Nullable Instant frozenSince,
            @Nullable LineRoute line) {
        public @Nullable ListVersion current() {
            return versions.isEmpty() ? null : versions.getFirst();
        }

        public Optional<ListVersion> version(int number) {
            return versions.stream()
                    .filter(version -> version.number() == number)
                    .findFirst();
        }

        /** The newest version before the given number that was sent up. */
        public Optional<ListVersion> submittedBefore(int number) {
            return versions.stream()
                    .filter(version -> version.number() < number && version.wasSubmitted())
                    .findFirst();
        }

        /** Why no new version can be compiled now, since when, and who may lift it. */
        public Optional<Lock> lock() {
            return ListRules.lock(current());
        }
    }

    /** Which rule locks, since when, and who may lift it. */
    public record Lock(Reason rule, Instant since, Reason liftedBy) {}

    /** @param number place in the whole list, whatever was searched for */
    public record Numbered(int number, ListRow row) {}

    /** What the board remarked on the row of a person. */
    public record Remarked(String fullName, String remark) {}

    /** What the viewer's roles and duties allow, whatever state the list is in. */
    public record May(boolean compile, boolean approve, boolean decide) {
        boolean any() {
            return compile || approve || decide;
        }
    }

    /** Lists in the viewer's units, by campaign, unit and bloc. */
    public List<Listed> list(Viewer viewer, Filter filter, int offset, int limit) {
        return store.list(Reach.of(viewer), filter, offset, limit);
    }

    public long count(Viewer viewer, Filter filter) {
        return store.count(Reach.of(viewer), filter);
    }

    /** Lists that wait for the viewer's decision, in the order of {@link #list}. */
    public List<Listed> inbox(Viewer viewer, int limit) {
        return store.inbox(Reach.of(viewer), limit);
    }

    public long countInbox(Viewer viewer) {
        return store.countToDecide(Reach.of(viewer));
    }

    /** The list, if the viewer may read it; otherwise {@link NotFound}. */
    @Transactional(readOnly = true)
    public Sheet get(Viewer viewer, Key key) {
        return reading.get(viewer, key, null);
    }

    /** The list as it stood at the end of a day, or now; who may read it is a matter of today. */
    @Transactional(readOnly = true)
    public Sheet get(Viewer viewer, Key key, @Nullable LocalDate day) {
        return reading.get(viewer, key, day);
    }

    /**
     * A page of the people on a version as they stood when it was compiled, or as they stand {@link #NOW}.
     *
     * @param words parts of names, with or without marks; empty for everybody
     */
    public List<Numbered> page(
            Viewer viewer, Sheet sheet, int version, ListOrder order, String words, int offset, int limit) {
        return store.page(place(viewer, sheet), version, order, words, offset, limit);
    }

    /** Whether the viewer may look at the unit's page in the line: those who may read of its people. */
    public boolean showsDuties(Viewer viewer, Sheet sheet) {
        LineRoute line = sheet.line();
        return line != null
                && line.seat() != null
                && access.covers(viewer, Permission.READ_PEOPLE, line.seat().unitId());
    }

    /** How many people have the words in their names. */
    public int found(Viewer viewer, Sheet sheet, int version, String words) {
        return store.found(place(viewer, sheet), version, words);
    }

    /** Counted when it was compiled, or as people stand {@link #NOW}. */
    public Totals totals(Viewer viewer, Sheet sheet, int version) {
        return version == NOW
                ? store.live(place(viewer, sheet))
                : sheet.version(version)
                        .orElseThrow(() -> new NotFound("version"))
                        .totals();
    }

    /** How many rows of a version the board remarked on. */
    public int countRemarks(Viewer viewer, Sheet sheet, int version) {
        return store.countRemarks(viewer.tenantId(), sheet.id(), version);
    }

    /** The board's remarks on the rows of some people, by person. */
    public Map<UUID, String> remarks(Viewer viewer, Sheet sheet, int version, Collection<UUID> people) {
        return store.remarks(viewer.tenantId(), sheet.id(), version, people);
    }

    /** The board's remarks on people who are no longer on the roster; at most 100. */
    public List<Remarked> remarksOnTheGone(Viewer viewer, Sheet sheet, int version) {
        return store.remarksOnTheGone(place(viewer, sheet), version, MOST_GONE);
    }

    /** Row by row what is different, the first 300 of them; either may be {@link #NOW}. */
    @Transactional(readOnly = true)
    public ListChanges changes(Viewer viewer, Sheet sheet, int before, int after, ListOrder order) {
        return store.changes(place(viewer, sheet), before, after, order, MOST_CHANGES);
    }

    /** Who had changed when the version was accepted as it stands, in name order. */
    public List<LateRow> late(Viewer viewer, Sheet sheet, int version, int most) {
        return store.late(viewer.tenantId(), sheet.id(), version, most);
    }

    /** Those of some people who had changed when the version was accepted as it stands. */
    public List<LateRow> late(Viewer viewer, Sheet sheet, int version, Collection<UUID> people) {
        return store.late(viewer.tenantId(), sheet.id(), version, people);
    }

    /** SHA-256 over the rows as people stand now, as a version compiled now would have it ({@link ListDigest}). */
    @Transactional(readOnly = true)
    public byte[] hashNow(Viewer viewer, Sheet sheet) {
        return ListDigest.of(store.stream(place(viewer, sheet), NOW, ListOrder.NAME))
                .hash();
    }

    private static Place place(Viewer viewer, Sheet sheet) {
        return new Place(viewer.tenantId(), sheet.id(), sheet.key(), sheet.day());
    }

    /** Takes the rows of a version in one pass; may be asked for more than once while it writes. */
    @FunctionalInterface
    public interface Writing<X extends Exception> {
        void write(RowSource rows) throws X;
    }

    /** Opens the rows anew each time; each stream must be closed. */
    @FunctionalInterface
    public interface RowSource {
        Stream<ListRow> open();
    }

    /** Reads a version's rows from a cursor, so that memory does not grow with them. */
    @Transactional(readOnly = true)
    public <X extends Exception> void read(Viewer viewer, Sheet sheet, int version, ListOrder order, Writing<X> writing)
            throws X {
        writing.write(() -> store.stream(place(viewer, sheet), version, order));
    }

    /** The titles of the sets that the people take, each with whom it is for. */
    public Map<String, Audience> setTitles(Viewer viewer, Sheet sheet, int version) {
        return store.setTitles(place(viewer, sheet), version);
    }

    /**
     * Makes a new version from the rows as they stand now. A version that is only compiled is replaced; it is then dropped.
     *
     * @param seen number of the newest version the clerk had before their eyes, 0 for none: a second click, or a second clerk,
     *     makes no second version
     */
    @Transactional
    public Moved compile(Viewer viewer, Key key, String note, int seen) {
        return moves.compile(viewer, key, note, seen);
    }

    /** The head approves a compiled version; not the account that compiled it. */
    @Transactional
    public Moved approve(Viewer viewer, Key key, int number) {
        return moves.approve(viewer, key, number);
    }

    /** The head gives a version that was not sent yet back to the clerk, saying why; it is dropped. */
    @Transactional
    public Moved giveBack(Viewer viewer, Key key, int number, String note) {
        return moves.giveBack(viewer, key, number, note);
    }

    /** Sends an approved version up: in a line to the unit above there, else to the campaign's receiver. */
    @Transactional
    public Moved submit(Viewer viewer, Key key, int number) {
        return moves.submit(viewer, key, number);
    }

    /**
     * The board accepts a submitted version: from now on nobody of the unit's bloc signs or is recorded any more. Counts again
     * while nobody can: when people no longer stand as the version has them, it is refused, saying who changed.
     */
    @Transactional
    public Moved accept(Viewer viewer, Key key, int number, String note) {
        return moves.accept(viewer, key, number, note);
    }

    /**
     * The board accepts a submitted version as it stands although people have signed, declined, come or gone since it was
     * compiled. Who they are is kept with the version.
     *
     * @param reason why the unit is not to compile a new version; needed
     * @param seen {@link #hashNow} when the board was shown what changed: it decides about these changes and no others
     */
    @Transactional
    public Moved acceptAsItStands(Viewer viewer, Key key, int number, String note, String reason, byte[] seen) {
        return moves.acceptAsItStands(viewer, key, number, note, reason, seen);
    }

    /**
     * The board sends a submitted version back.
     *
     * @param remarks on rows, by person; blank ones count as none. With no note at least one is needed
     */
    @Transactional
    public Moved sendBack(Viewer viewer, Key key, int number, String note, Map<UUID, String> remarks) {
        return moves.sendBack(viewer, key, number, note, remarks);
    }

    /** The board opens an accepted list again, with a reason: the freeze is lifted and a new version can be compiled. */
    @Transactional
    public Moved reopen(Viewer viewer, Key key, int number, String reason) {
        return moves.reopen(viewer, key, number, reason);
    }

    /** Whose rules a list is laid out and numbered by. */
    public Layout.Line paperLine(Viewer viewer, Sheet sheet) {
        return numbers.paperLine(viewer, sheet);
    }

    /** The numbers of the versions that were sent up, by version; without those sent without one. */
    public Map<Integer, Bearing> numbers(Viewer viewer, Sheet sheet) {
        return numbers.numbers(viewer, sheet);
    }

    /** The number a version would be sent up with if it were sent now. */
    public Numbering.Prospect prospect(Viewer viewer, Sheet sheet) {
        return numbers.prospect(viewer, sheet);
    }
}
