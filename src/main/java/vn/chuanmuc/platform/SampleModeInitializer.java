package vn.chuanmuc.platform;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Sample mode has well-known passwords: it runs only on the bundled database and answers only this machine. */
final class SampleModeInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (!environment.getProperty("chuanmuc.sample", Boolean.class, false)) {
            return;
        }
        boolean outside = !environment.getProperty("spring.datasource.url", "").isBlank()
                || !environment.getProperty("DATABASE_URL", "").isBlank();
        if (outside) {
            throw new StartFailure("sample-outside", null);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("sample mode", Map.of("server.address", "127.0.0.1")));
    }
}
