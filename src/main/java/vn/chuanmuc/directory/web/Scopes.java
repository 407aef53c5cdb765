package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Scope;

/** How far a viewer reaches with a permission. */
final class Scopes {
    private Scopes() {}

    /** Whose people they look after. */
    static Scope managing(Viewer viewer) {
        return of(viewer, Permission.MANAGE_PEOPLE);
    }

    static Scope of(Viewer viewer, Permission permission) {
        return new Scope(viewer.tenantId(), viewer.accountId(), List.of(viewer.unitsWith(permission)));
    }
}
