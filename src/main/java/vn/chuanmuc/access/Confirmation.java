package vn.chuanmuc.access;

import vn.chuanmuc.kernel.Reason;

/** Whether somebody proved again that it is them, by entering the password once more. */
public sealed interface Confirmation {
    record Confirmed() implements Confirmation {}

    record Refused(Reason why) implements Confirmation {}
}
