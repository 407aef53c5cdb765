package vn.chuanmuc.jobs;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.jobs.Job.State;
import vn.chuanmuc.kernel.Reason;

@Component
class JobStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final String COLUMNS = """
            tenant_id, id, kind, subject_id, label, parameters, state, progress, done, total, cancelling, attempt, outcome,
            requested_by, requested_at, started_at, ended_at
            """;

    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when a live job of the kind works on the record already. */
    boolean insert(Jobs.Request request, UUID id, Instant now) {
        return jdbc.sql("""
                                insert into jobs.job (tenant_id, id, kind, subject_id, label, parameters, state, requested_by, requested_at)
                                values (?, ?, ?, ?, ?, cast(? as jsonb), 'waiting', ?, ?)
                                on conflict (tenant_id, kind, subject_id) where ended_at is null do nothing
                                """)
                        .params(
                                request.tenantId(),
                                id,
                                request.kind(),
                                request.subject(),
                                request.label(),
                                JSON.writeValueAsString(request.parameters()),
                                request.requestedBy(),
                                Timestamp.from(now))
                        .update()
                == 1;
    }

    Optional<Job> find(UUID tenantId, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from jobs.job where tenant_id = ? and id = ?")
                .params(tenantId, id)
                .query(JOB)
                .optional();
    }

    Optional<Job> live(UUID tenantId, String kind, UUID subject) {
        return jdbc.sql("select " + COLUMNS
                        + "from jobs.job where tenant_id = ? and kind = ? and subject_id = ? and ended_at is null")
                .params(tenantId, kind, subject)
                .query(JOB)
                .optional();
    }

    List<Job> of(UUID tenantId, UUID accountId, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + "from jobs.job where tenant_id = ? and requested_by = ? order by id desc limit ?")
                .params(tenantId, accountId, limit)
                .query(JOB)
                .list();
    }

    /** A new attempt at a live job; from now on no older one can write. */
    Optional<Job> attempt(UUID tenantId, UUID id, Instant now) {
        return jdbc.sql("""
                        update jobs.job
                        set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, ?)
                        where tenant_id = ? and id = ? and ended_at is null
                        returning
                        """ + COLUMNS)
                .params(Timestamp.from(now), tenantId, id)
                .query(JOB)
                .optional();
    }

    /** Whether the attempt may go on: it is the newest, and nobody cancelled. */
    boolean beat(Job job, long done, long total) {
        return jdbc.sql("""
                                update jobs.job set done = ?, total = ?
                                where tenant_id = ? and id = ? and attempt = ? and ended_at is null and not cancelling
                                """)
                        .params(done, total, job.tenantId(), job.id(), job.attempt())
                        .update()
                == 1;
    }

    boolean advance(Job job, Step.More step) {
        return jdbc.sql("""
                                update jobs.job set progress = ?, done = ?, total = ?
                                where tenant_id = ? and id = ? and attempt = ? and ended_at is null
                                """)
                        .params(step.progress(), step.done(), step.total(), job.tenantId(), job.id(), job.attempt())
                        .update()
                == 1;
    }

    boolean end(Job job, State state, @Nullable Reason outcome, Instant now) {
        return jdbc.sql("""
                                update jobs.job
                                set state = ?, outcome = cast(? as jsonb), ended_at = ?,
                                    done = case when cast(? as text) = 'done' then greatest(done, total) else done end
                                where tenant_id = ? and id = ? and attempt = ? and ended_at is null
                                """)
                        .param(state.code())
                        .param(outcome == null ? null : written(outcome))
                        .param(Timestamp.from(now))
                        .param(state.code())
                        .param(job.tenantId())
                        .param(job.id())
                        .param(job.attempt())
                        .update()
                == 1;
    }

    /** Asks a live job to stop. */
    boolean cancel(UUID tenantId, UUID id) {
        return jdbc.sql("""
                                update jobs.job set cancelling = true
                                where tenant_id = ? and id = ? and ended_at is null and not cancelling
                                """).params(tenantId, id).update() == 1;
    }

    private static final RowMapper<Job> JOB = (row, n) -> {
        Timestamp started = row.getTimestamp("started_at");
        Timestamp ended = row.getTimestamp("ended_at");
        String outcome = row.getString("outcome");
        return new Job(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getObject("subject_id", UUID.class),
                row.getString("label"),
                JSON.readValue(row.getString("parameters"), PARAMETERS),
                State.of(row.getString("state")),
                row.getString("progress"),
                row.getLong("done"),
                row.getLong("total"),
                row.getBoolean("cancelling"),
                row.getInt("attempt"),
                outcome == null ? null : read(outcome),
                row.getObject("requested_by", UUID.class),
                row.getTimestamp("requested_at").toInstant(),
                started == null ? null : started.toInstant(),
                ended == null ? null : ended.toInstant());
    };

    /** A reason as kept: every argument with its type, so that it is written later the way its reader reads. */
    private record Kept(String key, List<Argument> arguments) {}

    private record Argument(String type, String value) {}

    private static String written(Reason reason) {
        return JSON.writeValueAsString(new Kept(
                reason.key(),
                reason.arguments().stream()
                        .map(argument -> switch (argument) {
                            case Number number -> new Argument("number", Long.toString(number.longValue()));
                            case LocalDate day -> new Argument("day", day.toString());
                            case Instant moment -> new Argument("moment", moment.toString());
                            default -> new Argument("text", argument.toString());
                        })
                        .toList()));
    }

    private static Reason read(String json) {
        Kept kept = JSON.readValue(json, Kept.class);
        var arguments = new ArrayList<Object>();
        for (Argument argument : kept.arguments()) {
            arguments.add(
                    switch (argument.type()) {
                        case "number" -> Long.valueOf(argument.value());
                        case "day" -> LocalDate.parse(argument.value());
                        case "moment" -> Instant.parse(argument.value());
                        default -> argument.value();
                    });
        }
        return new Reason(kept.key(), arguments);
    }
}
