package vn.chuanmuc.sheets;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import vn.chuanmuc.assessments.PaperForms.Blank;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.office.PaperDocument;
import vn.chuanmuc.office.PaperDocument.Fact;
import vn.chuanmuc.office.PaperDocument.Mark;
import vn.chuanmuc.office.PaperDocument.Points;
import vn.chuanmuc.office.PaperDocument.Points.Line;
import vn.chuanmuc.office.PaperDocument.SignatureBlock;
import vn.chuanmuc.office.TableDocument.Header;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.rules.RuleBook.Actor;

/** Lays out a blank form: who, which stage, the signed words, a box for each level. Nothing that anybody said is on it. */
final class SheetText {
    private static final String FORMAT = "chuanmuc/phieu-danh-gia/1";
    private static final String DOTS = " .".repeat(150);

    private SheetText() {}

    /** @param rater the unit whose head fills it in; empty on one's own */
    static PaperDocument document(
            Blank blank,
            String rater,
            RuleBook book,
            SetText set,
            SheetForm form,
            Layout layout,
            LocalDate day,
            Mark mark) {
        var about = blank.form();
        SheetForm.Facts words = form.facts();
        boolean self = blank.actor() == Actor.SELF;
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(words.stage(), blank.stageName()));
        facts.add(new Fact(words.person(), about.fullName()));
        facts.add(new Fact(words.position(), about.positionName() + ", " + about.unitName()));
        facts.add(new Fact(
                words.days(), VietnameseDates.format(about.dayFrom()) + " – " + VietnameseDates.format(about.dayTo())));
        if (!rater.isEmpty()) {
            facts.add(new Fact(words.rater(), form.raterOf().formatted(rater)));
        }
        facts.add(new Fact(words.rules(), book.name() + " (" + (book.named() ? book.basis() : form.noBasis()) + ")"));
        if (blank.handing() > 0) {
            facts.add(new Fact(words.handing(), String.valueOf(blank.handing() + 1)));
        }
        boolean issuer = form.issuerBlock().contains(layout.line());
        SheetForm.Signer signer = self ? form.self() : form.other();
        return new PaperDocument(
                form.title() + " – " + about.fullName() + " – " + blank.stageName(),
                day,
                layout,
                new Header("", issuer ? about.unitName() : "", null, form.place(), null),
                List.of(form.title()),
                about.cycleTitle(),
                facts,
                List.of(form.opening()),
                new Points(form.numberHeading(), form.wordsHeading(), choices(book), form.remark(), lines(set)),
                List.of(form.whole() + DOTS, form.closing()),
                List.of(),
                List.of(new SignatureBlock(
                        signer.field(),
                        signer.about(),
                        signer.capacity(),
                        signer.note(),
                        self ? about.fullName() : "")),
                mark,
                "vi");
    }

    private static List<String> choices(RuleBook book) {
        var choices = new ArrayList<String>();
        for (RuleBook.Level level : book.scale()) {
            choices.add(choices.size() + 1 + ". " + level.words());
        }
        return choices;
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

    /** Everything printed but the signed words, line by line: the own part of the paper's text. */
    static String head(PaperDocument document) {
        var text = new StringBuilder(FORMAT).append('\n');
        document.heading().forEach(line -> text.append(line).append('\n'));
        text.append(document.subheading()).append('\n');
        document.facts()
                .forEach(fact -> text.append(fact.label())
                        .append(": ")
                        .append(fact.value())
                        .append('\n'));
        document.opening().forEach(line -> text.append(line).append('\n'));
        document.points().choices().forEach(choice -> text.append(choice).append('\n'));
        document.closing().forEach(line -> text.append(line.strip()).append('\n'));
        return text.append('\n').toString();
    }
}
