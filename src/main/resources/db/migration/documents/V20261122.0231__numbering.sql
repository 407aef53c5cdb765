-- How papers of a line are numbered from a day on: per calendar year, or through the term of the committee. Without a row the
-- setting that ships with the program holds (numbering.json). Added to, never changed.
create table documents.number_rule (
    tenant_id   uuid        not null,
    line        text        not null check (line in ('party', 'state')),
    valid_from  date        not null,
    period      text        not null check (period in ('year', 'term')),
    legal_basis text        not null check (length(legal_basis) between 1 and 500),
    set_by      uuid        not null,
    set_at      timestamptz not null,
    primary key (tenant_id, line, valid_from)
);

-- The terms of office of a unit's committee. The end is the day before the next one begins.
create table documents.term (
    tenant_id   uuid        not null,
    id          uuid        not null,
    unit_id     uuid        not null,
    name        text        not null check (length(name) between 1 and 100),
    begins      date        not null,
    legal_basis text        not null check (length(legal_basis) between 1 and 500),
    set_by      uuid        not null,
    set_at      timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, unit_id, begins),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- One run of numbers. Its row is locked by whoever takes the next number until their transaction ends: no gap, no double.
create table documents.number_series (
    tenant_id     uuid not null,
    id            uuid not null,
    unit_id       uuid not null,
    line          text not null check (line in ('party', 'state')),
    document_type text not null check (length(document_type) between 1 and 40),
    period        text not null check (length(period) between 4 and 36), -- the year, or the id of the term
    last          int  not null check (last between 1 and 1000000),
    primary key (tenant_id, id),
    unique (tenant_id, unit_id, line, document_type, period),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

create table documents.number (
    tenant_id  uuid        not null,
    series_id  uuid        not null,
    number     int         not null check (number >= 1),
    subject_id uuid        not null, -- the record that bears it
    taken_by   uuid        not null,
    taken_at   timestamptz not null,
    primary key (tenant_id, series_id, number),
    foreign key (tenant_id, series_id) references documents.number_series (tenant_id, id)
);
create index number_subject on documents.number (tenant_id, subject_id, series_id);

-- A number that is not used: it stays taken, and says why.
create table documents.number_cancellation (
    tenant_id    uuid        not null,
    series_id    uuid        not null,
    number       int         not null,
    reason       text        not null check (length(reason) between 1 and 1000),
    cancelled_by uuid        not null,
    cancelled_at timestamptz not null,
    primary key (tenant_id, series_id, number),
    foreign key (tenant_id, series_id, number) references documents.number (tenant_id, series_id, number)
);

grant select, insert on documents.number_rule, documents.term, documents.number, documents.number_cancellation to chuanmuc_app;
grant select, insert, update on documents.number_series to chuanmuc_app;
