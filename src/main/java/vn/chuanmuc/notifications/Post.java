package vn.chuanmuc.notifications;

import java.util.Locale;
import java.util.UUID;

/** What carries mails away. */
interface Post {
    /** A mail ready to go. @param id the right half of its own id, the same at every try */
    record Letter(UUID id, String address, String subject, String text, Locale language) {}

    /** What became of one. {@code answer} are the server's own words, or those of the machine. */
    sealed interface Outcome {
        /** The server has taken it; what happens behind it nobody tells us. */
        record Accepted() implements Outcome {}

        /** Not now, about this one mail. */
        record Later(String reason, String answer) implements Outcome {}

        /** Never, about this one mail or its address. */
        record Never(String reason, String answer) implements Outcome {}

        /** Nothing goes at the moment, whatever the mail. */
        record Down(String reason, String answer) implements Outcome {}
    }

    /** One connection for several mails, made with the first of them. */
    interface Line extends AutoCloseable {
        Outcome send(Letter letter);

        @Override
        void close();
    }

    Line line();
}
