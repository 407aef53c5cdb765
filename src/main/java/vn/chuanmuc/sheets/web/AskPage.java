package vn.chuanmuc.sheets.web;

import java.util.List;
import vn.chuanmuc.sheets.SheetReadings.Asking;
import vn.chuanmuc.ui.View;

/** Whom to ask what. */
record AskPage(List<Asking> asked) implements View {}
