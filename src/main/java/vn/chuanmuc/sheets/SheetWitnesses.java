package vn.chuanmuc.sheets;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.PaperForms;
import vn.chuanmuc.assessments.PaperForms.Place;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.sheets.SheetReadings.Look;
import vn.chuanmuc.sheets.SheetStore.Reading;
import vn.chuanmuc.sheets.WitnessStore.Named;

/**
 * Where a clerk has seen one side of a blind order and nobody else is there to enter the other: they may, when somebody without a hand in
 * the form compares what they entered with its paper, under an account of their own (ADR 0021). The witness sees this paper only.
 */
@Component
public class SheetWitnesses {
    public static final int LONGEST = 1_000;
    public static final int MOST_CHOICES = 20;

    private final WitnessStore witnesses;
    private final SheetStore store;
    private final SheetReadings readings;
    private final PaperForms forms;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Clock clock;

    SheetWitnesses(
            WitnessStore witnesses,
            SheetStore store,
            SheetReadings readings,
            PaperForms forms,
            Accounts accounts,
            Ledger ledger,
            Clock clock) {
        this.witnesses = witnesses;
        this.store = store;
        this.readings = readings;
        this.forms = forms;
        this.accounts = accounts;
        this.ledger = ledger;
        this.clock = clock;
    }

    public sealed interface Outcome {
        record Done() implements Outcome {}

        record Refused(String field, Reason why) implements Outcome {}
    }

    /** Why the clerk does not need a witness, or cannot have one; empty when they may name one. */
    public Optional<Reason> mayNotName(Viewer clerk, UUID paperId) {
        Reading reading = reading(clerk, paperId);
        Optional<Reason> partial = forms.partial(clerk, reading.sheet().place());
        if (partial.isPresent()) {
            return partial;
        }
        if (reading.handedAt() != null) {
            return Optional.of(Reason.of("sheets.refused.done"));
        }
        if (hidden(clerk, reading).isEmpty()) {
            return Optional.of(Reason.of("sheets.witness.needless"));
        }
        List<String> others = witnesses
                .otherClerks(
                        clerk.tenantId(),
                        clerk.accountId(),
                        clerk.unitsWith(Permission.ENTER_PAPER_FORMS),
                        reading.sheet().unitId())
                .stream()
                .flatMap(account -> accounts.acting(clerk.tenantId(), account).stream())
                .filter(other -> free(other, reading, hidden(clerk, reading)))
                .flatMap(other -> accounts.names(clerk.tenantId(), List.of(other.accountId())).values().stream())
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Reason.of("sheets.witness.others", String.join(", ", others)));
    }

    private Reading reading(Viewer viewer, UUID paperId) {
        return store.reading(viewer.tenantId(), paperId).orElseThrow(() -> new NotFound("paper"));
    }

    /** The sides the clerk has seen and that are not to be known to whoever reads this paper. */
    private List<String> hidden(Viewer clerk, Reading reading) {
        Place place = reading.sheet().place();
        List<String> beside = forms.hiddenBeside(clerk, place);
        return !beside.isEmpty() && store.looked(clerk.tenantId(), place, beside, clerk.accountId())
                ? beside
                : List.of();
    }

    /** Whether somebody has no hand in the form and has not seen the other sides. */
    private boolean free(Viewer other, Reading reading, List<String> hidden) {
        Place place = reading.sheet().place();
        return !forms.concerned(other, place)
                && (hidden.isEmpty() || !store.looked(other.tenantId(), place, hidden, other.accountId()));
    }

    /** Somebody who may be named. */
    public record Choice(String username, String fullName, String positionName, String unitName) {}

    /**
     * Who may compare the paper: people of the form's unit, or with words whoever has them in their name; without those whom
     * the form concerns and who have seen the other side. At most 20, by name.
     *
     * @param chosen sign-in name of somebody who is among them whatever the words are, if they may; empty: nobody
     */
    public List<Choice> choices(Viewer clerk, UUID paperId, String words, String chosen) {
        if (mayNotName(clerk, paperId).isPresent()) {
            return List.of();
        }
        Reading reading = reading(clerk, paperId);
        List<String> hidden = hidden(clerk, reading);
        UUID shown = witnesses
                .account(clerk.tenantId(), chosen.strip().toLowerCase(Locale.ROOT))
                .orElse(null);
        return witnesses
                .candidates(
                        clerk.tenantId(), reading.sheet().unitId(), Texts.searchKey(words), shown, LocalDate.now(clock))
                .stream()
                .filter(one -> !one.account().equals(clerk.accountId()))
                .filter(one -> accounts.acting(clerk.tenantId(), one.account())
                        .filter(who ->
                                clerk.personId() == null || !clerk.personId().equals(who.personId()))
                        .filter(who -> free(who, reading, hidden))
                        .isPresent())
                .limit(MOST_CHOICES)
                .map(one -> new Choice(one.username(), one.fullName(), one.positionName(), one.unitName()))
                .toList();
    }

    /** Names who is to compare the paper with what the clerk enters; then the clerk may open it. */
    @Transactional
    public Outcome name(Viewer clerk, UUID paperId, String username, String reason) {
        Optional<Reason> not = mayNotName(clerk, paperId);
        if (not.isPresent()) {
            return new Outcome.Refused("", not.get());
        }
        Reading reading = store.readingLocked(clerk.tenantId(), paperId).orElseThrow();
        String why = Texts.oneLine(reason);
        if (why.isEmpty() || why.length() > LONGEST) {
            return new Outcome.Refused("ly-do", Reason.of("sheets.witness.reason", LONGEST));
        }
        Optional<Viewer> witness = witnesses
                .account(clerk.tenantId(), username.strip().toLowerCase(Locale.ROOT))
                .flatMap(account -> accounts.acting(clerk.tenantId(), account));
        if (username.isBlank()) {
            return new Outcome.Refused("tai-khoan", Reason.of("sheets.witness.choose"));
        }
        if (witness.isEmpty()) {
            return new Outcome.Refused("tai-khoan", Reason.of("sheets.witness.unknown"));
        }
        Viewer who = witness.get();
        boolean same = who.accountId().equals(clerk.accountId())
                || clerk.personId() != null && clerk.personId().equals(who.personId());
        if (same) {
            return new Outcome.Refused("tai-khoan", Reason.of("sheets.witness.self"));
        }
        if (!free(who, reading, hidden(clerk, reading))) {
            return new Outcome.Refused("tai-khoan", Reason.of("sheets.witness.concerned"));
        }
        witnesses.name(clerk.tenantId(), paperId, clerk.accountId(), who.accountId(), why, now());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("witness", who.accountId().toString());
        facts.put("reason", why);
        ledger.append(new Act(clerk.tenantId(), "sheets.witness-named", paperId, clerk.accountId(), facts));
        return new Outcome.Done();
    }

    /**
     * What a witness has before them.
     *
     * @param clerk name of who entered it
     * @param hash of what is shown, to be sent back with what is said of it
     * @param waits whether they are to say something of it
     */
    public record Comparing(Look look, String clerk, String reason, String hash, boolean waits, boolean agreed) {}

    /**
     * The paper with what the clerk entered, for whoever was named to compare them.
     *
     * @throws NotFound for everybody else
     */
    @Transactional
    public Comparing open(Viewer witness, UUID paperId) {
        UUID tenant = witness.tenantId();
        Named named = named(witness, paperId);
        Reading reading = reading(witness, paperId);
        Look look = readings.compared(witness, paperId);
        store.lockLooks(tenant, reading.sheet().place().formId(), witness.accountId());
        if (reading.handedAt() == null) {
            store.look(tenant, reading.sheet().id(), witness.accountId(), now());
        }
        byte[] hash = SheetReadings.digest(look);
        return new Comparing(
                look,
                accounts.names(tenant, List.of(named.clerk())).getOrDefault(named.clerk(), ""),
                named.reason(),
                HexFormat.of().formatHex(hash),
                look.handedAt() == null && named.waits() && Arrays.equals(named.asked(), hash),
                named.agreedTo(hash));
    }

    private Named named(Viewer witness, UUID paperId) {
        Named named = witnesses
                .ofWitness(witness.tenantId(), paperId, witness.accountId())
                .orElseThrow(() -> new NotFound("paper to compare"));
        Reading reading = reading(witness, paperId);
        if (!free(
                witness,
                reading,
                reading.handedAt() == null
                        ? forms.hiddenBeside(witness, reading.sheet().place())
                        : List.of())) {
            throw new NotFound("paper to compare");
        }
        return named;
    }

    /** The row of an item as {@link SheetReadings#row} cuts it out, for the witness. */
    public Optional<byte[]> row(Viewer witness, UUID paperId, int position) {
        named(witness, paperId);
        return readings.row(witness.tenantId(), readings.compared(witness, paperId), position);
    }

    /** The picture of a page that counts, for the witness. */
    public Optional<byte[]> picture(Viewer witness, UUID paperId, int page) {
        named(witness, paperId);
        return readings.compared(witness, paperId).of(page).stream()
                .findFirst()
                .flatMap(one -> store.image(witness.tenantId(), one.id()));
    }

    /**
     * Says whether what was entered is what stands on the paper.
     *
     * @param hash of what was shown
     * @param words what differs; needed when it does
     */
    @Transactional
    public Outcome say(Viewer witness, UUID paperId, String hash, boolean agrees, String words) {
        UUID tenant = witness.tenantId();
        if (store.readingLocked(tenant, paperId).isEmpty()) {
            throw new NotFound("paper");
        }
        Named named = named(witness, paperId);
        Look look = readings.compared(witness, paperId);
        byte[] now = SheetReadings.digest(look);
        if (Arrays.equals(named.saidOf(), now) && named.agrees() == agrees) {
            return new Outcome.Done(); // a second click
        }
        if (look.handedAt() != null) {
            return new Outcome.Refused("", Reason.of("sheets.refused.done"));
        }
        if (!named.waits()
                || !Arrays.equals(named.asked(), now)
                || !HexFormat.of().formatHex(now).equals(hash)) {
            return new Outcome.Refused("", Reason.of("sheets.witness.changed"));
        }
        String text = Texts.nfc(words).strip();
        if (text.length() > LONGEST || (!agrees && text.isEmpty())) {
            return new Outcome.Refused("khac", Reason.of("sheets.witness.words", LONGEST));
        }
        UUID id = Ids.next();
        witnesses.say(tenant, id, paperId, named, agrees, text, now, now());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("clerk", named.clerk().toString());
        facts.put("agrees", agrees);
        ledger.append(new Act(tenant, "sheets.witnessed", paperId, witness.accountId(), facts, now)
                .with(Piece.of(SheetEvidence.WITNESSING, id)));
        return new Outcome.Done();
    }

    /** Papers that wait for the viewer to compare them, by name; at most 100. */
    List<WitnessStore.Waiting> toCompare(Viewer viewer) {
        return witnesses.toCompare(viewer.tenantId(), viewer.accountId());
    }

    /** Papers of the viewer's of which the witness has said something, by name; at most 100. */
    List<WitnessStore.Waiting> compared(Viewer viewer) {
        return witnesses.compared(viewer.tenantId(), viewer.accountId());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
