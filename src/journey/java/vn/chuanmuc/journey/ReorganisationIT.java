package vn.chuanmuc.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationGround;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/**
 * 1 July 2025: 14 wards became 4 (domain.md, 2). Which part of which ward went where is not known: the shares here are
 * invented and called so.
 */
@ProductTest
class ReorganisationIT {
    private static final List<String> OLD = List.of(
            "Cự Khối",
            "Thạch Bàn",
            "Long Biên",
            "Bồ Đề",
            "Ngọc Thụy",
            "Ngọc Lâm",
            "Gia Thụy",
            "Thượng Thanh",
            "Việt Hưng",
            "Phúc Đồng",
            "Sài Đồng",
            "Phúc Lợi",
            "Giang Biên",
            "Đức Giang");
    private static final List<String> NEW = List.of("Long Biên", "Bồ Đề", "Việt Hưng", "Phúc Lợi");
    /** Sample shares: the old ward's place in the list above, cut in four. */
    private static final List<Integer> SHARES = List.of(0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 2);

    @LocalServerPort
    int port;

    @Autowired
    TestBodies bodies;

    @Autowired
    ReorganisationGround ground;

    @Autowired
    Units units;

    @SuppressWarnings("NullAway.Init")
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private TestBodies.Body body;

    private final List<UUID> wards = new ArrayList<>();

    @BeforeEach
    void open() {
        chromium = new Chromium(port);
        body = bodies.create();
        var made = new ArrayList<Units.NewUnit>();
        for (int i = 0; i < OLD.size(); i++) {
            made.add(new Units.NewUnit("C%02d".formatted(i), "Phường " + OLD.get(i), Units.Kind.WARD, body.root));
        }
        wards.addAll(units.addAll(body.tenant, new UUID(0, 0), made));
        wards.forEach(ward -> body.people(2, ward, body.partyBloc));
        body.person("Nguyễn Thị Ngọc Lan", wards.get(5), body.stateBloc, body.staff);
        ground.since2015(body.tenant);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private Person desk(Viewer viewer) {
        return Person.atTheDesk(chromium).signsIn(viewer.username(), TestBodies.PASSWORD);
    }

    @Test
    void fourteenWardsBecomeFour() {
        Person preparer = desk(ground.board(body));
        preparer.goesTo("Đơn vị");
        preparer.goesTo("Sắp xếp");
        preparer.looks("sap-xep-trong");
        preparer.follows("Lập dự thảo mới");
        preparer.writes("Tên gọi", "Sắp xếp 14 phường (mẫu, tỷ lệ chia tự đặt)");
        preparer.writes("Ngày hiệu lực", "01/07/2025");
        preparer.ticks("Chưa có căn cứ – ghi rõ là chưa có, không tự đặt số");
        preparer.looks("sap-xep-moi");
        preparer.presses("Lưu");
        for (int i = 0; i < NEW.size(); i++) {
            if (i > 0) {
                preparer.opens(preparer.page.locator("main"), "Thêm đơn vị mới");
            }
            preparer.writes("Tên đơn vị", "Phường " + NEW.get(i));
            preparer.writes("Mã", "M" + i);
            preparer.writes("Đơn vị cấp trên", "GOC");
            preparer.presses("Thêm");
            preparer.sees("Đã lưu.");
        }
        preparer.looks("sap-xep-don-vi-moi");

        preparer.follows("Mở bảng đơn vị cũ → mới");
        for (int i = 0; i < OLD.size(); i++) {
            String name = "Phường " + OLD.get(i);
            Locator main = preparer.page.locator("main");
            preparer.chooses(main, "Việc đối với " + name, "Kết thúc");
            if (i != 5) { // the ward that is split: forgotten at first
                preparer.writes(main, "Người của " + name + " về đơn vị", "M" + SHARES.get(i));
            }
            preparer.writes(main, "Nơi giữ hồ sơ của " + name, "M" + SHARES.get(i));
        }
        preparer.looks("sap-xep-bang");
        preparer.presses("Lưu bảng");
        preparer.sees("3 người chưa có nơi về");
        preparer.looks("sap-xep-thieu");
        preparer.presses("Trình duyệt");
        preparer.isTold("Còn điều kiện phải sửa");

        preparer.follows("Phường Ngọc Lâm");
        preparer.ticks("Chọn Nguyễn Thị Ngọc Lan");
        preparer.writes("Những người đã chọn về", "M2");
        preparer.presses("Ghi nơi về");
        preparer.opens(preparer.page.locator("main"), "Chia theo khối");
        preparer.ticks("Khối Đảng, đoàn thể");
        preparer.writes(preparer.page.locator("form:has(input[value=bloc])"), "Người về đơn vị", "M1");
        preparer.presses("Thêm phần này");
        preparer.looks("sap-xep-chia");
        preparer.follows("Quay lại");
        preparer.follows("Xem trước");
        preparer.looks("sap-xep-xem-truoc");
        preparer.sees("Phường Bồ Đề – 8 người");
        preparer.follows("Quay lại");
        preparer.presses("Trình duyệt");
        preparer.sees("không được duyệt");
        preparer.looks("sap-xep-cho-duyet");

        Viewer second = ground.board(body);
        Person approver = Person.onThePhone(chromium).signsIn(second.username(), TestBodies.PASSWORD);
        approver.follows("Sắp xếp “Sắp xếp 14 phường (mẫu, tỷ lệ chia tự đặt)” chờ anh/chị duyệt");
        approver.looks("sap-xep-duyet");
        approver.follows("Xem trước");
        approver.looks("sap-xep-xem-truoc");
        approver.follows("Quay lại");
        approver.presses("Duyệt");
        approver.sees("Đã duyệt và đã thực hiện.");
        approver.sees("29 người chuyển sang đơn vị khác");
        approver.looks("sap-xep-xong");
        approver.follows("Phường Ngọc Lâm");
        approver.sees("Đơn vị này đã kết thúc");
        approver.looks("don-vi-cu");
        assertThat(approver.page.locator("main").innerText()).contains("Phường Bồ Đề", "Phường Việt Hưng");
        approver.close();
        preparer.close();
    }
}
