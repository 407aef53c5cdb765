package vn.chuanmuc.notifications;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.VietnameseDates;

/**
 * The words of mails: plain text, one link each. Nothing in them comes from what people entered, and nothing is about anybody: the
 * mail says that something waits, the rest is read after signing in (ADR 0022).
 */
@Component
class Letters {
    private final MessageSource messages;
    private final MailSettings settings;

    Letters(MessageSource messages, MailSettings settings) {
        this.messages = messages;
        this.settings = settings;
    }

    record Words(String subject, String text, Locale language) {}

    /** So many of a kind in the mail of a day. @param due the first day until which one of them is to be done */
    record Counted(Kind kind, int many, @Nullable LocalDate due) {}

    Words notice(String language, UUID id, Kind kind, @Nullable LocalDate due) {
        Locale locale = locale(language);
        String key = "notifications.mail." + kind.code();
        return words(
                locale,
                say(locale, key + ".subject"),
                say(locale, key + ".text")
                        + (due == null ? "" : "\n\n" + say(locale, "notifications.mail.due", day(due))),
                "notifications.mail.open",
                settings.link("/thong-bao/" + id));
    }

    Words digest(String language, List<Counted> waiting) {
        Locale locale = locale(language);
        int all = waiting.stream().mapToInt(Counted::many).sum();
        var text = new StringBuilder(say(locale, "notifications.mail.digest.text"));
        text.append('\n');
        for (Counted one : waiting) {
            text.append("\n– ")
                    .append(say(locale, "notifications.mail." + one.kind().code() + ".subject"))
                    .append(one.many() > 1 ? " (" + one.many() + ")" : "");
            LocalDate due = one.due();
            if (due != null) {
                text.append(" – ").append(say(locale, "notifications.mail.digest.due", day(due)));
            }
        }
        return words(
                locale,
                say(locale, "notifications.mail.digest.subject", String.valueOf(all)),
                text.toString(),
                "notifications.mail.digest.open",
                settings.link("/thong-bao"));
    }

    /** @param code in clear; here and nowhere else */
    Words verify(String language, String code, int hours) {
        Locale locale = locale(language);
        return words(
                locale,
                say(locale, "notifications.mail.verify.subject"),
                say(locale, "notifications.mail.verify.text", code, String.valueOf(hours)),
                "notifications.mail.verify.open",
                settings.link("/thong-bao/thu?ma=" + code));
    }

    /** To the address that was used until now. */
    Words moved(String language) {
        Locale locale = locale(language);
        return words(
                locale,
                say(locale, "notifications.mail.moved.subject"),
                say(locale, "notifications.mail.moved.text"),
                "notifications.mail.moved.open",
                settings.link("/thong-bao/thu"));
    }

    Words test(String language) {
        Locale locale = locale(language);
        return words(
                locale,
                say(locale, "notifications.mail.test.subject"),
                say(locale, "notifications.mail.test.text"),
                "notifications.mail.test.open",
                settings.link("/quan-tri/thu"));
    }

    private Words words(Locale locale, String subject, String text, String open, String link) {
        String whole = say(locale, "notifications.mail.greeting") + "\n\n" + text + "\n\n" + say(locale, open) + "\n"
                + link + "\n\n-- \n" + say(locale, "notifications.mail.foot", settings.link("/thong-bao/thu")) + "\n";
        return new Words(say(locale, "notifications.mail.subject", subject), whole, locale);
    }

    private String say(Locale locale, String key, Object... arguments) {
        return messages.getMessage(key, arguments.length == 0 ? null : arguments, locale);
    }

    private static String day(LocalDate day) {
        return VietnameseDates.format(day);
    }

    static Locale locale(String language) {
        return Locale.forLanguageTag(language.equals("en") ? "en" : "vi");
    }
}
