package vn.chuanmuc.criteria;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a decision that promulgates criteria sets. It keeps what is printed, proposes what it means, and lists
 * everything it is not sure of; a text it cannot read gives errors with their lines, never an exception.
 */
final class DecisionReader {
    static final int MOST_LINES = 20_000;
    static final int MOST_CHARACTERS_IN_A_LINE = 20_000;
    static final int MOST_CHARACTERS = 4_000_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final List<Line> lines;
    private final List<Line> otherReadings;
    private final Findings findings = new Findings();

    private DecisionReader(List<Line> lines, List<Line> otherReadings) {
        this.lines = lines;
        this.otherReadings = otherReadings;
    }

    static Reading read(List<String> lines) {
        return read(lines, List.of());
    }

    /**
     * @param lines the text's lines in order, see {@link #linesOf}
     * @param otherReadings what other sources say about this decision's number and date, one reading each
     */
    static Reading read(List<String> lines, List<String> otherReadings) {
        var broken = new Findings();
        TextCheck.check(lines, broken);
        if (broken.hasErrors()) {
            return new Reading.Unreadable(broken.errors());
        }
        var others = otherReadings.stream()
                .map(other -> Line.of(0, other.substring(0, Math.min(other.length(), 500))))
                .toList();
        return new DecisionReader(Line.of(lines), others).read();
    }

    /** The lines of a text, whatever ends them (LF, CRLF, CR). */
    static List<String> linesOf(String text) {
        return List.of(text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1));
    }

    /** "Nơi nhận", which opens the list of recipients. */
    static boolean opensRecipients(Line line) {
        return line.key().startsWith("NOI NHAN");
    }

    /** "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH": for whom the signer signs. */
    static boolean authority(Line line) {
        return line.capitals()
                && List.of(
                                "T/M ", "TM. ", "TM ", "T.M ", "K/T ", "KT. ", "KT ", "T/L ", "TL. ", "TL ", "TUQ. ",
                                "TUQ ", "Q. ")
                        .stream()
                        .anyMatch(line.key()::startsWith);
    }

    private Reading read() {
        int firstArticle = indexOf(0, lines.size(), line -> Article.heading(line) != null);
        var setStarts = new ArrayList<Integer>();
        for (int i = Math.max(firstArticle, 0); i < lines.size(); i++) {
            if (SetReader.opensSet(lines.get(i))) {
                setStarts.add(i);
            }
        }
        int end = setStarts.isEmpty() ? lines.size() : setStarts.getFirst();
        int type = indexOf(0, firstArticle < 0 ? end : firstArticle, DecisionReader::namesDecision);
        if (type < 0 && firstArticle < 0) {
            int line = indexOf(0, lines.size(), any -> !any.blank());
            var code = line < 0 ? ReadError.Code.EMPTY : ReadError.Code.NOT_A_DECISION;
            findings.error(Math.max(line, 0) + 1, "", code);
            return new Reading.Unreadable(findings.errors());
        }
        if (type < 0) {
            findings.doubt(0, "decision.type", Doubt.Code.TYPE_MISSING);
        }
        var citations = new ArrayList<Citation>();
        int bodyStart = firstArticle < 0 ? end : firstArticle;
        var head = citeHead(lines.subList(0, type < 0 ? 0 : type));
        if (head != null) {
            citations.add(head);
        }
        var preamble = new PreambleReader(findings);
        preamble.read(lines.subList(type + 1, Math.max(type + 1, bodyStart)));
        var body = new BodyReader(findings);
        body.read(lines.subList(bodyStart, end));
        checkEmphasis(lines.subList(0, end));

        var sets = new ArrayList<ReadSet>();
        for (int i = 0; i < setStarts.size(); i++) {
            int setEnd = i + 1 < setStarts.size() ? setStarts.get(i + 1) : lines.size();
            var reader = new SetReader(lines.subList(setStarts.get(i), setEnd), i + 1, findings);
            sets.add(reader.read());
            var citation = reader.citation();
            if (citation != null) {
                citations.add(citation);
            }
        }
        if (sets.isEmpty()) {
            findings.error(lines.size(), "", ReadError.Code.NO_SET);
        } else if (body.announcedSets() > 0 && body.announcedSets() != sets.size()) {
            findings.doubt(
                    0,
                    "decision.sets",
                    Doubt.Code.SET_COUNT_DIFFERS,
                    String.valueOf(body.announcedSets()),
                    String.valueOf(sets.size()));
        }
        for (var other : otherReadings) {
            var citation = CitationReader.find(other.plain(), 0);
            if (citation == null) {
                findings.doubt(0, "decision", Doubt.Code.OTHER_READING_UNREADABLE, SetReader.shortened(other));
            } else {
                citations.add(citation);
            }
        }
        var numbers = rankNumbers(citations);
        var dates = rankDates(citations);
        doubtNumber(citations, numbers);
        doubtDate(citations);
        if (findings.hasErrors()) {
            return new Reading.Unreadable(findings.errors());
        }
        var decision = new ReadDecision(
                type < 0
                        ? null
                        : new Printed(lines.get(type).plain(), lines.get(type).number()),
                preamble.subject(),
                preamble.issuer(),
                citations,
                numbers,
                dates,
                preamble.legalBases(),
                body.articles(),
                body.effect(),
                body.recipients(),
                body.authority(),
                body.signerTitle(),
                body.signer(),
                sets);
        return new Reading.Read(decision, findings.doubts());
    }

    static boolean namesDecision(Line line) {
        return line.key().equals("QUYET DINH") || line.key().equals("QUYET DINH:");
    }

    private int indexOf(int from, int to, Predicate<Line> wanted) {
        for (int i = from; i < to; i++) {
            if (wanted.test(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The number and the date in the letterhead, which stand apart, often in two columns. */
    private static @Nullable Citation citeHead(List<Line> letterhead) {
        Citation number = null;
        Citation date = null;
        for (var line : letterhead) {
            var found = CitationReader.find(line.plain(), line.number());
            if (found != null) {
                number = number == null && found.number() != null ? found : number;
                date = date == null && found.printedDate() != null ? found : date;
            }
        }
        if (number == null || date == null) {
            return number == null ? date : number;
        }
        return new Citation(
                number.equals(date) ? number.printed() : number.printedNumber() + ", " + date.printedDate(),
                number.line(),
                number.printedNumber(),
                number.number(),
                date.printedDate(),
                date.dates(),
                number.numberClean(),
                date.dateClean());
    }

    /** An odd asterisk was perhaps no emphasis but a sign of the text, and it is not shown. */
    private void checkEmphasis(List<Line> decision) {
        long asterisks = 0;
        int last = 0;
        for (var line : decision) {
            if (!line.blank()) {
                long here = line.printed().chars().filter(c -> c == '*').count();
                asterisks += here;
                last = here > 0 ? line.number() : last;
            }
        }
        if (asterisks % 2 == 1) {
            findings.doubt(last, "decision", Doubt.Code.EMPHASIS_UNPAIRED);
        }
    }

    private static List<String> rankNumbers(List<Citation> citations) {
        var votes = new LinkedHashMap<String, Integer>();
        for (var citation : citations) {
            if (citation.number() != null) {
                votes.merge(citation.number(), 1, Integer::sum);
            }
        }
        return ranked(votes);
    }

    /** A date printed beyond doubt weighs 3, the likeliest meaning of another 2, every further meaning 1. */
    private static List<LocalDate> rankDates(List<Citation> citations) {
        var votes = new LinkedHashMap<LocalDate, Integer>();
        for (var citation : citations) {
            for (int i = 0; i < citation.dates().size(); i++) {
                votes.merge(citation.dates().get(i), citation.dateClean() ? 3 : i == 0 ? 2 : 1, Integer::sum);
            }
        }
        return ranked(votes);
    }

    private static <T> List<T> ranked(Map<T, Integer> votes) {
        return votes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void doubtNumber(List<Citation> citations, List<String> numbers) {
        if (numbers.isEmpty()) {
            findings.doubt(0, "decision.number", Doubt.Code.NUMBER_MISSING);
        }
        for (var citation : citations) {
            if (citation.number() != null && citation.printedNumber() != null && !citation.numberClean()) {
                findings.doubt(
                        citation.line(),
                        "decision.number",
                        Doubt.Code.NUMBER_FILLED_IN,
                        citation.printedNumber(),
                        citation.number());
            }
        }
        if (numbers.size() > 1) {
            findings.doubt(0, "decision.number", Doubt.Code.NUMBER_CONFLICT, String.join("; ", numbers));
        }
    }

    private void doubtDate(List<Citation> citations) {
        boolean printed = false;
        for (var citation : citations) {
            var date = citation.printedDate();
            if (date == null) {
                continue;
            }
            printed = true;
            if (citation.dates().isEmpty()) {
                findings.doubt(citation.line(), "decision.date", Doubt.Code.DATE_UNREADABLE, date);
            } else if (!citation.dateClean()) {
                findings.doubt(
                        citation.line(), "decision.date", Doubt.Code.DATE_AMBIGUOUS, date, days(citation.dates()));
            }
        }
        if (!printed) {
            findings.doubt(0, "decision.date", Doubt.Code.DATE_MISSING);
        }
        var likeliest = citations.stream()
                .filter(citation -> !citation.dates().isEmpty())
                .map(citation -> citation.dates().getFirst())
                .distinct()
                .toList();
        if (likeliest.size() > 1) {
            findings.doubt(0, "decision.date", Doubt.Code.DATE_CONFLICT, days(likeliest));
        }
    }

    private static String days(List<LocalDate> dates) {
        return dates.stream().map(DAY::format).collect(Collectors.joining("; "));
    }
}
