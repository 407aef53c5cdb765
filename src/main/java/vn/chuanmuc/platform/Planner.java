package vn.chuanmuc.platform;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Of tables that were filled a moment ago PostgreSQL's planner knows nothing yet: it guesses one row, joins row by row, and a body
 * of 130,000 people takes minutes. What goes through a whole body says so first.
 */
public final class Planner {
    private Planner() {}

    /** Joins by hash whatever the planner guesses, until the open transaction ends; without one this does nothing. */
    public static void wholeBody(JdbcClient jdbc) {
        jdbc.sql("select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)")
                .query((row, n) -> n)
                .single();
    }
}
