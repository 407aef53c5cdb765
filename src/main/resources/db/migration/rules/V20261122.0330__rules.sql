create schema rules;
grant usage on schema rules to chuanmuc_app;

-- What holds versions together: the rules of one purpose at one unit. Locked by whoever enters or confirms.
create table rules.book (
    tenant_id uuid not null,
    id        uuid not null,
    unit_id   uuid not null,
    purpose   text not null check (purpose in ('quarter', 'month', 'year')),
    last      int  not null default 0,  -- number of its newest version
    primary key (tenant_id, id),
    unique (tenant_id, unit_id, purpose),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- A version as it was entered. Never changed: what is wrong is entered anew.
create table rules.version (
    tenant_id  uuid        not null,
    id         uuid        not null,
    book_id    uuid        not null,
    number     int         not null check (number >= 1),
    content    text        not null check (length(content) between 2 and 200000), -- canonical JSON of RuleBook
    hash       bytea       not null check (length(hash) = 32),                     -- SHA-256 of the content
    valid_from date        not null,
    valid_to   date        check (valid_to >= valid_from),                         -- last day; null: until a later one begins
    origin     text        not null check (length(origin) <= 200),                 -- the example or version it was made from
    entered_by uuid        not null,
    entered_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, book_id, number),
    foreign key (tenant_id, book_id) references rules.book (tenant_id, id)
);

-- Confirmed by a second person, or refused. One for each version.
create table rules.verdict (
    tenant_id  uuid        not null,
    version_id uuid        not null,
    confirmed  boolean     not null,
    reason     text        not null check (length(reason) <= 1000),
    decided_by uuid        not null,
    decided_at timestamptz not null,
    primary key (tenant_id, version_id),
    check (confirmed or length(reason) > 0),
    foreign key (tenant_id, version_id) references rules.version (tenant_id, id)
);

-- A confirmed version that is no longer in force from a day on. Whatever was assessed by it stays as it is.
create table rules.withdrawal (
    tenant_id      uuid        not null,
    version_id     uuid        not null,
    withdrawn_from date        not null,
    reason         text        not null check (length(reason) between 1 and 1000),
    withdrawn_by   uuid        not null,
    withdrawn_at   timestamptz not null,
    primary key (tenant_id, version_id),
    foreign key (tenant_id, version_id) references rules.verdict (tenant_id, version_id)
);

-- Days that are not as their weekday says. The newest entry of a day counts; 'usual' takes an earlier one back.
create table rules.calendar_day (
    tenant_id  uuid        not null,
    id         uuid        not null,
    day        date        not null,
    kind       text        not null check (kind in ('off', 'work', 'usual')),
    name       text        not null check (length(name) between 1 and 200),
    basis      text        not null check (length(basis) between 1 and 500),
    entered_by uuid        not null,
    entered_at timestamptz not null,
    primary key (tenant_id, id)
);
create index calendar_day_day on rules.calendar_day (tenant_id, day, id);

grant select, insert, update on rules.book to chuanmuc_app;
grant select, insert on rules.version, rules.verdict, rules.withdrawal, rules.calendar_day to chuanmuc_app;
