package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the articles, the recipients and the signature of a decision. */
final class BodyReader {
    private static final Pattern AS_ARTICLE = Pattern.compile("NHU (?:CAC )?DIEU ([0-9]{1,3})\\b.*+");
    private static final Pattern NAME = Pattern.compile("\\p{Lu}\\p{L}*+(?: \\p{Lu}\\p{L}*+){1,5}+");

    private enum Part {
        ARTICLES,
        RECIPIENTS,
        SIGNATURE
    }

    private final Findings findings;
    private final List<Article> articles = new ArrayList<>();
    private final List<Printed> recipients = new ArrayList<>();
    private final List<Line> offices = new ArrayList<>();
    private @Nullable Line authority;
    private @Nullable Line signer;
    private Part part = Part.ARTICLES;
    private int articleNamedByRecipients;
    private int announcedSets;
    private ReadEffect effect = new ReadEffect(ReadEffect.Rule.UNKNOWN, null, null);

    BodyReader(Findings findings) {
        this.findings = findings;
    }

    /** @param lines from the first article to the line before the first set */
    void read(List<Line> lines) {
        articleNamedByRecipients =
                lines.stream().mapToInt(BodyReader::articleNamed).max().orElse(0);
        boolean newParagraph = true;
        for (var line : lines) {
            if (line.blank()) {
                newParagraph = true;
                continue;
            }
            readLine(line, newParagraph);
            newParagraph = false;
        }
        nameInCapitals();
        readEffect();
        doubtMissing();
    }

    /** How many sets the articles list; 0 if they list none. */
    int announcedSets() {
        return announcedSets;
    }

    List<ReadArticle> articles() {
        return articles.stream().map(Article::read).toList();
    }

    ReadEffect effect() {
        return effect;
    }

    List<Printed> recipients() {
        return recipients;
    }

    @Nullable
    Printed authority() {
        return printed(authority);
    }

    @Nullable
    Printed signerTitle() {
        return offices.isEmpty()
                ? null
                : new Printed(
                        String.join(" ", offices.stream().map(Line::plain).toList()),
                        offices.getFirst().number());
    }

    @Nullable
    Printed signer() {
        return printed(signer);
    }

    private static @Nullable Printed printed(@Nullable Line line) {
        return line == null ? null : new Printed(line.plain(), line.number());
    }

    private static int articleNamed(Line line) {
        var marker = Marker.find(line);
        var matcher = AS_ARTICLE.matcher(marker == null ? line.key() : Line.key(marker.rest()));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private void readLine(Line line, boolean newParagraph) {
        var marker = Marker.find(line);
        if (DecisionReader.opensRecipients(line)) {
            part = Part.RECIPIENTS;
            int colon = line.plain().indexOf(':');
            var rest = colon < 0 ? "" : Line.trim(line.plain().substring(colon + 1));
            if (!rest.isEmpty()) {
                recipients.add(new Printed(rest, line.number()));
            }
        } else if (Article.heading(line) != null) {
            part = Part.ARTICLES;
            readArticleLine(line, marker, newParagraph);
        } else if (DecisionReader.authority(line) || (marker == null && newParagraph && line.capitals())) {
            part = Part.SIGNATURE;
            readSignature(line);
        } else {
            switch (part) {
                case ARTICLES -> readArticleLine(line, marker, newParagraph);
                case RECIPIENTS -> readRecipient(line, marker, newParagraph);
                case SIGNATURE -> readSignature(line);
            }
        }
    }

    private void readArticleLine(Line line, @Nullable Marker marker, boolean newParagraph) {
        var heading = Article.heading(line);
        int next = articles.isEmpty() ? 1 : articles.getLast().number + 1;
        if (heading != null) {
            if (heading.number() != next) {
                findings.doubt(
                        line.number(),
                        "article[" + (articles.size() + 1) + "]",
                        Doubt.Code.ARTICLE_NUMBERING,
                        String.valueOf(next),
                        String.valueOf(heading.number()));
            }
            articles.add(Article.headed(heading, line));
        } else if (newParagraph && marker == null && lostItsHeading(line)) {
            articles.add(Article.unheaded(next, line));
            findings.doubt(
                    line.number(),
                    "article[" + articles.size() + "]",
                    Doubt.Code.ARTICLE_WITHOUT_HEADING,
                    String.valueOf(next));
        } else {
            articles.getLast().lines.add(line);
            if (marker != null && Line.key(marker.rest()).startsWith("BO TIEU CHI")) {
                announcedSets++;
            }
        }
    }

    /**
     * The article of those who carry the decision out ends with "thi hành quyết định này". As a paragraph of its own it is
     * an article without a heading, unless the recipients ("Như điều 3") name the article it already stands in.
     */
    private boolean lostItsHeading(Line line) {
        var key = line.key();
        boolean addressees = key.contains("THI HANH QUYET DINH NAY") || key.contains("CHIU TRACH NHIEM THI HANH");
        var current = articles.getLast();
        return addressees && !current.lines.isEmpty() && articleNamedByRecipients != current.number;
    }

    private void readRecipient(Line line, @Nullable Marker marker, boolean newParagraph) {
        if (marker != null) {
            recipients.add(new Printed(marker.rest(), line.number()));
        } else if (!newParagraph && !recipients.isEmpty()) {
            var last = recipients.removeLast();
            recipients.add(new Printed(last.text() + " " + line.plain(), last.line()));
        } else if (",;.".indexOf(line.plain().charAt(line.plain().length() - 1)) >= 0) {
            recipients.add(new Printed(line.plain(), line.number()));
        } else {
            part = Part.SIGNATURE;
            readSignature(line);
        }
    }

    private void readSignature(Line line) {
        if (authority == null && offices.isEmpty() && DecisionReader.authority(line)) {
            authority = line;
        } else if (signer == null && line.capitals()) {
            offices.add(line);
        } else if (signer == null && NAME.matcher(line.plain()).matches()) {
            signer = line;
        } else {
            findings.doubt(line.number(), "decision.signature", Doubt.Code.LINE_SET_ASIDE, SetReader.shortened(line));
        }
    }

    /** A name printed in capitals looks like one more office; a common family name tells it. */
    private void nameInCapitals() {
        if (signer == null
                && offices.size() > 1
                && NAME.matcher(offices.getLast().plain()).matches()
                && FamilyNames.common(firstWord(offices.getLast()))) {
            signer = offices.removeLast();
        }
    }

    private void readEffect() {
        for (var article : articles) {
            for (int i = 0; i < article.lines.size(); i++) {
                var line = article.lines.get(i);
                int at = line.key().indexOf("CO HIEU LUC");
                if (at < 0) {
                    continue;
                }
                var next = i + 1 < article.lines.size()
                        ? " " + article.lines.get(i + 1).plain()
                        : "";
                var clause = line.plain().substring(Math.min(at, line.plain().length())) + next;
                effect = effect(clause, new Printed(line.plain(), line.number()));
                if (effect.rule() == ReadEffect.Rule.UNKNOWN) {
                    findings.doubt(
                            line.number(), "decision.effect", Doubt.Code.EFFECT_UNCLEAR, SetReader.shortened(line));
                }
                return;
            }
        }
        findings.doubt(0, "decision.effect", Doubt.Code.EFFECT_MISSING);
    }

    private static ReadEffect effect(String clause, Printed printed) {
        var key = Line.key(clause);
        if (key.contains("TU NGAY KY")) {
            return new ReadEffect(ReadEffect.Rule.FROM_SIGNING, null, printed);
        }
        var date = CitationReader.certainDate(clause);
        return date == null
                ? new ReadEffect(ReadEffect.Rule.UNKNOWN, null, printed)
                : new ReadEffect(ReadEffect.Rule.ON_DATE, date, printed);
    }

    private void doubtMissing() {
        if (articles.isEmpty()) {
            findings.doubt(0, "decision.articles", Doubt.Code.ARTICLES_MISSING);
        }
        if (recipients.isEmpty()) {
            findings.doubt(0, "decision.recipients", Doubt.Code.RECIPIENTS_MISSING);
        }
        if (authority == null && offices.isEmpty()) {
            findings.doubt(0, "decision.signature", Doubt.Code.SIGNATURE_MISSING);
        }
        if (signer == null) {
            findings.doubt(0, "decision.signer", Doubt.Code.SIGNER_MISSING);
        } else if (!FamilyNames.common(firstWord(signer))) {
            var resembling = FamilyNames.resembling(firstWord(signer));
            if (resembling.isEmpty()) {
                findings.doubt(
                        signer.number(),
                        "decision.signer",
                        Doubt.Code.FAMILY_NAME_UNCOMMON,
                        firstWord(signer),
                        signer.plain());
            } else {
                findings.doubt(
                        signer.number(),
                        "decision.signer",
                        Doubt.Code.FAMILY_NAME_RESEMBLES,
                        firstWord(signer),
                        signer.plain(),
                        String.join(", ", resembling));
            }
        }
    }

    private static String firstWord(Line line) {
        int blank = line.plain().indexOf(' ');
        return blank < 0 ? line.plain() : line.plain().substring(0, blank);
    }
}
