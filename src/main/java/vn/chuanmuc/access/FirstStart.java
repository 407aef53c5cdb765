package vn.chuanmuc.access;

import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.MessageSource;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Prints the one-time set-up code when an empty installation starts outside sample mode. */
@Component
@Order(200)
class FirstStart implements ApplicationRunner {
    private final SetUp setUp;
    private final MessageSource messages;
    private final boolean sample;

    FirstStart(SetUp setUp, MessageSource messages, @Value("${chuanmuc.sample}") boolean sample) {
        this.setUp = setUp;
        this.messages = messages;
        this.sample = sample;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!sample && setUp.needed()) {
            // On the console only: a log file is read by more people than the one who starts the product.
            System.out.println(messages.getMessage(
                    "access.setup.code.printed", new Object[] {setUp.newCode()}, Locale.forLanguageTag("vi")));
        }
    }
}
