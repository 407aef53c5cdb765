package vn.chuanmuc.notifications;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Texts;

/**
 * Something to be told. Each account is told once of a kind, subject and occasion, however often a command is sent.
 *
 * @param by whose act it is: whoever did it is not told of it
 * @param occasion which time, of several about one subject: a version, a day; empty when there is only one
 * @param words arguments of the message, shown in the product only
 * @param href the page in the product where it goes on
 * @param due until when something is to be done; the one thing of it that a mail says too
 */
public record Notice(
        UUID tenantId,
        Kind kind,
        UUID by,
        UUID subject,
        String occasion,
        List<String> words,
        String href,
        @Nullable LocalDate due) {
    private static final int LONGEST_WORD = 240;

    /** Of what a clock does. */
    public static final UUID NOBODY = new UUID(0, 0);

    public Notice {
        Check.that(words.size() <= 4, "a notice has few arguments");
        words = words.stream()
                .map(Texts::oneLine)
                .map(word -> word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD - 1) + "…" : word)
                .toList();
    }

    /** A notice that is given to one account of its own, among many. */
    public record To(Notice notice, UUID account) {}
}
