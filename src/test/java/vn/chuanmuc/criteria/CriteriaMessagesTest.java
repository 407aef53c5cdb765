package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/messages/criteria.properties", "/messages/criteria_en.properties"})
    void haveWordsForEveryCode(String file) throws IOException {
        var messages = new Properties();
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream(file))) {
            messages.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var needed = Stream.of(
                        Stream.of(Doubt.Code.values()).map(Doubt.Code::key),
                        Stream.of(ReadError.Code.values()).map(ReadError.Code::key),
                        Stream.of(Audience.values()).map(audience -> "criteria.audience." + audience))
                .flatMap(keys -> keys)
                .toList();
        assertThat(messages.stringPropertyNames()).containsAll(needed);
        // an odd apostrophe would swallow the arguments after it
        assertThat(messages.values())
                .allSatisfy(words -> assertThat((String) words).isNotBlank().doesNotContain("'"));
    }
}
