package vn.chuanmuc.campaigns;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.office.Layout;

/**
 * Whose rules of document form a campaign's papers follow, in how they look and how they are numbered: what is issued of a State line's
 * people is the State's; everything else the Party's, whose committees promulgate the criteria. The one place that says so, for
 * commitments, lists, progress, and all papers of assessment (ADR 0024).
 */
@Component
public class PaperLines {
    private final JdbcClient jdbc;

    PaperLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param kind of the campaign's line; null where it is for the whole organisation */
    public static Layout.Line of(Lines.@Nullable Kind kind) {
        return kind == Lines.Kind.STATE ? Layout.Line.STATE : Layout.Line.PARTY;
    }

    public Layout.Line of(UUID tenantId, UUID campaignId) {
        return of(tenantId, List.of(campaignId));
    }

    /** Of one paper about several campaigns: the State's when all of them are. */
    public Layout.Line of(UUID tenantId, Collection<UUID> campaigns) {
        var kinds = jdbc.sql("""
                        select distinct l.kind
                        from campaigns.campaign c
                        left join directory.line l on l.tenant_id = c.tenant_id and l.id = c.line_id
                        where c.tenant_id = ? and c.id = any (?)
                        """)
                .params(tenantId, campaigns.toArray(UUID[]::new))
                .query((row, n) -> {
                    String kind = row.getString("kind");
                    return of(kind == null ? null : Lines.Kind.of(kind));
                })
                .set();
        return kinds.equals(Set.of(Layout.Line.STATE)) ? Layout.Line.STATE : Layout.Line.PARTY;
    }
}
