package vn.chuanmuc.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** Starts the product, and says in one line why it could not when the operator can mend the reason. */
public final class Launcher {
    private Launcher() {}

    public static void launch(Class<?> application, String... args) {
        Locale.setDefault(Locale.forLanguageTag("vi-VN"));
        var spring = new SpringApplication(application);
        spring.addInitializers(
                new SampleModeInitializer(),
                context -> ModeMarker.check(context.getEnvironment()),
                context -> refuseOccupiedPort(context.getEnvironment()),
                new DatabaseInitializer(),
                context -> ModeMarker.write(context.getEnvironment()));
        try {
            spring.run(args);
        } catch (RuntimeException e) {
            System.err.println(explain(e));
            System.exit(1);
        }
    }

    private static void refuseOccupiedPort(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        String address = environment.getProperty("server.address", "");
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    address.isEmpty()
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new StartFailure("port", e, Integer.toString(port));
        }
    }

    static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure start) {
                return say(start.reason(), start.arguments().toArray());
            }
            if (cause instanceof PortInUseException port) {
                return say("port", Integer.toString(port.getPort()));
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return say("other", root.getClass().getSimpleName() + ": " + root.getMessage());
    }

    private static String say(String reason, Object... arguments) {
        Locale locale = System.getenv().getOrDefault("LANG", "").startsWith("en")
                ? Locale.ENGLISH
                : Locale.forLanguageTag("vi");
        String pattern = ResourceBundle.getBundle("messages.platform", locale).getString("platform.start." + reason);
        return new MessageFormat(pattern, locale).format(arguments);
    }
}
