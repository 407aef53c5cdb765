package vn.chuanmuc.access.web;

import java.util.List;
import java.util.UUID;
import vn.chuanmuc.access.Accounts.Issued;
import vn.chuanmuc.ui.View;

/** @param issued with codes in clear: this page is the only place they are ever shown */
record SlipsPage(String unitName, UUID unit, List<Issued> issued, String address) implements View {}
