-- A campaign may be one line's: then its roster takes the line's people only, and each line has its own in the same year.
alter table campaigns.campaign add column line_id uuid;
alter table campaigns.campaign add foreign key (tenant_id, line_id) references directory.line (tenant_id, id);
drop index campaigns.campaign_year;
create unique index campaign_year on campaigns.campaign (tenant_id, year, receiver_unit, line_id) nulls not distinct;
