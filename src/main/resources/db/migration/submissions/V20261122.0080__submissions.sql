create schema submissions;
grant usage on schema submissions to chuanmuc_app;

-- The list of a unit's bloc in a campaign: one, with numbered versions. Made when the roster is frozen (names of that day),
-- so that an inbox of a thousand units pages over this small table and not over the people.
create table submissions.list (
    tenant_id   uuid        not null,
    id          uuid        not null,
    campaign_id uuid        not null,
    unit_id     uuid        not null,
    bloc_id     uuid        not null,
    unit_name   text        not null,
    bloc_name   text        not null,
    search_key  text        not null, -- of the unit's name
    current     int         not null default 0 check (current between 0 and 10000),
    primary key (tenant_id, id),
    unique (tenant_id, campaign_id, unit_id, bloc_id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id)
);

-- Completed, approved, submitted, accepted and sent back are kept apart: each has its own time and its own person.
create table submissions.list_version (
    tenant_id     uuid        not null,
    list_id       uuid        not null,
    version       int         not null check (version >= 1),
    state         text        not null check (state in ('compiled', 'approved', 'submitted', 'sent-back', 'accepted', 'reopened', 'dropped')),
    expected      int         not null,
    signed        int         not null,
    declined      int         not null,
    excused       int         not null,
    content_hash  bytea       not null check (length(content_hash) = 32), -- SHA-256 over the rows, see ListRules
    parent_name   text        not null default '', -- the body above the unit on the day of compiling, for the paper's head
    compiled_by   uuid        not null,
    compiled_at   timestamptz not null,
    compile_note  text        not null default '' check (length(compile_note) <= 2000),
    approved_by   uuid,
    approved_at   timestamptz,
    submitted_by  uuid,
    submitted_at  timestamptz,
    decided_by    uuid, -- who accepted or sent back
    decided_at    timestamptz,
    decision_note text        not null default '' check (length(decision_note) <= 2000),
    ended_by      uuid, -- who replaced or returned it before it was sent, or reopened it after it was accepted
    ended_at      timestamptz,
    end_note      text        not null default '' check (length(end_note) <= 2000),
    primary key (tenant_id, list_id, version),
    foreign key (tenant_id, list_id) references submissions.list (tenant_id, id),
    check (0 <= signed and 0 <= declined and 0 <= excused and signed + declined + excused <= expected),
    check (approved_by is null or approved_by <> compiled_by), -- compiler ≠ approver
    check (state not in ('approved', 'submitted', 'sent-back', 'accepted', 'reopened')
        or (approved_by is not null and approved_at is not null)),
    check (state not in ('submitted', 'sent-back', 'accepted', 'reopened')
        or (submitted_by is not null and submitted_at is not null)),
    check (state not in ('sent-back', 'accepted', 'reopened') or (decided_by is not null and decided_at is not null)),
    check (state not in ('dropped', 'reopened') or (ended_by is not null and ended_at is not null))
);
create index list_version_waiting on submissions.list_version (tenant_id, state, list_id)
    where state in ('compiled', 'approved', 'submitted', 'sent-back');

-- The rows as compiled. Evidence.
create table submissions.list_row (
    tenant_id     uuid not null,
    list_id       uuid not null,
    version       int  not null,
    person_id     uuid not null,
    sort_key      bytea not null,
    rank_order    int  not null,
    full_name     text not null,
    birth_date    date,
    position_name text not null,
    unit_name     text not null,
    set_title     text not null,
    set_audience  text not null check (set_audience in ('leaders', 'staff', 'all')),
    standing      text not null check (standing in ('open', 'signed', 'declined', 'excused')),
    signed_at     timestamptz,
    method        text,
    reason_kind   text,
    reason        text not null default '',
    note          text not null default '',
    sample        boolean not null,
    primary key (tenant_id, list_id, version, person_id),
    foreign key (tenant_id, list_id, version) references submissions.list_version (tenant_id, list_id, version)
);

-- What the upper board remarks on a row when it sends a version back. Evidence.
create table submissions.row_remark (
    tenant_id uuid        not null,
    list_id   uuid        not null,
    version   int         not null,
    person_id uuid        not null,
    remark    text        not null check (length(remark) between 1 and 1000),
    made_by   uuid        not null,
    made_at   timestamptz not null,
    primary key (tenant_id, list_id, version, person_id),
    foreign key (tenant_id, list_id, version, person_id)
        references submissions.list_row (tenant_id, list_id, version, person_id)
);

-- Where every list stands, for reports. A list that was never compiled has version 0 and state 'none'.
create view submissions.v_list_state as
select l.tenant_id, l.campaign_id, l.unit_id, l.bloc_id, l.unit_name, l.bloc_name, l.id as list_id,
       l.current as version, coalesce(v.state, 'none') as state,
       v.compiled_at, v.approved_at, v.submitted_at, v.decided_at
from submissions.list l
left join submissions.list_version v
    on v.tenant_id = l.tenant_id and v.list_id = l.id and v.version = l.current;

grant select, insert, update on submissions.list, submissions.list_version to chuanmuc_app;
grant select, insert on submissions.list_row, submissions.row_remark to chuanmuc_app;
grant select on submissions.v_list_state to chuanmuc_app;
