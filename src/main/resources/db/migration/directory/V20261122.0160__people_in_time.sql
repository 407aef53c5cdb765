-- People in time: leave, transfers as dated orders, and two records of one person that become one.

-- The record that took over this one. The row stays, so that old ids (rosters, commitments) always lead to somebody.
alter table directory.person add column merged_into uuid;
alter table directory.person add foreign key (tenant_id, merged_into) references directory.person (tenant_id, id);
alter table directory.person add check (merged_into <> id);
create index person_merged on directory.person (tenant_id, merged_into) where merged_into is not null;
-- To find those who may be one person: without a birth date, and by a staff code in another case.
create index person_undated on directory.person (tenant_id, folded_key) where birth_date is null and merged_into is null;
create index person_code_folded on directory.person (tenant_id, lower(staff_code)) where staff_code is not null;

-- When two records become one, a line that says the same as another goes; what it said stays in the ledger.
grant delete on directory.assignment to chuanmuc_app;

-- Nghỉ. Days as they stand in the decision: both belong to the leave. A correction is a new version. No diagnosis is kept.
create table directory.leave (
    tenant_id  uuid        not null,
    id         uuid        not null,
    version    int         not null check (version >= 1),
    person_id  uuid        not null,
    kind       text        not null check (kind in ('thai-san', 'om', 'di-hoc', 'biet-phai', 'khong-luong', 'khac')),
    first_day  date        not null,
    last_day   date        check (last_day >= first_day),
    basis      text        not null default '' check (length(basis) <= 300), -- the document; empty: chưa có căn cứ
    reason     text        not null check (length(reason) between 1 and 500), -- of this version
    withdrawn  boolean     not null default false,
    current    boolean     not null default true,
    made_by    uuid        not null,
    made_at    timestamptz not null,
    primary key (tenant_id, id, version),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id)
);
create unique index leave_current on directory.leave (tenant_id, id) where current;
create index leave_person on directory.leave (tenant_id, person_id, first_day) where current and not withdrawn;

-- An order to change where somebody works, from a day on: proposed by one side, agreed by the other, carried out on its day.
create table directory.transfer (
    tenant_id     uuid        not null references directory.tenant (id),
    id            uuid        not null,
    kind          text        not null check (kind in ('move', 'add', 'out', 'in')),
    person_id     uuid,       -- null: a newcomer who is not here yet
    newcomer      text        check (length(newcomer) between 1 and 120),
    newcomer_born date,
    assignment_id uuid,       -- what ends with a move
    from_unit     uuid,
    to_unit       uuid,
    elsewhere     text        not null default '' check (length(elsewhere) <= 300), -- outside the body: whence or whither
    position_name text        not null default '' check (length(position_name) <= 200),
    leads         boolean     not null default false,
    bloc_name     text        not null default '' check (length(bloc_name) <= 200),
    person_kind   text        not null default 'cong-chuc' check (person_kind in ('can-bo', 'cong-chuc', 'vien-chuc', 'nguoi-lao-dong')),
    mode          text        not null default 'regular' check (mode in ('regular', 'secondment', 'acting')),
    share         int         not null default 100 check (share between 1 and 100),
    over          boolean     not null default false, -- said: more than the whole time in all
    effective     date        not null,
    basis         text        not null default '' check (length(basis) <= 300), -- empty: chưa có căn cứ
    reason        text        not null check (length(reason) between 1 and 500),
    side          text        not null check (side in ('from', 'to', 'both')), -- who proposed it
    state         text        not null check (state in ('proposed', 'agreed', 'done', 'declined', 'withdrawn', 'failed')),
    proposed_by   uuid        not null,
    proposed_at   timestamptz not null,
    decided_by    uuid,
    decided_at    timestamptz,
    decision      text        not null default '' check (length(decision) <= 500),
    done_at       timestamptz,
    trouble       text,       -- key of why it could not be carried out
    follow_up     boolean     not null default false, -- on the roster of a campaign that runs: somebody has to look
    version       int         not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, from_unit) references directory.unit (tenant_id, id),
    foreign key (tenant_id, to_unit) references directory.unit (tenant_id, id),
    check (kind = 'in' or person_id is not null),
    check (person_id is not null or newcomer is not null),
    check (kind = 'out' or to_unit is not null),
    check (kind = 'in' or from_unit is not null),
    check (kind <> 'move' or assignment_id is not null),
    check (state <> 'done' or (done_at is not null and person_id is not null)),
    check (state <> 'failed' or trouble is not null)
);
-- One order at a time about one person.
create unique index transfer_live on directory.transfer (tenant_id, person_id)
    where state in ('proposed', 'agreed') and person_id is not null;
create index transfer_person on directory.transfer (tenant_id, person_id, effective);
create index transfer_due on directory.transfer (tenant_id, effective) where state = 'agreed';
create index transfer_from on directory.transfer (tenant_id, from_unit, state);
create index transfer_to on directory.transfer (tenant_id, to_unit, state);

-- Two records of one person: one proposes, another decides.
create table directory.merge (
    tenant_id   uuid        not null,
    id          uuid        not null,
    kept_id     uuid        not null,
    given_up_id uuid        not null,
    state       text        not null check (state in ('proposed', 'done', 'declined', 'withdrawn')),
    reason      text        not null check (length(reason) between 1 and 500),
    proposed_by uuid        not null,
    proposed_at timestamptz not null,
    decided_by  uuid,
    decided_at  timestamptz,
    decision    text        not null default '' check (length(decision) <= 500),
    primary key (tenant_id, id),
    foreign key (tenant_id, kept_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, given_up_id) references directory.person (tenant_id, id),
    check (kept_id <> given_up_id),
    check (state not in ('done', 'declined') or decided_by <> proposed_by)
);
create unique index merge_live on directory.merge
    (tenant_id, least(kept_id, given_up_id), greatest(kept_id, given_up_id)) where state = 'proposed';
create index merge_state on directory.merge (tenant_id, state, proposed_at);
create index merge_kept on directory.merge (tenant_id, kept_id);
create index merge_given_up on directory.merge (tenant_id, given_up_id);

-- Looked at by a person: these two are not one.
create table directory.not_same (
    tenant_id uuid        not null,
    one_id    uuid        not null,
    other_id  uuid        not null,
    reason    text        not null check (length(reason) between 1 and 500),
    made_by   uuid        not null,
    made_at   timestamptz not null,
    primary key (tenant_id, one_id, other_id),
    foreign key (tenant_id, one_id) references directory.person (tenant_id, id),
    foreign key (tenant_id, other_id) references directory.person (tenant_id, id),
    check (one_id < other_id)
);

grant select, insert, update on directory.leave, directory.transfer, directory.merge to chuanmuc_app;
grant select, insert on directory.not_same to chuanmuc_app;
