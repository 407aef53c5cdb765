package vn.chuanmuc.access.web;

import java.util.UUID;
import vn.chuanmuc.access.Issuance.Issued;
import vn.chuanmuc.ui.View;

/** @param issued with codes in clear: this page is the only place they are ever shown */
record SlipsPage(String unitName, UUID unit, Issued issued, String address) implements View {}
