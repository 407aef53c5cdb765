package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.Browser;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** Addresses name what they are about themselves: what does not read is not found, and nothing that is sent beside takes its place. */
@ProductTest
class FormAddressesTest {
    @Autowired
    TestBodies bodies;

    @Test
    void anAddressThatDoesNotReadIsNotFound() {
        var body = bodies.create();
        Browser browser = body.browser(body.viewer(Role.BOARD, body.root));
        String form = UUID.randomUUID().toString();
        for (String address : new String[] {
            "/danh-gia/phieu/20214/khong-phai-ma",
            "/danh-gia/phieu/20214/khong-phai-ma?form=" + form,
            "/danh-gia/phieu/quy-4/" + form,
            "/danh-gia/phieu/20214/" + form,
            "/danh-gia/quyet-dinh/khong-phai-ma/" + form
        }) {
            assertThat(browser.get(address).status()).as(address).isEqualTo(404);
        }
    }
}
