package vn.chuanmuc.rules.web;

import vn.chuanmuc.rules.RuleVersion;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** A version asked for as of a day on which nobody had entered it and which it does not cover. */
record NotEnteredPage(RuleVersion version, AsOf asOf) implements Dated {}
