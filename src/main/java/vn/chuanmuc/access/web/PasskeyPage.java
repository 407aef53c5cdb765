package vn.chuanmuc.access.web;

import vn.chuanmuc.access.Passkeys;
import vn.chuanmuc.ui.View;

/** @param shared whether this computer is shared: only a device that is carried along may hold the passkey */
record PasskeyPage(Passkeys.Waiting waiting, boolean shared) implements View {}
