package vn.chuanmuc.commitments.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.commitments.Commitments.Own;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** One's own commitment at the end of a day that is past. @param own null when one was not on the roster then */
record CommitmentThenPage(
        int year, String campaignTitle, @Nullable Own own, AsOf asOf) implements Dated {}
