package vn.chuanmuc;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
    /** docs/adr/0001: the walls between capabilities are real. */
    @Test
    void modulesKeepToTheirWalls() {
        ApplicationModules.of(ChuanMuc.class).verify();
    }
}
