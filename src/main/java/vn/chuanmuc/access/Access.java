package vn.chuanmuc.access;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Answers whether somebody holds a permission for a unit: in the unit itself or in one above it. Of a unit
 * that is dissolved, those who keep its records may read them and change nothing.
 */
@Component
public class Access {
    private final JdbcClient jdbc;

    Access(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Throws {@link Forbidden} unless the viewer holds the permission for the unit. */
    public void require(Viewer viewer, Permission permission, UUID unitId) {
        if (!covers(viewer, permission, unitId)) {
            throw new Forbidden(permission);
        }
    }

    public void require(Viewer viewer, Permission permission) {
        if (!viewer.may(permission)) {
            throw new Forbidden(permission);
        }
    }

    public boolean covers(Viewer viewer, Permission permission, UUID unitId) {
        UUID[] held = viewer.unitsWith(permission);
        if (held.length == 0) {
            return false;
        }
        for (UUID unit : held) {
            if (unit.equals(unitId)) {
                return true;
            }
        }
        return jdbc.sql("""
                        select exists (
                            select from directory.unit_closure
                            where tenant_id = ? and descendant_id = ? and ancestor_id = any (?) and (? or not custody))
                        """)
                .param(viewer.tenantId())
                .param(unitId)
                .param(held)
                .param(permission.reads())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
