package vn.chuanmuc.assessments.web;

import java.util.List;
import vn.chuanmuc.assessments.Results.Line;
import vn.chuanmuc.ui.View;

/** A person's results over years and units. @param own whether it is the viewer */
record OwnResultsPage(List<Line> lines, boolean own) implements View {}
