package vn.chuanmuc.platform;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Whether something failed because the database was not there, and not because of what was asked of it. */
public final class DatabaseLoss {
    private DatabaseLoss() {}

    public static boolean in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause
                            instanceof
                            TransactionSystemException // what is left of it when the rollback has no connection either
                    || cause instanceof SQLException sql && lost(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Connection exceptions, and the server that shuts down, has crashed or does not take anybody yet. */
    private static boolean lost(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
