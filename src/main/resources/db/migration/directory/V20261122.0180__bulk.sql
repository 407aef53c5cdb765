-- Imports as jobs: read in chunks whose staged rows are the checkpoint, applied whole; who is gone; what changed, provable.

alter table directory.people_import drop column claim, drop column heartbeat, drop column rows_done;
alter table directory.people_import drop constraint people_import_state_check;
-- reading: being read; unreadable: refused (why: refusal). A list that broke off in the old way was never written.
update directory.people_import set state = 'failed' where state = 'applying';
alter table directory.people_import add constraint people_import_state_check
    check (state in ('reading', 'unreadable', 'read', 'applying', 'applied', 'dropped', 'failed'));
alter table directory.people_import
    add column origin     text   not null default 'sheet' check (origin in ('sheet', 'data')), -- uploaded by a person, or sent by another system
    add column automatic  boolean not null default false, -- applied as soon as it is read, when no row is bad
    add column read_to    int    not null default 0, -- the last row that is staged: where reading goes on
    add column refusal    jsonb,                     -- {key, arguments}
    add column leading_keys text[] not null default '{}', -- keys of the new positions that lead, as ticked
    add column gone       int    not null default 0, -- people of the units covered who are not in the list
    add column end_choice text   not null default 'keep' check (end_choice in ('keep', 'all', 'chosen')),
    add column end_day    date,
    add column end_reason text   check (length(end_reason) between 1 and 500),
    add column ended      int    not null default 0,
    add column change_hash bytea check (length(change_hash) = 32), -- SHA-256 of the change document
    add check (end_choice = 'keep' or (end_day is not null and end_reason is not null));

alter table directory.people_import_row
    add column unit_id       uuid, -- where the row goes, as far as it is clear
    add column assignment_id uuid, -- the open assignment it speaks of
    add column folded_key    text not null default '';
create index people_import_row_assignment on directory.people_import_row (tenant_id, import_id, assignment_id)
    where assignment_id is not null;
create index people_import_row_bad on directory.people_import_row (tenant_id, import_id, folded_key) where outcome = 'bad';

-- The bytes that were sent, until they are read. Never trusted, never served.
create table directory.people_import_file (
    tenant_id uuid  not null,
    import_id uuid  not null,
    part      int   not null,
    bytes     bytea not null check (length(bytes) <= 1048576),
    primary key (tenant_id, import_id, part),
    foreign key (tenant_id, import_id) references directory.people_import (tenant_id, id)
);
alter table directory.people_import_file alter column bytes set storage external; -- packed already

-- Open assignments in the units that the list covers, of people whom it does not name.
create table directory.people_import_gone (
    tenant_id     uuid    not null,
    import_id     uuid    not null,
    assignment_id uuid    not null,
    person_id     uuid    not null,
    sort_key      bytea   not null,
    chosen        boolean not null default false,
    primary key (tenant_id, import_id, assignment_id),
    foreign key (tenant_id, import_id) references directory.people_import (tenant_id, id)
);
create index people_import_gone_sort on directory.people_import_gone (tenant_id, import_id, sort_key, assignment_id);

-- What an import changed, one line of canonical JSON per person and change. The parts one after the other are the change
-- document; its SHA-256 stands in the ledger. Evidence.
create table directory.people_import_change (
    tenant_id uuid not null,
    import_id uuid not null,
    part      int  not null,
    lines     text not null,
    primary key (tenant_id, import_id, part),
    foreign key (tenant_id, import_id) references directory.people_import (tenant_id, id)
);

grant select, insert, delete on directory.people_import_file to chuanmuc_app;
grant select, insert, update, delete on directory.people_import_gone to chuanmuc_app;
grant select, insert on directory.people_import_change to chuanmuc_app;
