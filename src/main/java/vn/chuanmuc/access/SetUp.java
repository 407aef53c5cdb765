package vn.chuanmuc.access;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** The first start of an empty installation: one code, printed once, with which the first administrator sets the body up. */
@Component
public class SetUp {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Units units;
    private final Accounts accounts;
    private final MessageSource messages;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean done;

    SetUp(JdbcClient jdbc, Clock clock, Units units, Accounts accounts, MessageSource messages) {
        this.messages = messages;
        this.jdbc = jdbc;
        this.clock = clock;
        this.units = units;
        this.accounts = accounts;
    }

    /** Whether no body has been set up yet. */
    public boolean needed() {
        if (!done) {
            done = units.anyTenant();
        }
        return !done;
    }

    /** A new code in place of any earlier one; only its hash is kept. */
    @Transactional
    public String newCode() {
        String code = Secrets.newCode(random);
        jdbc.sql("""
                        insert into access.setup_code (code_hash, made_at) values (?, ?)
                        on conflict (only_one) do update set code_hash = excluded.code_hash, made_at = excluded.made_at
                        """)
                .param(Secrets.hash(code))
                .param(Timestamp.from(clock.instant()))
                .update();
        return code;
    }

    /** What came of setting up: the administrator's first sign-in, or why not, with the field it is about. */
    public sealed interface Result {
        record Ready(String username) implements Result {}

        record Refused(String field, Reason why) implements Result {}
    }

    /** Makes the tenant, its top unit and the first administrator with a password of their own. */
    @Transactional
    public Result complete(String code, String body, String administrator, String username, String password) {
        if (!codeHolds(code)) {
            return new Result.Refused("ma", Reason.of("access.setup.code.wrong"));
        }
        if (body.isBlank() || body.length() > 300) {
            return new Result.Refused("co-quan", Reason.of("access.setup.body.missing"));
        }
        if (administrator.isBlank() || administrator.length() > 200) {
            return new Result.Refused("ho-ten", Reason.of("access.setup.name.missing"));
        }
        if (!username.matches("[a-z0-9][a-z0-9._-]{1,59}")) {
            return new Result.Refused("ten", Reason.of("access.setup.username.wrong"));
        }
        if (jdbc.sql("update access.setup_code set used_at = ? where used_at is null")
                        .param(Timestamp.from(clock.instant()))
                        .update()
                != 1) {
            return new Result.Refused("ma", Reason.of("access.setup.code.wrong"));
        }
        UUID tenant = units.createTenant(body.strip());
        UUID top = units.root(tenant);
        UUID nobody = new UUID(0, 0); // the installation itself
        Accounts.Issued issued = accounts.open(tenant, nobody, administrator.strip(), username, null);
        var viewer = new Viewer(
                tenant, issued.accountId(), null, administrator, issued.username(), java.util.List.of(), true, false);
        Optional<Reason> refused = accounts.choosePassword(viewer, password, new byte[0]);
        if (refused.isPresent()) {
            org.springframework.transaction.interceptor.TransactionAspectSupport.currentTransactionStatus()
                    .setRollbackOnly();
            return new Result.Refused("mat-khau", refused.get());
        }
        accounts.grant(tenant, nobody, issued.accountId(), Role.ADMINISTRATOR, top, reason());
        done = true;
        return new Result.Ready(issued.username());
    }

    /** Stands beside the role for as long as it is kept, in the language of the records. */
    private String reason() {
        return messages.getMessage("access.setup.reason", null, Locale.forLanguageTag("vi"));
    }

    private boolean codeHolds(String typed) {
        byte @Nullable [] hash = jdbc.sql("select code_hash from access.setup_code where used_at is null")
                .query((row, n) -> row.getBytes(1))
                .optional()
                .orElse(null);
        return hash != null && Sha256.same(hash, Secrets.hash(typed));
    }
}
