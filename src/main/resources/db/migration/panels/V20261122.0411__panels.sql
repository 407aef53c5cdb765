-- Meetings that assess together: who was convened and was there, what was voted, minutes (ADR 0019).
create schema panels;
grant usage on schema panels to chuanmuc_app;

-- By what meetings go from a day on, for the whole body. What is null is not ruled: the product then counts and says nothing. Evidence.
create table panels.rule (
    tenant_id       uuid        not null,
    id              uuid        not null,
    valid_from      date        not null,
    quorum_part     smallint    check (quorum_part between 1 and 100), -- part of the voting members who must be there …
    quorum_of       smallint    check (quorum_of between 1 and 100),   -- … out of
    quorum_more     boolean     not null, -- more than that part, not just as many
    majority_part   smallint    check (majority_part between 1 and 100),
    majority_of     smallint    check (majority_of between 1 and 100),
    majority_more   boolean     not null,
    majority_base   text        not null check (majority_base in ('valid', 'returned', 'entitled', 'members')), -- what the share is taken of
    recusal         boolean     not null, -- a member has no vote about themself
    secret_least    smallint    not null check (secret_least between 2 and 100), -- with fewer ballots it is said that they tell who voted how
    basis           text        not null check (length(basis) <= 300), -- empty: chưa có căn cứ
    set_by          uuid        not null,
    set_at          timestamptz not null,
    primary key (tenant_id, id),
    check ((quorum_part is null) = (quorum_of is null) and quorum_part <= quorum_of),
    check ((majority_part is null) = (majority_of is null) and majority_part <= majority_of)
);
create index rule_day on panels.rule (tenant_id, valid_from desc, id desc);

create table panels.meeting (
    tenant_id    uuid        not null,
    id           uuid        not null,
    cycle_id     uuid        not null,
    period       int         not null,
    stage        text        not null, -- the stage of its forms that it does: a panel's or the colleagues'
    stage_name   text        not null,
    unit_id      uuid        not null,
    unit_name    text        not null,
    rule_version uuid        not null, -- the cycle's rule book: its grades are what is voted on
    title        text        not null check (length(title) between 1 and 300),
    held_on      date        not null,
    held_at      text        not null check (held_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    place        text        not null check (length(place) between 1 and 300),
    rule_id      uuid,       -- panels.rule of its day, from the convening on; null: what ships
    state        text        not null check (state in ('draft', 'convened', 'open', 'voting', 'counted', 'closed', 'cancelled')),
    version      int         not null default 1,
    minutes      smallint    not null default 0, -- newest version of the minutes
    reason       text        not null default '' check (length(reason) <= 1000), -- why it was cancelled
    created_by   uuid        not null,
    created_at   timestamptz not null,
    convened_at  timestamptz,
    opened_at    timestamptz,
    closed_at    timestamptz,
    number       int         check (number > 0), -- of the minutes
    primary key (tenant_id, id),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    check (state in ('draft', 'cancelled') or convened_at is not null),
    check (state in ('draft', 'convened', 'cancelled') or opened_at is not null),
    check ((state = 'closed') = (closed_at is not null)),
    check (state <> 'cancelled' or reason <> '')
);
create index meeting_unit on panels.meeting (tenant_id, unit_id, held_on desc);

-- Who is convened; names as on the day. Fixed from the convening on: evidence.
create table panels.seat (
    tenant_id     uuid     not null,
    meeting_id    uuid     not null,
    person_id     uuid     not null,
    ord           smallint not null,
    role          text     not null check (role in ('chair', 'secretary', 'counter', 'member')),
    votes         boolean  not null, -- a secretary of the office may be there without a vote
    full_name     text     not null,
    position_name text     not null,
    unit_name     text     not null,
    primary key (tenant_id, meeting_id, person_id),
    foreign key (tenant_id, meeting_id) references panels.meeting (tenant_id, id)
);
create unique index seat_chair on panels.seat (tenant_id, meeting_id) where role = 'chair';
create unique index seat_secretary on panels.seat (tenant_id, meeting_id) where role = 'secretary';
create index seat_person on panels.seat (tenant_id, person_id);

-- About whom it is, in which order. Fixed from the convening on: evidence.
create table panels.agenda (
    tenant_id     uuid     not null,
    meeting_id    uuid     not null,
    form_id       uuid     not null,
    ord           smallint not null,
    person_id     uuid     not null,
    full_name     text     not null,
    position_name text     not null,
    unit_name     text     not null,
    primary key (tenant_id, meeting_id, form_id),
    foreign key (tenant_id, meeting_id) references panels.meeting (tenant_id, id)
);

-- A stage of a form is before one meeting at a time.
create table panels.claim (
    tenant_id  uuid not null,
    period     int  not null,
    form_id    uuid not null,
    stage      text not null,
    meeting_id uuid not null,
    primary key (tenant_id, period, form_id, stage),
    foreign key (tenant_id, meeting_id) references panels.meeting (tenant_id, id)
);
create index claim_meeting on panels.claim (tenant_id, meeting_id);

-- Who was there, from when on; a later row is what happened later. Evidence.
create table panels.presence (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    person_id  uuid        not null,
    seq        smallint    not null check (seq between 1 and 50),
    present    boolean     not null,
    since      text        not null check (since ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'), -- as it was noted: came at, left at
    reason     text        not null check (length(reason) <= 300), -- why absent
    noted_by   uuid        not null,
    noted_at   timestamptz not null,
    primary key (tenant_id, meeting_id, person_id, seq),
    foreign key (tenant_id, meeting_id, person_id) references panels.seat (tenant_id, meeting_id, person_id)
);

-- What was said when a person was presented. Evidence.
create table panels.remark (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    form_id    uuid        not null,
    seq        smallint    not null check (seq between 1 and 200),
    words      text        not null check (length(words) between 1 and 2000),
    noted_by   uuid        not null,
    noted_at   timestamptz not null,
    primary key (tenant_id, meeting_id, form_id, seq),
    foreign key (tenant_id, meeting_id, form_id) references panels.agenda (tenant_id, meeting_id, form_id)
);

-- One vote, about one person or several about whom the same members vote.
create table panels.round (
    tenant_id  uuid        not null,
    id         uuid        not null,
    meeting_id uuid        not null,
    number     smallint    not null check (number between 1 and 500),
    way        text        not null check (way in ('hands', 'secret', 'paper')),
    state      text        not null check (state in ('open', 'counted', 'annulled')),
    members    smallint    not null check (members >= 0), -- with a vote in the meeting
    present    smallint    not null check (present between 0 and members),
    entitled   smallint    not null check (entitled between 1 and present), -- with a vote in this round
    issued     smallint    not null check (issued between 0 and entitled), -- codes or ballot papers given out
    prints     smallint    not null default 0, -- how often the slips with the codes were printed
    count      smallint    not null default 0, -- newest version of the count
    reason     text        not null default '' check (length(reason) <= 1000), -- why it was annulled
    opened_by  uuid        not null,
    opened_at  timestamptz not null,
    ended_by   uuid,
    ended_at   timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, meeting_id, number),
    foreign key (tenant_id, meeting_id) references panels.meeting (tenant_id, id),
    check ((state = 'open') = (ended_at is null)),
    check (state <> 'annulled' or reason <> '')
);
-- A meeting votes once at a time.
create unique index round_open on panels.round (tenant_id, meeting_id) where state = 'open';

-- Evidence.
create table panels.round_form (
    tenant_id  uuid not null,
    round_id   uuid not null,
    form_id    uuid not null,
    primary key (tenant_id, round_id, form_id),
    foreign key (tenant_id, round_id) references panels.round (tenant_id, id)
);

-- The ballots of a secret round while it is open: sums and used codes, sealed with a key that is not in the database. It is the only
-- row that a vote writes, and it is gone when the round ends.
create table panels.urn (
    tenant_id uuid     not null,
    round_id  uuid     not null,
    sealed    bytea    not null,
    cast_n    smallint not null check (cast_n >= 0),
    primary key (tenant_id, round_id),
    foreign key (tenant_id, round_id) references panels.round (tenant_id, id)
) with (fillfactor = 50);

-- Keyed hashes of the codes of an open round, written at once in the order of the hashes; gone when it ends.
create table panels.code (
    tenant_id uuid  not null,
    hash      bytea not null check (length(hash) = 32),
    round_id  uuid  not null,
    primary key (tenant_id, hash),
    foreign key (tenant_id, round_id) references panels.round (tenant_id, id)
);
create index code_hash on panels.code (hash);
create index code_round on panels.code (tenant_id, round_id);

create function panels.total(votes int[]) returns bigint
    language sql immutable parallel safe
    return (select coalesce(sum(v), 0) from unnest(votes) v);

-- What was counted about one person in one round; a correction is the next version, with its reason. Evidence.
create table panels.count (
    tenant_id  uuid        not null,
    round_id   uuid        not null,
    version    smallint    not null check (version > 0),
    form_id    uuid        not null,
    issued     smallint    not null check (issued >= 0),
    returned   smallint    not null check (returned between 0 and issued),
    invalid    smallint    not null check (invalid between 0 and returned), -- blank or void; by hands: no hand raised
    votes      int[]       not null, -- by the grades of the rule book, in their order
    reason     text        not null check (length(reason) <= 1000),
    entered_by uuid        not null,
    entered_at timestamptz not null,
    primary key (tenant_id, round_id, version, form_id),
    foreign key (tenant_id, round_id, form_id) references panels.round_form (tenant_id, round_id, form_id),
    check (0 <= all (votes)),
    check (panels.total(votes) + invalid = returned),
    check (version = 1 or reason <> '')
);

-- What those who counted the papers say of a count, each under their own account. Evidence.
create table panels.witness (
    tenant_id  uuid        not null,
    round_id   uuid        not null,
    version    smallint    not null,
    person_id  uuid        not null,
    agrees     boolean     not null,
    note       text        not null check (length(note) <= 1000),
    account_id uuid        not null,
    at         timestamptz not null,
    primary key (tenant_id, round_id, version, person_id),
    foreign key (tenant_id, round_id) references panels.round (tenant_id, id),
    check (agrees or note <> '')
);

-- What the meeting concludes about a person; no grade: left for another meeting. The newest counts. Evidence.
create table panels.conclusion (
    tenant_id    uuid        not null,
    meeting_id   uuid        not null,
    form_id      uuid        not null,
    version      smallint    not null check (version > 0),
    round_id     uuid,       -- the round it rests on
    suggested    text        check (length(suggested) <= 60), -- by the majority rule; null: nothing
    grade        text        check (length(grade) between 1 and 60),
    grade_name   text        check (length(grade_name) between 1 and 200),
    reason       text        not null check (length(reason) <= 1000),
    concluded_by uuid        not null,
    concluded_at timestamptz not null,
    primary key (tenant_id, meeting_id, form_id, version),
    foreign key (tenant_id, meeting_id, form_id) references panels.agenda (tenant_id, meeting_id, form_id),
    check ((grade is null) = (grade_name is null)),
    check (grade is not null or reason <> ''),
    check (grade is null or round_id is not null)
);

-- The minutes as they were made; what is wrong in them is made anew. Evidence.
create table panels.minutes (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    version    smallint    not null check (version > 0),
    content    text        not null check (length(content) <= 1000000), -- canonical JSON
    hash       bytea       not null check (length(hash) = 32), -- SHA-256 of the content's UTF-8 bytes
    reason     text        not null check (length(reason) <= 1000), -- why they were made anew
    made_by    uuid        not null,
    made_at    timestamptz not null,
    primary key (tenant_id, meeting_id, version),
    foreign key (tenant_id, meeting_id) references panels.meeting (tenant_id, id)
);

-- Xác nhận điện tử of the minutes, after entering the password again. Evidence.
create table panels.signature (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    version    smallint    not null,
    role       text        not null check (role in ('chair', 'secretary')),
    person_id  uuid        not null,
    account_id uuid        not null,
    hash       bytea       not null check (length(hash) = 32),
    signed_at  timestamptz not null,
    primary key (tenant_id, meeting_id, version, role),
    foreign key (tenant_id, meeting_id, version) references panels.minutes (tenant_id, meeting_id, version)
);

-- Whether what was concluded came into a form, or why not. Evidence.
create table panels.delivery (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    form_id    uuid        not null,
    seq        smallint    not null check (seq between 1 and 100),
    done       boolean     not null,
    why        text        not null check (length(why) <= 200), -- key of what stood in the way
    at         timestamptz not null,
    primary key (tenant_id, meeting_id, form_id, seq),
    foreign key (tenant_id, meeting_id, form_id) references panels.agenda (tenant_id, meeting_id, form_id),
    check (done = (why = ''))
);

grant select, insert on panels.rule, panels.presence, panels.remark, panels.round_form, panels.count, panels.witness,
    panels.conclusion, panels.minutes, panels.signature, panels.delivery to chuanmuc_app;
grant select, insert, update on panels.meeting, panels.round to chuanmuc_app;
-- A plan is written anew as often as it is changed; from the convening on nothing of it is.
grant select, insert, delete on panels.seat, panels.agenda, panels.claim, panels.code to chuanmuc_app;
grant select, insert, update, delete on panels.urn to chuanmuc_app;
