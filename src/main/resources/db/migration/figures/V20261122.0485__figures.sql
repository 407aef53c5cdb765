-- Figures about work that offices bring in from documents (ADR 0027). Everything here is evidence: nothing is changed or deleted.
create schema figures;
grant usage on schema figures to chuanmuc_app;

-- An index as it was entered. The newest entry of a code that holds on a day counts; an entry of a code that ships displaces it.
create table figures.index_entry (
    tenant_id  uuid        not null references directory.tenant (id),
    id         uuid        not null,
    code       text        not null check (code ~ '^[a-z][a-z0-9_]{0,29}$'), -- as rule books name it
    words      text        not null check (length(words) between 1 and 200),
    measure    text        not null check (measure in ('share', 'points', 'count')),
    counted    text        not null check (length(counted) <= 40 and (measure = 'count') = (counted <> '')), -- what is counted
    least      text        not null check (least ~ '^-?[0-9]{1,12}([.][0-9]{1,4})?$'), -- a decimal number: its text is what is hashed
    most       text        not null check (most ~ '^-?[0-9]{1,12}([.][0-9]{1,4})?$'),
    about      text        not null check (about in ('person', 'unit')),
    basis      text        not null check (length(basis) <= 500), -- empty: there is none yet
    valid_from date        not null,
    valid_to   date        check (valid_to >= valid_from),        -- last day
    entered_by uuid        not null,
    entered_at timestamptz not null,
    primary key (tenant_id, id)
);
create index index_entry_code on figures.index_entry (tenant_id, code, id);

-- A list of figures as it was brought in, whole: the document they come from and the file they stand in.
create table figures.list (
    tenant_id       uuid        not null,
    id              uuid        not null,
    unit_id         uuid        not null,
    document_name   text        not null check (length(document_name) between 1 and 300),
    document_number text        not null check (length(document_number) between 1 and 100), -- as printed
    document_date   date        not null,
    file_name       text        not null check (length(file_name) between 1 and 200),
    file_hash       bytea       not null check (length(file_hash) = 32), -- SHA-256; the bytes are in documents.content
    figures         int         not null check (figures > 0),
    blank           int         not null check (blank >= 0),             -- rows that hold no value
    brought_by      uuid        not null,
    brought_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, file_hash) references documents.content (tenant_id, hash)
);
create index list_unit on figures.list (tenant_id, unit_id, id);
create index list_file on figures.list (tenant_id, file_hash);

-- One figure: of a person, or of a unit as a whole. The words and the measure of its index as they were then.
create table figures.figure (
    tenant_id  uuid    not null,
    list_id    uuid    not null,
    row_number int     not null check (row_number > 0), -- in the file
    id         uuid    not null,                        -- by which a form says which figure it took
    person_id  uuid,                                    -- null: of the unit
    unit_id    uuid    not null,                        -- where the person was on that day
    index_code text    not null,
    words      text    not null,
    measure    text    not null check (measure in ('share', 'points', 'count')),
    counted    text    not null,
    value      text    not null check (value ~ '^-?[0-9]{1,12}([.][0-9]{1,4})?$'), -- a decimal number
    on_day     date    not null,
    primary key (tenant_id, list_id, row_number),
    unique (tenant_id, id),
    foreign key (tenant_id, list_id) references figures.list (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index figure_person on figures.figure (tenant_id, person_id, on_day) where person_id is not null;
create index figure_unit on figures.figure (tenant_id, unit_id, on_day) where person_id is null;

-- Confirmed by a second person, or refused. One for each list.
create table figures.verdict (
    tenant_id  uuid        not null,
    list_id    uuid        not null,
    confirmed  boolean     not null,
    reason     text        not null check (length(reason) <= 1000),
    decided_by uuid        not null,
    decided_at timestamptz not null,
    primary key (tenant_id, list_id),
    check (confirmed or length(reason) > 0),
    foreign key (tenant_id, list_id) references figures.list (tenant_id, id)
);

-- Taken back: the list is offered no more. What was taken into a form from it stays there.
create table figures.withdrawal (
    tenant_id    uuid        not null,
    list_id      uuid        not null,
    reason       text        not null check (length(reason) between 1 and 1000),
    withdrawn_by uuid        not null,
    withdrawn_at timestamptz not null,
    primary key (tenant_id, list_id),
    foreign key (tenant_id, list_id) references figures.list (tenant_id, id)
);

grant select, insert on figures.index_entry, figures.list, figures.figure, figures.verdict, figures.withdrawal to chuanmuc_app;
