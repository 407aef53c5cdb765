package vn.chuanmuc.figures.web;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Words for files, which are Vietnamese whatever the language of the pages. */
@Component
class FigureWords {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private final MessageSource messages;

    FigureWords(MessageSource messages) {
        this.messages = messages;
    }

    String of(String key) {
        return messages.getMessage(key, null, VIETNAMESE);
    }
}
