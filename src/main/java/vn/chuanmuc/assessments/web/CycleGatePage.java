package vn.chuanmuc.assessments.web;

import java.util.List;
import vn.chuanmuc.assessments.Cycle;
import vn.chuanmuc.assessments.CycleGate;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

record CycleGatePage(Cycle cycle, CycleGate.Kind kind, List<CycleGate.Case> cases, Paging paging) implements View {}
