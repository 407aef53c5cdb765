package vn.chuanmuc.jobs;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * A piece of long work as it stands.
 *
 * @param kind see {@link Work#kind()}
 * @param subject the record it works on
 * @param label names the record for people
 * @param progress where the next step goes on
 * @param done of {@code total}, in the work's own unit; a total of 0 is not known yet
 * @param cancelling somebody asked it to stop; it does after the step that runs
 * @param outcome what to tell once it has ended; null before, and when it was cancelled or failed
 */
public record Job(
        UUID tenantId,
        UUID id,
        String kind,
        UUID subject,
        String label,
        Map<String, String> parameters,
        State state,
        String progress,
        long done,
        long total,
        boolean cancelling,
        int attempt,
        @Nullable Reason outcome,
        UUID requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        REFUSED,
        CANCELLED,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public boolean live() {
        return endedAt == null;
    }

    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("job " + kind + " has no parameter " + name);
        }
        return value;
    }
}
