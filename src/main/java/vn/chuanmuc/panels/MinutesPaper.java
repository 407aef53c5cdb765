package vn.chuanmuc.panels;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.CyclePapers;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperFacts;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.TableDocument;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Meeting.Count;
import vn.chuanmuc.panels.Meeting.Item;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Minutes;
import vn.chuanmuc.panels.Meeting.Presence;
import vn.chuanmuc.panels.Meeting.Remark;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.RoundState;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meeting.Witness;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.signing.Signatures;

/** Minutes as a paper, PDF/A or DOCX, in the layout of the meeting's day; no official form of them is known, so this one is neutral. */
@Component
public class MinutesPaper implements PaperFacts {
    static final String KIND = MinutesEnds.KIND;
    /** What is printed and in which order; another order is another form. */
    private static final String FORM = "bien-ban-hop-2026";

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH 'giờ' mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final String PDF = "application/pdf";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH 'giờ' mm 'ngày' dd/MM/yyyy");

    private final Meetings meetings;
    private final CyclePapers cycles;
    private final MeetingStore store;
    private final Signatures signatures;
    private final Papers papers;
    private final PaperFiles files;
    private final Numbering numbering;
    private final Contents contents;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    MinutesPaper(
            Meetings meetings,
            CyclePapers cycles,
            MeetingStore store,
            Signatures signatures,
            Papers papers,
            PaperFiles files,
            Numbering numbering,
            Contents contents,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.meetings = meetings;
        this.cycles = cycles;
        this.store = store;
        this.signatures = signatures;
        this.papers = papers;
        this.files = files;
        this.numbering = numbering;
        this.contents = contents;
        this.messages = messages;
        this.transaction = transaction;
    }

    /**
     * The newest minutes, for who leads and signs them, prepares the meeting, or reads assessments there.
     *
     * @throws NotFound before they are made
     */
    public PaperFiles.File file(Viewer viewer, UUID meetingId, boolean word) {
        Protocol protocol = meetings.protocol(viewer, meetingId);
        if (!meetings.reads(viewer, protocol)) {
            throw new Forbidden(Permission.READ_ASSESSMENTS);
        }
        State state = protocol.meeting().state();
        if (protocol.newestMinutes().isEmpty() || (state != State.COUNTED && state != State.CLOSED)) {
            throw new NotFound("minutes");
        }
        String name = "bien-ban-" + protocol.meeting().heldOn();
        byte[] signed = protocol.signedDocument();
        if (!word && signed != null && protocol.method().equals(Optional.of(Method.DIGITAL))) {
            return new PaperFiles.File(name + ".pdf", PDF, bytes(viewer.tenantId(), signed));
        }
        Paper paper = Objects.requireNonNull(
                transaction.execute(status -> issued(viewer.tenantId(), protocol, viewer.accountId())));
        PaperDocument document = document(protocol, look(paper), mark(paper), word ? signed(protocol) : List.of());
        return files.file(paper, document, name, word, viewer.accountId());
    }

    /**
     * The file with the signatures themselves: the digitally signed PDF, or the scan of the signed paper; for whoever reads the minutes.
     *
     * @throws NotFound while there is none
     */
    public PaperFiles.File signedFile(Viewer viewer, UUID meetingId) {
        Protocol protocol = meetings.protocol(viewer, meetingId);
        if (!meetings.reads(viewer, protocol)) {
            throw new Forbidden(Permission.READ_ASSESSMENTS);
        }
        byte[] signed = protocol.signedDocument();
        State state = protocol.meeting().state();
        if (signed == null || (state != State.COUNTED && state != State.CLOSED)) {
            throw new NotFound("signed minutes");
        }
        return new PaperFiles.File(
                "bien-ban-da-ky-" + protocol.meeting().heldOn() + ".pdf", PDF, bytes(viewer.tenantId(), signed));
    }

    private byte[] bytes(UUID tenantId, byte[] hash) {
        return contents.find(tenantId, hash)
                .orElseThrow(() -> new IllegalStateException("a signed file is kept"))
                .bytes();
    }

    private Mark mark(Paper paper) {
        return files.mark(word("panels.minutes.code"), paper);
    }

    /** The printed paper, with a field for each signature. */
    byte[] pdf(Paper paper, Protocol protocol, UUID account) {
        return files.pdf(paper, document(protocol, look(paper), mark(paper), List.of()), account);
    }

    /** What a file that is not the signed one says of the signatures on it. */
    private List<Fact> signed(Protocol protocol) {
        return protocol.standing().stream()
                .filter(one -> one.method() != Method.ELECTRONIC)
                .map(one -> new Fact(
                        word("panels.role." + one.role().code()),
                        word(
                                "panels.minutes.proof." + one.method().code(),
                                protocol.seat(one.personId())
                                        .map(Seat::fullName)
                                        .orElse(""),
                                one.signedOn() == null ? moment(one.signedAt()) : DAY.format(one.signedOn()),
                                HexFormat.of().formatHex(Objects.requireNonNull(one.documentHash())))))
                .toList();
    }

    /** The paper of minutes that both have confirmed, in the transaction that closes the meeting. */
    void signed(UUID tenantId, Protocol protocol, UUID account) {
        issued(tenantId, protocol, account);
    }

    /** The live paper of the newest minutes; of a closed meeting it is signed, and a number given later makes another. */
    Paper issued(UUID tenantId, Protocol protocol, UUID account) {
        for (Paper before : papers.of(
                tenantId, KIND, protocol.meeting().id(), protocol.meeting().id())) {
            if (before.state() == PaperState.SIGNED && !says(before, protocol)) {
                papers.supersede(before, null, word("panels.minutes.renumbered"), account);
            }
        }
        Paper paper = issue(tenantId, protocol, account);
        if (protocol.meeting().state() == State.CLOSED && paper.state() == PaperState.ISSUED) {
            papers.signed(paper, account);
            return papers.find(tenantId, paper.id()).orElseThrow();
        }
        return paper;
    }

    private boolean says(Paper paper, Protocol protocol) {
        return paper.head().equals(head(document(protocol, look(paper), Mark.NONE, List.of())));
    }

    private Paper issue(UUID tenantId, Protocol protocol, UUID account) {
        Look look = look(tenantId, protocol);
        PaperDocument plain = document(protocol, look, Mark.NONE, List.of());
        Minutes minutes = protocol.newestMinutes().orElseThrow();
        byte[] body =
                contents.store(tenantId, "application/json", minutes.content().getBytes(StandardCharsets.UTF_8));
        return papers.issueOrKeep(new Papers.Draft(
                tenantId,
                KIND,
                protocol.meeting().id(),
                protocol.meeting().id(),
                look.layout().id(),
                FORM,
                head(plain),
                body,
                account));
    }

    /** The signature field of whoever signs as this. */
    static String field(Role role) {
        return role == Role.SECRETARY ? "thuky" : "chutri";
    }

    /** As people read what they are to sign. */
    String titled(Meeting meeting) {
        return word("panels.minutes.request", meeting.title(), DAY.format(meeting.heldOn()));
    }

    /** What stands above the text: the number, and in whose layout. */
    private record Look(Layout layout, @Nullable Bearing number) {}

    private Look look(UUID tenantId, Protocol protocol) {
        Meeting meeting = protocol.meeting();
        Bearing number = numbering.of(tenantId, meeting.id()).orElse(null);
        return new Look(
                number == null ? Layouts.at(cycles.line(tenantId, meeting.cycleId()), meeting.heldOn()) : number.look(),
                number);
    }

    /** As the paper was issued. */
    private Look look(Paper paper) {
        return new Look(
                Layouts.of(paper.layout()),
                numbering.of(paper.tenantId(), paper.scope()).orElse(null));
    }

    /** Everything that is printed, line by line: what the paper's hash is of. */
    private static String head(PaperDocument paper) {
        var text = new StringBuilder();
        TableDocument.Number number = paper.header().number();
        text.append(number == null || number.number() == null ? "" : number.number())
                .append('\n');
        return text.append(PaperFiles.text(paper)).toString();
    }

    private PaperDocument document(Protocol protocol, Look look, Mark mark, List<Fact> signed) {
        Meeting meeting = protocol.meeting();
        Bearing number = look.number();
        boolean issued = meeting.state() == State.CLOSED || protocol.issued();
        Seat chair = protocol.holder(Role.CHAIR).orElseThrow();
        Seat secretary = protocol.holder(Role.SECRETARY).orElseThrow();
        String title = word("panels.minutes.title");
        return new PaperDocument(
                title + " – " + meeting.title(),
                meeting.heldOn(),
                look.layout().upright(),
                new TableDocument.Header(
                        "",
                        meeting.unitName(),
                        number == null ? new TableDocument.Number(null, MinutesBook.TYPE, "") : number.printed(),
                        number == null ? word("panels.minutes.blank") : number.printedPlace(),
                        issued ? meeting.heldOn() : null),
                issued ? List.of(title) : List.of(title, word("panels.minutes.draft")),
                meeting.title(),
                facts(protocol, chair, secretary),
                List.of(),
                points(protocol),
                List.of(word(
                        protocol.issued() ? "panels.minutes.closing.signed" : "panels.minutes.closing",
                        version(protocol))),
                signed.isEmpty() ? proof(protocol) : signed,
                List.of(
                        block(
                                field(Role.SECRETARY),
                                "panels.role.secretary",
                                secretary,
                                protocol.signature(Role.SECRETARY)),
                        block(field(Role.CHAIR), "panels.role.chair", chair, protocol.signature(Role.CHAIR))),
                mark,
                "vi");
    }

    private static String version(Protocol protocol) {
        return String.valueOf(protocol.meeting().minutes());
    }

    private SignatureBlock block(String field, String key, Seat seat, Optional<Signature> signature) {
        String capacity = word(key).toUpperCase(VIETNAMESE);
        return new SignatureBlock(
                field,
                word(key),
                List.of(capacity),
                signature.filter(one -> one.method() == Method.ELECTRONIC).isPresent()
                        ? word("panels.minutes.confirmed")
                        : word("panels.minutes.sign"),
                seat.fullName());
    }

    private List<Fact> facts(Protocol protocol, Seat chair, Seat secretary) {
        Meeting meeting = protocol.meeting();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(
                word("panels.minutes.time"),
                word("panels.minutes.time.at", time(meeting.heldAt()), DAY.format(meeting.heldOn()))));
        Instant opened = meeting.openedAt();
        if (opened != null) {
            facts.add(new Fact(word("panels.minutes.opened"), moment(opened)));
        }
        facts.add(new Fact(word("panels.place"), meeting.place()));
        facts.add(new Fact(word("panels.role.chair"), named(chair)));
        facts.add(new Fact(word("panels.role.secretary"), named(secretary)));
        facts.add(new Fact(
                word("panels.minutes.counters"),
                String.join(
                        "; ",
                        protocol.counters().stream().map(MinutesPaper::named).toList())));
        facts.add(new Fact(
                word("panels.minutes.present"),
                word(
                        "panels.minutes.present.of",
                        String.valueOf(attended(protocol)),
                        String.valueOf(protocol.members()))));
        facts.add(new Fact(word("panels.rule.quorum"), quorum(protocol.rule())));
        facts.add(new Fact(word("panels.rule.majority"), majority(protocol.rule())));
        if (protocol.rule().hands() == PanelRule.Hands.CONFIRMED) {
            facts.add(new Fact(word("panels.rule.hands"), word("panels.rule.hands.confirmed")));
        }
        facts.add(new Fact(
                word("panels.rule.basis"),
                protocol.rule().basis().isEmpty()
                        ? word("panels.no-basis")
                        : protocol.rule().basis()));
        return facts;
    }

    /** Members with a vote who were there at any time. */
    private static long attended(Protocol protocol) {
        return protocol.seats().stream()
                .filter(seat -> seat.votes()
                        && protocol.presences(seat.personId()).stream().anyMatch(Presence::present))
                .count();
    }

    private String quorum(PanelRule rule) {
        PanelRule.Share share = rule.quorum();
        return share == null
                ? word("panels.rule.none")
                : word(share.more() ? "panels.share.more" : "panels.share.least", share.written());
    }

    private String majority(PanelRule rule) {
        PanelRule.Share share = rule.majority();
        return share == null
                ? word("panels.rule.none")
                : word(share.more() ? "panels.share.more" : "panels.share.least", share.written()) + " "
                        + word("panels.base." + rule.base().code());
    }

    private static String named(Seat seat) {
        return seat.fullName() + " – " + seat.positionName();
    }

    private Points points(Protocol protocol) {
        var lines = new ArrayList<Line>();
        int number = 1;
        lines.add(new Line.Group(word("panels.minutes.members")));
        for (Seat seat : protocol.seats()) {
            lines.add(new Line.Item(number++, attendance(protocol, seat)));
        }
        lines.add(new Line.Group(word("panels.minutes.rounds")));
        number = 1;
        for (Round round : protocol.rounds()) {
            lines.add(new Line.Item(number++, round(protocol, round)));
        }
        lines.add(new Line.Group(word("panels.minutes.people")));
        for (Item item : protocol.agenda()) {
            lines.add(new Line.Criterion(item.fullName() + " – " + item.positionName() + ", " + item.unitName()));
            number = 1;
            for (Remark remark : protocol.remarks(item.formId())) {
                lines.add(new Line.Item(number++, word("panels.minutes.said", remark.words())));
            }
            for (Round round : protocol.rounds()) {
                if (round.forms().contains(item.formId())) {
                    for (Count count : protocol.counts()) {
                        if (count.roundId().equals(round.id()) && count.formId().equals(item.formId())) {
                            lines.add(new Line.Item(number++, count(protocol, round, count)));
                        }
                    }
                }
            }
            Optional<Conclusion> conclusion = protocol.conclusion(item.formId());
            if (conclusion.isPresent()) {
                lines.add(new Line.Item(number, conclusion(protocol, item, conclusion.get())));
            }
        }
        return new Points(word("panels.minutes.number"), word("panels.minutes.content"), lines);
    }

    private String attendance(Protocol protocol, Seat seat) {
        var words = new StringBuilder(named(seat));
        words.append(", ").append(word("panels.role." + seat.role().code()).toLowerCase(VIETNAMESE));
        if (!seat.votes()) {
            words.append(", ").append(word("panels.seat.no-vote"));
        }
        List<Presence> noted = protocol.presences(seat.personId());
        if (noted.isEmpty()) {
            return words.append(": ").append(word("panels.minutes.unnoted")).toString();
        }
        boolean was = false;
        var parts = new ArrayList<String>();
        for (Presence presence : noted) {
            if (presence.present()) {
                parts.add(word("panels.minutes.came", time(presence.since())));
            } else {
                parts.add(was ? word("panels.minutes.left", time(presence.since())) : word("panels.minutes.absent"));
            }
            if (!presence.reason().isEmpty()) {
                parts.add(presence.reason());
            }
            was = presence.present();
        }
        return words.append(": ").append(String.join("; ", parts)).toString();
    }

    private String round(Protocol protocol, Round round) {
        String names = String.join(
                ", ",
                round.forms().stream()
                        .flatMap(form -> protocol.item(form).stream())
                        .map(Item::fullName)
                        .toList());
        var words = new StringBuilder(word(
                "panels.minutes.round." + protocol.way(round),
                String.valueOf(round.number()),
                names,
                String.valueOf(round.present()),
                String.valueOf(round.members()),
                String.valueOf(round.entitled())));
        if (round.way() == Way.SECRET && round.prints() > 1) {
            words.append(' ').append(word("panels.minutes.prints", String.valueOf(round.prints())));
        }
        if (round.state() == RoundState.ANNULLED) {
            words.append(' ').append(word("panels.minutes.annulled", round.reason()));
        }
        for (Witness witness : protocol.witnesses()) {
            if (witness.roundId().equals(round.id())) {
                String name =
                        protocol.seat(witness.personId()).map(Seat::fullName).orElse("");
                words.append(' ')
                        .append(
                                witness.agrees()
                                        ? word("panels.minutes.witnessed", name, String.valueOf(witness.version()))
                                        : word(
                                                "panels.minutes.disputed",
                                                name,
                                                String.valueOf(witness.version()),
                                                witness.note()));
            }
        }
        return words.toString();
    }

    private String count(Protocol protocol, Round round, Count count) {
        var votes = new ArrayList<String>();
        List<RuleBook.Grade> grades = protocol.book().grades();
        for (int at = 0; at < grades.size(); at++) {
            votes.add(grades.get(at).words() + ": " + count.votes().get(at));
        }
        var words = new StringBuilder(word(
                "panels.minutes.count." + protocol.way(round),
                String.valueOf(round.number()),
                String.valueOf(count.issued()),
                String.valueOf(count.returned()),
                String.valueOf(count.invalid()),
                String.join("; ", votes),
                String.valueOf(count.issued() - count.returned())));
        if (count.version() < round.count()) {
            words.append(' ').append(word("panels.minutes.superseded"));
        }
        if (!count.reason().isEmpty()) {
            words.append(' ').append(word("panels.minutes.corrected", count.reason()));
        }
        if (count.version() == round.count()
                && round.state() == RoundState.COUNTED
                && protocol.telling(round, Protocol.tally(round, count))) {
            words.append(' ').append(word("panels.minutes.telling"));
        }
        return words.toString();
    }

    private String conclusion(Protocol protocol, Item item, Conclusion conclusion) {
        if (conclusion.grade() == null) {
            return word("panels.minutes.left-over", conclusion.reason());
        }
        String suggestion = protocol.counted(item.formId())
                .map(counted -> " "
                        + word(
                                "panels.minutes.by-rule",
                                word(counted.suggestion().why())))
                .orElse("");
        String concluded = word("panels.minutes.concluded", String.valueOf(conclusion.gradeName()));
        String reason = conclusion.reason().isEmpty() ? "" : " " + word("panels.minutes.reason", conclusion.reason());
        return concluded + reason + suggestion;
    }

    private List<Fact> proof(Protocol protocol) {
        var proof = new ArrayList<Fact>();
        for (Role role : List.of(Role.CHAIR, Role.SECRETARY)) {
            protocol.signature(role)
                    .filter(signature -> signature.method() == Method.ELECTRONIC)
                    .ifPresent(signature -> proof.add(new Fact(
                            word("panels.role." + role.code()),
                            word(
                                    "khoa-truy-cap".equals(signature.confirmedBy())
                                            ? "panels.minutes.proof.passkey"
                                            : "panels.minutes.proof",
                                    protocol.seat(signature.personId())
                                            .map(Seat::fullName)
                                            .orElse(""),
                                    moment(signature.signedAt())))));
        }
        if (!proof.isEmpty()) {
            proof.add(new Fact(
                    word("panels.minutes.hash"),
                    HexFormat.of()
                            .formatHex(protocol.newestMinutes().orElseThrow().hash())));
        }
        return proof;
    }

    private static String time(LocalTime time) {
        return TIME.format(time);
    }

    private static String moment(Instant at) {
        return MOMENT.withZone(ZONE).format(at);
    }

    private String word(String key, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, VIETNAMESE);
    }

    private String word(Reason reason) {
        return messages.getMessage(
                reason.key(),
                reason.arguments().stream()
                        .map(argument -> argument instanceof Reason inner ? word(inner) : String.valueOf(argument))
                        .toArray(),
                VIETNAMESE);
    }

    @Override
    public boolean tells(String kind) {
        return kind.equals(KIND);
    }

    /** Votes and conclusions are restricted: whoever holds the paper learns that it is genuine, of which day and how it was signed. */
    @Override
    public Shown shown(Paper paper) {
        UUID tenant = paper.tenantId();
        List<Meeting.Copy> copies = store.copies(tenant, paper.scope()).stream()
                .filter(copy -> paper.id().equals(copy.paperId()))
                .toList();
        List<Signature> signed = !copies.isEmpty()
                ? store.signatures(tenant, paper.scope()).stream()
                        .filter(one -> copies.stream()
                                .anyMatch(copy -> copy.version() == one.version() && copy.method() == one.method()))
                        .toList()
                : paper.state() == PaperState.SIGNED ? confirmations(tenant, paper.scope()) : List.of();
        boolean both = signed.size() == 2;
        Signature last = both && paper.state() == PaperState.SIGNED ? signed.getLast() : null;
        return new Shown(
                word("panels.minutes.title"),
                word("panels.minutes.restricted"),
                signed.stream()
                        .filter(one -> both)
                        .map(one -> new Fact(
                                word("panels.role." + one.role().code()),
                                word("panels.minutes.shown." + one.method().code(), moment(one.signedAt()))))
                        .toList(),
                last == null
                        ? null
                        : new Signed(
                                last.method().code(),
                                last.signedAt(),
                                last.signedOn(),
                                last.documentHash() == null ? last.hash() : last.documentHash()));
    }

    /** Those of the meeting's newest minutes, which were confirmed and not issued to be signed. */
    private List<Signature> confirmations(UUID tenantId, UUID meetingId) {
        int newest = store.find(tenantId, meetingId).map(Meeting::minutes).orElse(0);
        return store.signatures(tenantId, meetingId).stream()
                .filter(one -> one.version() == newest && one.method() == Method.ELECTRONIC)
                .toList();
    }

    @Override
    public boolean isDocument(Paper paper, byte[] fileHash) {
        return papers.isPrint(paper, fileHash)
                || store.signatures(paper.tenantId(), paper.scope()).stream()
                        .map(Signature::documentHash)
                        .filter(Objects::nonNull)
                        .anyMatch(signed -> Sha256.same(signed, fileHash)
                                || signatures
                                        .preserved(paper.tenantId(), signed)
                                        .filter(preserved -> Sha256.same(Sha256.of(preserved), fileHash))
                                        .isPresent());
    }

    @Override
    public Optional<Paper> ofDocument(byte[] fileHash) {
        return store.signedFile(fileHash).flatMap(file -> papers.find(file.tenantId(), file.paperId()));
    }
}
