package vn.chuanmuc.submissions;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;

/**
 * How far somebody reaches among the lists: by their roles, in these units and all below, and by the duties of the official.
 *
 * @param personId the official; null for an account that is no official's
 */
record Reach(
        UUID tenantId,
        UUID accountId,
        @Nullable UUID personId,
        UUID[] reads,
        UUID[] compiles,
        UUID[] approves,
        UUID[] decides) {
    static Reach of(Viewer viewer) {
        return new Reach(
                viewer.tenantId(),
                viewer.accountId(),
                viewer.personId(),
                viewer.unitsWith(Permission.READ_LISTS),
                viewer.unitsWith(Permission.COMPILE_LIST),
                viewer.unitsWith(Permission.APPROVE_LIST),
                viewer.unitsWith(Permission.DECIDE_ON_LIST));
    }
}
