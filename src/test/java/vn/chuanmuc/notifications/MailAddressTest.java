package vn.chuanmuc.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.chuanmuc.notifications.MailAddress.Reading;

/** What people and programs type for an address (RFC 5321 4.1.2, RFC 5322 3.2.3, narrower). */
class MailAddressTest {
    private static String read(String typed) {
        return MailAddress.read(typed) instanceof Reading.Read(var address) ? address : "refused";
    }

    private static String why(String typed) {
        return MailAddress.read(typed) instanceof Reading.Refused(var reason) ? reason.key() : "read";
    }

    @Test
    void keepsWhatAServerNeedsAndMendsWhatCopyingAdds() {
        assertThat(read("an.nguyen@phuong1.gov.vn")).isEqualTo("an.nguyen@phuong1.gov.vn");
        assertThat(read("  An.Nguyen+viec@Phuong1.GOV.vn\t\r\n")).isEqualTo("An.Nguyen+viec@phuong1.gov.vn");
        assertThat(read("o'hara_1@a-b.vn")).isEqualTo("o'hara_1@a-b.vn");
    }

    /** A domain may be Vietnamese, in whichever of its two ways it was typed; machines have one name for it. */
    @Test
    void readsAVietnameseDomainInBothWaysOfWritingIt() {
        String composed = "an@xã-mẫu.vn";
        assertThat(read(composed)).startsWith("an@xn--").endsWith(".vn");
        assertThat(read(Normalizer.normalize(composed, Normalizer.Form.NFD))).isEqualTo(read(composed));
        assertThat(MailAddress.shown(read(composed))).isEqualTo(composed);
    }

    /** Each of these would put a line or a second receiver into a mail, or a formula into a table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "an@phuong1.vn\r\nBcc: all@phuong1.vn",
                "an@phuong1.vn\nSubject: x",
                "an\r\n@phuong1.vn",
                "an@phuong1.vn%0d%0aBcc:x@y.vn",
                "an@phuong1.vn, ba@phuong1.vn",
                "an@phuong1.vn;ba@phuong1.vn",
                "\"an\" <an@phuong1.vn>",
                "<an@phuong1.vn>",
                "an@phuong1.vn>",
                "an ba@phuong1.vn",
                "an\u0000@phuong1.vn",
                "an\u200B@phuong1.vn",
                "an\u2028@phuong1.vn",
                "\"a b\"@phuong1.vn",
                "an(x)@phuong1.vn",
                "=HYPERLINK(\"x\")@phuong1.vn",
                "<script>alert(1)</script>@phuong1.vn",
                "an@<b>phuong1</b>.vn",
                "an@phuong1.vn?bcc=x@y.vn",
                "@phuong1.vn",
                "an@",
                "an",
                "",
                "an@@phuong1.vn",
                ".an@phuong1.vn",
                "an.@phuong1.vn",
                "a..n@phuong1.vn",
                "an@phuong1",
                "an@.vn",
                "an@phuong1..vn",
                "an@-phuong1.vn",
                "an@phuong1-.vn",
                "an@phuong_1.vn",
                "an@[127.0.0.1]",
                "an@127.0.0.1",
                "an@localhost"
            })
    void refusesWhatIsNoPlainAddress(String typed) {
        assertThat(read(typed)).isEqualTo("refused");
    }

    @ParameterizedTest
    @CsvSource({
        "'', notifications.address.missing",
        "an, notifications.address.shape",
        "nguyễn.an@phuong1.vn, notifications.address.marks",
        "an ba@phuong1.vn, notifications.address.name",
        "an@phuong1, notifications.address.domain"
    })
    void saysWhatIsWrongWithIt(String typed, String key) {
        assertThat(why(typed)).isEqualTo(key);
    }

    @Test
    void refusesWhatIsTooLongInWholeOrInPart() {
        assertThat(read("a".repeat(64) + "@phuong1.vn")).contains("@");
        assertThat(why("a".repeat(65) + "@phuong1.vn")).isEqualTo("notifications.address.name");
        assertThat(why("a@" + "b".repeat(64) + ".vn")).isEqualTo("notifications.address.domain");
        assertThat(why("a@" + "b.".repeat(200) + "vn")).isEqualTo("notifications.address.long");
        assertThat(why("a".repeat(100_000))).isEqualTo("notifications.address.long");
        assertThat(why("a@" + "ạ".repeat(230) + ".vn")).isEqualTo("notifications.address.domain");
    }
}
