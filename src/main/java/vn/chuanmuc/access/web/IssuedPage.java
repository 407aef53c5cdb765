package vn.chuanmuc.access.web;

import vn.chuanmuc.access.Issuance.Slip;
import vn.chuanmuc.ui.View;

/**
 * The one code an administrator issued: this page is the only place it is ever shown.
 *
 * @param repeated whether the form was sent again and nothing was issued anew
 */
record IssuedPage(Slip slip, boolean repeated) implements View {}
