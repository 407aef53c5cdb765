package vn.chuanmuc.criteria.web;

import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;

/** A decision asked for as of a day before it was signed. */
record NotIssuedPage(PublishedDecision decision, AsOf asOf) implements Dated {}
