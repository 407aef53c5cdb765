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
    version    int         not null default 0,
    -- every word twice: without marks, and as written (folded) behind "="; array_to_tsvector takes words as they are, so that no
    -- text search configuration and no extension is needed to find the beginnings of words
    words      tsvector    not null generated always as (array_to_tsvector(
        string_to_array(search_key, ' ') || string_to_array('=' || replace(folded_key, ' ', ' ='), ' '))) stored,
    primary key (tenant_id, id)
);
create index person_words on directory.person using gin (words);
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
    version     int     not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, position_id) references directory.position (tenant_id, id),
    foreign key (tenant_id, bloc_id) references directory.bloc (tenant_id, id)
);
create unique index assignment_in_unit on directory.assignment (tenant_id, person_id, unit_id) where valid_to is null;
create index assignment_unit on directory.assignment (tenant_id, unit_id) where valid_to is null;
create index assignment_person on directory.assignment (tenant_id, person_id);
create index assignment_rank on directory.assignment (tenant_id, rank_order) where valid_to is null;

-- An uploaded sheet of people: read, previewed, then applied whole or not at all.
create table directory.people_import (
    tenant_id    uuid        not null references directory.tenant (id),
    id           uuid        not null,
    unit_id      uuid        not null, -- where people without a unit column go, and the widest scope of the file
    file_name    text        not null check (length(file_name) <= 300),
    file_hash    bytea       not null check (length(file_hash) = 32),
    uploaded_by  uuid        not null,
    uploaded_at  timestamptz not null,
    valid_from   date        not null, -- the day from which new assignments hold
    default_bloc text        not null default '' check (length(default_bloc) <= 200), -- for rows that name none
    default_kind text        not null check (default_kind in ('can-bo', 'cong-chuc', 'vien-chuc', 'nguoi-lao-dong')),
    new_blocs    boolean     not null, -- whether blocs that only the file knows are made
    state        text        not null check (state in ('read', 'applying', 'applied', 'dropped', 'failed')),
    report       jsonb       not null, -- columns, lines that are no people, positions and blocs that would be new
    rows_bad     int         not null default 0,
    rows_good    int         not null default 0,
    rows_done    int         not null default 0,
    added        int         not null default 0,
    changed      int         not null default 0,
    unchanged    int         not null default 0,
    claim        uuid,                 -- the one attempt that may finish: a slow one that was given up may not
    heartbeat    timestamptz not null,
    applied_by   uuid,
    applied_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index people_import_same on directory.people_import (tenant_id, file_hash, unit_id);
create index people_import_state on directory.people_import (tenant_id, state, unit_id);

-- The rows of an import as read: work data, gone once the import is applied or dropped.
create table directory.people_import_row (
    tenant_id  uuid    not null,
    import_id  uuid    not null,
    row_number int     not null,
    readable   boolean not null, -- the cells by themselves make a person; whether it can be taken also depends on the store
    outcome    text    not null check (outcome in ('add', 'change', 'same', 'bad')),
    name       text    not null,
    birth_date date,
    position   text,
    unit       text,
    bloc       text,
    kind       text,
    staff_code text,
    rank_order int,
    note       text,
    cells      text    not null, -- texts of the columns that are read, parted by U+001F, to give a bad row back
    changes    jsonb   not null, -- [{field, from, to}]
    problems   jsonb   not null, -- [{cell, key, arguments, error}]
    primary key (tenant_id, import_id, row_number),
    foreign key (tenant_id, import_id) references directory.people_import (tenant_id, id)
);
create index people_import_row_outcome on directory.people_import_row (tenant_id, import_id, outcome, row_number);

grant select, insert, update on directory.tenant, directory.unit, directory.unit_version, directory.bloc,
    directory.position, directory.person, directory.assignment, directory.people_import to chuanmuc_app;
grant select, insert, delete on directory.unit_closure to chuanmuc_app;
grant select, insert, update, delete on directory.people_import_row to chuanmuc_app;
