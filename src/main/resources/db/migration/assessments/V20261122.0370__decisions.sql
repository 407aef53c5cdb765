-- Decisions about forms, their approval, telling the result, and what follows for the person (ADR 0016, decision and result).

-- What was decided about a form, every time; the newest counts. Evidence: an outcome of a petition is the next version.
create table assessments.decision (
    tenant_id      uuid        not null,
    period         int         not null,
    form_id        uuid        not null,
    version        smallint    not null check (version > 0),
    cycle_id       uuid        not null,
    person_id      uuid        not null, -- who was assessed
    unit_id        uuid        not null, -- whose head decides; within it quotas are counted
    grade          text        not null check (length(grade) between 1 and 60), -- code in the rule book
    grade_name     text        not null check (length(grade_name) between 1 and 200),
    rank           smallint    not null check (rank between 1 and 100), -- place among the book's grades, 1 the best
    suggested      text        check (length(suggested) <= 60), -- null: nothing was suggested
    reason         text        not null check (length(reason) <= 1000), -- for whoever approves or inspects
    remark         text        not null check (length(remark) <= 2000), -- for the person
    content        text        not null check (length(content) <= 1000000), -- canonical JSON: what was shown, and what was decided
    hash           bytea       not null check (length(hash) = 32), -- SHA-256 of the content's UTF-8 bytes
    origin         text        not null check (origin in ('route', 'petition')),
    petition_id    uuid,
    decided_by     uuid        not null,
    decider_person uuid,
    decided_at     timestamptz not null,
    primary key (tenant_id, period, form_id, version),
    foreign key (tenant_id, period, form_id) references assessments.form (tenant_id, period, id),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id),
    check ((origin = 'petition') = (petition_id is not null)),
    check (decider_person is distinct from person_id),
    check (suggested is null or suggested = grade or reason <> '')
);

-- What another person said to a decision. Evidence.
create table assessments.approval (
    tenant_id    uuid        not null,
    period       int         not null,
    form_id      uuid        not null,
    version      smallint    not null,
    verdict      text        not null check (verdict in ('approved', 'sent-back')),
    reason       text        not null check (length(reason) <= 1000),
    made_by      uuid        not null,
    maker_person uuid,
    made_at      timestamptz not null,
    primary key (tenant_id, period, form_id, version),
    foreign key (tenant_id, period, form_id, version) references assessments.decision (tenant_id, period, form_id, version),
    check (verdict = 'approved' or reason <> '')
);

-- That the person was told of an approved decision, in which way, on which day. Evidence.
create table assessments.telling (
    tenant_id uuid        not null,
    period    int         not null,
    form_id   uuid        not null,
    version   smallint    not null,
    way       text        not null check (way in ('in-app', 'mail', 'paper')),
    told_on   date        not null,
    note      text        not null check (length(note) <= 300), -- who took the paper, where
    told_by   uuid        not null,
    told_at   timestamptz not null,
    primary key (tenant_id, period, form_id, version, way),
    foreign key (tenant_id, period, form_id, version) references assessments.approval (tenant_id, period, form_id, version)
);

-- That the person says they have seen it: nothing about agreeing. Evidence.
create table assessments.sighting (
    tenant_id  uuid        not null,
    period     int         not null,
    form_id    uuid        not null,
    version    smallint    not null,
    account_id uuid        not null,
    seen_at    timestamptz not null,
    primary key (tenant_id, period, form_id, version),
    foreign key (tenant_id, period, form_id, version) references assessments.approval (tenant_id, period, form_id, version)
);

-- What the person, and the head, write about growing and the next quarter; the newest of each counts. Evidence.
create table assessments.growth (
    tenant_id  uuid        not null,
    period     int         not null,
    form_id    uuid        not null,
    side       text        not null check (side in ('person', 'head')),
    version    smallint    not null check (version > 0),
    notes      text        not null check (length(notes) <= 4000),
    plan       text        not null check (length(plan) <= 4000),
    written_by uuid        not null,
    written_at timestamptz not null,
    primary key (tenant_id, period, form_id, side, version),
    foreign key (tenant_id, period, form_id) references assessments.form (tenant_id, period, id)
);

-- A petition against a result: from when it is pending, and when it was closed. Evidence.
create table assessments.petition_mark (
    tenant_id   uuid        not null,
    period      int         not null,
    form_id     uuid        not null,
    petition_id uuid        not null,
    kind        text        not null check (kind in ('pending', 'closed')),
    marked_by   uuid        not null,
    marked_at   timestamptz not null,
    primary key (tenant_id, period, form_id, petition_id, kind),
    foreign key (tenant_id, period, form_id) references assessments.form (tenant_id, period, id)
);

-- The grade of a unit as a whole, on the paper of whoever gave it: bounds its head's own grade where the rules say so. Evidence.
create table assessments.unit_grade (
    tenant_id  uuid        not null,
    cycle_id   uuid        not null,
    unit_id    uuid        not null,
    version    smallint    not null check (version > 0),
    grade      text        not null check (length(grade) between 1 and 60),
    rank       smallint    not null check (rank between 1 and 100),
    basis      text        not null check (length(basis) between 1 and 300),
    set_by     uuid        not null,
    set_at     timestamptz not null,
    primary key (tenant_id, cycle_id, unit_id, version),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- From when on which signs of formality are shown: so many seconds for 27 answers, so many people for a sign about a unit. Evidence.
create table assessments.sign_rule (
    tenant_id  uuid        not null,
    id         uuid        not null,
    valid_from date        not null,
    seconds    smallint    not null check (seconds between 0 and 3600),
    people     smallint    not null check (people between 2 and 1000),
    basis      text        not null check (length(basis) <= 300), -- empty: chưa có căn cứ
    set_by     uuid        not null,
    set_at     timestamptz not null,
    primary key (tenant_id, id)
);
create index sign_rule_day on assessments.sign_rule (tenant_id, valid_from desc, id desc);

-- How a form stands from its first decision on. The records above say why; this row says what counts, and guards every move.
create table assessments.result (
    tenant_id      uuid        not null,
    period         int         not null,
    form_id        uuid        not null,
    cycle_id       uuid        not null,
    unit_id        uuid        not null, -- of the newest decision
    version        smallint    not null check (version > 0), -- the newest decision
    state          text        not null check (state in ('decided', 'sent-back', 'approved', 'told')),
    grade          text        not null,
    rank           smallint    not null,
    decided_by     uuid        not null,
    decider_person uuid,
    approver_unit  uuid,       -- whose head approves; null: whoever runs the cycle
    standing       smallint,   -- the newest approved version: what holds
    standing_grade text,
    standing_name  text,
    tell_by        date,       -- last day to tell the person of it
    told           smallint,   -- the version the person was told of
    primary key (tenant_id, period, form_id),
    foreign key (tenant_id, period, form_id, version) references assessments.decision (tenant_id, period, form_id, version),
    check ((standing is null) = (standing_grade is null) and (standing is null) = (standing_name is null)
        and (standing is null) = (tell_by is null)),
    check (state in ('decided', 'sent-back') or standing = version),
    check (state <> 'told' or told = version)
);
create index result_unit on assessments.result (tenant_id, cycle_id, unit_id, state);
create index result_approver on assessments.result (tenant_id, approver_unit, state) where state = 'decided';

-- The nearest unit at least so many steps above whose head is somebody other than those named.
create function assessments.head_unit(tenant uuid, below uuid, steps int, accounts uuid[], people uuid[], today date) returns uuid
    language sql stable
    return (
        select c.ancestor_id
        from directory.unit_closure c
        where c.tenant_id = tenant and c.descendant_id = below and c.depth >= steps and not c.custody
          and exists (select from access.role_grant g
                      join access.account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.state = 'active'
                      where g.tenant_id = tenant and g.unit_id = c.ancestor_id and g.role = 'HEAD' and g.valid_from <= today
                        and g.valid_to is null and a.id <> all (accounts)
                        and (a.person_id is null or a.person_id <> all (people)))
        order by c.depth
        limit 1);

grant select, insert on assessments.decision, assessments.approval, assessments.telling, assessments.sighting, assessments.growth,
    assessments.petition_mark, assessments.unit_grade, assessments.sign_rule to chuanmuc_app;
grant select, insert, update on assessments.result to chuanmuc_app;
