package vn.chuanmuc.directory.web;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;

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

    String of(Reason reason) {
        return messages.getMessage(reason.key(), reason.arguments().toArray(), VIETNAMESE);
    }
}
