package vn.chuanmuc.platform;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    /** People of this country read dates in its own time zone, wherever the server stands. Sample mode brings its own clock. */
    @Bean
    @ConditionalOnProperty(name = "chuanmuc.sample", havingValue = "false", matchIfMissing = true)
    Clock clock() {
        return Clock.system(ZoneId.of("Asia/Ho_Chi_Minh"));
    }
}
