package vn.chuanmuc.sheets.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.ui.View;

/** What came of saving while somebody reads. */
record KeptLine(
        int status,
        int version,
        @Nullable Instant at,
        @Nullable Reason trouble) implements View {}
