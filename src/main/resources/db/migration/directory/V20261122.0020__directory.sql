create schema directory;
grant usage on schema directory to chuanmuc_app;

-- Reference table: a body with its own officials (a district's Party organisation, a city …).
create table directory.tenant (
    id         uuid        primary key,
    name       text        not null check (length(name) between 1 and 300),
    created_at timestamptz not null
);

create table directory.unit (
    tenant_id  uuid        not null references directory.tenant (id),
    id         uuid        not null,
    code       text        not null check (length(code) between 1 and 40),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

-- What a unit is called and where it belongs, from a date until a date (exclusive); the open version has no end.
create table directory.unit_version (
    tenant_id  uuid not null,
    unit_id    uuid not null,
    valid_from date not null,
    valid_to   date check (valid_to > valid_from),
    name       text not null check (length(name) between 1 and 300),
    match_key  text not null, -- the name as compared: see PeopleSheetReader.matchKey
    kind       text not null check (kind in ('root', 'ward', 'office', 'school', 'other')),
    parent_id  uuid,
    rank_order int  not null default 0,
    primary key (tenant_id, unit_id, valid_from),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, parent_id) references directory.unit (tenant_id, id)
);
create unique index unit_version_open on directory.unit_version (tenant_id, unit_id) where valid_to is null;
create index unit_version_parent on directory.unit_version (tenant_id, parent_id) where valid_to is null;
create index unit_version_match on directory.unit_version (tenant_id, match_key) where valid_to is null;

-- Every unit with each of its present ancestors, itself included (depth 0): scope checks and roll-ups read this.
create table directory.unit_closure (
    tenant_id     uuid not null,
    ancestor_id   uuid not null,
    descendant_id uuid not null,
    depth         int  not null check (depth >= 0),
    primary key (tenant_id, ancestor_id, descendant_id),
    foreign key (tenant_id, ancestor_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, descendant_id) references directory.unit (tenant_id, id)
);
create index unit_closure_up on directory.unit_closure (tenant_id, descendant_id, ancestor_id);

-- Khối: people whose list is compiled together (khối Đảng, đoàn thể; khối chính quyền …).
create table directory.bloc (
    tenant_id  uuid not null references directory.tenant (id),
    id         uuid not null,
    name       text not null check (length(name) between 1 and 200),
    match_key  text not null,
    rank_order int  not null default 0,
    primary key (tenant_id, id),
    unique (tenant_id, match_key)
);

-- Chức vụ, vị trí việc làm. "leads": lãnh đạo, quản lý – from it the set of criteria is proposed, never decided.
create table directory.position (
    tenant_id  uuid    not null references directory.tenant (id),
    id         uuid    not null,
    name       text    not null check (length(name) between 1 and 200),
    match_key  text    not null,
    leads      boolean not null,
    rank_order int     not null default 1000,
    primary key (tenant_id, id),
    unique (tenant_id, match_key)
);

create table directory.person (
    tenant_id  uuid        not null references directory.tenant (id),
    id         uuid        not null,
    full_name  text        not null check (length(full_name) between 1 and 120),
    folded_key text        not null, -- same name whatever the tone placement: recognises a person in a second import
    sort_key   bytea       not null, -- given name, family name, middle names in Vietnamese order, compared as bytes
    search_key text        not null, -- lower case without marks
    birth_date date,
    staff_code text        check (length(staff_code) between 1 and 40),
    sample     boolean     not null default false,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
create index person_sort on directory.person (tenant_id, sort_key);
create index person_same on directory.person (tenant_id, folded_key, birth_date);
create unique index person_staff_code on directory.person (tenant_id, staff_code) where staff_code is not null;

create table directory.assignment (
    tenant_id   uuid    not null,
    id          uuid    not null,
    person_id   uuid    not null,
    unit_id     uuid    not null,
    position_id uuid    not null,
    bloc_id     uuid    not null,
    kind        text    not null check (kind in ('can-bo', 'cong-chuc', 'vien-chuc', 'nguoi-lao-dong')),
    main        boolean not null,
    rank_order  int     not null default 1000,
    note        text    not null default '' check (length(note) <= 500),
    valid_from  date    not null,
    valid_to    date    check (valid_to > valid_from),
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, position_id) references directory.position (tenant_id, id),
    foreign key (tenant_id, bloc_id) references directory.bloc (tenant_id, id)
);
create unique index assignment_in_unit on directory.assignment (tenant_id, person_id, unit_id) where valid_to is null;
create index assignment_unit on directory.assignment (tenant_id, unit_id) where valid_to is null;

-- An uploaded sheet of people: read, previewed, then applied whole or not at all.
create table directory.people_import (
    tenant_id   uuid        not null references directory.tenant (id),
    id          uuid        not null,
    unit_id     uuid        not null, -- where people without a unit column go, and the widest scope of the file
    file_name   text        not null check (length(file_name) <= 300),
    file_hash   bytea       not null check (length(file_hash) = 32),
    uploaded_by uuid        not null,
    uploaded_at timestamptz not null,
    state       text        not null check (state in ('read', 'applying', 'applied', 'dropped', 'failed')),
    rows_total  int         not null default 0,
    rows_good   int         not null default 0,
    rows_done   int         not null default 0,
    added       int         not null default 0,
    changed     int         not null default 0,
    unchanged   int         not null default 0,
    heartbeat   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- The rows of an import as read: work data, gone once the import is applied or dropped.
create table directory.people_import_row (
    tenant_id  uuid    not null,
    import_id  uuid    not null,
    row_number int     not null,
    good       boolean not null,
    outcome    text    not null check (outcome in ('add', 'change', 'same', 'bad')),
    content    jsonb   not null, -- the cells as read
    problems   jsonb   not null, -- [{column, key, arguments}] errors and warnings
    primary key (tenant_id, import_id, row_number),
    foreign key (tenant_id, import_id) references directory.people_import (tenant_id, id)
);

grant select, insert, update on directory.tenant, directory.unit, directory.unit_version, directory.bloc,
    directory.position, directory.person, directory.assignment, directory.people_import to chuanmuc_app;
grant select, insert, delete on directory.unit_closure, directory.people_import_row to chuanmuc_app;
