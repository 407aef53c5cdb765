package vn.chuanmuc.submissions;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.campaigns.PaperLines;
import vn.chuanmuc.criteria.Audience;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.submissions.ListRules.Ruling;
import vn.chuanmuc.submissions.ListStore.Place;

/** The lists of signers per unit and bloc, on their way from the clerk over the head to the upper board. */
@Component
public class Lists {
    /** Stands for the people as they stand now, where the number of a version is asked for. */
    public static final int NOW = 0;

    /** More changes than this are told by number; the papers of both versions have them all. */
    private static final int MOST_CHANGES = 300;

    private static final int MOST_GONE = 100;
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final ListStore store;
    private final Campaigns campaigns;
    private final Units units;
    private final Lines lines;
    private final PaperLines paperLines;
    private final Access access;
    private final Accounts accounts;
    private final Numbering numbering;
    private final Ledger ledger;
    private final MessageSource messages;
    private final Clock clock;

    Lists(
            ListStore store,
            Campaigns campaigns,
            Units units,
            Lines lines,
            PaperLines paperLines,
            Access access,
            Accounts accounts,
            Numbering numbering,
            Ledger ledger,
            MessageSource messages,
            Clock clock) {
        this.accounts = accounts;
        this.numbering = numbering;
        this.messages = messages;
        this.store = store;
        this.campaigns = campaigns;
        this.units = units;
        this.lines = lines;
        this.paperLines = paperLines;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
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
        return get(viewer, key, null);
    }

    /** The list as it stood at the end of a day, or now; who may read it is a matter of today. */
    @Transactional(readOnly = true)
    public Sheet get(Viewer viewer, Key key, @Nullable LocalDate day) {
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

    /** Nobody changes who acts in the campaign's line while a list of it is moved. */
    private void holdLine(Viewer viewer, Key key) {
        UUID line = campaigns.get(viewer.tenantId(), key.campaignId()).lineId();
        if (line != null) {
            lines.holdStill(viewer.tenantId(), line);
        }
    }

    /** Refused where somebody else has the duty; {@link Forbidden} where the roles decide and do not allow it. */
    private static Optional<Moved> notOnDuty(Sheet sheet, Lines.Duty duty) {
        boolean clerk = duty == Lines.Duty.CLERK;
        if (clerk ? sheet.may().compile() : sheet.may().approve()) {
            return Optional.empty();
        }
        LineRoute line = sheet.line();
        Optional<Moved> refused =
                line == null ? Optional.empty() : line.notOnDuty(duty).map(Moved.Refused::new);
        if (refused.isEmpty()) {
            throw new Forbidden(clerk ? Permission.COMPILE_LIST : Permission.APPROVE_LIST);
        }
        return refused;
    }

    private static void requireDecides(Sheet sheet) {
        if (!sheet.may().decide()) {
            throw new Forbidden(Permission.DECIDE_ON_LIST);
        }
    }

    /** In a line somebody may stand in the unit and in the one above: what they made below they do not accept above. */
    private static Ruling notOwn(Viewer viewer, Sheet sheet, ListVersion version, Ruling ruling) {
        return ruling instanceof Ruling.Go && sheet.line() != null
                ? ListRules.acceptOthers(version, viewer.accountId())
                : ruling;
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
        return digest(viewer, sheet).hash();
    }

    private ListDigest digest(Viewer viewer, Sheet sheet) {
        return ListDigest.of(store.stream(place(viewer, sheet), NOW, ListOrder.NAME));
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
        holdLine(viewer, key);
        Sheet read = get(viewer, key);
        Optional<Moved> refused = notOnDuty(read, Lines.Duty.CLERK);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!open(read, viewer)) {
            return closed();
        }
        String clean = clean(note);
        if (ListRules.tooLong(clean).orElse(null) instanceof Ruling.Refused(var why)) {
            return new Moved.Refused(why);
        }
        UUID tenant = viewer.tenantId();
        Sheet sheet = hold(viewer, read); // the count, the hash and the rows are of one moment
        ListVersion current = sheet.current();
        switch (ListRules.compile(current, seen)) {
            case Ruling.Already() -> {
                return new Moved.Already(number(current));
            }
            case Ruling.Refused(var why) -> {
                return new Moved.Refused(why);
            }
            case Ruling.Go() -> {}
        }
        ListDigest counted = digest(viewer, sheet);
        if (counted.totals().expected() == 0) {
            return new Moved.Refused(Reason.of("submissions.refused.compile.empty"));
        }
        Instant now = now();
        if (current != null
                && current.state() == ListState.COMPILED
                && !store.drop(tenant, sheet.id(), current.number(), ListState.COMPILED, viewer.accountId(), now, "")) {
            return overtaken(viewer, key, seen);
        }
        if (!store.next(tenant, sheet.id(), number(current))) {
            // whoever drops a compiled version holds its row until they have taken the next number
            Check.that(
                    current == null || current.state() != ListState.COMPILED, "a dropped version has no successor yet");
            return overtaken(viewer, key, seen);
        }
        var version = new ListVersion(
                sheet.id(),
                number(current) + 1,
                ListState.COMPILED,
                counted.totals(),
                counted.hash(),
                parentName(tenant, sheet),
                receiver(sheet).map(LineRoute::receiverName).orElseGet(() -> receiverName(tenant, sheet.campaign())),
                new ListVersion.Step(viewer.accountId(), now),
                clean,
                null,
                null,
                null,
                "",
                0,
                "",
                null,
                "");
        int rows = store.insert(place(viewer, sheet), version);
        Check.that(rows == counted.totals().expected(), "nobody comes or goes while a list is counted");
        var wrote = new ArrayList<Piece>();
        wrote.add(Piece.of(ListEvidence.ROWS, sheet.id(), version.number()));
        if (current != null && current.state() == ListState.COMPILED) {
            wrote.add(Piece.of(ListEvidence.VERSION, sheet.id(), current.number()));
        }
        record(viewer, sheet, version, "compiled", Map.of("note", clean), wrote);
        return new Moved.Done(version.number());
    }

    /** Another transaction was first and has committed: what it made is seen now. */
    private Moved overtaken(Viewer viewer, Key key, int seen) {
        ListVersion current = get(viewer, key).current();
        return switch (ListRules.compile(current, seen)) {
            case Ruling.Already() -> new Moved.Already(number(current));
            case Ruling.Refused(var why) -> new Moved.Refused(why);
            case Ruling.Go() -> new Moved.Refused(Reason.of("submissions.refused.overtaken"));
        };
    }

    /** The head approves a compiled version; not the account that compiled it. */
    @Transactional
    public Moved approve(Viewer viewer, Key key, int number) {
        holdLine(viewer, key);
        Sheet sheet = get(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.APPROVER);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!open(sheet, viewer)) {
            return closed();
        }
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "approved",
                Map.of(),
                List.of(),
                version -> ListRules.approve(version, viewer.accountId()),
                version -> store.approve(viewer.tenantId(), sheet.id(), number, viewer.accountId(), now));
    }

    /** The head gives a version that was not sent yet back to the clerk, saying why; it is dropped. */
    @Transactional
    public Moved giveBack(Viewer viewer, Key key, int number, String note) {
        holdLine(viewer, key);
        Sheet sheet = get(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.APPROVER);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!open(sheet, viewer)) {
            return closed();
        }
        String clean = clean(note);
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "given-back",
                Map.of("note", clean),
                List.of(),
                version -> ListRules.giveBack(version, clean),
                version -> store.drop(
                        viewer.tenantId(), sheet.id(), number, version.state(), viewer.accountId(), now, clean));
    }

    /** Sends an approved version up: in a line to the unit above there, else to the campaign's receiver. */
    @Transactional
    public Moved submit(Viewer viewer, Key key, int number) {
        holdLine(viewer, key);
        Sheet sheet = get(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.CLERK);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!open(sheet, viewer)) {
            return closed();
        }
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "submitted",
                Map.of(
                        "receiver",
                        receiver(sheet)
                                .map(LineRoute::receiverId)
                                .orElse(sheet.campaign().receiverUnit())
                                .toString()),
                List.of(),
                ListRules::submit,
                version -> {
                    if (!store.submit(
                            viewer.tenantId(),
                            sheet.id(),
                            number,
                            viewer.accountId(),
                            now,
                            receiver(sheet).map(LineRoute::receiverName).orElse(version.receiverName()))) {
                        return false;
                    }
                    takeNumber(viewer, sheet, version);
                    return true;
                });
    }

    /**
     * The board accepts a submitted version: from now on nobody of the unit's bloc signs or is recorded any more. Counts again
     * while nobody can: when people no longer stand as the version has them, it is refused, saying who changed.
     */
    @Transactional
    public Moved accept(Viewer viewer, Key key, int number, String note) {
        holdLine(viewer, key);
        Sheet read = get(viewer, key);
        requireDecides(read);
        if (!open(read, viewer)) {
            return closed();
        }
        Sheet sheet = hold(viewer, read);
        String clean = clean(note);
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "accepted",
                Map.of("note", clean),
                List.of(),
                version -> {
                    Ruling ruling = notOwn(viewer, sheet, version, ListRules.accept(version, clean));
                    return ruling instanceof Ruling.Go
                            ? ListRules.acceptCounted(version, late(viewer, sheet, version))
                            : ruling;
                },
                version -> {
                    if (!store.decide(
                            viewer.tenantId(),
                            sheet.id(),
                            number,
                            ListState.ACCEPTED,
                            viewer.accountId(),
                            now,
                            clean)) {
                        return false;
                    }
                    freeze(viewer, sheet);
                    return true;
                });
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
        holdLine(viewer, key);
        Sheet read = get(viewer, key);
        requireDecides(read);
        if (!open(read, viewer)) {
            return closed();
        }
        Sheet sheet = hold(viewer, read);
        String clean = clean(note);
        String why = clean(reason);
        Instant now = now();
        byte[] live = digest(viewer, sheet).hash();
        Optional<ListVersion> submitted =
                sheet.version(number).filter(version -> version.state() == ListState.SUBMITTED);
        ListChanges late = submitted.isPresent() ? late(viewer, sheet, submitted.get()) : ListChanges.NONE;
        return move(
                viewer,
                sheet,
                number,
                "accepted-as-it-stands",
                Map.of(
                        "note",
                        clean,
                        "reason",
                        why,
                        "late",
                        late.total(),
                        "late-added",
                        late.added(),
                        "late-removed",
                        late.removed(),
                        "late-standing",
                        late.standing(),
                        "late-content",
                        HexFormat.of().formatHex(live)),
                List.of(Piece.of(ListEvidence.LATE, sheet.id(), number)),
                version -> {
                    Ruling ruling = notOwn(viewer, sheet, version, ListRules.accept(version, clean));
                    return ruling instanceof Ruling.Go
                            ? ListRules.acceptAsItStands(version, late, Arrays.equals(live, seen), why)
                            : ruling;
                },
                version -> {
                    if (!store.acceptAsItStands(
                            viewer.tenantId(),
                            sheet.id(),
                            number,
                            viewer.accountId(),
                            now,
                            clean,
                            late.total(),
                            why,
                            live)) {
                        return false;
                    }
                    int kept = store.keepLate(place(viewer, sheet), number);
                    Check.that(kept == late.total(), "nobody changes while the list is held");
                    freeze(viewer, sheet);
                    return true;
                });
    }

    /** How people stand differently from a version, nobody being able to change it. */
    private ListChanges late(Viewer viewer, Sheet sheet, ListVersion version) {
        if (Arrays.equals(digest(viewer, sheet).hash(), version.contentHash())) {
            return ListChanges.NONE;
        }
        // A version compiled before rows kept their documents hashes differently although nobody stands differently.
        return changes(viewer, sheet, version.number(), NOW, ListOrder.NAME);
    }

    private void freeze(Viewer viewer, Sheet sheet) {
        Key key = sheet.key();
        boolean frozen = campaigns.freeze(viewer.tenantId(), key.campaignId(), key.unitId(), key.blocId(), sheet.id());
        Check.that(frozen, "a list that was open was not frozen");
    }

    /** The list as it is once nobody is changing what it counts; until the transaction ends nobody will. */
    private Sheet hold(Viewer viewer, Sheet sheet) {
        Key key = sheet.key();
        campaigns.lockBlocAlone(viewer.tenantId(), key.campaignId(), key.unitId(), key.blocId());
        return get(viewer, key);
    }

    /**
     * The board sends a submitted version back.
     *
     * @param remarks on rows, by person; blank ones count as none. With no note at least one is needed
     */
    @Transactional
    public Moved sendBack(Viewer viewer, Key key, int number, String note, Map<UUID, String> remarks) {
        holdLine(viewer, key);
        Sheet sheet = get(viewer, key);
        requireDecides(sheet);
        if (!open(sheet, viewer)) {
            return closed();
        }
        String clean = clean(note);
        Map<UUID, String> written = new LinkedHashMap<>();
        remarks.forEach((person, remark) -> {
            if (!clean(remark).isEmpty()) {
                written.put(person, clean(remark));
            }
        });
        Map<String, String> told = new TreeMap<>();
        written.forEach((person, remark) -> told.put(person.toString(), remark));
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "sent-back",
                Map.of("note", clean, "remarks", written.size(), "remarks-hash", hash(told)),
                written.isEmpty() ? List.of() : List.of(Piece.of(ListEvidence.REMARKS, sheet.id(), number)),
                version -> ListRules.sendBack(version, clean, written),
                version -> {
                    if (!store.decide(
                            viewer.tenantId(),
                            sheet.id(),
                            number,
                            ListState.SENT_BACK,
                            viewer.accountId(),
                            now,
                            clean)) {
                        return false;
                    }
                    int count = store.insertRemarks(
                            viewer.tenantId(), sheet.id(), number, written, viewer.accountId(), now);
                    if (count != written.size()) {
                        throw new NotFound("a person who is not on the list"); // takes everything back
                    }
                    withdrawNumber(viewer, sheet, number, "submissions.number.sent-back");
                    return true;
                });
    }

    /** SHA-256 in hex over the remarks by person, however many: an act has a bounded size, the remarks themselves are kept. */
    private static String hash(Map<String, String> remarks) {
        var text = new StringBuilder();
        remarks.forEach((person, remark) ->
                text.append(person).append('\t').append(remark).append('\n'));
        return HexFormat.of().formatHex(Sha256.of(text.toString()));
    }

    /** The board opens an accepted list again, with a reason: the freeze is lifted and a new version can be compiled. */
    @Transactional
    public Moved reopen(Viewer viewer, Key key, int number, String reason) {
        holdLine(viewer, key);
        Sheet read = get(viewer, key);
        requireDecides(read);
        if (!open(read, viewer)) {
            return closed();
        }
        Sheet sheet = hold(viewer, read);
        String clean = clean(reason);
        Instant now = now();
        return move(
                viewer,
                sheet,
                number,
                "reopened",
                Map.of("reason", clean),
                List.of(),
                version -> ListRules.reopen(version, clean),
                version -> {
                    if (!store.reopen(viewer.tenantId(), sheet.id(), number, viewer.accountId(), now, clean)) {
                        return false;
                    }
                    boolean lifted =
                            campaigns.lift(viewer.tenantId(), key.campaignId(), key.unitId(), key.blocId(), sheet.id());
                    Check.that(lifted, "an accepted list was frozen");
                    withdrawNumber(viewer, sheet, number, "submissions.number.reopened");
                    return true;
                });
    }

    /** Whose rules a list is laid out and numbered by. */
    public Layout.Line paperLine(Viewer viewer, Sheet sheet) {
        return paperLines.of(viewer.tenantId(), sheet.campaign().id());
    }

    /** The numbers of the versions that were sent up, by version; without those sent without one. */
    public Map<Integer, Bearing> numbers(Viewer viewer, Sheet sheet) {
        Map<UUID, Integer> sent = new HashMap<>();
        sheet.versions().stream()
                .filter(ListVersion::wasSubmitted)
                .forEach(version -> sent.put(subject(sheet.id(), version.number()), version.number()));
        Map<Integer, Bearing> numbers = new HashMap<>();
        numbering
                .of(viewer.tenantId(), sent.keySet())
                .forEach((subject, bearing) -> numbers.put(sent.get(subject), bearing));
        return numbers;
    }

    /** The number a version would be sent up with if it were sent now. */
    public Numbering.Prospect prospect(Viewer viewer, Sheet sheet) {
        return numbering.prospect(
                viewer.tenantId(),
                sheet.key().unitId(),
                paperLine(viewer, sheet),
                PaperKind.LIST,
                LocalDate.now(clock));
    }

    /** What bears the number of a version: each is a paper of its own. */
    private static UUID subject(UUID listId, int version) {
        return UUID.nameUUIDFromBytes(("list/" + listId + "/" + version).getBytes(StandardCharsets.UTF_8));
    }

    /** A version that is sent up takes its number; where no run is known for the day, it goes without. */
    private void takeNumber(Viewer viewer, Sheet sheet, ListVersion version) {
        ListVersion.Step approved = Objects.requireNonNull(version.approved(), "what is sent up was approved");
        numbering.take(new Numbering.Request(
                viewer.tenantId(),
                sheet.key().unitId(),
                paperLine(viewer, sheet),
                PaperKind.LIST,
                LocalDate.now(clock),
                subject(sheet.id(), version.number()),
                t(
                        "submissions.number.title",
                        String.valueOf(sheet.campaign().year()),
                        sheet.unitName(),
                        sheet.blocName(),
                        String.valueOf(version.number())),
                accounts.names(viewer.tenantId(), List.of(approved.by())).getOrDefault(approved.by(), ""),
                viewer.accountId()));
    }

    /** The number of a version that counts no more stays used; the book says why. */
    private void withdrawNumber(Viewer viewer, Sheet sheet, int version, String key) {
        numbering.withdraw(viewer.tenantId(), subject(sheet.id(), version), t(key), viewer.accountId());
    }

    /** What stands in a book or on a paper is in Vietnamese. */
    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, VIETNAMESE));
    }

    private Moved move(
            Viewer viewer,
            Sheet sheet,
            int number,
            String what,
            Map<String, ?> facts,
            List<Piece> wrote,
            Function<ListVersion, Ruling> rule,
            Predicate<ListVersion> write) {
        ListVersion version = sheet.version(number).orElseThrow(() -> new NotFound("version"));
        for (int attempt = 0; attempt < 2; attempt++) {
            switch (rule.apply(version)) {
                case Ruling.Already() -> {
                    return new Moved.Already(number);
                }
                case Ruling.Refused(var why) -> {
                    return new Moved.Refused(why);
                }
                case Ruling.Go() -> {
                    if (write.test(version)) {
                        record(viewer, sheet, version, what, facts, wrote);
                        return new Moved.Done(number);
                    }
                    // somebody else was first: rule again on what they made of it
                    version =
                            store.version(viewer.tenantId(), sheet.id(), number).orElseThrow();
                }
            }
        }
        return new Moved.Refused(Reason.of("submissions.refused.overtaken"));
    }

    /** @param wrote what the act wrote besides the version itself */
    private void record(
            Viewer viewer, Sheet sheet, ListVersion version, String what, Map<String, ?> more, List<Piece> wrote) {
        var pieces = new ArrayList<>(wrote);
        pieces.add(Piece.of(ListEvidence.VERSION, sheet.id(), version.number()));
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("campaign", sheet.key().campaignId().toString());
        facts.put("unit", sheet.key().unitId().toString());
        facts.put("bloc", sheet.key().blocId().toString());
        facts.put("version", version.number());
        facts.put("expected", version.totals().expected());
        facts.put("signed", version.totals().signed());
        facts.put("declined", version.totals().declined());
        facts.put("excused", version.totals().excused());
        facts.put("content", HexFormat.of().formatHex(version.contentHash()));
        ledger.append(new Act(
                viewer.tenantId(),
                "submissions." + what,
                sheet.id(),
                viewer.accountId(),
                facts,
                version.contentHash(),
                pieces));
    }

    private String receiverName(UUID tenantId, Campaign campaign) {
        return units.names(tenantId, List.of(campaign.receiverUnit())).getOrDefault(campaign.receiverUnit(), "");
    }

    private static Optional<LineRoute> receiver(Sheet sheet) {
        return Optional.ofNullable(sheet.line());
    }

    /** The body above, for the paper's head: in a line the one above there. */
    private String parentName(UUID tenantId, Sheet sheet) {
        UUID unitId = sheet.key().unitId();
        LineRoute line = sheet.line();
        if (line != null && line.seat() != null) {
            return !line.seat().unitId().equals(unitId)
                    ? line.seat().unitName()
                    : line.seat().superiorName();
        }
        return units.find(tenantId, unitId)
                .map(Units.Unit::parentId)
                .flatMap(parent -> units.find(tenantId, parent))
                .map(Units.Unit::name)
                .orElse("");
    }

    /** Nobody closes the campaign while a list of it is moved. */
    private boolean open(Sheet sheet, Viewer viewer) {
        return campaigns.holdOpen(viewer.tenantId(), sheet.key().campaignId());
    }

    private static Moved closed() {
        return new Moved.Refused(Reason.of("submissions.refused.closed"));
    }

    /** As stored: NFC, line ends as one character, nothing blank at the ends. */
    private static String clean(String text) {
        return Texts.nfc(text)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\0", "")
                .strip();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static int number(@Nullable ListVersion version) {
        return version == null ? 0 : version.number();
    }
}
