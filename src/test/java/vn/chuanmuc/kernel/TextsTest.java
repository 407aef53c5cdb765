package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({
        "Quyết định 264-QĐ/QU, quyet dinh 264 qd qu",
        "ĐẢNG ỦY phường Giang Biên, dang uy phuong giang bien",
        "'  100% đạt_yêu_cầu  ', 100 dat yeu cau",
        "Ðức ðức Ɖức, duc duc duc",
        "１２３ ﬁn ½, 123 fin 1 2",
        "H'Hen d’Hồ, hhen dho",
        "'', ''",
        "—, ''",
        "İstanbul ẞ, istanbul ß",
        "𝐀𝐁, ab",
        "lý–do:x, ly do x"
    })
    void makesTheSearchKey(String text, String key) {
        assertThat(Texts.searchKey(text)).isEqualTo(key);
        assertThat(Texts.searchKey(Normalizer.normalize(text, Normalizer.Form.NFD)))
                .isEqualTo(key);
        assertThat(Texts.searchKey(key)).isEqualTo(key);
    }

    @Test
    void searchKeysHoldOnlyLettersDigitsAndSingleBlanks() {
        var all = new StringBuilder();
        for (var c = 0; c < 0x30000; c++) {
            if (Character.isDefined(c) && (c < 0xD800 || c > 0xDFFF)) {
                all.appendCodePoint(c).append('x');
            }
        }
        var key = Texts.searchKey(all.toString());
        assertThat(key.codePoints().allMatch(c -> c == ' ' || Character.isLetterOrDigit(c)))
                .isTrue();
        assertThat(key).doesNotContain("  ").doesNotContain("đ").doesNotContain("Đ");
    }

    @Test
    void stripsEveryVietnameseLetter() {
        assertThat(Texts.searchKey("àảãáạăằẳẵắặâầẩẫấậ")).isEqualTo("a".repeat(17));
        assertThat(Texts.searchKey("ÈẺẼÉẸÊỀỂỄẾỆ")).isEqualTo("e".repeat(11));
        assertThat(Texts.searchKey("òỏõóọôồổỗốộơờởỡớợ")).isEqualTo("o".repeat(17));
        assertThat(Texts.searchKey("ÙỦŨÚỤƯỪỬỮỨỰ")).isEqualTo("u".repeat(11));
        assertThat(Texts.searchKey("ìỉĩíịỲỶỸÝỴđĐ")).isEqualTo("iiiiiyyyyydd");
    }

    @Test
    void makesOneLine() {
        assertThat(Texts.oneLine("\uFEFF Ban \t Tổ\r\nchức\u00A0 ")).isEqualTo("Ban Tổ chức");
        assertThat(Texts.oneLine("Tô\u0309 1")).isEqualTo("Tổ 1");
        assertThat(Texts.oneLine(" ")).isEmpty();
        assertThat(Texts.oneLine("a\u0000b\u200Bc")).isEqualTo("abc");
        assertThat(Texts.oneLine("Tổ 1 – “A”")).isEqualTo("Tổ 1 – “A”");
    }
}
