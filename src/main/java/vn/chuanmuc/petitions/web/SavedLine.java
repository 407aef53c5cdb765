package vn.chuanmuc.petitions.web;

import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** The line that says what was written is kept, or why it was not. @param version to go on from */
record SavedLine(int status, int version, @Nullable Reason why) implements View {}
