package vn.chuanmuc.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Decides, before any bean is made, which PostgreSQL the product uses: {@code spring.datasource.*} as given, or
 * {@code DATABASE_URL} ({@code postgres://user:password@host:port/name} or a JDBC address), or else its own.
 *
 * <p>Migrations run as the owner; the pool then acts as role {@code chuanmuc_app}, which may not change or delete
 * evidence (see docs/adr/0004-database-roles.md).
 */
public final class DatabaseInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** Statements make their ids with {@code uuidv7()}, which came with this version. */
    private static final int OLDEST = 18;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        Map<String, Object> settings = new HashMap<>();
        String given = environment.getProperty("spring.datasource.url", "");
        String databaseUrl = environment.getProperty("DATABASE_URL", "");
        if (StringUtils.hasText(given)) {
            settings.put("chuanmuc.database", "outside");
            copyToMigrations(environment, settings, given);
        } else if (StringUtils.hasText(databaseUrl)) {
            settings.put("chuanmuc.database", "outside");
            outside(databaseUrl, environment, settings);
        } else {
            settings.put("chuanmuc.database", "embedded");
            embedded(environment, settings);
        }
        if (!"embedded".equals(settings.get("chuanmuc.database"))) {
            refuseUnreachable(settings);
        }
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("database", settings));
    }

    private static void embedded(Environment environment, Map<String, Object> settings) {
        Path home = Path.of(environment.getProperty("chuanmuc.data", "data")).resolve("postgres");
        var server = EmbeddedPostgres.start(home, Map.of("shared_buffers", "128MB", "max_connections", "60"));
        // Not a plain shutdown hook: those run beside the contexts' own, and the pool would lose its server in
        // mid-work.
        SpringApplication.getShutdownHandlers().add(server::close);
        settings.put("spring.datasource.url", server.jdbcUrl());
        settings.put("spring.datasource.username", server.user());
        settings.put("spring.datasource.password", server.password());
        settings.put("spring.flyway.url", server.jdbcUrl());
        settings.put("spring.flyway.user", server.user());
        settings.put("spring.flyway.password", server.password());
    }

    private static void outside(String databaseUrl, Environment environment, Map<String, Object> settings) {
        if (databaseUrl.startsWith("jdbc:postgresql:")) {
            settings.put("spring.datasource.url", databaseUrl);
            copyToMigrations(environment, settings, databaseUrl);
            return;
        }
        URI uri;
        try {
            uri = new URI(databaseUrl);
        } catch (URISyntaxException e) {
            throw new StartFailure("database-url", e);
        }
        boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
        @Nullable String host = uri.getHost();
        @Nullable String path = uri.getPath();
        if (!postgres || host == null || path == null || path.length() < 2) {
            throw new StartFailure("database-url", null);
        }
        String jdbc = "jdbc:postgresql://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path
                + (uri.getQuery() == null ? "" : "?" + uri.getQuery());
        settings.put("spring.datasource.url", jdbc);
        settings.put("spring.flyway.url", environment.getProperty("spring.flyway.url", jdbc));
        @Nullable String userInfo = uri.getUserInfo();
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            settings.put("spring.datasource.username", parts[0]);
            settings.put("spring.datasource.password", parts.length > 1 ? parts[1] : "");
            settings.put("spring.flyway.user", environment.getProperty("spring.flyway.user", parts[0]));
            settings.put(
                    "spring.flyway.password",
                    environment.getProperty("spring.flyway.password", parts.length > 1 ? parts[1] : ""));
        }
    }

    private static void copyToMigrations(Environment environment, Map<String, Object> settings, String url) {
        settings.put("spring.flyway.url", environment.getProperty("spring.flyway.url", url));
        settings.put(
                "spring.flyway.user",
                environment.getProperty(
                        "spring.flyway.user", environment.getProperty("spring.datasource.username", "")));
        settings.put(
                "spring.flyway.password",
                environment.getProperty(
                        "spring.flyway.password", environment.getProperty("spring.datasource.password", "")));
    }

    private static void refuseUnreachable(Map<String, Object> settings) {
        String url = (String) settings.getOrDefault("spring.flyway.url", "");
        String user = (String) settings.getOrDefault("spring.flyway.user", "");
        String password = (String) settings.getOrDefault("spring.flyway.password", "");
        try (var connection = DriverManager.getConnection(url, user, password)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST) {
                throw new StartFailure("database-old", null, major, OLDEST);
            }
        } catch (SQLException e) {
            // The address may hold a password: say the reason, not the address.
            throw new StartFailure("database-unreachable", e, String.valueOf(e.getMessage()));
        }
    }
}
