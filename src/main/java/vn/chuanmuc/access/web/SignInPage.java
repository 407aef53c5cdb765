package vn.chuanmuc.access.web;

import java.util.List;
import vn.chuanmuc.access.SampleSignIns.SampleSignIn;
import vn.chuanmuc.ui.View;

record SignInPage(boolean refused, List<SampleSignIn> samples) implements View {}
