package vn.chuanmuc.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** An SMTP server that answers as it is told, for what a good-natured one never says; and senders to any port. */
final class MailServers {
    private MailServers() {}

    static JavaMailSenderImpl to(int port) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        sender.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "5000");
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        return sender;
    }

    /** A port at which nobody listens. */
    static int nobody() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Scripted implements AutoCloseable {
        private static final String CLOSE = "close";

        private final ServerSocket socket;
        private final UnaryOperator<String> script;
        final List<String> taken = new CopyOnWriteArrayList<>();

        /**
         * @param script from a command ({@code MAIL}, {@code RCPT}, {@code DATA}, {@code .}) to its answer; empty: the usual one;
         *     {@code close}: hangs up
         */
        Scripted(UnaryOperator<String> script) {
            this.script = script;
            try {
                socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(this::listen);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void listen() {
            while (!socket.isClosed()) {
                try {
                    Socket one = socket.accept();
                    Thread.ofVirtual().start(() -> talk(one));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void talk(Socket one) {
            try (one;
                    var in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8))) {
                say(one, "220 thu ESMTP");
                String line = in.readLine();
                while (line != null) {
                    String command = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                    String answer = script.apply(command);
                    if (answer.equals(CLOSE)) {
                        return;
                    }
                    if (!answer.isEmpty()) {
                        say(one, answer);
                    } else if (command.equals("DATA")) {
                        say(one, "354 go on");
                        if (!data(one, in)) {
                            return;
                        }
                    } else {
                        say(one, command.equals("QUIT") ? "221 bye" : "250 ok");
                    }
                    line = in.readLine();
                }
            } catch (IOException e) {
                // The other side hung up: nothing more to say.
            }
        }

        private boolean data(Socket one, BufferedReader in) throws IOException {
            var text = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                text.append(line).append('\n');
            }
            String answer = script.apply(".");
            if (answer.isEmpty() || answer.equals(CLOSE)) {
                taken.add(text.toString());
            }
            if (answer.equals(CLOSE)) {
                return false;
            }
            say(one, answer.isEmpty() ? "250 taken" : answer);
            return true;
        }

        private static void say(Socket one, String line) throws IOException {
            one.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            one.getOutputStream().flush();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
