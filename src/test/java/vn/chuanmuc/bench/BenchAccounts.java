package vn.chuanmuc.bench;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;

/** Accounts of a body that is measured, all with one password. */
final class BenchAccounts {
    static final String PASSWORD = "khong-bi-mat";
    private static final String STORED = "{noop}" + PASSWORD;
    private static final UUID NOBODY = new UUID(0, 0);

    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final UUID tenant;

    BenchAccounts(ApplicationContext context, UUID tenant) {
        accounts = context.getBean(Accounts.class);
        jdbc = context.getBean(JdbcClient.class);
        this.tenant = tenant;
    }

    /** An account with a role in a unit. */
    Viewer open(String name, Role role, UUID unit) {
        Viewer viewer = official(name, null);
        accounts.grant(tenant, NOBODY, viewer.accountId(), role, unit, "đo");
        return new Viewer(
                tenant,
                viewer.accountId(),
                null,
                name,
                viewer.username(),
                List.of(new Viewer.Grant(role, unit)),
                false,
                false);
    }

    /** An official's account, signed in. */
    Viewer official(String name, @Nullable UUID person) {
        UUID account = accounts.openKnown(tenant, NOBODY, name, "", person, STORED);
        String username = jdbc.sql("select username from access.account where tenant_id = ? and id = ?")
                .params(tenant, account)
                .query((row, n) -> row.getString(1))
                .single();
        return new Viewer(tenant, account, person, name, username, List.of(), false, false);
    }
}
