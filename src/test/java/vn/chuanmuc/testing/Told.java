package vn.chuanmuc.testing;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Viewer;

/** What people were told about something, out of the database. */
public final class Told {
    private final JdbcClient jdbc;
    private final UUID tenant;

    public Told(JdbcClient jdbc, UUID tenant) {
        this.jdbc = jdbc;
        this.tenant = tenant;
    }

    /** Kinds of notices of an account about a subject, the first one first. */
    public List<String> kinds(Viewer viewer, UUID subject) {
        return jdbc.sql("""
                        select kind from notifications.notice
                        where tenant_id = ? and account_id = ? and subject_id = ? order by id
                        """)
                .params(tenant, viewer.accountId(), subject)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Where the newest notice of a kind leads an account. */
    public String href(Viewer viewer, String kind) {
        return jdbc.sql("""
                        select href from notifications.notice
                        where tenant_id = ? and account_id = ? and kind = ? order by id desc limit 1
                        """)
                .params(tenant, viewer.accountId(), kind)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** How many accounts were told of a kind about a subject. */
    public int many(String kind, UUID subject) {
        return jdbc.sql("select count(*) from notifications.notice where tenant_id = ? and kind = ? and subject_id = ?")
                .params(tenant, kind, subject)
                .query((row, n) -> row.getInt(1))
                .single();
    }
}
