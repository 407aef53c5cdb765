package vn.chuanmuc.notifications;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody can be told. The words are {@code notifications.notice.<code>} in the product, with arguments, and
 * {@code notifications.mail.<code>.subject} and {@code .text} in a mail, without any: a mail says that something waits (ADR 0022).
 */
public enum Kind {
    RESULT_TOLD(Group.RESULTS),
    PETITION_RECEIVED(Group.RESULTS),
    PETITION_ANSWERED(Group.RESULTS),
    PETITION_ESCALATED(Group.CALLS),
    PETITION_FILED(Group.PETITION_WORK),
    PETITION_ASSIGNED(Group.PETITION_WORK),
    PETITION_OPINION(Group.PETITION_WORK),
    PETITION_TO_DECIDE(Group.PETITION_WORK),
    MEETING_CONVENED(Group.MEETINGS),
    MEETING_CANCELLED(Group.MEETINGS),
    STAGE_OPENED(Group.FORMS),
    STAGE_DUE(Group.FORMS),
    STAGE_OVERDUE(Group.FORMS),
    FORM_SENT_BACK(Group.FORMS),
    ADDRESS_ENTERED(Group.ADDRESS);

    /** Kinds that a person chooses together. */
    public enum Group {
        /** One's own result and one's own petition: a clock runs from there, or an answer is owed. Always sent. */
        RESULTS(false, false),
        /** A clock is nearly or quite run out: a duty. Always sent, and at once. */
        CALLS(false, true),
        /** Somebody else entered a mail address: the one who has it must hear of it. Always sent, and at once. */
        ADDRESS(false, true),
        FORMS(true, false),
        /** At once: a meeting may be tomorrow. */
        MEETINGS(true, true),
        PETITION_WORK(true, false);

        private final boolean mutable;
        private final boolean urgent;

        Group(boolean mutable, boolean urgent) {
            this.mutable = mutable;
            this.urgent = urgent;
        }

        /** Whether a person may do without mails about it. */
        public boolean mutable() {
            return mutable;
        }

        /** Whether it never waits for the mail of the day. */
        public boolean urgent() {
            return urgent;
        }

        public String code() {
            return Kind.code(this);
        }
    }

    private final Group group;

    Kind(Group group) {
        this.group = group;
    }

    public Group group() {
        return group;
    }

    public String code() {
        return code(this);
    }

    static Optional<Kind> read(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
