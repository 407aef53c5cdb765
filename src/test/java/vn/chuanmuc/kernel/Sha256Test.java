package vn.chuanmuc.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** NIST FIPS 180-4, examples of SHA-256: the empty text, “abc” and a million times “a”. */
    @Test
    void agreesWithThePublishedExamples() throws IOException {
        assertThat(hex(Sha256.of(""))).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hex(Sha256.of("abc"))).isEqualTo(ABC).hasSize(2 * Sha256.LENGTH);
        var million = new byte[1_000_000];
        Arrays.fill(million, (byte) 'a');
        assertThat(hex(Sha256.of(new ByteArrayInputStream(million))))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void isTheSameInPartsAsInOneGo() {
        assertThat(hex(Sha256.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8)))).isEqualTo(ABC);
        assertThat(hex(new Sha256().add("ab").add("c".getBytes(UTF_8)).digest()))
                .isEqualTo(ABC);
    }

    @Test
    void takesTextAsUtf8() {
        assertThat(Sha256.of("Cự Khối")).isEqualTo(Sha256.of("Cự Khối".getBytes(UTF_8)));
    }

    @Test
    void tellsHashesApart() {
        assertThat(Sha256.same(Sha256.of("a"), Sha256.of("a"))).isTrue();
        assertThat(Sha256.same(Sha256.of("a"), Sha256.of("b"))).isFalse();
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
