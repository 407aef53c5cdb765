package vn.chuanmuc.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An article while its lines are still coming in. */
final class Article {
    private static final Pattern HEADING =
            Pattern.compile("(\\p{L}{4} ([0-9]{1,3}) ?[.:–-]) ?(.*+)", Pattern.UNICODE_CHARACTER_CLASS);

    record Heading(String printed, int number, String rest) {}

    final int number;
    final String heading;
    final int line;
    final List<Line> lines = new ArrayList<>();

    private Article(int number, String heading, int line) {
        this.number = number;
        this.heading = heading;
        this.line = line;
    }

    static @Nullable Heading heading(Line line) {
        if (!line.key().startsWith("DIEU ")) {
            return null;
        }
        var matcher = HEADING.matcher(line.plain());
        return matcher.matches()
                ? new Heading(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3))
                : null;
    }

    static Article headed(Heading heading, Line line) {
        var article = new Article(heading.number(), heading.printed(), line.number());
        if (!heading.rest().isEmpty()) {
            article.lines.add(Line.of(line.number(), heading.rest()));
        }
        return article;
    }

    static Article unheaded(int number, Line line) {
        var article = new Article(number, "", line.number());
        article.lines.add(line);
        return article;
    }

    ReadArticle read() {
        var text = String.join("\n", lines.stream().map(Line::plain).toList());
        return new ReadArticle(number, heading, text, line);
    }
}
