package vn.chuanmuc.access.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.SampleSignIns.SampleSignIn;
import vn.chuanmuc.ui.View;

/**
 * @param refused the message that says why nobody was let in; null when nobody tried
 * @param addresses at which passkeys work, parted by blanks; empty when they work nowhere
 */
record SignInPage(@Nullable String refused, List<SampleSignIn> samples, String addresses) implements View {}
