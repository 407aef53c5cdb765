package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitNamesTest {

    @ParameterizedTest
    @CsvSource({
        "Phường Giang Biên, P. Giang Biên",
        "PHƯỜNG GIANG BIÊN, giang biên",
        "P.Giang Biên, Phuong Giang Bien",
        "Phường  Ngọc Thụy, phường Ngọc Thuỵ",
        "Đảng ủy phường Giang Biên, ĐẢNG UỶ P.GIANG BIÊN",
        "UBND phường Đức Giang, Ủy ban nhân dân P. Đức Giang",
        "'Khối Đảng, đoàn thể', KHỐI ĐẢNG ĐOÀN THỂ",
        "Văn hóa - xã hội, Văn hoá và Xã hội",
        "Văn phòng – thống kê, VP - Thống kê",
        "P 12, Phường 12",
        "Hội LHPN, Hội Liên hiệp Phụ nữ",
        "PCT UBND, Phó Chủ tịch Ủy ban nhân dân"
    })
    void matchesSpellingsOfOneName(String one, String other) {
        assertThat(UnitNames.matchKey(one)).isEqualTo(UnitNames.matchKey(other));
    }

    @ParameterizedTest
    @CsvSource({
        "Phường Long Biên, Quận Long Biên",
        "Phường Bồ Đề, Xã Bồ Đề",
        "Phường Phương Liên, Phường Liên",
        "Phương Liên, Liên",
        "Đảng ủy, Ủy ban nhân dân",
        "Phòng Nội vụ, Ban Nội vụ",
        "Tổ 1, Tổ 11",
        "Phường Phúc Lợi, Phường Phúc Đồng"
    })
    void keepsDifferentNamesApart(String one, String other) {
        assertThat(UnitNames.matchKey(one)).isNotEqualTo(UnitNames.matchKey(other));
    }

    @ParameterizedTest
    @CsvSource({
        "Phường, phuong",
        "P., p",
        "'', ''",
        "Phường Phương Liên, phuong lien",
        "UBND P. Gia Thụy, uy ban nhan dan gia thuy"
    })
    void makesTheKey(String name, String key) {
        assertThat(UnitNames.matchKey(name)).isEqualTo(key);
    }
}
