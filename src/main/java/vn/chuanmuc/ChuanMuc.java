package vn.chuanmuc;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;
import vn.chuanmuc.platform.Launcher;

/** The product: one jar that is a web server and, unless told otherwise, its own PostgreSQL. */
@SpringBootApplication
@Modulithic(
        systemName = "Chuẩn Mực",
        sharedModules = {"kernel", "ui", "platform"})
class ChuanMuc {
    static void main(String[] args) {
        Launcher.launch(ChuanMuc.class, args);
    }
}
