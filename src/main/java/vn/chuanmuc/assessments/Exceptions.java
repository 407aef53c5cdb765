package vn.chuanmuc.assessments;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;

/** Steps out of the ordinary, each with its reason and the document it stands on (domain.md, 4.7). */
@Component
public class Exceptions {
    static final int LONGEST_REASON = 1_000;
    static final int LONGEST_BASIS = 300;
    static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final String COLUMNS = """
            select x.id, x.cycle_id, x.form_id, x.unit_id, x.stage, x.kind, x.forms, x.reason, x.basis, x.made_by, x.made_at
            from assessments.exception x
            """;
    private static final RowMapper<Made> MADE = (row, n) -> new Made(
            row.getObject("id", UUID.class),
            row.getObject("cycle_id", UUID.class),
            row.getObject("form_id", UUID.class),
            row.getObject("unit_id", UUID.class),
            row.getString("stage"),
            Kind.of(row.getString("kind")),
            row.getInt("forms"),
            row.getString("reason"),
            row.getString("basis"),
            row.getObject("made_by", UUID.class),
            row.getTimestamp("made_at").toInstant());

    private final JdbcClient jdbc;
    private final Clock clock;

    Exceptions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public enum Kind {
        EXTEND,
        REROUTE,
        SEND_BACK,
        DELEGATE,
        TAKE_BACK,
        CANCEL,
        REOPEN,
        DIVIDE,
        CLOSE;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What is written down. {@code said}: what it was before and is now */
    record Entry(
            UUID cycleId,
            @Nullable UUID formId,
            @Nullable UUID unitId,
            @Nullable String stage,
            Kind kind,
            Map<String, ?> said,
            int forms,
            String reason,
            String basis) {}

    /**
     * A step that was taken.
     *
     * @param basis the document; empty: chưa có căn cứ
     */
    public record Made(
            UUID id,
            UUID cycleId,
            @Nullable UUID formId,
            @Nullable UUID unitId,
            @Nullable String stage,
            Kind kind,
            int forms,
            String reason,
            String basis,
            UUID madeBy,
            Instant madeAt) {}

    /** Why a step cannot be taken with this reason and this document. */
    static Optional<Cycles.Done.Refused> refused(String reason, String basis) {
        String why = Texts.oneLine(reason);
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            return Optional.of(new Cycles.Done.Refused("ly-do", Reason.of("assessments.step.reason", LONGEST_REASON)));
        }
        return Texts.oneLine(basis).length() > LONGEST_BASIS
                ? Optional.of(new Cycles.Done.Refused("can-cu", Reason.of("assessments.step.basis", LONGEST_BASIS)))
                : Optional.empty();
    }

    /** @return its id, for the act that is appended after it */
    UUID record(Viewer viewer, Entry entry) {
        UUID id = Ids.next();
        int rows = jdbc.sql("""
                        insert into assessments.exception
                            (tenant_id, id, cycle_id, form_id, unit_id, stage, kind, said, forms, reason, basis, made_by, made_at)
                        values (:tenant, :id, :cycle, :form, :unit, :stage, :kind, :said, :forms, :reason, :basis, :by, :at)
                        """)
                .param("tenant", viewer.tenantId())
                .param("id", id)
                .param("cycle", entry.cycleId())
                .param("form", entry.formId())
                .param("unit", entry.unitId())
                .param("stage", entry.stage())
                .param("kind", entry.kind().code())
                .param("said", CANONICAL.writeValueAsString(entry.said()))
                .param("forms", entry.forms())
                .param("reason", Texts.oneLine(entry.reason()))
                .param("basis", Texts.oneLine(entry.basis()))
                .param("by", viewer.accountId())
                .param("at", Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        Check.that(rows == 1, "a step is one row");
        return id;
    }

    /** About the whole cycle, or about units below those held. */
    List<Made> ofCycle(UUID tenantId, UUID cycleId, UUID[] held) {
        return jdbc.sql(COLUMNS + """
                        where x.tenant_id = :tenant and x.cycle_id = :cycle and x.form_id is null
                          and (x.unit_id is null or exists (
                                   select from directory.unit_closure d
                                   where d.tenant_id = x.tenant_id
                                     and (d.ancestor_id = any (:held) and d.descendant_id = x.unit_id
                                          or d.ancestor_id = x.unit_id and d.descendant_id = any (:held))))
                        order by x.id desc
                        limit 100
                        """)
                .param("tenant", tenantId)
                .param("cycle", cycleId)
                .param("held", held)
                .query(MADE)
                .list();
    }

    List<Made> ofForm(UUID tenantId, UUID formId) {
        return jdbc.sql(COLUMNS + "where x.tenant_id = ? and x.form_id = ? order by x.id desc limit 100")
                .params(tenantId, formId)
                .query(MADE)
                .list();
    }
}
