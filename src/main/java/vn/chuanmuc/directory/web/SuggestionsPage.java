package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.ui.UnitChoice.Option;
import vn.chuanmuc.ui.View;

/** The entries of the list beside a search field. */
record SuggestionsPage(List<Option> options) implements View {}
