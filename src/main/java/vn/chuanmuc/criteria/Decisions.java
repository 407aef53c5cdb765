package vn.chuanmuc.criteria;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.TextLimits;
import vn.chuanmuc.office.TextReading;

/**
 * Decisions on their way into force: imported from their text, proof-read place by place, published by somebody other than the
 * importer, superseded by a later one. What is published never changes.
 */
@Component
public class Decisions {
    private static final String PLAIN_TEXT = "text/plain;charset=utf-8";
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final int MOST_OTHER_READINGS = 20;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 500;
    private static final Reason OWN_IMPORT = Reason.of("criteria.refused.own-import");
    /** A ledger entry holds both sides of a correction. */
    private static final int LONGEST_IN_LEDGER = 15_000;

    private final DecisionStore store;
    private final CriteriaStore words;
    private static final String CONTENT = "documents.content";

    private final Contents contents;
    private final Ledger ledger;
    private final Access access;
    private final Units units;
    private final Clock clock;

    Decisions(
            DecisionStore store,
            CriteriaStore words,
            Contents contents,
            Ledger ledger,
            Access access,
            Units units,
            Clock clock) {
        this.access = access;
        this.units = units;
        this.store = store;
        this.words = words;
        this.contents = contents;
        this.ledger = ledger;
        this.clock = clock;
    }

    public enum State {
        DRAFT,
        PUBLISHED,
        SUPERSEDED,
        DROPPED;

        /** Whether officials may read it. */
        public boolean readable() {
            return this == PUBLISHED || this == SUPERSEDED;
        }
    }

    /** A decision in a list; {@code number} is empty and the dates are null while nobody has settled them. */
    public record Listed(
            UUID id,
            State state,
            String sourceName,
            String number,
            String numberPrinted,
            @Nullable LocalDate signedOn,
            String issuer,
            String subject,
            @Nullable LocalDate effectiveFrom,
            @Nullable LocalDate supersededFrom,
            UUID importedBy,
            Instant importedAt,
            int openDoubts,
            @Nullable String dropReason) {}

    /** A decision with everything that was read and settled. */
    public record Document(
            UUID id,
            State state,
            int version,
            String sourceName,
            byte[] sourceHash,
            UUID importedBy,
            Instant importedAt,
            @Nullable UUID publishedBy,
            @Nullable Instant publishedAt,
            @Nullable UUID supersedes,
            @Nullable LocalDate supersededFrom,
            Proof proof) {}

    /** The bytes a decision was imported from, as they came. */
    public record Source(String name, String mediaType, byte[] bytes) {}

    // ---- import

    /** What came of importing a text. */
    public sealed interface Import {
        /**
         * A draft at version 1.
         *
         * @param sameSource decisions that were imported from the same bytes before
         */
        record Imported(UUID id, List<UUID> sameSource) implements Import {}

        /** The text is no decision with criteria; {@code lines} is what the line numbers count. */
        record Unreadable(List<ReadError> errors, List<String> lines) implements Import {}

        /** The file is none that can be read. */
        record Refused(Reason why) implements Import {}
    }

    /**
     * Imports the text of a decision as a draft.
     *
     * @param name where the text is from, such as a file's name; may be empty
     * @param otherReadings what other sources say about the decision's number and date, one reading each
     */
    @Transactional
    public Import importText(Viewer viewer, String name, String text, List<String> otherReadings) {
        require(viewer, Permission.IMPORT_DECISION);
        // A form sends CR LF whatever was typed; a text keeps its own line ends only as a file.
        String plain = text.replace("\r\n", "\n");
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        return importLines(viewer, name, DecisionReader.linesOf(plain), bytes, bytes, PLAIN_TEXT, otherReadings);
    }

    /** Imports a .txt or .docx as a draft; its bytes are kept as they came. */
    @Transactional
    public Import importFile(Viewer viewer, String name, Path file, List<String> otherReadings) {
        require(viewer, Permission.IMPORT_DECISION);
        return switch (OfficeFiles.readParagraphs(file, TextLimits.DEFAULT)) {
            case TextReading.Refused refused ->
                new Import.Refused(new Reason(
                        "office.refused." + refused.why().code(), refused.why().args()));
            case TextReading.Done done -> {
                byte[] bytes = bytes(file);
                // The office reader writes one form for every letter; a text of our own encoding keeps its characters.
                Optional<String> utf8 = utf8(bytes);
                List<String> lines = utf8.map(DecisionReader::linesOf).orElse(done.lines());
                byte[] text =
                        utf8.isPresent() ? bytes : String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
                String type = bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K' ? WORD : "text/plain";
                yield importLines(
                        viewer, name, lines, bytes, text, utf8.isPresent() ? PLAIN_TEXT : type, otherReadings);
            }
        };
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file); // bounded: the office reader refused what is larger
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> utf8(byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private Import importLines(
            Viewer viewer,
            String name,
            List<String> lines,
            byte[] source,
            byte[] text,
            String mediaType,
            List<String> otherReadings) {
        List<String> others = otherReadings.stream()
                .map(Texts::oneLine)
                .filter(other -> !other.isEmpty())
                .limit(MOST_OTHER_READINGS)
                .toList();
        return switch (DecisionReader.read(lines, others)) {
            case Reading.Unreadable unreadable -> new Import.Unreadable(unreadable.errors(), lines);
            case Reading.Read read -> {
                UUID id = Ids.next();
                byte[] hash = contents.store(viewer.tenantId(), mediaType, source);
                byte[] textHash = contents.store(viewer.tenantId(), PLAIN_TEXT, text);
                Proof proof = Proof.of(read, HexFormat.of().formatHex(textHash), others);
                store.insert(
                        viewer.tenantId(),
                        id,
                        hash,
                        shortened(Texts.oneLine(name), LONGEST_NAME),
                        viewer.accountId(),
                        clock.instant(),
                        proof);
                ledger.append(new Act(
                        viewer.tenantId(),
                        "criteria.decision-imported",
                        id,
                        viewer.accountId(),
                        Map.of(
                                "source", shortened(Texts.oneLine(name), LONGEST_NAME),
                                "doubts", read.doubts().size(),
                                "sets", read.decision().sets().size()),
                        hash,
                        List.of(Piece.of(CONTENT, hash), Piece.of(CONTENT, textHash))));
                yield new Import.Imported(id, store.ofSameSource(viewer.tenantId(), id, hash));
            }
        };
    }

    // ---- reading

    /** Decisions in force and superseded; for those who import or proof-read also the drafts. The newest first, at most 200. */
    public List<Listed> list(Viewer viewer) {
        return store.list(viewer.tenantId(), worksOnDrafts(viewer));
    }

    /** Throws {@link NotFound} where there is none, or none for this viewer. */
    public Document get(Viewer viewer, UUID id) {
        return store.find(viewer.tenantId(), id)
                .filter(document -> document.state().readable() || worksOnDrafts(viewer))
                .orElseThrow(() -> new NotFound("decision"));
    }

    public Source source(Viewer viewer, UUID id) {
        Document document = get(viewer, id);
        return contents.find(viewer.tenantId(), document.sourceHash())
                .map(content -> new Source(document.sourceName(), content.mediaType(), content.bytes()))
                .orElseThrow(() -> new NotFound("source"));
    }

    /** The lines that were read; {@link Doubt#line()} counts them from 1. */
    public List<String> sourceLines(Viewer viewer, Document document) {
        return contents.find(
                        viewer.tenantId(),
                        HexFormat.of().parseHex(document.proof().textHash()))
                .map(content -> DecisionReader.linesOf(new String(content.bytes(), StandardCharsets.UTF_8)))
                .orElseThrow(() -> new NotFound("source"));
    }

    /** Other decisions that were imported from the same bytes and not dropped. */
    public List<UUID> ofSameSource(Viewer viewer, Document document) {
        return store.ofSameSource(viewer.tenantId(), document.id(), document.sourceHash());
    }

    private static boolean worksOnDrafts(Viewer viewer) {
        return viewer.may(Permission.IMPORT_DECISION) || viewer.may(Permission.PROOFREAD_DECISION);
    }

    /** Decisions bind the whole body: whoever imports or publishes them is appointed at its top unit. */
    private void require(Viewer viewer, Permission permission) {
        access.require(viewer, permission, units.root(viewer.tenantId()));
    }

    private void requireWork(Viewer viewer) {
        require(
                viewer,
                viewer.may(Permission.IMPORT_DECISION) ? Permission.IMPORT_DECISION : Permission.PROOFREAD_DECISION);
    }

    // ---- proof-reading

    /** What came of settling a place. */
    public sealed interface Settled {
        /** @param version to give with the next change */
        record Done(int version) implements Settled {}

        /** Somebody else changed the draft, published or dropped it meanwhile; nothing was written. */
        record Stale() implements Settled {}

        record Refused(String where, Reason why) implements Settled {}
    }

    /**
     * Settles a place, by a proof-reader other than the importer: the doubts there count as looked at, and the value holds from now on. The value that holds already
     * confirms it; a place without doubts can be corrected all the same.
     *
     * @param version as last seen
     * @param where {@link Place#where()}
     * @param value dates as dd/MM/yyyy, an audience by its name; of no matter for a {@link Place.Kind#REMARK}
     */
    @Transactional
    public Settled settle(Viewer viewer, UUID id, int version, String where, String value) {
        require(viewer, Permission.PROOFREAD_DECISION);
        Document document = get(viewer, id);
        if (document.importedBy().equals(viewer.accountId())) {
            return new Settled.Refused(where, OWN_IMPORT);
        }
        if (document.state() != State.DRAFT || document.version() != version) {
            return new Settled.Stale();
        }
        return settle(viewer, document, Map.of(where, value));
    }

    /**
     * Settles everything that is still open: the given places with the given values, all others as they were read. For
     * decisions whose text somebody has compared with the original already.
     */
    @Transactional
    public Settled acceptReadings(Viewer viewer, UUID id, Map<String, String> values) {
        require(viewer, Permission.PROOFREAD_DECISION);
        Document document = get(viewer, id);
        if (document.importedBy().equals(viewer.accountId())) {
            return new Settled.Refused("", OWN_IMPORT);
        }
        if (document.state() != State.DRAFT) {
            return new Settled.Stale();
        }
        var all = new LinkedHashMap<String, String>(values);
        for (Place place : document.proof().places().values()) {
            if (place.open()) {
                all.putIfAbsent(place.where(), place.value());
            }
        }
        return settle(viewer, document, all);
    }

    /**
     * Changes which items there are and where they stand, by a proof-reader other than the importer. What was read stays beside
     * it, with its source line.
     *
     * @param version as last seen
     */
    @Transactional
    public Settled reshape(Viewer viewer, UUID id, int version, Reshaping change) {
        require(viewer, Permission.PROOFREAD_DECISION);
        Document document = get(viewer, id);
        if (document.importedBy().equals(viewer.accountId())) {
            return new Settled.Refused("", OWN_IMPORT);
        }
        if (document.state() != State.DRAFT || document.version() != version) {
            return new Settled.Stale();
        }
        int lines = sourceLines(viewer, document).size();
        var settling = new Proof.Settling(viewer.accountId(), clock.instant());
        return switch (ReshapingRules.apply(document.proof(), change, lines, settling)) {
            case ReshapingRules.Outcome.Bad(Reason why) -> new Settled.Refused("", why);
            case ReshapingRules.Outcome.Good(Proof proof, var facts) -> {
                if (!store.save(viewer.tenantId(), id, version, proof)) {
                    yield new Settled.Stale();
                }
                var all = new LinkedHashMap<String, Object>(facts);
                all.replaceAll((name, fact) -> fact instanceof String text ? shortened(text, LONGEST_IN_LEDGER) : fact);
                all.put("version", version + 1);
                ledger.append(new Act(
                        viewer.tenantId(),
                        "criteria.items-arranged",
                        id,
                        viewer.accountId(),
                        all,
                        document.sourceHash()));
                yield new Settled.Done(version + 1);
            }
        };
    }

    private Settled settle(Viewer viewer, Document document, Map<String, String> values) {
        var settling = new Proof.Settling(viewer.accountId(), clock.instant());
        Map<String, Place> places = document.proof().places();
        var accepted = new LinkedHashMap<Place, String>();
        for (var entry : values.entrySet()) {
            Place place = places.get(entry.getKey());
            if (place == null) {
                throw new NotFound("place");
            }
            switch (PlaceValue.of(place, entry.getValue())) {
                case PlaceValue.Bad(Reason why) -> {
                    return new Settled.Refused(place.where(), why);
                }
                case PlaceValue.Good(String value) -> accepted.put(place, value);
            }
        }
        Proof proof = document.proof().settle(accepted, settling);
        if (!store.save(viewer.tenantId(), document.id(), document.version(), proof)) {
            return new Settled.Stale();
        }
        accepted.forEach((place, value) -> ledger.append(act(viewer, document, place, value)));
        return new Settled.Done(document.version() + 1);
    }

    private static Act act(Viewer viewer, Document document, Place place, String value) {
        return new Act(
                viewer.tenantId(),
                "criteria.reading-settled",
                document.id(),
                viewer.accountId(),
                Map.of(
                        "where", place.where(),
                        "from", shortened(place.value(), LONGEST_IN_LEDGER),
                        "to", shortened(value, LONGEST_IN_LEDGER),
                        "changed", !place.value().equals(value),
                        "version", document.version() + 1),
                document.sourceHash());
    }

    // ---- publication

    /** What came of publishing. */
    public sealed interface Publication {
        record Published(UUID id) implements Publication {}

        /** Nothing was changed; {@code why} has at least one reason. */
        record Refused(List<Reason> why) implements Publication {}
    }

    /** What is still missing before the draft can be published, whoever does it; empty if nothing. */
    public List<Reason> missing(Document document) {
        return PublicationRules.missing(document.proof());
    }

    /** Why this viewer may not publish the document although nothing is missing; empty if they may. */
    public Optional<Reason> barred(Viewer viewer, Document document) {
        return !viewer.may(Permission.PROOFREAD_DECISION)
                ? Optional.of(Reason.of("criteria.refused.not-proofreader"))
                : document.importedBy().equals(viewer.accountId()) ? Optional.of(OWN_IMPORT) : Optional.empty();
    }

    /** Decisions in force that the document, once published, can supersede: those that took effect before it. */
    public List<Listed> supersedable(Viewer viewer, Document document) {
        LocalDate from = Proof.day(document.proof().places(), Proof.EFFECT);
        return store.list(viewer.tenantId(), false).stream()
                .filter(listed -> listed.state() == State.PUBLISHED)
                .filter(listed -> from != null
                        && listed.effectiveFrom() != null
                        && listed.effectiveFrom().isBefore(from))
                .toList();
    }

    /**
     * Puts a draft in force: by a proof-reader other than its importer, once every doubt is settled. It never changes again.
     *
     * @param version as last seen; what was corrected since must be seen first
     * @param supersedes a decision in force that this one ends on the day it takes effect, or null
     */
    @Transactional
    public Publication publish(Viewer viewer, UUID id, int version, @Nullable UUID supersedes) {
        require(viewer, Permission.PROOFREAD_DECISION);
        Document document = store.lock(viewer.tenantId(), id).orElseThrow(() -> new NotFound("decision"));
        if (document.state() != State.DRAFT) {
            String key = document.state() == State.DROPPED ? "criteria.refused.dropped" : "criteria.refused.published";
            return new Publication.Refused(List.of(Reason.of(key)));
        }
        if (document.version() != version) {
            return new Publication.Refused(List.of(Reason.of("criteria.refused.stale")));
        }
        var why = new ArrayList<>(missing(document));
        barred(viewer, document).ifPresent(why::addFirst);
        LocalDate from = Proof.day(document.proof().places(), Proof.EFFECT);
        if (supersedes != null && from != null) {
            store.lock(viewer.tenantId(), supersedes);
            if (supersedable(viewer, document).stream()
                    .noneMatch(listed -> listed.id().equals(supersedes))) {
                why.add(Reason.of("criteria.refused.supersedes"));
            }
        }
        if (!why.isEmpty() || from == null) {
            return new Publication.Refused(why);
        }
        if (supersedes != null) {
            supersede(viewer, supersedes, id, from);
        }
        boolean published =
                store.publish(viewer.tenantId(), id, version, viewer.accountId(), clock.instant(), supersedes);
        Check.that(published, "a locked draft of somebody else's can be published");
        var sets = new ArrayList<Map<String, Object>>();
        var wrote = new ArrayList<Piece>();
        wrote.add(Piece.of(CriteriaEvidence.DECISION, id));
        wrote.add(Piece.of(CriteriaEvidence.SETS, id));
        for (SetWords set : SetWords.of(document.proof())) {
            UUID setId = store.insertSet(viewer.tenantId(), id, set);
            byte[] hash = words.text(viewer.tenantId(), setId).hash();
            wrote.add(Piece.of(CriteriaEvidence.GROUPS, setId));
            wrote.add(Piece.of(CriteriaEvidence.CRITERIA, setId));
            wrote.add(Piece.of(CriteriaEvidence.ITEMS, setId));
            sets.add(Map.of(
                    "id", setId.toString(),
                    "title", set.title(),
                    "audience", set.audience().name(),
                    "items", set.items().size(),
                    "sha256", HexFormat.of().formatHex(hash)));
        }
        ledger.append(new Act(
                viewer.tenantId(),
                "criteria.decision-published",
                id,
                viewer.accountId(),
                Map.of(
                        "number", Proof.value(document.proof().places(), Proof.NUMBER),
                        "signedOn", Proof.value(document.proof().places(), Proof.DATE),
                        "effectiveFrom", from.toString(),
                        "version", version,
                        "importedBy", document.importedBy().toString(),
                        "sets", sets),
                document.sourceHash(),
                wrote));
        return new Publication.Published(id);
    }

    private void supersede(Viewer viewer, UUID earlier, UUID later, LocalDate from) {
        Check.that(store.supersede(viewer.tenantId(), earlier, from), "a locked decision in force can be superseded");
        ledger.append(new Act(
                        viewer.tenantId(),
                        "criteria.decision-superseded",
                        earlier,
                        viewer.accountId(),
                        Map.of("by", later.toString(), "from", from.toString()))
                .with(Piece.of(CriteriaEvidence.DECISION, earlier)));
    }

    /** What came of dropping a draft. */
    public sealed interface Dropped {
        record Done() implements Dropped {}

        record Refused(Reason why) implements Dropped {}
    }

    /** Puts a draft aside for good, with the reason. */
    @Transactional
    public Dropped drop(Viewer viewer, UUID id, int version, String reason) {
        requireWork(viewer);
        Document document = get(viewer, id);
        String line = Texts.oneLine(reason);
        if (line.isEmpty() || line.length() > LONGEST_REASON) {
            return new Dropped.Refused(Reason.of("criteria.refused.reason"));
        }
        if (document.state().readable()) {
            return new Dropped.Refused(Reason.of("criteria.refused.published"));
        }
        if (document.state() == State.DROPPED) {
            return new Dropped.Done();
        }
        if (!store.drop(viewer.tenantId(), id, version, document.proof().dropped(line))) {
            return new Dropped.Refused(Reason.of("criteria.refused.stale"));
        }
        ledger.append(new Act(
                viewer.tenantId(),
                "criteria.decision-dropped",
                id,
                viewer.accountId(),
                Map.of("reason", line, "version", version),
                document.sourceHash()));
        return new Dropped.Done();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, text.offsetByCodePoints(0, most / 2)) + "…";
    }
}
