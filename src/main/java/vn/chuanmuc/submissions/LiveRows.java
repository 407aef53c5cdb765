package vn.chuanmuc.submissions;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.Campaigns.Campaign;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.commitments.ReasonKind;
import vn.chuanmuc.commitments.Standing;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.submissions.Lists.Key;

/** The rows a list would have if it were compiled now. */
@Component
class LiveRows {
    private final Commitments commitments;
    private final Criteria criteria;

    LiveRows(Commitments commitments, Criteria criteria) {
        this.commitments = commitments;
        this.criteria = criteria;
    }

    List<ListRow> of(UUID tenantId, Campaign campaign, Key key) {
        Map<UUID, CriteriaSet> sets = criteria.sets(tenantId, campaign.decisionId()).stream()
                .collect(Collectors.toMap(CriteriaSet::id, Function.identity()));
        return commitments.rows(tenantId, key.campaignId(), key.unitId(), key.blocId()).stream()
                .map(row -> row(row, Objects.requireNonNull(sets.get(row.setId()), "a set of the campaign's decision")))
                .toList();
    }

    private static ListRow row(Commitments.Row row, CriteriaSet set) {
        boolean signed = row.standing() == Standing.SIGNED;
        // A record that was taken back leaves its correction behind: that is no reason for not signing.
        boolean reasoned = row.standing() == Standing.DECLINED || row.standing() == Standing.EXCUSED;
        ReasonKind kind = row.reasonKind();
        return new ListRow(
                row.personId(),
                row.sortKey(),
                row.rankOrder(),
                row.fullName(),
                row.birthDate(),
                row.positionName(),
                row.unitName(),
                set.title(),
                set.audience(),
                row.standing(),
                signed ? row.at() : null,
                signed ? row.method() : null,
                reasoned && kind != null ? kind.code() : null,
                reasoned ? row.reason() : "",
                "",
                row.sample());
    }
}
