package vn.chuanmuc.campaigns.web;

import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.View;

/** A campaign asked for as of a day on which nobody had planned it. */
record NotYetPage(Campaign campaign, AsOf asOf) implements View {}
