package vn.chuanmuc.platform;

import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Tells whoever started the product where it is; the last thing to be printed. */
@Component
@Order(1000)
class Address implements ApplicationRunner {
    private final MessageSource messages;
    private final boolean sample;
    private int port;

    Address(MessageSource messages, @Value("${chuanmuc.sample}") boolean sample) {
        this.messages = messages;
        this.sample = sample;
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        if (!"management".equals(event.getApplicationContext().getServerNamespace())) {
            port = event.getWebServer().getPort();
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        System.out.println(messages.getMessage(
                sample ? "platform.ready.sample" : "platform.ready",
                new Object[] {"http://localhost:" + port + "/"},
                Locale.forLanguageTag("vi")));
    }
}
