package vn.chuanmuc.samples;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("chuanmuc.sample")
class SampleConfiguration {
    /** Eighteen minutes after the ward's report was posted (15:58 on 08/10/2021). */
    static final Instant NOW =
            LocalDateTime.of(2021, 10, 8, 16, 16).atZone(SampleClock.ZONE).toInstant();

    /** Starts at the afternoon of the report, or where the last session left off: never back in time. */
    @Bean
    @DependsOnDatabaseInitialization
    SampleClock clock(JdbcClient jdbc) {
        Instant last = jdbc.sql("select max(at) from ledger.entry")
                .query((row, n) -> row.getTimestamp(1) == null ? Timestamp.from(NOW) : row.getTimestamp(1))
                .single()
                .toInstant();
        return new SampleClock(Clock.systemUTC(), last.isAfter(NOW) ? last.plusSeconds(1) : NOW);
    }
}
