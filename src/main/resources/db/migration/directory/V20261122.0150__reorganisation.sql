-- A re-organisation: prepared as a draft, approved by a second person, carried out on its day as one command.
create table directory.reorganisation (
    tenant_id       uuid        not null references directory.tenant (id),
    id              uuid        not null,
    title           text        not null check (length(title) between 1 and 300),
    effective       date        not null, -- the first day on which the new order holds
    has_basis       boolean     not null, -- false: “chưa có căn cứ”
    basis_number    text        not null default '' check (length(basis_number) <= 100), -- as printed
    basis_date      date,
    basis_issuer    text        not null default '' check (length(basis_issuer) <= 300),
    basis_title     text        not null default '' check (length(basis_title) <= 500),
    state           text        not null check (state in ('draft', 'submitted', 'approved', 'done', 'withdrawn')),
    version         int         not null default 0, -- of the content: who approves says which one they saw
    hands           uuid[]      not null, -- everybody who wrote in the draft: none of them may approve it
    prepared_by     uuid        not null,
    prepared_at     timestamptz not null,
    submitted_by    uuid,
    submitted_at    timestamptz,
    approved_by     uuid,
    approved_at     timestamptz,
    acknowledged    text[]      not null default '{}', -- keys of the objections the approver took notice of
    acknowledgement text        not null default '' check (length(acknowledgement) <= 1000),
    ended_by        uuid,       -- who sent it back or withdrew it last
    ended_at        timestamptz,
    end_reason      text        not null default '' check (length(end_reason) <= 1000),
    tried_at        timestamptz, -- when it was due and did not hold any more
    done_at         timestamptz,
    people          int,         -- how many people got another unit
    primary key (tenant_id, id),
    check (state not in ('submitted', 'approved', 'done') or (submitted_by is not null and submitted_at is not null)),
    check (state not in ('approved', 'done') or (approved_by is not null and approved_at is not null)),
    check (approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)), -- two pairs of eyes
    check (state <> 'done' or (done_at is not null and people is not null))
);
create index reorganisation_due on directory.reorganisation (tenant_id, effective) where state = 'approved';

-- Units that will begin; the id is the unit's own later.
create table directory.reorganisation_unit (
    tenant_id         uuid not null,
    reorganisation_id uuid not null,
    id                uuid not null,
    code              text not null check (length(code) between 1 and 40),
    name              text not null check (length(name) between 1 and 300),
    kind              text not null check (kind in ('ward', 'office', 'school', 'other')),
    parent_id         uuid not null, -- a unit there is, or another one of this draft
    primary key (tenant_id, reorganisation_id, id),
    foreign key (tenant_id, reorganisation_id) references directory.reorganisation (tenant_id, id)
);

-- What becomes of a unit there is: it ends (its people go elsewhere), or it goes on with another name, kind or parent.
create table directory.reorganisation_line (
    tenant_id         uuid not null,
    reorganisation_id uuid not null,
    unit_id           uuid not null,
    action            text not null check (action in ('end', 'change')),
    destination_id    uuid, -- of an ending unit: where everybody goes whom no part names
    custodian_id      uuid, -- of an ending unit: who keeps its records
    code              text check (length(code) between 1 and 40),
    name              text check (length(name) between 1 and 300),
    kind              text check (kind in ('root', 'ward', 'office', 'school', 'other')),
    parent_id         uuid,
    primary key (tenant_id, reorganisation_id, unit_id),
    foreign key (tenant_id, reorganisation_id) references directory.reorganisation (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    check (action = 'end' or (code is not null and name is not null and kind is not null))
);

-- Parts of a unit that is split: people by name, of a unit below, in a position, of a bloc.
create table directory.reorganisation_part (
    tenant_id         uuid not null,
    reorganisation_id uuid not null,
    unit_id           uuid not null,
    rule              text not null check (rule in ('person', 'unit', 'position', 'bloc')),
    subject_id        uuid not null,
    destination_id    uuid not null,
    primary key (tenant_id, reorganisation_id, unit_id, rule, subject_id),
    foreign key (tenant_id, reorganisation_id, unit_id)
        references directory.reorganisation_line (tenant_id, reorganisation_id, unit_id)
);

-- What comes from outside the body: its people are not known here and are added afterwards.
create table directory.reorganisation_outside (
    tenant_id         uuid not null,
    reorganisation_id uuid not null,
    id                uuid not null,
    name              text not null check (length(name) between 1 and 300),
    destination_id    uuid not null,
    note              text not null default '' check (length(note) <= 500),
    primary key (tenant_id, reorganisation_id, id),
    foreign key (tenant_id, reorganisation_id) references directory.reorganisation (tenant_id, id)
);

-- Which unit went on as which, from a day. Evidence.
create table directory.unit_succession (
    tenant_id         uuid not null,
    id                uuid not null,
    reorganisation_id uuid not null,
    day               date not null,
    kind              text not null check (kind in ('merge', 'split', 'rename', 'move', 'dissolve', 'outside')),
    from_id           uuid, -- null: from outside the body
    from_name         text not null,
    to_id             uuid, -- null: nobody follows
    to_name           text not null default '',
    people            int  not null check (people >= 0),
    primary key (tenant_id, id),
    foreign key (tenant_id, reorganisation_id) references directory.reorganisation (tenant_id, id),
    foreign key (tenant_id, from_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, to_id) references directory.unit (tenant_id, id),
    check (from_id is not null or kind = 'outside')
);
create index unit_succession_from on directory.unit_succession (tenant_id, from_id);
create index unit_succession_to on directory.unit_succession (tenant_id, to_id);
create index unit_succession_by on directory.unit_succession (tenant_id, reorganisation_id);

-- Who keeps the records of a dissolved unit, from–to.
create table directory.unit_custody (
    tenant_id         uuid not null,
    unit_id           uuid not null,
    valid_from        date not null,
    valid_to          date check (valid_to > valid_from),
    custodian_id      uuid not null,
    reorganisation_id uuid not null,
    primary key (tenant_id, unit_id, valid_from),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, custodian_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, reorganisation_id) references directory.reorganisation (tenant_id, id)
);
create unique index unit_custody_open on directory.unit_custody (tenant_id, unit_id) where valid_to is null;
create index unit_custody_custodian on directory.unit_custody (tenant_id, custodian_id) where valid_to is null;

grant select, insert, update on directory.reorganisation, directory.unit_custody to chuanmuc_app;
grant select, insert, update, delete on directory.reorganisation_unit, directory.reorganisation_line,
    directory.reorganisation_part, directory.reorganisation_outside to chuanmuc_app;
grant select, insert on directory.unit_succession to chuanmuc_app;
