package vn.chuanmuc.directory.web;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;

/** Words for files that are written outside a page: always Vietnamese, for the reader of a sheet knows Vietnamese headings only. */
@Component("directoryWords")
class Words {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private final MessageSource messages;

    Words(MessageSource messages) {
        this.messages = messages;
    }

    String of(String key) {
        return messages.getMessage(key, null, VIETNAMESE);
    }

    /** As people write a day; empty for none. */
    static String day(@Nullable LocalDate day) {
        return day == null ? "" : VietnameseDates.format(day);
    }

    String of(Reason reason) {
        return messages.getMessage(reason.key(), reason.arguments().toArray(), VIETNAMESE);
    }
}
