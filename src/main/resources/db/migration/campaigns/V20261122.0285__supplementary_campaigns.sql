-- A supplementary campaign (đợt bổ sung, docs/adr/0015-supplementary-campaign.md): a new decision took the place of the one people
-- had signed under, and only those sign again whose items it changed. It stands on a base campaign of the same year.
alter table campaigns.campaign add column base_id uuid;
alter table campaigns.campaign add column replaced_decision uuid; -- whose place decision_id took: the base campaign's
alter table campaigns.campaign add foreign key (tenant_id, base_id) references campaigns.campaign (tenant_id, id);
alter table campaigns.campaign add foreign key (tenant_id, replaced_decision) references criteria.decision (tenant_id, id);
alter table campaigns.campaign add check ((base_id is null) = (replaced_decision is null));
alter table campaigns.campaign add check (base_id <> id);
drop index campaigns.campaign_year;
create unique index campaign_year on campaigns.campaign (tenant_id, year, receiver_unit, line_id) nulls not distinct
    where base_id is null;
-- One for each new decision, and one at a time that is open.
create unique index campaign_supplement on campaigns.campaign (tenant_id, base_id, decision_id) where base_id is not null;
create unique index campaign_supplement_open on campaigns.campaign (tenant_id, base_id)
    where base_id is not null and state = 'launched';

-- Somebody is on one main roster of a year; and on the rosters of the supplementary campaigns that stand on its campaign.
alter table campaigns.roster_entry add column base_id uuid;
drop index campaigns.roster_year;
create unique index roster_year on campaigns.roster_entry (tenant_id, year, person_id) where base_id is null;

-- What was found about everybody on the base roster when a supplementary campaign was opened: who signs again and who need
-- not, and why. Evidence.
create table campaigns.supplement_person (
    tenant_id     uuid not null,
    campaign_id   uuid not null, -- the supplementary one
    person_id     uuid not null,
    verdict       text not null check (verdict in ('changed', 'same', 'unsigned', 'away', 'left')),
    commitment_id uuid, -- what stood for the year that day
    set_before    uuid, -- of that commitment
    set_after     uuid, -- decided for the person under the new decision
    primary key (tenant_id, campaign_id, person_id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    check (verdict not in ('changed', 'same')
        or (commitment_id is not null and set_before is not null and set_after is not null))
);
grant select, insert on campaigns.supplement_person to chuanmuc_app;
