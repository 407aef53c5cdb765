-- A list of 100,000 rows is read page by page in either order, and searched, without reading it whole into the product.
alter table submissions.list_row add column search_key text not null default ''; -- of the full name
update submissions.list_row w
set search_key = r.search_key
from submissions.list l
join campaigns.roster_entry r on r.tenant_id = l.tenant_id and r.campaign_id = l.campaign_id
where l.tenant_id = w.tenant_id and l.id = w.list_id and r.person_id = w.person_id;
create index list_row_name on submissions.list_row (tenant_id, list_id, version, sort_key, person_id);
create index list_row_rank on submissions.list_row (tenant_id, list_id, version, rank_order, sort_key, person_id);

-- A version is accepted when its rows are still as people stand. When they are not, the board may accept it as it stands,
-- for a reason: then how many rows were different is kept, and the hash of the rows as people stood at that moment.
alter table submissions.list_version
    add column late_rows   int   not null default 0 check (late_rows >= 0),
    add column late_reason text  not null default '' check (length(late_reason) <= 2000),
    add column late_hash   bytea check (length(late_hash) = 32),
    add check ((late_rows = 0) = (late_reason = '')),
    add check ((late_rows = 0) = (late_hash is null)),
    add check (late_rows = 0 or state in ('accepted', 'reopened'));

-- Who signed, declined, joined or left after a version was compiled that was accepted as it stands. Evidence.
create table submissions.late_row (
    tenant_id uuid  not null,
    list_id   uuid  not null,
    version   int   not null,
    person_id uuid  not null,
    kind      text  not null check (kind in ('added', 'removed', 'standing', 'words')),
    sort_key  bytea not null,
    full_name text  not null,
    standing  text  check (standing in ('open', 'signed', 'declined', 'excused')), -- null for whoever was removed
    signed_at timestamptz,
    primary key (tenant_id, list_id, version, person_id),
    foreign key (tenant_id, list_id, version) references submissions.list_version (tenant_id, list_id, version),
    check ((kind = 'removed') = (standing is null))
);
grant select, insert on submissions.late_row to chuanmuc_app;
