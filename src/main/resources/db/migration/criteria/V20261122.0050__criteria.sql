create schema criteria;
grant usage on schema criteria to chuanmuc_app;

-- A decision that promulgates sets of criteria. As printed stands beside as normalised; no key is built from a number.
create table criteria.decision (
    tenant_id         uuid        not null,
    id                uuid        not null,
    state             text        not null check (state in ('draft', 'published', 'superseded', 'dropped')),
    version           int         not null default 1, -- counts corrections while it is a draft
    source_hash       bytea       not null,
    source_name       text        not null,
    number_printed    text        not null default '',
    number_normalised text        not null default '',
    date_printed      text        not null default '',
    signed_on         date,
    issuer            text        not null default '',
    subject           text        not null default '',
    signature_authority text      not null default '', -- T/M …
    signer_title      text        not null default '',
    signer_name       text        not null default '',
    effective_from    date,
    open_doubts       int         not null default 0 check (open_doubts >= 0), -- how many places still wait for a person
    content           jsonb       not null, -- as read, the doubts, what was decided and corrected: see Proof
    imported_by       uuid        not null,
    imported_at       timestamptz not null,
    published_by      uuid,
    published_at      timestamptz,
    supersedes_id     uuid,
    superseded_from   date,
    primary key (tenant_id, id),
    foreign key (tenant_id, source_hash) references documents.content (tenant_id, hash),
    foreign key (tenant_id, supersedes_id) references criteria.decision (tenant_id, id),
    check (published_by is null or published_by <> imported_by), -- two pairs of eyes
    check (state not in ('published', 'superseded')
        or (published_by is not null and published_at is not null and signed_on is not null and effective_from is not null
            and number_normalised <> '' and open_doubts = 0))
);
create index decision_source on criteria.decision (tenant_id, source_hash);
create unique index decision_superseded_once on criteria.decision (tenant_id, supersedes_id) where state = 'published';

create table criteria.criteria_set (
    tenant_id   uuid not null,
    id          uuid not null,
    decision_id uuid not null,
    ordinal     int  not null check (ordinal between 1 and 100),
    title       text not null check (length(title) between 1 and 1000),
    issued_with text not null default '', -- "(ban hành kèm theo …)", as printed
    audience    text not null check (audience in ('leaders', 'staff', 'all')),
    items       int  not null default 0,
    primary key (tenant_id, id),
    unique (tenant_id, decision_id, ordinal),
    foreign key (tenant_id, decision_id) references criteria.decision (tenant_id, id)
);

create table criteria.criteria_group (
    tenant_id uuid not null,
    set_id    uuid not null,
    ordinal   int  not null check (ordinal between 1 and 200),
    numeral   text not null, -- as printed: "I", "II" …
    title     text not null check (length(title) <= 1000), -- empty where a set has criteria and no groups
    primary key (tenant_id, set_id, ordinal),
    foreign key (tenant_id, set_id) references criteria.criteria_set (tenant_id, id)
);

create table criteria.criterion (
    tenant_id     uuid not null,
    set_id        uuid not null,
    group_ordinal int  not null,
    ordinal       int  not null check (ordinal between 1 and 200),
    numeral       text not null,
    title         text not null check (length(title) between 1 and 1000),
    primary key (tenant_id, set_id, group_ordinal, ordinal),
    foreign key (tenant_id, set_id, group_ordinal) references criteria.criteria_group (tenant_id, set_id, ordinal)
);

create table criteria.item (
    tenant_id         uuid not null,
    id                uuid not null,
    set_id            uuid not null,
    position          int  not null check (position between 1 and 5000), -- through the whole set
    group_ordinal     int  not null,
    criterion_ordinal int  not null,
    ordinal           int  not null check (ordinal between 1 and 500),
    words             text not null check (length(words) between 1 and 20000), -- character for character as published
    source_line       int,
    primary key (tenant_id, id),
    unique (tenant_id, set_id, position),
    foreign key (tenant_id, set_id, group_ordinal, criterion_ordinal)
        references criteria.criterion (tenant_id, set_id, group_ordinal, ordinal)
);

-- Which set a person takes under a decision: proposed from the position, decided with a reason.
create table criteria.applicability (
    tenant_id   uuid        not null,
    decision_id uuid        not null,
    person_id   uuid        not null,
    set_id      uuid        not null,
    proposed    boolean     not null, -- whether this is what the position proposed
    reason      text        not null check (length(reason) between 1 and 500),
    decided_by  uuid        not null,
    decided_at  timestamptz not null,
    primary key (tenant_id, decision_id, person_id),
    foreign key (tenant_id, decision_id) references criteria.decision (tenant_id, id),
    foreign key (tenant_id, set_id) references criteria.criteria_set (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id)
);

grant select, insert, update on criteria.decision, criteria.applicability to chuanmuc_app;
-- The words are written once, when a decision is published, and never again: a draft lives in decision.content.
grant select, insert on criteria.criteria_set, criteria.criteria_group, criteria.criterion, criteria.item to chuanmuc_app;
