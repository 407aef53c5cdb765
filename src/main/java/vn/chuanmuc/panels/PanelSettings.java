package vn.chuanmuc.panels;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.panels.PanelRule.Base;
import vn.chuanmuc.panels.PanelRule.Hands;
import vn.chuanmuc.panels.PanelRule.Share;

/** By what meetings go: dated, of the whole body, with its basis; only ever added to. */
@Component
public class PanelSettings {
    public static final int LONGEST_BASIS = 300;

    private static final String COLUMNS = """
            select id, valid_from, quorum_part, quorum_of, quorum_more, majority_part, majority_of, majority_more, majority_base,
                   recusal, hands, secret_least, basis
            from panels.rule
            """;

    private static final RowMapper<PanelRule> RULE = (row, n) -> new PanelRule(
            row.getObject("id", UUID.class),
            row.getObject("valid_from", LocalDate.class),
            share(
                    row.getObject("quorum_part", Integer.class),
                    row.getObject("quorum_of", Integer.class),
                    row.getBoolean("quorum_more")),
            share(
                    row.getObject("majority_part", Integer.class),
                    row.getObject("majority_of", Integer.class),
                    row.getBoolean("majority_more")),
            Base.of(row.getString("majority_base")),
            row.getBoolean("recusal"),
            row.getString("hands") == null ? Hands.COUNTED : Hands.CONFIRMED,
            row.getInt("secret_least"),
            row.getString("basis"));

    private final JdbcClient jdbc;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;

    PanelSettings(JdbcClient jdbc, Access access, Units units, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    private static @Nullable Share share(@Nullable Integer part, @Nullable Integer of, boolean more) {
        return part == null || of == null ? null : new Share(part, of, more);
    }

    public sealed interface Setting {
        record Done() implements Setting {}

        record Refused(String field, Reason why) implements Setting {}
    }

    /** That of a day; what ships where none was set. */
    public PanelRule on(UUID tenantId, LocalDate day) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? and valid_from <= ? order by valid_from desc, id desc limit 1")
                .params(tenantId, day)
                .query(RULE)
                .optional()
                .orElse(PanelRule.SHIPPED);
    }

    PanelRule get(UUID tenantId, @Nullable UUID id) {
        return id == null
                ? PanelRule.SHIPPED
                : jdbc.sql(COLUMNS + "where tenant_id = ? and id = ?")
                        .params(tenantId, id)
                        .query(RULE)
                        .single();
    }

    /** All that were ever set, the newest first. */
    public List<PanelRule> history(UUID tenantId) {
        return jdbc.sql(COLUMNS + "where tenant_id = ? order by valid_from desc, id desc limit 100")
                .param(tenantId)
                .query(RULE)
                .list();
    }

    /** Whether the viewer sets them: whoever runs cycles for the whole body. */
    public boolean maySet(Viewer viewer) {
        return access.covers(viewer, Permission.RUN_CYCLE, units.root(viewer.tenantId()));
    }

    /** Sets from a day on, which is not past: meetings that were convened go by the rule they were convened under. */
    @Transactional
    public Setting set(Viewer viewer, PanelRule rule) {
        UUID tenant = viewer.tenantId();
        access.require(viewer, Permission.RUN_CYCLE, units.root(tenant));
        Optional<Setting> refused = wrong("so-nguoi", rule.quorum())
                .or(() -> wrong("da-so", rule.majority()))
                .or(() -> rule.secretLeast() < 2 || rule.secretLeast() > 100
                        ? Optional.of(new Setting.Refused("kin", Reason.of("panels.rule.secret.wrong", 2, 100)))
                        : Optional.empty())
                .or(() -> rule.validFrom().isBefore(LocalDate.now(clock))
                        ? Optional.of(
                                new Setting.Refused("tu-ngay", Reason.of("panels.rule.past", LocalDate.now(clock))))
                        : Optional.empty());
        String basis = Texts.oneLine(rule.basis());
        if (refused.isPresent()) {
            return refused.get();
        }
        if (basis.length() > LONGEST_BASIS) {
            return new Setting.Refused("can-cu", Reason.of("panels.rule.basis.long", LONGEST_BASIS));
        }
        PanelRule now = on(tenant, rule.validFrom());
        if (now.id() != null && same(now, rule, basis)) {
            return new Setting.Done(); // a second click
        }
        UUID id = Ids.next();
        Share quorum = rule.quorum();
        Share majority = rule.majority();
        int rows = jdbc.sql("""
                        insert into panels.rule (tenant_id, id, valid_from, quorum_part, quorum_of, quorum_more, majority_part, majority_of,
                            majority_more, majority_base, recusal, hands, secret_least, basis, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tenant)
                .param(id)
                .param(rule.validFrom())
                .param(quorum == null ? null : quorum.part())
                .param(quorum == null ? null : quorum.of())
                .param(quorum != null && quorum.more())
                .param(majority == null ? null : majority.part())
                .param(majority == null ? null : majority.of())
                .param(majority != null && majority.more())
                .param(rule.base().code())
                .param(rule.recusal())
                .param(rule.hands() == Hands.COUNTED ? null : rule.hands().code())
                .param((short) rule.secretLeast())
                .param(basis)
                .param(viewer.accountId())
                .param(Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        Check.that(rows == 1, "a rule is one row");
        var facts = new LinkedHashMap<String, Object>();
        facts.put("from", rule.validFrom().toString());
        facts.put("quorum", quorum == null ? "" : quorum.written() + (quorum.more() ? "+" : ""));
        facts.put("majority", majority == null ? "" : majority.written() + (majority.more() ? "+" : ""));
        facts.put("base", rule.base().code());
        facts.put("recusal", rule.recusal());
        facts.put("hands", rule.hands().code());
        facts.put("secretLeast", rule.secretLeast());
        facts.put("basis", basis);
        ledger.append(new Act(tenant, "panels.rule-set", id, viewer.accountId(), facts)
                .with(Piece.of(PanelEvidence.RULE, id)));
        return new Setting.Done();
    }

    private static Optional<Setting> wrong(String field, @Nullable Share share) {
        boolean right = share == null
                || (share.part() >= 1
                        && share.of() >= share.part()
                        && share.of() <= 100
                        && !(share.more() && share.part() == share.of()));
        return right ? Optional.empty() : Optional.of(new Setting.Refused(field, Reason.of("panels.rule.share")));
    }

    private static boolean same(PanelRule now, PanelRule rule, String basis) {
        return now.equals(new PanelRule(
                now.id(),
                rule.validFrom(),
                rule.quorum(),
                rule.majority(),
                rule.base(),
                rule.recusal(),
                rule.hands(),
                rule.secretLeast(),
                basis));
    }
}
