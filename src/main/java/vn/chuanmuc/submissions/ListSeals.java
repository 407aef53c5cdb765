package vn.chuanmuc.submissions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.People;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.PdfWriter;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.signing.Manifests;
import vn.chuanmuc.signing.Manifests.Row;
import vn.chuanmuc.signing.Manifests.Sealed;
import vn.chuanmuc.signing.SignatureRequester;
import vn.chuanmuc.signing.Signatures;
import vn.chuanmuc.submissions.Lists.Key;
import vn.chuanmuc.submissions.Lists.Sheet;

/**
 * A head or a board seals a version of a list once, with one digital signature over the documents of all who signed: each of them
 * gets a proof of being in it.
 */
@Component
public class ListSeals implements SignatureRequester {
    /** Kind of the paper that names the sealed rows. */
    public static final String KIND = "danh-sach-dong-dau";

    private static final String PURPOSE = "submissions.seal";
    private static final String FIELD = "ConDau";
    private static final Duration GOOD_FOR = Duration.ofDays(14);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final Lists lists;
    private final SealedRows rows;
    private final Signatures signatures;
    private final Manifests manifests;
    private final Papers papers;
    private final PaperCodes codes;
    private final Contents contents;
    private final People people;
    private final Units units;
    private final Access access;
    private final Accounts accounts;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final MessageSource messages;
    private final Clock clock;

    ListSeals(
            Lists lists,
            SealedRows rows,
            Signatures signatures,
            Manifests manifests,
            Papers papers,
            PaperCodes codes,
            Contents contents,
            People people,
            Units units,
            Access access,
            Accounts accounts,
            Ledger ledger,
            TransactionTemplate transaction,
            MessageSource messages,
            Clock clock) {
        this.lists = lists;
        this.rows = rows;
        this.signatures = signatures;
        this.manifests = manifests;
        this.papers = papers;
        this.codes = codes;
        this.contents = contents;
        this.people = people;
        this.units = units;
        this.access = access;
        this.accounts = accounts;
        this.ledger = ledger;
        this.transaction = transaction;
        this.messages = messages;
        this.clock = clock;
    }

    /** Who seals: the unit whose list it is, or the board that receives it. */
    public enum By {
        UNIT("don-vi"),
        BOARD("cap-tren");

        private final String code;

        By(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        /** Of what a form says; empty for anything else. */
        public static Optional<By> of(String code) {
            return Stream.of(values()).filter(by -> by.code.equals(code)).findFirst();
        }
    }

    /** Somebody else's request stands in the way. @param until when it ends by itself */
    public record Held(UUID requestId, String signer, Instant until) {}

    /** As whom the viewer may seal a version now. @param held by whom it is held meanwhile, or null */
    public record Chance(By by, @Nullable Held held) {}

    public sealed interface Begun {
        /** @param requestId where it is sealed: {@code /ky-so/<id>} */
        record Asked(UUID requestId) implements Begun {}

        record Refused(Reason why) implements Begun {}
    }

    /**
     * As whom the viewer may seal this list: whoever approves it there, by duty in a line and else by role (ADR 0011, rule 8), and
     * whoever decides on it above; both of the seal of that unit. Empty when they may not.
     */
    public List<By> by(Viewer viewer, Sheet sheet) {
        return Stream.of(By.values())
                .filter(by ->
                        by == By.UNIT ? sheet.may().approve() : sheet.may().decide())
                .filter(by -> access.covers(viewer, Permission.SEAL, sealer(sheet, by)))
                .toList();
    }

    private static UUID sealer(Sheet sheet, By by) {
        return switch (by) {
            case UNIT -> sheet.key().unitId();
            case BOARD ->
                sheet.line() == null
                        ? sheet.campaign().receiverUnit()
                        : sheet.line().receiverId();
        };
    }

    /** Whether a version is far enough to be sealed by them: approved by the head, accepted by the board. */
    public static boolean ripe(ListVersion version, By by) {
        return ripe(version.state(), by);
    }

    private static boolean ripe(ListState state, By by) {
        return switch (state) {
            case APPROVED, SUBMITTED -> by == By.UNIT;
            case ACCEPTED -> true;
            case COMPILED, SENT_BACK, REOPENED, DROPPED -> false;
        };
    }

    /**
     * How a version stands with its seals.
     *
     * @param chances as whom the viewer may seal it now
     */
    public record Look(
            List<Chance> chances,
            @Nullable Sealed byUnit,
            @Nullable Sealed byBoard) {
        public static final Look NONE = new Look(List.of(), null, null);

        public Look {
            chances = List.copyOf(chances);
        }

        public boolean any() {
            return !chances.isEmpty() || byUnit != null || byBoard != null;
        }
    }

    public Look look(Viewer viewer, Sheet sheet, ListVersion version) {
        @Nullable Sealed unit = sealOf(viewer, sheet, version.number(), By.UNIT).orElse(null);
        @Nullable
        Sealed board = sealOf(viewer, sheet, version.number(), By.BOARD).orElse(null);
        List<Chance> chances = by(viewer, sheet).stream()
                .filter(one -> ripe(version, one))
                .filter(one -> (one == By.UNIT ? unit : board) == null)
                .map(one -> new Chance(
                        one,
                        signatures
                                .live(viewer.tenantId(), PURPOSE, subject(sheet, version.number(), one))
                                .flatMap(live -> held(viewer, live))
                                .orElse(null)))
                .toList();
        return new Look(chances, unit, board);
    }

    /** A person's own request is theirs alone: nobody else can sign it. */
    private static Optional<Held> held(Viewer viewer, Signatures.Live live) {
        UUID person = live.personId();
        return person == null || person.equals(viewer.personId())
                ? Optional.empty()
                : Optional.of(new Held(live.id(), live.signerName(), live.until()));
    }

    /** Gives a version's sealed rows to be signed as the first the viewer may; see the other. */
    public Begun begin(Viewer viewer, Key key, int number) {
        List<By> may = by(viewer, lists.get(viewer, key));
        if (may.isEmpty()) {
            access.require(viewer, Permission.SEAL);
            throw new NotFound("list to seal");
        }
        return begin(viewer, key, number, may.getFirst(), null);
    }

    /**
     * Gives a version's sealed rows to be signed; begun twice, it is the same request.
     *
     * @param instead the request of somebody else that is to end for it: whoever may seal is not kept waiting by whoever does not; null
     *     to leave such a request as it is, which is refused then
     */
    public Begun begin(Viewer viewer, Key key, int number, By by, @Nullable UUID instead) {
        access.require(viewer, Permission.SEAL);
        Sheet sheet = lists.get(viewer, key);
        if (!by(viewer, sheet).contains(by)) {
            throw new NotFound("list to seal");
        }
        ListVersion version = sheet.version(number).orElseThrow(() -> new NotFound("version"));
        if (!ripe(version, by)) {
            return new Begun.Refused(Reason.of("submissions.seal.unripe"));
        }
        String subject = subject(sheet, number, by);
        if (manifests.newest(viewer.tenantId(), PURPOSE, subject).isPresent()) {
            return new Begun.Refused(Reason.of("submissions.seal.done"));
        }
        Optional<Signatures.Live> live = signatures.live(viewer.tenantId(), PURPOSE, subject);
        if (live.isPresent()) {
            Optional<Held> held = held(viewer, live.get());
            if (held.isEmpty()) {
                return new Begun.Asked(live.get().id());
            }
            if (!held.get().requestId().equals(instead)) {
                return refused(held.get());
            }
            withdraw(viewer, sheet, subject, held.get());
        }
        List<SealedRows.Signed> signed = rows.of(viewer.tenantId(), sheet.id(), number);
        if (signed.size() != version.totals().signed()) {
            return new Begun.Refused(Reason.of("submissions.seal.gone"));
        }
        if (signed.isEmpty() || signed.size() > Manifests.MOST_ROWS) {
            return new Begun.Refused(Reason.of("submissions.seal.rows", Manifests.MOST_ROWS));
        }
        byte[] canonical = Manifests.canonical(signed.stream()
                .map(one -> new Row(one.commitmentId(), one.documentHash()))
                .toList());
        UUID tenant = viewer.tenantId();
        UUID unit = sealer(sheet, by);
        String unitName = units.names(tenant, List.of(unit)).getOrDefault(unit, sheet.unitName());
        boolean agency = signatures.canSeal(tenant, unit);
        @Nullable UUID person = agency ? null : viewer.personId();
        if (!agency && person == null) {
            return new Begun.Refused(Reason.of("submissions.seal.unlinked", unitName));
        }
        Paper paper = Objects.requireNonNull(transaction.execute(status -> papers.issue(new Papers.Draft(
                tenant,
                KIND,
                sheet.id(),
                paperSubject(subject),
                Layouts.at(lists.paperLine(viewer, sheet), today()).id(),
                KIND,
                head(sheet, version, unitName),
                contents.store(tenant, Manifests.TYPE, canonical),
                viewer.accountId()))));
        // A long list takes its time to lay out: nobody waits for a row meanwhile. Whoever comes in between gets the
        // same paper.
        byte[] pdf = pdf(paper, sheet, version, unitName, signed, paper.bodyHash());
        UUID asked = Objects.requireNonNull(transaction.execute(status -> signatures.ask(new Signatures.Request(
                tenant,
                PURPOSE,
                subject,
                t("submissions.seal.title", sheet.unitName(), sheet.blocName(), String.valueOf(number)),
                pdf,
                FIELD,
                true,
                person,
                person == null
                        ? unitName
                        : people.names(tenant, List.of(person)).getOrDefault(person, unitName),
                unit,
                unitName,
                viewer.accountId(),
                GOOD_FOR))));
        // Somebody else may have been quicker while the list was laid out.
        return signatures
                .live(tenant, PURPOSE, subject)
                .filter(one -> one.id().equals(asked))
                .flatMap(one -> held(viewer, one))
                .<Begun>map(ListSeals::refused)
                .orElseGet(() -> new Begun.Asked(asked));
    }

    private static Begun refused(Held held) {
        return new Begun.Refused(Reason.of("submissions.seal.held", held.signer(), held.until()));
    }

    /** Ends somebody else's request, which is told in the ledger; over meanwhile, there is nothing to end. */
    private void withdraw(Viewer viewer, Sheet sheet, String subject, Held held) {
        transaction.executeWithoutResult(status -> {
            if (signatures.withdraw(viewer.tenantId(), PURPOSE, subject, held.requestId())) {
                ledger.append(new Act(
                        viewer.tenantId(),
                        "submissions.seal-withdrawn",
                        sheet.id(),
                        viewer.accountId(),
                        Map.of(
                                "list", subject,
                                "request", held.requestId().toString(),
                                "signer", held.signer())));
            }
        });
    }

    /** What a sealed list's paper is about: one live paper for each version and sealer. */
    static UUID paperSubject(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8));
    }

    private static String subject(Sheet sheet, int number, By by) {
        return sheet.key().campaignId() + "/" + sheet.key().unitId() + "/"
                + sheet.key().blocId() + "/" + number + "/" + by.code();
    }

    private String head(Sheet sheet, ListVersion version, String sealer) {
        return "chuanmuc/danh-sach-dong-dau/1\n" + sheet.campaign().title() + "\n" + sheet.unitName() + "\n"
                + sheet.blocName() + "\n" + version.number() + "\n"
                + HexFormat.of().formatHex(version.contentHash()) + "\n" + sealer + "\n\n";
    }

    private byte[] pdf(
            Paper paper,
            Sheet sheet,
            ListVersion version,
            String sealer,
            List<SealedRows.Signed> signed,
            byte[] canonicalHash) {
        List<Points.Line> lines = IntStream.range(0, signed.size())
                .<Points.Line>mapToObj(i -> new Points.Line.Item(
                        i + 1,
                        t(
                                "submissions.seal.row",
                                signed.get(i).fullName(),
                                signed.get(i).commitmentId(),
                                HexFormat.of().formatHex(signed.get(i).documentHash()))))
                .toList();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(t("submissions.seal.unit"), sheet.unitName() + " – " + sheet.blocName()));
        facts.add(new Fact(t("submissions.seal.campaign"), sheet.campaign().title()));
        facts.add(new Fact(
                t("submissions.seal.version"),
                t("submissions.seal.version.value", String.valueOf(version.number()), String.valueOf(signed.size()))));
        facts.add(new Fact(t("submissions.seal.hash"), HexFormat.of().formatHex(canonicalHash)));
        Layout layout = Layouts.of(paper.layout()).upright();
        var letter = new PaperDocument(
                t("submissions.seal.heading") + " – " + sheet.unitName(),
                LocalDate.ofInstant(paper.issuedAt(), ZONE),
                layout,
                new Header("", sealer, null, "..........................", null),
                List.of(t("submissions.seal.heading")),
                "",
                facts,
                List.of(t("submissions.seal.opening")),
                new Points(t("submissions.seal.number"), t("submissions.seal.words"), lines),
                List.of(t("submissions.seal.closing", String.valueOf(signed.size()))),
                List.of(),
                List.of(new SignatureBlock(
                        FIELD,
                        t("submissions.seal.field"),
                        List.of(t("submissions.seal.capacity")),
                        t("submissions.seal.note"),
                        "")),
                new Mark(
                        t("submissions.seal.code"),
                        paper.code().written(),
                        (page, pages) -> codes.mark(paper.code(), page, pages)),
                "vi");
        var out = new ByteArrayOutputStream(1 << 17);
        try {
            PdfWriter.write(letter, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** How a version was sealed by them, if it was. */
    public Optional<Sealed> sealOf(Viewer viewer, Sheet sheet, int number, By by) {
        return manifests.newest(viewer.tenantId(), PURPOSE, subject(sheet, number, by));
    }

    /** The sealed PDF. */
    public byte[] file(Viewer viewer, Key key, int number, By by) {
        Sheet sheet = lists.get(viewer, key);
        return sealOf(viewer, sheet, number, by)
                .flatMap(found -> contents.find(viewer.tenantId(), found.documentHash()))
                .orElseThrow(() -> new NotFound("sealed list"))
                .bytes();
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Completion completed(Completed signature) {
        Wanted wanted = Wanted.read(signature.subject());
        Key key = wanted.key();
        Optional<Paper> paper = papers
                .of(
                        signature.tenantId(),
                        KIND,
                        rows.listOf(signature.tenantId(), key.campaignId(), key.unitId(), key.blocId()),
                        paperSubject(signature.subject()))
                .stream()
                .filter(one -> one.state().live())
                .findFirst();
        if (paper.isEmpty()
                || !ripe(rows.stateHeld(signature.tenantId(), paper.get().scope(), wanted.number()), wanted.by())) {
            return new Completion.Refused(Reason.of("submissions.seal.gone"));
        }
        // Days may lie between the asking and the seal: whoever brings it must hold the office now.
        if (accounts.acting(signature.tenantId(), signature.accountId())
                .filter(viewer -> may(viewer, wanted))
                .isEmpty()) {
            return new Completion.Refused(Reason.of("submissions.seal.no-authority"));
        }
        if (manifests.newest(signature.tenantId(), PURPOSE, signature.subject()).isPresent()) {
            return new Completion.Refused(Reason.of("submissions.seal.done"));
        }
        if (!papers.signed(paper.get(), signature.accountId())) {
            return new Completion.Refused(Reason.of("submissions.seal.done"));
        }
        byte[] canonical = contents.find(signature.tenantId(), paper.get().bodyHash())
                .orElseThrow(() -> new IllegalStateException("the rows of a sealed list are missing"))
                .bytes();
        List<Row> sealedRows = Manifests.read(canonical);
        String title = t("submissions.seal.heading") + " – v" + wanted.number();
        List<Piece> sealed =
                manifests.keep(signature, PURPOSE, title, paper.get().bodyHash(), sealedRows);
        ledger.append(new Act(
                signature.tenantId(),
                "signing.sealed-list",
                paper.get().id(),
                signature.accountId(),
                Map.of(
                        "list", signature.subject(),
                        "rows", sealedRows.size(),
                        "canonical", HexFormat.of().formatHex(paper.get().bodyHash())),
                signature.documentHash(),
                sealed));
        return new Completion.Accepted();
    }

    /** A subject, taken apart. */
    private record Wanted(Key key, int number, By by) {
        static Wanted read(String subject) {
            String[] parts = subject.split("/");
            return new Wanted(
                    new Key(UUID.fromString(parts[0]), UUID.fromString(parts[1]), UUID.fromString(parts[2])),
                    Integer.parseInt(parts[3]),
                    By.of(parts[4]).orElseThrow());
        }
    }

    @Override
    public boolean may(Viewer viewer, String subject) {
        return may(viewer, Wanted.read(subject));
    }

    private boolean may(Viewer viewer, Wanted wanted) {
        try {
            return by(viewer, lists.get(viewer, wanted.key())).contains(wanted.by());
        } catch (NotFound e) {
            return false;
        }
    }

    @Override
    public String page(String subject) {
        String[] parts = subject.split("/");
        return "/danh-sach/" + parts[0] + "/" + parts[1] + "/" + parts[2];
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, VIETNAMESE));
    }
}
