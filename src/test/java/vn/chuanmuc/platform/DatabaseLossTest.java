package vn.chuanmuc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;

/** States as PostgreSQL names them (appendix A of its manual): class 08, 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now. */
class DatabaseLossTest {
    @Test
    void seesThatTheDatabaseWasNotThere() {
        for (String state : new String[] {"08000", "08006", "57P01", "57P02", "57P03"}) {
            assertThat(DatabaseLoss.in(new IllegalStateException(new SQLException("x", state))))
                    .as(state)
                    .isTrue();
        }
        assertThat(DatabaseLoss.in(new DataAccessResourceFailureException("x"))).isTrue();
        assertThat(DatabaseLoss.in(new CannotCreateTransactionException("x"))).isTrue();
        assertThat(DatabaseLoss.in(new TransactionSystemException("JDBC rollback failed", new SQLException("closed"))))
                .isTrue();
    }

    @Test
    void takesNothingElseForIt() {
        assertThat(DatabaseLoss.in(null)).isFalse();
        assertThat(DatabaseLoss.in(new IOException("the file"))).isFalse();
        assertThat(DatabaseLoss.in(new DuplicateKeyException("x", new SQLException("twice", "23505"))))
                .isFalse();
        assertThat(DatabaseLoss.in(new SQLException("cancelled", "57014"))).isFalse();
        assertThat(DatabaseLoss.in(new UnexpectedRollbackException("x"))).isFalse();
    }
}
