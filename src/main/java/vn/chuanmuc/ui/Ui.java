package vn.chuanmuc.ui;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.web.csrf.CsrfToken;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.kernel.VietnameseNumbers;

/** What every template speaks through: words, dates, numbers and the frame, for one request. */
public final class Ui {
    /** As {@link VietnameseNumbers} writes them, and not within a name. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\p{N}_.,])[0-9]{1,3}([.][0-9]{3})*(,[0-9]+)?(?![\\p{L}_])");

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    /** By the pattern the messages give, of which there is one in each language. */
    private static final Map<String, DateTimeFormatter> MOMENTS = new ConcurrentHashMap<>();

    private static final Set<String> OF_THE_DAY = Set.of(AsOf.PARAMETER, Paging.PARAMETER, Paging.CURSOR);

    private final MessageSource messages;
    /** Words without arguments in this language, found once for all requests: a list asks for hundreds. */
    private final Map<String, String> words;

    private final Assets assets;
    private final Locale locale;
    private final Visitor visitor;
    private final @Nullable CsrfToken csrf;
    private final String path;
    private final String address;
    private final @Nullable String done;
    private final @Nullable Dated dated;
    private final @Nullable AsOf asOf;

    Ui(
            MessageSource messages,
            Map<String, String> words,
            Assets assets,
            Locale locale,
            Visitor visitor,
            @Nullable CsrfToken csrf,
            String path,
            String address,
            @Nullable String done,
            @Nullable Dated dated) {
        this.messages = messages;
        this.words = words;
        this.assets = assets;
        this.locale = locale;
        this.visitor = visitor;
        this.csrf = csrf;
        this.path = path;
        this.address = address;
        this.done = done;
        this.dated = dated;
        this.asOf = dated == null ? null : dated.asOf();
    }

    /** The words for a key, with its arguments written as people read them. */
    public String t(String key, @Nullable Object... arguments) {
        if (arguments.length == 0) {
            return words.computeIfAbsent(key, unknown -> messages.getMessage(unknown, null, locale));
        }
        var written = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            written[i] = write(arguments[i]);
        }
        return messages.getMessage(key, written, locale);
    }

    public String t(Reason reason) {
        return t(reason.key(), reason.arguments().toArray());
    }

    public boolean has(String key) {
        return messages.getMessage(key, null, null, locale) != null;
    }

    private Object write(@Nullable Object argument) {
        return switch (argument) {
            case null -> "";
            case LocalDate day -> date(day);
            case Instant moment -> moment(moment);
            case Year year -> year.toString();
            case Integer number -> number(number);
            case Long number -> number(number);
            case BigDecimal number -> number(number);
            case Reason reason -> t(reason);
            default -> argument;
        };
    }

    public String lang() {
        return locale.getLanguage();
    }

    public boolean vietnamese() {
        return !lang().equals("en");
    }

    public Visitor visitor() {
        return visitor;
    }

    public String path() {
        return path;
    }

    /** The page that is looked at with all it was asked for, as it stands in the browser's line of addresses. */
    public String address() {
        return address;
    }

    /**
     * Whether the navigation entry leads to where we are.
     *
     * @param place the entry a page belongs to that says so itself; null where its address tells
     */
    public boolean at(String href, @Nullable String place) {
        return place != null ? place.equals(href) : path.equals(href) || path.startsWith(href + "/");
    }

    /** The section of the navigation that we are in, where it has pages of its own; null otherwise. */
    public Visitor.@Nullable NavItem section(@Nullable String place) {
        return visitor.navigation().stream()
                .filter(item -> item.below().stream().anyMatch(page -> at(page.href(), place)))
                .findFirst()
                .orElse(null);
    }

    /** The value of {@code aria-current} for a main entry: {@code page}, {@code true} for a section we are in, or null. */
    public @Nullable String current(Visitor.NavItem item, @Nullable String place) {
        return item.below().isEmpty()
                ? at(item.href(), place) ? "page" : null
                : item.equals(section(place)) ? "true" : null;
    }

    /** The day the page shows; null when it cannot be asked for one. */
    public @Nullable AsOf asOf() {
        return asOf;
    }

    /** Message key of what the page shows as it is kept today although a day that is past is asked for; or null. */
    public @Nullable String undated() {
        return past() && dated != null ? dated.undated() : null;
    }

    /** Whether the page shows a day that is past: then it offers no command. */
    public boolean past() {
        return asOf != null && asOf.past();
    }

    /** For addresses without other parameters that stay on the day: {@code ?ngay=dd/MM/yyyy}, or nothing today. */
    public String onDay() {
        return asOf == null ? "" : asOf.query();
    }

    /** For addresses with parameters that stay on the day: {@code &ngay=dd/MM/yyyy}, or nothing today. */
    public String andDay() {
        return past() ? "&" + onDay().substring(1) : "";
    }

    /** The page's address as it shows today. */
    public String today() {
        String asked = asked().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
        return asked.isEmpty() ? path : path + "?" + asked;
    }

    /** What the page was asked for, but the day and the place in a long list, which is another one on another day. */
    public List<Map.Entry<String, String>> asked() {
        int query = address.indexOf('?');
        return query < 0
                ? List.of()
                : Stream.of(address.substring(query + 1).split("&"))
                        .map(one -> one.split("=", 2))
                        .filter(one -> one.length == 2 && !one[1].isEmpty() && !OF_THE_DAY.contains(one[0]))
                        .map(one -> Map.entry(decode(one[0]), decode(one[1])))
                        .toList();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no encoding at all: as it was typed
        }
    }

    public String csrfName() {
        return csrf == null ? "_csrf" : csrf.getParameterName();
    }

    public String csrfValue() {
        return csrf == null ? "" : csrf.getToken();
    }

    /** Key of the message that tells what was just done, or null; taken from a fixed family of keys, never free text. */
    public @Nullable String doneKey() {
        return done != null && has("done." + done) ? "done." + done : null;
    }

    /** dd/MM/yyyy, or a dash where there is no date. */
    public String date(@Nullable LocalDate day) {
        return day == null ? "–" : VietnameseDates.format(day);
    }

    public String moment(@Nullable Instant moment) {
        if (moment == null) {
            return "–";
        }
        return MOMENTS.computeIfAbsent(
                        t("ui.moment"),
                        pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                                .withZone(ZONE))
                .format(moment);
    }

    public LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }

    /** 1.234 in Vietnamese, 1,234 in English. */
    public String number(long number) {
        String digits = Long.toString(Math.abs(number));
        var written = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                written.append(vietnamese() ? '.' : ',');
            }
            written.append(digits.charAt(i));
        }
        return number < 0 ? "-" + written : written.toString();
    }

    /** All digits the number has: 1.234,5 in Vietnamese, 1,234.5 in English. */
    public String number(BigDecimal number) {
        String written = VietnameseNumbers.format(number);
        return vietnamese()
                ? written
                : written.replace('.', ' ').replace(',', '.').replace(' ', ',');
    }

    /** The numbers of an expression as {@link #number(BigDecimal)} writes them; places such as I.2.3 stay as they are. */
    public String expression(String expression) {
        return vietnamese()
                ? expression
                : NUMBER.matcher(expression)
                        .replaceAll(number -> number.group()
                                .replace('.', ' ')
                                .replace(',', '.')
                                .replace(' ', ','));
    }

    /** A share with one decimal: “87,5%”; a dash when there is nothing to divide by. 100% only when nothing is missing. */
    public String percent(long part, long whole) {
        if (whole == 0) {
            return "–";
        }
        String share = VietnameseNumbers.percent(part, whole);
        return vietnamese() ? share : share.replace(',', '.');
    }

    public String asset(String name) {
        return assets.address(name);
    }

    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
