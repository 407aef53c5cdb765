create schema submissions;
grant usage on schema submissions to chuanmuc_app;

-- The list of a unit's bloc in a campaign: one, with numbered versions.
create table submissions.list (
    tenant_id   uuid        not null,
    id          uuid        not null,
    campaign_id uuid        not null,
    unit_id     uuid        not null,
    bloc_id     uuid        not null,
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
    compiled_by   uuid        not null,
    compiled_at   timestamptz not null,
    approved_by   uuid,
    approved_at   timestamptz,
    submitted_by  uuid,
    submitted_at  timestamptz,
    decided_by    uuid, -- who accepted or sent back
    decided_at    timestamptz,
    decision_note text        not null default '' check (length(decision_note) <= 2000),
    primary key (tenant_id, list_id, version),
    foreign key (tenant_id, list_id) references submissions.list (tenant_id, id),
    check (0 <= signed and signed + declined + excused <= expected),
    check (approved_by is null or approved_by <> compiled_by) -- compiler ≠ approver
);

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
    standing      text not null,
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

grant select, insert, update on submissions.list, submissions.list_version to chuanmuc_app;
grant select, insert on submissions.list_row, submissions.row_remark to chuanmuc_app;
