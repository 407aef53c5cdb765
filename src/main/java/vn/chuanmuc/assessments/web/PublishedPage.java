package vn.chuanmuc.assessments.web;

import vn.chuanmuc.assessments.Results.Published;
import vn.chuanmuc.ui.View;

/** Names and levels of a unit, published within it. */
record PublishedPage(Published published) implements View {}
