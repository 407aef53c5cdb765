package vn.chuanmuc.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/messages/criteria.properties", "/messages/criteria_en.properties"})
    void haveWordsForEveryCode(String file) throws IOException {
        var messages = load(file);
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

    @Test
    void takeTheSameArgumentsInBothLanguages() throws IOException {
        var vietnamese = load("/messages/criteria.properties");
        var english = load("/messages/criteria_en.properties");
        assertThat(english.stringPropertyNames()).isEqualTo(vietnamese.stringPropertyNames());
        assertThat(vietnamese.stringPropertyNames())
                .allSatisfy(key -> assertThat(arguments(english.getProperty(key)))
                        .isEqualTo(arguments(vietnamese.getProperty(key))));
    }

    private static List<String> arguments(String message) {
        return Pattern.compile("\\{[0-9]}")
                .matcher(message)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    private static Properties load(String file) throws IOException {
        var messages = new Properties();
        try (var in = Objects.requireNonNull(CriteriaMessagesTest.class.getResourceAsStream(file))) {
            messages.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return messages;
    }
}
