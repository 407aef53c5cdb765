package vn.chuanmuc.verify;

/** Whole numbers as they are written: digits, no leading zero. */
final class Numbers {
    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    static boolean isCount(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
            return false;
        }
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
