package vn.chuanmuc.panels;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PageMark;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.MinutesBook.Read;
import vn.chuanmuc.panels.MinutesBook.Signing;
import vn.chuanmuc.panels.MinutesBook.Stand;
import vn.chuanmuc.scans.ScanPage;
import vn.chuanmuc.scans.ScannedFiles;
import vn.chuanmuc.signing.SignatureRequester;
import vn.chuanmuc.signing.Signatures;

/**
 * Minutes that are signed themselves (ADR 0023): digitally, by the secretary first and then by the chair in the same file; or by hand,
 * whose scan one of the two brings and the other confirms.
 */
@Component
public class MinutesSigning implements SignatureRequester {
    /** Of one scan. */
    public static final int MOST_PAGES = 60;

    private static final Duration GOOD_FOR = Duration.ofDays(14);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final String PDF = "application/pdf";
    private static final String CONTENT = "documents.content";

    private final MinutesBook book;
    private final MinutesPaper paper;
    private final Meetings meetings;
    private final Papers papers;
    private final Signatures signatures;
    private final ScannedFiles scans;
    private final Contents contents;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MinutesSigning(
            MinutesBook book,
            MinutesPaper paper,
            Meetings meetings,
            Papers papers,
            Signatures signatures,
            ScannedFiles scans,
            Contents contents,
            TransactionTemplate transaction,
            Clock clock) {
        this.book = book;
        this.paper = paper;
        this.meetings = meetings;
        this.papers = papers;
        this.signatures = signatures;
        this.scans = scans;
        this.contents = contents;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of wanting to sign digitally. */
    public sealed interface Begun {
        /** @param requestId where it is signed: {@code /ky-so/<id>} */
        record Asked(UUID requestId) implements Begun {}

        record Already() implements Begun {}

        record Refused(Reason why) implements Begun {}
    }

    /** Gives the minutes to be signed digitally: to the secretary as they were issued, then to the chair as the secretary signed them. */
    public Begun begin(Viewer viewer, UUID meetingId, Read read) {
        book.lead(viewer, meetingId);
        Stand stand = Objects.requireNonNull(transaction.execute(status -> {
            Stand now = inTurn(book.stand(viewer, meetingId, read, Method.DIGITAL));
            if (now instanceof Stand.Ready ready) {
                book.give(viewer, ready, Method.DIGITAL);
            }
            return now;
        }));
        return switch (stand) {
            case Stand.Already already -> new Begun.Already();
            case Stand.Refused(var why) -> new Begun.Refused(why);
            case Stand.Ready(var protocol, var seat, var minutes) -> {
                Optional<Signatures.Live> live = signatures.live(
                        viewer.tenantId(),
                        MinutesEnds.PURPOSE,
                        MinutesEnds.subject(meetingId, minutes.version(), seat.role()));
                yield live.isPresent()
                        ? new Begun.Asked(live.get().id())
                        : ask(viewer, meetingId, read, file(viewer, meetingId, seat.role()));
            }
        };
    }

    /** The chair signs what the secretary has signed. */
    private static Stand inTurn(Stand stand) {
        return stand instanceof Stand.Ready(var protocol, var seat, var minutes)
                        && seat.role() == Role.CHAIR
                        && protocol.signature(Role.SECRETARY).isEmpty()
                ? new Stand.Refused(Reason.of("panels.minutes.order"))
                : stand;
    }

    /** What is signed: laid out between two transactions, for that takes its time. */
    private byte[] file(Viewer viewer, UUID meetingId, Role role) {
        Protocol protocol = meetings.protocol(viewer, meetingId);
        byte[] signed = protocol.signedDocument();
        if (role == Role.CHAIR && signed != null) {
            return contents.find(viewer.tenantId(), signed).orElseThrow().bytes();
        }
        UUID paperId = Objects.requireNonNull(protocol.copy().orElseThrow().paperId());
        return paper.pdf(papers.find(viewer.tenantId(), paperId).orElseThrow(), protocol, viewer.accountId());
    }

    private Begun ask(Viewer viewer, UUID meetingId, Read read, byte[] pdf) {
        return Objects.requireNonNull(transaction.execute(status -> switch (inTurn(
                book.stand(viewer, meetingId, read, Method.DIGITAL))) {
            case Stand.Already already -> new Begun.Already();
            case Stand.Refused(var why) -> new Begun.Refused(why);
            case Stand.Ready(var protocol, var seat, var minutes) ->
                new Begun.Asked(signatures.ask(new Signatures.Request(
                        viewer.tenantId(),
                        MinutesEnds.PURPOSE,
                        MinutesEnds.subject(meetingId, read.version(), seat.role()),
                        paper.titled(protocol.meeting()),
                        pdf,
                        MinutesPaper.field(seat.role()),
                        seat.role() == Role.SECRETARY,
                        seat.personId(),
                        seat.fullName(),
                        protocol.meeting().unitId(),
                        protocol.meeting().unitName(),
                        viewer.accountId(),
                        GOOD_FOR)));
        }));
    }

    @Override
    public String purpose() {
        return MinutesEnds.PURPOSE;
    }

    @Override
    public Completion completed(Completed signature) {
        String[] subject = signature.subject().split("/", 3);
        UUID meetingId = UUID.fromString(subject[0]);
        int version = Integer.parseInt(subject[1]);
        var viewer = new Viewer(
                signature.tenantId(), signature.accountId(), signature.personId(), "", "", List.of(), false, false);
        Protocol protocol = meetings.protocol(viewer, meetingId);
        byte[] hash = protocol.minutes().stream()
                .filter(one -> one.version() == version)
                .map(Meeting.Minutes::hash)
                .findFirst()
                .orElseThrow();
        return switch (inTurn(book.stand(viewer, meetingId, new Read(version, hash), Method.DIGITAL))) {
            case Stand.Already already ->
                protocol.signatures().stream()
                                .anyMatch(one -> one.documentHash() != null
                                        && Sha256.same(one.documentHash(), signature.documentHash()))
                        ? new Completion.Accepted()
                        : new Completion.Refused(Reason.of("panels.minutes.already"));
            case Stand.Refused(var why) -> new Completion.Refused(why);
            case Stand.Ready ready -> {
                book.put(
                        viewer,
                        ready,
                        new Signature(
                                version,
                                ready.seat().role(),
                                ready.seat().personId(),
                                viewer.accountId(),
                                hash,
                                signature.at().truncatedTo(ChronoUnit.MICROS),
                                Method.DIGITAL,
                                null,
                                null,
                                signature.documentHash(),
                                null),
                        Map.of("document", HexFormat.of().formatHex(signature.documentHash())),
                        List.of(Piece.of(CONTENT, signature.documentHash())));
                yield new Completion.Accepted();
            }
        };
    }

    @Override
    public String page(String subject) {
        return "/hop/" + subject.substring(0, subject.indexOf('/'));
    }

    /** What came of wanting the paper that is signed by hand. */
    public sealed interface Given {
        record Done() implements Given {}

        record Refused(Reason why) implements Given {}
    }

    /** Issues the minutes as the paper that is signed by hand: with its number, and without the mark of a draft. */
    public Given give(Viewer viewer, UUID meetingId, Read read) {
        book.lead(viewer, meetingId);
        return Objects.requireNonNull(transaction.execute(
                status -> switch (book.stand(viewer, meetingId, read, Method.PAPER)) {
                    case Stand.Already already -> new Given.Done();
                    case Stand.Refused(var why) -> new Given.Refused(why);
                    case Stand.Ready ready -> {
                        book.give(viewer, ready, Method.PAPER);
                        yield new Given.Done();
                    }
                }));
    }

    /**
     * Takes the scan of the signed paper: every page of it must be there and be a page of just this paper. That both have signed is
     * what whoever brings it says, and what the other confirms.
     *
     * @param name of the file as the browser told it
     * @param signedOn the day written on the paper
     */
    public Signing handIn(
            Viewer viewer, UUID meetingId, Read read, Path file, String name, @Nullable LocalDate signedOn) {
        Protocol protocol = book.lead(viewer, meetingId);
        Optional<Paper> issued = issued(viewer.tenantId(), protocol);
        if (issued.isEmpty()) {
            return new Signing.Refused("tep", Reason.of("panels.scan.none"));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        LocalDate from = LocalDate.ofInstant(issued.get().issuedAt(), ZONE);
        if (signedOn == null || signedOn.isBefore(from) || signedOn.isAfter(today)) {
            return new Signing.Refused("ngay-ky", Reason.of("panels.scan.day", from, today));
        }
        return switch (read(file, name, issued.get())) {
            case Pages.Refused(var why) -> new Signing.Refused("tep", why);
            case Pages.Whole(var pictures) -> {
                Instant at = now();
                byte[] pdf = ScannedFiles.pdf(paper.titled(protocol.meeting()), at, pictures);
                yield Objects.requireNonNull(transaction.execute(
                        status -> scanned(viewer, meetingId, read, issued.get().id(), pdf, signedOn)));
            }
        };
    }

    private Optional<Paper> issued(UUID tenantId, Protocol protocol) {
        return protocol.copy()
                .filter(copy -> copy.method() == Method.PAPER)
                .flatMap(copy -> papers.find(tenantId, Objects.requireNonNull(copy.paperId())));
    }

    private Signing scanned(Viewer viewer, UUID meetingId, Read read, UUID paperId, byte[] pdf, LocalDate signedOn) {
        return switch (book.stand(viewer, meetingId, read, Method.PAPER)) {
            case Stand.Already already -> new Signing.Already();
            case Stand.Refused(var why) -> new Signing.Refused("", why);
            case Stand.Ready ready -> {
                if (!ready.protocol().standing().isEmpty()) {
                    yield new Signing.Refused("tep", Reason.of("panels.scan.there"));
                }
                if (issued(viewer.tenantId(), ready.protocol())
                        .filter(now -> now.id().equals(paperId))
                        .isEmpty()) {
                    yield new Signing.Refused("tep", Reason.of("panels.scan.none"));
                }
                yield byHand(viewer, ready, contents.store(viewer.tenantId(), PDF, pdf), signedOn);
            }
        };
    }

    /** The other of the two has looked at the scan and says that it is right. @param documentHash of the scan they looked at */
    public Signing confirm(Viewer viewer, UUID meetingId, Read read, byte[] documentHash) {
        book.lead(viewer, meetingId);
        return Objects.requireNonNull(transaction.execute(status -> switch (book.stand(
                viewer, meetingId, read, Method.PAPER)) {
            case Stand.Already already -> new Signing.Already();
            case Stand.Refused(var why) -> new Signing.Refused("", why);
            case Stand.Ready ready -> {
                byte[] scan = ready.protocol().signedDocument();
                if (scan == null || !Sha256.same(scan, documentHash)) {
                    yield new Signing.Refused("", Reason.of("panels.scan.other-file"));
                }
                LocalDate day = Objects.requireNonNull(
                        ready.protocol().standing().getFirst().signedOn());
                yield byHand(viewer, ready, scan, day);
            }
        }));
    }

    private Signing byHand(Viewer viewer, Stand.Ready ready, byte[] scan, LocalDate signedOn) {
        return book.put(
                viewer,
                ready,
                new Signature(
                        ready.minutes().version(),
                        ready.seat().role(),
                        ready.seat().personId(),
                        viewer.accountId(),
                        ready.minutes().hash(),
                        now(),
                        Method.PAPER,
                        null,
                        null,
                        scan,
                        signedOn),
                Map.of("document", HexFormat.of().formatHex(scan), "signedOn", signedOn.toString()),
                List.of(Piece.of(CONTENT, scan)));
    }

    /** What a scan is. */
    private sealed interface Pages {
        record Whole(List<byte[]> pictures) implements Pages {}

        record Refused(Reason why) implements Pages {}
    }

    private Pages read(Path file, String name, Paper paper) {
        return switch (ScannedFiles.check(file, name)) {
            case ScannedFiles.Looked.Refused(var why) -> new Pages.Refused(why);
            case ScannedFiles.Looked.Good(var kind, var pages) ->
                pages > MOST_PAGES
                        ? new Pages.Refused(Reason.of("panels.scan.many", MOST_PAGES, pages))
                        : read(file, kind, pages, paper);
        };
    }

    private Pages read(Path file, String kind, int pages, Paper paper) {
        var pictures = new TreeMap<Integer, byte[]>();
        int whole = 0;
        try (ScannedFiles.Open open =
                scans.open(kind, to -> Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING))) {
            for (int number = 1; number <= pages; number++) {
                ScannedFiles.ReadPage page = open.page(number);
                PageMark mark = page.mark();
                byte[] picture = page.jpeg();
                if (page.found() == ScanPage.Found.BLANK) {
                    continue;
                }
                if (mark == null || picture == null) {
                    return new Pages.Refused(Reason.of("panels.scan.unread", number));
                }
                if (!mark.code().equals(paper.code()) || (whole != 0 && whole != mark.pages())) {
                    return new Pages.Refused(
                            Reason.of("panels.scan.other", number, paper.code().written()));
                }
                whole = mark.pages();
                if (pictures.putIfAbsent(mark.page(), picture) != null) {
                    return new Pages.Refused(Reason.of("panels.scan.twice", mark.page()));
                }
            }
        }
        if (whole == 0) {
            return new Pages.Refused(Reason.of("panels.scan.blank"));
        }
        List<String> missing = IntStream.rangeClosed(1, whole)
                .filter(number -> !pictures.containsKey(number))
                .mapToObj(String::valueOf)
                .toList();
        return missing.isEmpty()
                ? new Pages.Whole(new ArrayList<>(pictures.values()))
                : new Pages.Refused(Reason.of("panels.scan.missing", String.join(", ", missing), whole));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
