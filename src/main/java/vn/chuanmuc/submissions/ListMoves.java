package vn.chuanmuc.submissions;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.submissions.ListRules.Ruling;
import vn.chuanmuc.submissions.ListStore.Place;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.Sheet;

/** Every move of a list on its way from the clerk over the head to the board and back: each by one transition, under its locks. */
@Component
class ListMoves {
    private final ListStore store;
    private final ListReading reading;
    private final ListNumbers numbers;
    private final Campaigns campaigns;
    private final Units units;
    private final Lines lines;
    private final Ledger ledger;
    private final Clock clock;

    ListMoves(
            ListStore store,
            ListReading reading,
            ListNumbers numbers,
            Campaigns campaigns,
            Units units,
            Lines lines,
            Ledger ledger,
            Clock clock) {
        this.store = store;
        this.reading = reading;
        this.numbers = numbers;
        this.campaigns = campaigns;
        this.units = units;
        this.lines = lines;
        this.ledger = ledger;
        this.clock = clock;
    }

    Moved compile(Viewer viewer, Key key, String note, int seen) {
        Sheet read = held(viewer, key);
        Optional<Moved> refused = notOnDuty(read, Lines.Duty.CLERK).or(() -> closed(viewer, read));
        if (refused.isPresent()) {
            return refused.get();
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
                receiver(sheet)
                        .map(LineRoute::receiverName)
                        .orElseGet(() -> reading.receiverName(tenant, sheet.campaign())),
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
        ListVersion current = reading.get(viewer, key, null).current();
        return switch (ListRules.compile(current, seen)) {
            case Ruling.Already() -> new Moved.Already(number(current));
            case Ruling.Refused(var why) -> new Moved.Refused(why);
            case Ruling.Go() -> new Moved.Refused(Reason.of("submissions.refused.overtaken"));
        };
    }

    Moved approve(Viewer viewer, Key key, int number) {
        Sheet sheet = held(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.APPROVER).or(() -> closed(viewer, sheet));
        if (refused.isPresent()) {
            return refused.get();
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

    Moved giveBack(Viewer viewer, Key key, int number, String note) {
        Sheet sheet = held(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.APPROVER).or(() -> closed(viewer, sheet));
        if (refused.isPresent()) {
            return refused.get();
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

    Moved submit(Viewer viewer, Key key, int number) {
        Sheet sheet = held(viewer, key);
        Optional<Moved> refused = notOnDuty(sheet, Lines.Duty.CLERK).or(() -> closed(viewer, sheet));
        if (refused.isPresent()) {
            return refused.get();
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
                    numbers.take(viewer, sheet, version);
                    return true;
                });
    }

    Moved accept(Viewer viewer, Key key, int number, String note) {
        Sheet read = held(viewer, key);
        requireDecides(read);
        Optional<Moved> closed = closed(viewer, read);
        if (closed.isPresent()) {
            return closed.get();
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

    Moved acceptAsItStands(Viewer viewer, Key key, int number, String note, String reason, byte[] seen) {
        Sheet read = held(viewer, key);
        requireDecides(read);
        Optional<Moved> closed = closed(viewer, read);
        if (closed.isPresent()) {
            return closed.get();
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
        return store.changes(place(viewer, sheet), version.number(), Lists.NOW, ListOrder.NAME, Lists.MOST_CHANGES);
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
        return reading.get(viewer, key, null);
    }

    Moved sendBack(Viewer viewer, Key key, int number, String note, Map<UUID, String> remarks) {
        Sheet sheet = held(viewer, key);
        requireDecides(sheet);
        Optional<Moved> closed = closed(viewer, sheet);
        if (closed.isPresent()) {
            return closed.get();
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
                    numbers.withdraw(viewer, sheet, number, "submissions.number.sent-back");
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

    Moved reopen(Viewer viewer, Key key, int number, String reason) {
        Sheet read = held(viewer, key);
        requireDecides(read);
        Optional<Moved> closed = closed(viewer, read);
        if (closed.isPresent()) {
            return closed.get();
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
                    numbers.withdraw(viewer, sheet, number, "submissions.number.reopened");
                    return true;
                });
    }

    /** The list, in whose campaign's line nobody changes who acts until the transaction ends. */
    private Sheet held(Viewer viewer, Key key) {
        UUID line = campaigns.get(viewer.tenantId(), key.campaignId()).lineId();
        if (line != null) {
            lines.holdStill(viewer.tenantId(), line);
        }
        return reading.get(viewer, key, null);
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

    private ListDigest digest(Viewer viewer, Sheet sheet) {
        return ListDigest.of(store.stream(place(viewer, sheet), Lists.NOW, ListOrder.NAME));
    }

    private static Place place(Viewer viewer, Sheet sheet) {
        return new Place(viewer.tenantId(), sheet.id(), sheet.key(), sheet.day());
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

    /** Refused where the campaign is closed; nobody closes it while a list of it is moved. */
    private Optional<Moved> closed(Viewer viewer, Sheet sheet) {
        return campaigns.holdOpen(viewer.tenantId(), sheet.key().campaignId())
                ? Optional.empty()
                : Optional.of(new Moved.Refused(Reason.of("submissions.refused.closed")));
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
