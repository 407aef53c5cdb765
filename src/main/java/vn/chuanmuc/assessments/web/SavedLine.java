package vn.chuanmuc.assessments.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** The line under a form that says when it was saved, or why it was not. @param version to go on from */
record SavedLine(
        int status,
        int version,
        @Nullable Instant at,
        @Nullable Reason why) implements View {}
