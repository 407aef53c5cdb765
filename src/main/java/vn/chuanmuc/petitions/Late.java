package vn.chuanmuc.petitions;

import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.petitions.Petitions.Filing;

/** Why a petition comes too late, and what is left. */
public final class Late {
    private Late() {}

    public static Reason reason(Filing.Over over) {
        return over.lateUntil() == null
                ? Reason.of("petitions.over", over.clock().last())
                : Reason.of("petitions.over.late", over.clock().last(), over.lateUntil());
    }
}
