package vn.chuanmuc.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.kernel.Sha256;

/**
 * Requests that change something, each done once: the key is taken, the work done and the answer kept in one transaction. A
 * refused request leaves nothing behind, so that it can be mended and sent again with the same key.
 */
@Component
public class ApiRequests {
    /** For so long an answer is kept. */
    static final Duration KEPT = Duration.ofDays(7);
    /** At once on one instance: those who wait hold no connection. */
    private static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    ApiRequests(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param location address of what was made, or null */
    public record Answer(int status, @Nullable String location, byte[] body) {
        boolean done() {
            return status < 300;
        }
    }

    public sealed interface Came {
        /** @param again whether it is the answer to an earlier request */
        record Answered(Answer answer, boolean again) implements Came {}

        /** The key was used for something else. */
        record OtherRequest() implements Came {}

        /** Too much is being done at once. */
        record Busy() implements Came {}
    }

    /**
     * Does the work in a transaction, or gives the answer that was given before. An answer of 300 or more undoes the transaction.
     *
     * @param hash SHA-256 of all that makes the request what it is
     */
    public Came once(ApiCaller caller, String key, byte[] hash, Supplier<Answer> work) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Came.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Came.Busy();
        }
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                if (!take(caller, key, hash)) {
                    return known(caller, key, hash);
                }
                Answer answer = work.get();
                if (answer.done()) {
                    keep(caller, key, answer);
                } else {
                    status.setRollbackOnly();
                }
                return new Came.Answered(answer, false);
            }));
        } finally {
            places.release();
        }
    }

    /** Waits while another transaction has the key in hand. */
    private boolean take(ApiCaller caller, String key, byte[] hash) {
        return jdbc.sql("""
                                insert into access.api_request (tenant_id, token_id, key, request_hash, at)
                                values (?, ?, ?, ?, ?)
                                on conflict (tenant_id, token_id, key) do nothing
                                """)
                        .params(caller.tenantId(), caller.tokenId(), key, hash, Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    private void keep(ApiCaller caller, String key, Answer answer) {
        jdbc.sql("""
                        update access.api_request set status = ?, location = ?, answer = ?
                        where tenant_id = ? and token_id = ? and key = ?
                        """)
                .param(answer.status())
                .param(answer.location())
                .param(answer.body())
                .param(caller.tenantId())
                .param(caller.tokenId())
                .param(key)
                .update();
        jdbc.sql("delete from access.api_request where tenant_id = ? and at < ?")
                .params(caller.tenantId(), Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }

    private record Kept(byte[] hash, Answer answer) {}

    private Came known(ApiCaller caller, String key, byte[] hash) {
        Optional<Kept> kept = jdbc.sql("""
                        select request_hash, status, location, answer from access.api_request
                        where tenant_id = ? and token_id = ? and key = ?
                        """)
                .params(caller.tenantId(), caller.tokenId(), key)
                .query((row, n) -> new Kept(
                        row.getBytes("request_hash"),
                        new Answer(row.getInt("status"), row.getString("location"), row.getBytes("answer"))))
                .optional();
        return kept.isPresent() && Sha256.same(kept.get().hash(), hash)
                ? new Came.Answered(kept.get().answer(), true)
                : new Came.OtherRequest();
    }
}
