package vn.chuanmuc.testing;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import vn.chuanmuc.platform.EmbeddedPostgres;

/** One real server for the test JVM; every Spring context gets a database of its own on it. */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** Where the server of this test process keeps its files. */
    public static final Path FOLDER = Path.of("target", "test-postgres-" + System.getProperty("chuanmuc.fork", "1"));

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            var server = EmbeddedPostgres.start(FOLDER, Map.of("fsync", "off", "max_connections", "120"));
            // After every context: a plain shutdown hook would run beside them and take their database away.
            SpringApplication.getShutdownHandlers().add(server::close);
            return server;
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedPostgres server = Server.POSTGRES;
        String name = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = server.jdbcUrl().replace("/postgres", "/" + name);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fresh database",
                        Map.of(
                                "spring.datasource.url",
                                url,
                                "spring.datasource.username",
                                server.user(),
                                "spring.datasource.password",
                                server.password(),
                                "spring.flyway.url",
                                url,
                                "spring.flyway.user",
                                server.user(),
                                "spring.flyway.password",
                                server.password(),
                                "chuanmuc.database",
                                "embedded",
                                "chuanmuc.data",
                                "target/test-data/"
                                        + name))); // keys belong to a database: another's would be strangers
    }
}
