package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.signing.RequestStore.Row;

/** What a visible signature says. It is part of what is signed: always Vietnamese, and kept as it was said. */
@Component
class SignatureLines {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss xxx", Locale.ROOT).withZone(ZoneId.of("Asia/Ho_Chi_Minh"));
    /** What fits into 64 mm at nine points. */
    private static final int WIDTH = 44;

    private final MessageSource messages;

    SignatureLines(MessageSource messages) {
        this.messages = messages;
    }

    List<String> of(Row request, X509Certificate certificate, Instant at) {
        var lines = new ArrayList<String>();
        wrap(text("signing.line.signer", Certificates.commonName(certificate)), lines);
        wrap(text("signing.line.unit", request.unitName()), lines);
        lines.add(text("signing.line.at", MOMENT.format(at)));
        return List.copyOf(lines.size() > 5 ? lines.subList(0, 5) : lines);
    }

    private static void wrap(String text, List<String> into) {
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                into.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        into.add(line.toString());
    }

    private String text(String key, Object argument) {
        return messages.getMessage(key, new Object[] {argument}, VIETNAMESE);
    }
}
