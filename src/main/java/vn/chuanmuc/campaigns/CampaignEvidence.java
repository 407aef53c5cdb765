package vn.chuanmuc.campaigns;

import java.util.List;
import org.springframework.stereotype.Component;
import vn.chuanmuc.ledger.Evidence;

/** Plans that were opened, their rosters as frozen, who came and went, whom new decisions concerned, and when they were closed. */
@Component
class CampaignEvidence implements Evidence {
    static final String CAMPAIGN = "campaigns.campaign";
    static final String UNITS = "campaigns.campaign_unit";
    static final String ROSTER = "campaigns.roster";
    static final String LINE = "campaigns.roster_line";
    static final String CHANGE = "campaigns.roster_change";
    static final String SUPPLEMENT = "campaigns.supplement_person";
    static final String CLOSING = "campaigns.closing";

    @Override
    public List<Kind> kinds() {
        return List.of(
                Kind.of(CAMPAIGN, "id").where("t.state <> 'draft'").changing(),
                Kind.of(UNITS, "campaign_id", "unit_id").togetherBy(1).where("""
                        exists (select from campaigns.campaign c
                                where c.tenant_id = t.tenant_id and c.id = t.campaign_id and c.state <> 'draft')
                        """),
                Kind.of(LINE, "campaign_id", "person_id", "entry")
                        .named(ROSTER)
                        .togetherBy(1)
                        .where("t.change_id is null"),
                Kind.of(LINE, "campaign_id", "person_id", "entry").where("t.change_id is not null"),
                Kind.of(CHANGE, "id"),
                Kind.of(SUPPLEMENT, "campaign_id", "person_id").togetherBy(1),
                Kind.of(CLOSING, "id"));
    }
}
