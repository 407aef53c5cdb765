package vn.chuanmuc.scans;

import java.time.ZoneId;

/** Where the days of tests are counted. */
final class ScanTimes {
    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private ScanTimes() {}
}
