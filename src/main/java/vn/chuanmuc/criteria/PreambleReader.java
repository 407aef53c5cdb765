package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands between the word "QUYẾT ĐỊNH" and the first article: the subject, the legal bases and the issuer. */
final class PreambleReader {
    /** What a legal basis begins with, without marks. */
    private static final List<String> BASIS_WORDS =
            List.of("CAN CU ", "XET ", "THEO DE NGHI ", "THUC HIEN ", "TREN CO SO ");

    private final Findings findings;
    private final List<Line> subject = new ArrayList<>();
    private final List<Line> issuer = new ArrayList<>();
    private final List<List<Line>> bases = new ArrayList<>();

    PreambleReader(Findings findings) {
        this.findings = findings;
    }

    void read(List<Line> lines) {
        boolean newParagraph = true;
        boolean inIssuer = false;
        for (var line : lines) {
            if (line.blank() || DecisionReader.namesDecision(line)) {
                newParagraph = true;
                continue;
            }
            if (opensBasis(line)) {
                var basis = new ArrayList<Line>();
                basis.add(unmarked(line));
                bases.add(basis);
                inIssuer = false;
            } else if (line.capitals() && !continuesCapitalSubject(newParagraph)) {
                issuer.add(line);
                inIssuer = true;
            } else if (bases.isEmpty() && (subject.isEmpty() || (!newParagraph && !inIssuer))) {
                subject.add(line);
            } else if (!bases.isEmpty() && !newParagraph && !inIssuer) {
                bases.getLast().add(line);
            } else {
                findings.doubt(line.number(), "decision", Doubt.Code.LINE_SET_ASIDE, SetReader.shortened(line));
            }
            newParagraph = false;
        }
        if (subject.isEmpty()) {
            findings.doubt(0, "decision.subject", Doubt.Code.SUBJECT_MISSING);
        }
        if (issuer.isEmpty()) {
            findings.doubt(0, "decision.issuer", Doubt.Code.ISSUER_MISSING);
        }
        if (bases.isEmpty()) {
            findings.doubt(0, "decision.legalBases", Doubt.Code.LEGAL_BASES_MISSING);
        }
    }

    /** A subject may itself be printed in capitals: then the issuer begins with the next paragraph. */
    private boolean continuesCapitalSubject(boolean newParagraph) {
        return bases.isEmpty()
                && issuer.isEmpty()
                && subject.stream().allMatch(Line::capitals)
                && (subject.isEmpty() || !newParagraph);
    }

    @Nullable
    Printed subject() {
        return joined(subject);
    }

    @Nullable
    Printed issuer() {
        return joined(issuer);
    }

    List<ReadLegalBasis> legalBases() {
        var read = new ArrayList<ReadLegalBasis>();
        for (var basis : bases) {
            var printed = joined(basis);
            if (printed != null) {
                var cited = CitationReader.find(printed.text(), printed.line());
                read.add(new ReadLegalBasis(
                        printed.text(),
                        cited == null ? null : cited.number(),
                        cited != null && cited.dateClean() ? cited.dates().getFirst() : null,
                        printed.line()));
            }
        }
        return read;
    }

    private static boolean opensBasis(Line line) {
        var marker = Marker.find(line);
        return (marker != null && marker.kind() == Marker.Kind.BULLET)
                || (BASIS_WORDS.stream().anyMatch(line.key()::startsWith) && !line.capitals());
    }

    private static Line unmarked(Line line) {
        var marker = Marker.find(line);
        return marker == null ? line : Line.of(line.number(), marker.rest());
    }

    private static @Nullable Printed joined(List<Line> lines) {
        return lines.isEmpty()
                ? null
                : new Printed(
                        String.join(" ", lines.stream().map(Line::plain).toList()),
                        lines.getFirst().number());
    }
}
