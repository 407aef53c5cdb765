package vn.chuanmuc.commitments;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.documents.PaperCodes;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.Layouts;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.TableDocument.Header;

/**
 * Lays out the text of an issued paper: everything printed is read from that text, so the paper says what its hash is of and nothing
 * beside it but the form's own words. A paper is therefore printed again from its row alone.
 */
final class PaperText {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private PaperText() {}

    /** @param set whose canonical form is the second part of the paper's text */
    static PaperDocument document(Paper paper, SetText set, PaperCodes codes) {
        Check.that(Sha256.same(set.hash(), paper.bodyHash()), "a paper is printed with its own words");
        PaperForm form = PaperForm.of(paper.form());
        Layout layout = Layouts.of(paper.layout()).upright();
        boolean confirmed = paper.kind().equals(CommitmentPapers.CONFIRMED);
        var head = new Head(paper.head());
        String name = head.value(CommitmentDocument.NAME);
        boolean issuer = form.issuerBlock().contains(layout.line());
        return new PaperDocument(
                head.title + " – " + name,
                LocalDate.ofInstant(paper.issuedAt(), ZONE),
                layout,
                new Header("", issuer ? head.value(CommitmentDocument.UNIT) : "", null, form.place(), null),
                List.of(head.title),
                set.title() + (set.issuedWith().isEmpty() ? "" : "\n" + set.issuedWith()),
                confirmed ? head.before(CommitmentDocument.METHOD) : head.facts,
                List.of(head.opening),
                new Points(form.numberHeading(), form.wordsHeading(), lines(set)),
                confirmed ? List.of() : List.of(form.closing()),
                confirmed ? proof(head, paper) : List.of(),
                confirmed ? List.of() : List.of(block(form.head(), ""), block(form.person(), name)),
                new Mark(
                        form.codeLabel(),
                        paper.code().written(),
                        (page, pages) -> codes.mark(paper.code(), page, pages)),
                "vi");
    }

    private static List<Fact> proof(Head head, Paper paper) {
        var proof = new ArrayList<>(head.from(CommitmentDocument.METHOD));
        proof.add(new Fact("SHA-256 của văn bản đã xác nhận", HexFormat.of().formatHex(paper.textHash())));
        return proof;
    }

    private static SignatureBlock block(PaperForm.Signer signer, String name) {
        return new SignatureBlock(signer.field(), signer.about(), signer.capacity(), signer.note(), name);
    }

    private static List<Line> lines(SetText set) {
        var lines = new ArrayList<Line>();
        for (SetText.Group group : set.groups()) {
            lines.add(new Line.Group(heading(group.numeral(), group.title())));
            for (SetText.Criterion criterion : group.criteria()) {
                lines.add(new Line.Criterion(heading(criterion.numeral(), criterion.title())));
                criterion.items().forEach(item -> lines.add(new Line.Item(item.position(), item.words())));
            }
        }
        return lines;
    }

    private static String heading(String numeral, String title) {
        return numeral.isEmpty() ? title : numeral + ". " + title;
    }

    /** The first part as {@link CommitmentDocument} writes it: format, title, facts, the sentence that opens the second. */
    private static final class Head {
        private final String title;
        private final String opening;
        private final List<Fact> facts = new ArrayList<>();

        Head(String text) {
            List<String> lines = text.lines().toList();
            title = lines.get(1);
            int at = 3;
            for (; !lines.get(at).isEmpty(); at++) {
                int colon = lines.get(at).indexOf(": ");
                facts.add(
                        colon < 0
                                ? new Fact(
                                        lines.get(at).substring(0, lines.get(at).length() - 1), "")
                                : new Fact(
                                        lines.get(at).substring(0, colon),
                                        lines.get(at).substring(colon + 2)));
            }
            opening = lines.get(at + 1);
        }

        String value(String label) {
            return facts.stream()
                    .filter(fact -> fact.label().equals(label))
                    .map(Fact::value)
                    .findFirst()
                    .orElse("");
        }

        private int index(String label) {
            return facts.stream().map(Fact::label).toList().indexOf(label);
        }

        List<Fact> before(String label) {
            return facts.subList(0, index(label));
        }

        List<Fact> from(String label) {
            return facts.subList(index(label), facts.size());
        }
    }
}
