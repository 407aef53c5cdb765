-- Petitions against results of assessment (issue 5, petition; ADR 0020): filed within a clock, handled by another than who decided,
-- answered in writing. Every step is a row that is only added; the other tables say how it stands and are computed from the steps.
create schema petitions;
grant usage on schema petitions to chuanmuc_app;

-- What the rule book does not say about petitions, dated. The newest that is valid on a day counts; none: what ships. Evidence.
create table petitions.rule (
    tenant_id        uuid        not null,
    id               uuid        not null,
    valid_from       date        not null,
    acknowledge_days smallint    not null check (acknowledge_days between 1 and 60), -- working days to say in writing that it came
    opinion_days     smallint    not null check (opinion_days between 1 and 60), -- working days for whoever is asked, unless said otherwise
    late_days        smallint    not null check (late_days between 0 and 250), -- working days behind the last day with a good reason; 0: never
    stands_still     boolean     not null, -- whether the clock stands still while opinions are waited for
    subordinates     text        not null check (subordinates in ('never', 'with-reason', 'allowed')), -- handle a petition against their head
    decides          text        not null check (decides in ('board', 'head', 'either')),
    approval         boolean     not null, -- whether another person approves a decision that leaves the level as it is
    shows_opinions   text        not null check (shows_opinions in ('never', 'answered', 'at-once')), -- to the petitioner
    head_after       smallint    not null check (head_after between 1 and 60), -- working days over the end until the head is told
    basis            text        not null check (length(basis) <= 300), -- empty: chưa có căn cứ
    set_by           uuid        not null,
    set_at           timestamptz not null,
    primary key (tenant_id, id)
);
create index rule_day on petitions.rule (tenant_id, valid_from desc, id desc);

-- How a petition stands. Names and numbers of the result and of the rules are those of the day it was filed.
create table petitions.petition (
    tenant_id      uuid        not null,
    id             uuid        not null,
    period         int         not null,
    form_id        uuid        not null,
    cycle_id       uuid        not null,
    cycle_title    text        not null,
    cycle_unit     uuid        not null, -- whose board answers
    unit_id        uuid        not null, -- where the person is assessed
    unit_name      text        not null,
    decider_unit   uuid        not null, -- whose head decided
    person_id      uuid        not null,
    full_name      text        not null,
    position_name  text        not null,
    sort_key       bytea       not null,
    search_key     text        not null,
    told_version   smallint    not null, -- the version of the result that is contested
    told_on        date        not null,
    grade          text        not null,
    grade_name     text        not null,
    rule_id        uuid,       -- null: what ships
    file_days      smallint    not null,
    answer_days    smallint    not null,
    remind_days    smallint    not null,
    clocks_basis   text        not null,
    state          text        not null check (state in
        ('draft', 'dropped', 'filed', 'handling', 'proposed', 'reassessing', 'decided', 'answered', 'withdrawn')),
    version        int         not null default 0, -- saves of the draft
    steps          int         not null default 0, -- how many steps it has: guards every move
    opened_by      uuid        not null,
    opened_at      timestamptz not null,
    saved_at       timestamptz not null,
    whole          boolean     not null default false, -- the level itself is contested
    items          smallint[]  not null default '{}', -- single items that are
    grounds        text        not null default '' check (length(grounds) <= 10000),
    wish           text        not null default '' check (length(wish) <= 2000),
    late_reason    text        not null default '' check (length(late_reason) <= 2000),
    on_paper       boolean     not null default false,
    received_on    date,       -- the day a paper came
    filed_on       date,
    file_by        date,       -- the last day to file, as reckoned when it was filed
    late           boolean     not null default false,
    late_accepted  boolean     not null default false,
    ack_by         date,
    ack_on         date,
    register_year  smallint,
    register_no    int,
    answer_by      date,
    handler        uuid,
    handler_person uuid,
    outcome        text        check (outcome in ('uphold', 'change', 'reassess', 'inadmissible')), -- proposed, then decided
    decided_by     uuid,
    decider_person uuid,
    reassessor     uuid,
    reassess_by    date,
    new_version    smallint,   -- of the result, where one came of it
    approved       boolean     not null default false, -- what was decided may be answered
    ack_told       smallint    not null default 0, -- how far the clocks have called: 1 nearly due, 2 over, 3 long over
    answer_told    smallint    not null default 0,
    closed_on      date,
    primary key (tenant_id, id),
    foreign key (tenant_id, period, form_id) references assessments.form (tenant_id, period, id),
    foreign key (tenant_id, rule_id) references petitions.rule (tenant_id, id),
    check (state in ('draft', 'dropped') or (filed_on is not null and file_by is not null and ack_by is not null and answer_by is not null)),
    check (state in ('draft', 'dropped', 'filed', 'withdrawn') or handler is not null),
    check (handler_person is distinct from person_id),
    check (state not in ('reassessing', 'decided', 'answered') or (outcome is not null and decided_by is not null and decided_by <> handler)),
    check (decider_person is distinct from person_id),
    check (state <> 'answered' or approved)
);
create unique index petition_once on petitions.petition (tenant_id, period, form_id, told_version)
    where state not in ('draft', 'dropped', 'withdrawn');
create unique index petition_draft on petitions.petition (tenant_id, period, form_id, told_version, opened_by) where state = 'draft';
create unique index petition_register on petitions.petition (tenant_id, cycle_unit, register_year, register_no) where register_no is not null;
create index petition_person on petitions.petition (tenant_id, person_id, opened_at);
create index petition_open on petitions.petition (tenant_id, answer_by) where state in ('filed', 'handling', 'proposed', 'reassessing', 'decided');
create index petition_list on petitions.petition (tenant_id, cycle_unit, filed_on desc, id);
create index petition_handler on petitions.petition (tenant_id, handler) where state in ('handling', 'proposed', 'decided');

-- Everything that was done about a petition, in its order. Evidence.
create table petitions.step (
    tenant_id   uuid        not null,
    petition_id uuid        not null,
    seq         int         not null check (seq > 0),
    kind        text        not null check (kind in
        ('filed', 'acknowledged', 'assigned', 'recused', 'late-accepted', 'asked', 'opined', 'recalled', 'proposed', 'decided',
         'reassessed', 'approved', 'sent-back', 'answered', 'withdrawn', 'reckoned', 'escalated')),
    said        text        not null check (length(said) <= 200000), -- canonical JSON: everything that was said
    hash        bytea       not null check (length(hash) = 32), -- SHA-256 of its UTF-8 bytes
    account_id  uuid        not null,
    person_id   uuid,
    day         date        not null, -- the day it counts for: of a paper the day it came
    at          timestamptz not null,
    primary key (tenant_id, petition_id, seq),
    foreign key (tenant_id, petition_id) references petitions.petition (tenant_id, id)
);

-- Who was asked, and where that stands; computed from the steps. A draft of the answer is not evidence.
create table petitions.opinion (
    tenant_id   uuid        not null,
    petition_id uuid        not null,
    n           smallint    not null check (n between 1 and 50),
    account_id  uuid,
    unit_id     uuid,       -- whoever heads it answers
    name        text        not null check (length(name) between 1 and 300),
    due         date        not null,
    state       text        not null check (state in ('asked', 'given', 'recalled')),
    draft       text        not null default '' check (length(draft) <= 10000),
    called      smallint    not null default 0, -- 1 nearly due, 2 over
    primary key (tenant_id, petition_id, n),
    foreign key (tenant_id, petition_id) references petitions.petition (tenant_id, id),
    check ((account_id is null) <> (unit_id is null))
);
create index opinion_account on petitions.opinion (tenant_id, account_id) where state = 'asked';
create index opinion_unit on petitions.opinion (tenant_id, unit_id) where state = 'asked';

-- Files on their way into a step; the step names them by their hash.
create table petitions.attachment (
    tenant_id   uuid        not null,
    petition_id uuid        not null,
    id          uuid        not null,
    part        text        not null check (part in ('filing', 'scan', 'opinion', 'handling')),
    n           smallint    not null default 0, -- which opinion
    title       text        not null check (length(title) between 1 and 300),
    hash        bytea       not null,
    media_type  text        not null,
    size        bigint      not null check (size > 0),
    added_by    uuid        not null,
    added_at    timestamptz not null,
    seq         int,        -- the step that took it up
    primary key (tenant_id, petition_id, id),
    foreign key (tenant_id, petition_id) references petitions.petition (tenant_id, id),
    foreign key (tenant_id, hash) references documents.content (tenant_id, hash)
);

grant select, insert on petitions.rule, petitions.step to chuanmuc_app;
grant select, insert, update on petitions.petition, petitions.opinion to chuanmuc_app;
grant select, insert, update, delete on petitions.attachment to chuanmuc_app;
