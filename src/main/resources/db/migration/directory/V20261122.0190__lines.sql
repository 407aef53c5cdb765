-- Lines (tuyến): Party, State, mass organisations, school, enterprise. They run over the same people and units; the tree of units
-- knows nothing of them. Everything is dated as versions are (ADR 0009): an open row holds today, none begins in the future.

create table directory.line (
    tenant_id  uuid not null references directory.tenant (id),
    id         uuid not null,
    name       text not null check (length(name) between 1 and 200),
    match_key  text not null,
    kind       text not null check (kind in ('party', 'state', 'mass', 'school', 'enterprise')),
    basis      text not null default '' check (length(basis) <= 300), -- the founding document as printed; empty: no basis entered
    valid_from date not null,
    valid_to   date check (valid_to > valid_from),
    version    int  not null default 0,
    primary key (tenant_id, id)
);
create unique index line_name on directory.line (tenant_id, match_key) where valid_to is null;

-- A unit's place in a line: the unit above it there, which need not be the one above it in the tree.
create table directory.line_place (
    tenant_id   uuid not null,
    id          uuid not null,
    line_id     uuid not null,
    unit_id     uuid not null,
    superior_id uuid check (superior_id <> unit_id), -- null: the top of the line
    basis       text not null default '' check (length(basis) <= 300),
    valid_from  date not null,
    valid_to    date check (valid_to > valid_from),
    version     int  not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, line_id) references directory.line (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, superior_id) references directory.unit (tenant_id, id)
);
create unique index line_place_open on directory.line_place (tenant_id, line_id, unit_id) where valid_to is null;
create index line_place_then on directory.line_place (tenant_id, line_id, unit_id, valid_from);
create index line_place_under on directory.line_place (tenant_id, line_id, superior_id);

-- Who compiles and who approves for the line in a unit.
create table directory.line_duty (
    tenant_id  uuid not null,
    id         uuid not null,
    line_id    uuid not null,
    unit_id    uuid not null,
    person_id  uuid not null,
    duty       text not null check (duty in ('clerk', 'approver')),
    valid_from date not null,
    valid_to   date check (valid_to > valid_from),
    version    int  not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, line_id) references directory.line (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id)
);
create unique index line_duty_open on directory.line_duty (tenant_id, line_id, unit_id, duty) where valid_to is null;
create index line_duty_unit on directory.line_duty (tenant_id, line_id, unit_id);

-- A person stands in a line through one unit at a time.
create table directory.line_member (
    tenant_id  uuid not null,
    line_id    uuid not null,
    person_id  uuid not null,
    valid_from date not null,
    valid_to   date check (valid_to > valid_from),
    unit_id    uuid not null,
    version    int  not null default 0,
    primary key (tenant_id, line_id, person_id, valid_from),
    foreign key (tenant_id, line_id) references directory.line (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create unique index line_member_open on directory.line_member (tenant_id, line_id, person_id) where valid_to is null;
create index line_member_unit on directory.line_member (tenant_id, line_id, unit_id, valid_from) include (person_id, valid_to);
create index line_member_person on directory.line_member (tenant_id, person_id);

grant select, insert, update on directory.line to chuanmuc_app;
-- What was written by mistake is taken out again, with a reason in the ledger.
grant select, insert, update, delete on directory.line_place, directory.line_duty, directory.line_member to chuanmuc_app;
