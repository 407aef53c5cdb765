package vn.chuanmuc.rules.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.kernel.VietnameseNumbers;

/** Words for files, which are Vietnamese whatever the language of the pages. */
@Component("rulesWords")
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
        return messages.getMessage(
                reason.key(), reason.arguments().stream().map(this::written).toArray(), VIETNAMESE);
    }

    private Object written(Object argument) {
        return switch (argument) {
            case Reason reason -> of(reason);
            case BigDecimal number -> VietnameseNumbers.format(number);
            case Integer number -> VietnameseNumbers.format(number);
            case LocalDate day -> VietnameseDates.format(day);
            default -> argument;
        };
    }
}
