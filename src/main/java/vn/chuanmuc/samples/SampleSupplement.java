package vn.chuanmuc.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Applicability;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.directory.NewPerson;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units;

/**
 * A supplementary campaign to look at, apart from the fourteen wards: a unit of its own, two decisions made out of the text of 264, the
 * second with one item of the leaders reworded. Every name says “mẫu”. One leader has signed again, others are to, one signed late.
 */
@Component
@ConditionalOnProperty("chuanmuc.sample")
class SampleSupplement {
    /** One for each position of a ward, of which the first leaders and the last of the staff are taken. */
    private static final int POSITIONS = 27;

    private static final int LEADERS = 7;
    private static final int STAFF_FROM = 22;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final SampleClock clock;
    private final SampleAccounts accounts;
    private final Units units;
    private final People people;
    private final Decisions decisions;
    private final Applicability applicability;
    private final Campaigns campaigns;
    private final Supplements supplements;
    private final Commitments commitments;
    private final MessageSource messages;

    SampleSupplement(
            SampleClock clock,
            SampleAccounts accounts,
            Units units,
            People people,
            Decisions decisions,
            Applicability applicability,
            Campaigns campaigns,
            Supplements supplements,
            Commitments commitments,
            MessageSource messages) {
        this.clock = clock;
        this.accounts = accounts;
        this.units = units;
        this.people = people;
        this.decisions = decisions;
        this.applicability = applicability;
        this.campaigns = campaigns;
        this.supplements = supplements;
        this.commitments = commitments;
        this.messages = messages;
    }

    /** Who reads decisions in, and who proof-reads them. */
    record Readers(Viewer importer, Viewer proofreader) {}

    /** @param text of decision 264 */
    void make(UUID tenant, UUID root, Viewer board, Readers readers, String text) {
        at(6, 8);
        UUID unit = units.addAll(
                        tenant,
                        SampleBody.NOBODY,
                        List.of(new Units.NewUnit("MAU", text("samples.supplement.unit"), Units.Kind.OTHER, root)))
                .getFirst();
        List<People.Member> members = people(tenant, unit);
        String reason = text("samples.reason");
        People.Member head = members.getFirst();
        List<People.Member> leaders = members.stream()
                .filter(member -> member.leads() && member != head)
                .toList();
        People.Member clerk =
                members.stream().filter(member -> !member.leads()).findFirst().orElseThrow();
        Viewer office = accounts.open(
                tenant, clerk.fullName(), SampleAccounts.SUPPLEMENT, clerk.personId(), Role.CLERK, unit, reason);
        Viewer first = accounts.open(tenant, head.fullName(), "", head.personId(), Role.HEAD, unit, reason);

        UUID before = publish(readers, text, text("samples.supplement.number.before"), LocalDate.of(2021, 10, 1), null);
        applicability.acceptProposals(board, before, List.of(unit));
        UUID base = opened(
                board,
                campaigns.create(
                        board,
                        new Campaigns.Plan(
                                2021,
                                text("samples.supplement.base"),
                                "",
                                null,
                                before,
                                LocalDate.of(2021, 10, 12),
                                LocalDate.of(2021, 10, 20),
                                Set.of(Commitments.ELECTRONIC),
                                unit,
                                Set.of(unit))));
        at(6, 10);
        sign(first, base);
        sign(office, base);
        Viewer second = official(tenant, leaders.get(0), unit, reason);
        sign(second, base);
        sign(official(tenant, leaders.get(1), unit, reason), base);
        Viewer late = official(tenant, leaders.get(2), unit, reason);

        String item = text("samples.supplement.item");
        if (!text.contains(item)) {
            throw new IllegalStateException("the item that is reworded is not in the decision");
        }
        int at = text.indexOf(item);
        String reworded =
                text.substring(0, at) + text("samples.supplement.item.new") + text.substring(at + item.length());
        at(6, 14);
        UUID after =
                publish(readers, reworded, text("samples.supplement.number.after"), LocalDate.of(2021, 10, 5), before);
        applicability.acceptProposals(board, after, List.of(unit));
        UUID supplement = opened(
                board,
                supplements.save(
                        board,
                        base,
                        after,
                        0,
                        new Supplements.Draft(
                                text("samples.supplement.title"),
                                "",
                                null,
                                LocalDate.of(2021, 10, 15),
                                LocalDate.of(2021, 10, 22),
                                Set.of(Commitments.ELECTRONIC))));
        at(7, 16);
        sign(second, supplement);
        sign(late, base);
    }

    private List<People.Member> people(UUID tenant, UUID unit) {
        List<NewPerson> wanted = SamplePeople.many(POSITIONS, 1, 20211006, LocalDate.of(2021, 9, 1))
                .filter(person -> person.rank() <= LEADERS || person.rank() >= STAFF_FROM)
                .map(person -> new NewPerson(
                        person.name(),
                        person.birthDate(),
                        person.kind(),
                        unit,
                        person.bloc(),
                        person.position(),
                        person.leads(),
                        person.rank(),
                        person.sample()))
                .toList();
        people.addAll(tenant, SampleBody.NOBODY, wanted);
        return people.membersOf(tenant, List.of(unit));
    }

    private Viewer official(UUID tenant, People.Member member, UUID unit, String reason) {
        return accounts.open(tenant, member.fullName(), "", member.personId(), null, unit, reason);
    }

    UUID publish(Readers readers, String text, String number, LocalDate day, @Nullable UUID supersedes) {
        String made = text;
        for (String line : SampleWords.lines("quyet-dinh-mau.csv").toList()) {
            String[] change = line.split(";", 2);
            made = made.replace(change[0], change[1].formatted(number, DAY.format(day)));
        }
        var imported = (Decisions.Import.Imported)
                decisions.importText(readers.importer(), text("samples.supplement.source"), made, List.of());
        var settled = (Decisions.Settled.Done) decisions.acceptReadings(
                readers.proofreader(),
                imported.id(),
                Map.of(
                        "decision.number", number,
                        "decision.date", DAY.format(day),
                        "decision.signer", text("samples.supplement.signer")));
        return ((Decisions.Publication.Published)
                        decisions.publish(readers.proofreader(), imported.id(), settled.version(), supersedes))
                .id();
    }

    UUID opened(Viewer board, Campaigns.Saved saved) {
        if (!(saved instanceof Campaigns.Saved.Done(var id))) {
            throw new IllegalStateException("the sample campaign was refused: " + saved);
        }
        Campaigns.Launch launch = campaigns.launch(board, id);
        if (!(launch instanceof Campaigns.Launch.Launched)) {
            throw new IllegalStateException("the sample campaign may not be opened: " + launch);
        }
        return id;
    }

    void sign(Viewer official, UUID campaign) {
        Commitments.Form form = commitments.form(official, campaign).orElseThrow();
        var signing = commitments.sign(official, campaign, form.set().id(), form.bodyHash(), SampleAccounts.PASSWORD);
        if (signing instanceof Commitments.Signing.Refused refused) {
            throw new IllegalStateException("a sample commitment was refused: " + refused.why());
        }
    }

    private void at(int day, int hour) {
        Instant moment = LocalDateTime.of(2021, 10, day, hour, 0)
                .atZone(SampleClock.ZONE)
                .toInstant();
        clock.moveTo(moment);
    }

    private String text(String key) {
        return Objects.requireNonNull(messages.getMessage(key, null, Locale.forLanguageTag("vi")));
    }
}
