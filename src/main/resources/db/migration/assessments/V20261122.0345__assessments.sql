-- Quarterly assessment: cycles, forms, ratings, what was handed in (ADR 0016).
create schema assessments;
grant usage on schema assessments to chuanmuc_app;

-- A quarter's assessment of a campaign's roster, under one version of a rule book for ever.
create table assessments.cycle (
    tenant_id    uuid        not null,
    id           uuid        not null,
    period       int         not null check (period between 20001 and 22004 and period % 10 between 1 and 4), -- year × 10 + quarter
    campaign_id  uuid        not null,
    unit_id      uuid        not null, -- whose board runs it: the campaign's receiver when it was planned
    rule_version uuid        not null,
    title        text        not null check (length(title) between 1 and 300),
    opens_on     date        not null, -- the 25th of the quarter's last month, unless a document says otherwise
    levels       smallint    check (levels between 1 and 20), -- of the rule's scale; known from the opening on
    state        text        not null check (state in ('draft', 'creating', 'open', 'closed', 'cancelled')),
    version      int         not null default 1,
    forms        int         check (forms >= 0), -- made at the opening,
    not_assessed int         check (not_assessed between 0 and forms), -- so many of them of people who are not assessed
    created_by   uuid        not null,
    created_at   timestamptz not null,
    opened_by    uuid,
    opened_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    check (state in ('draft', 'creating', 'cancelled')
        or (opened_at is not null and opened_by is not null and forms is not null and not_assessed is not null and levels is not null))
);
create unique index cycle_once on assessments.cycle (tenant_id, period, campaign_id) where state <> 'cancelled';

-- Who acts, in which order, until when: the rule's stages with their days. Stages of one order run side by side.
create table assessments.cycle_stage (
    tenant_id uuid     not null,
    cycle_id  uuid     not null,
    code      text     not null check (code ~ '^[A-Za-z0-9-]{1,40}$'),
    ord       smallint not null check (ord between 1 and 100),
    actor     text     not null check (actor in ('self', 'colleagues', 'panel', 'head', 'superior', 'approval')),
    applies   text     not null check (applies in ('all', 'heads', 'others')),
    blind     boolean  not null, -- sees no other stage of its order before all of that order are in
    name      text     not null check (length(name) between 1 and 200),
    due       date     not null,
    primary key (tenant_id, cycle_id, code),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id)
);

-- One person in one cycle; of somebody who moved in the quarter one form for each unit, with its days. Names as they were.
create table assessments.form (
    tenant_id     uuid        not null,
    period        int         not null,
    id            uuid        not null,
    cycle_id      uuid        not null,
    person_id     uuid        not null,
    segment       smallint    not null check (segment between 1 and 50),
    segments      smallint    not null check (segments between segment and 50),
    unit_id       uuid        not null,
    unit_name     text        not null,
    full_name     text        not null,
    position_name text        not null,
    sort_key      bytea       not null,
    search_key    text        not null,
    leads         boolean     not null, -- heads the unit: rated by the direct superior
    sample        boolean     not null,
    day_from      date        not null,
    day_to        date        not null check (day_to >= day_from),
    set_id        uuid        not null,
    items         smallint    not null check (items between 1 and 5000),
    commitment_id uuid,       -- what is assessed: the signed words
    document_hash bytea       check (length(document_hash) = 32),
    route         text[]      not null, -- codes of its stages in their order, frozen
    step          smallint    not null, -- the order whose turn it is; 0 when all stages before the decision are in
    state         text        not null check (state in ('open', 'not-assessed', 'cancelled', 'decided', 'approved', 'told')),
    reason        text        check (reason in ('not-signed', 'declined', 'excused', 'short', 'leave', 'left')), -- why not assessed
    version       int         not null default 1,
    primary key (tenant_id, period, id),
    unique (tenant_id, period, cycle_id, person_id, segment),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id),
    check ((state = 'not-assessed') = (reason is not null)),
    check (state in ('not-assessed', 'cancelled') or (commitment_id is not null and document_hash is not null))
) partition by range (period);
create index form_person on assessments.form (tenant_id, person_id, period);
create index form_list on assessments.form (tenant_id, period, cycle_id, unit_id, sort_key, id);
create index form_name on assessments.form (tenant_id, period, cycle_id, sort_key, id) include (unit_id, state);

-- What one stage says about one form: position n of the levels is item n of the set. 1 … are ordinals of the rule's scale, null is
-- not assessed. "version" counts saves; whoever saves on an older one is told. A draft until it is handed in.
create table assessments.rating (
    tenant_id  uuid        not null,
    period     int         not null,
    form_id    uuid        not null,
    stage      text        not null,
    cycle_id   uuid        not null,
    ord        smallint    not null,
    actor      text        not null,
    blind      boolean     not null,
    unit_id    uuid,       -- the unit whose head acts; null for the person themself, or when nobody is known
    account_id uuid,       -- somebody who acts in place of that head
    due        date        not null,
    state      text        not null check (state in ('waiting', 'open', 'handed-in')),
    levels     smallint[]  not null,
    version    int         not null default 0,
    handing    smallint    not null default 0, -- how often it was handed in
    begun_at   timestamptz, -- first save since it was opened
    saved_at   timestamptz,
    saved_by   uuid,
    handed_at  timestamptz,
    primary key (tenant_id, period, form_id, stage),
    check (state <> 'handed-in' or (handing > 0 and handed_at is not null))
) partition by range (period);
create index rating_acting on assessments.rating (tenant_id, unit_id, period, cycle_id, state) where unit_id is not null;
create index rating_instead on assessments.rating (tenant_id, account_id, period) where account_id is not null;
create index rating_cycle on assessments.rating (tenant_id, period, cycle_id, stage, state);

-- One partition a year; what lies before or behind goes into the default one.
do $$
begin
    for year in 2021..2040 loop
        execute format('create table assessments.form_%s partition of assessments.form for values from (%s) to (%s)',
            year, year * 10, year * 10 + 10);
        execute format('create table assessments.rating_%s partition of assessments.rating for values from (%s) to (%s)
            with (fillfactor = 75)', year, year * 10, year * 10 + 10);
    end loop;
end
$$;
create table assessments.form_other partition of assessments.form default;
create table assessments.rating_other partition of assessments.rating default;

-- Words beside a level; position 0 is about the whole. Draft as the rating is.
create table assessments.remark (
    tenant_id uuid     not null,
    period    int      not null,
    form_id   uuid     not null,
    stage     text     not null,
    position  smallint not null check (position between 0 and 5000),
    words     text     not null check (length(words) between 1 and 2000),
    primary key (tenant_id, period, form_id, stage, position),
    foreign key (tenant_id, period, form_id, stage) references assessments.rating (tenant_id, period, form_id, stage)
);

-- What shows that a level is right: a file, a link, or a figure of an index as it was brought in. Draft as the rating is.
create table assessments.evidence (
    tenant_id  uuid        not null,
    period     int         not null,
    form_id    uuid        not null,
    stage      text        not null,
    id         uuid        not null,
    position   smallint    not null check (position between 0 and 5000),
    kind       text        not null check (kind in ('file', 'link', 'figure')),
    title      text        not null check (length(title) between 1 and 300),
    address    text        check (address ~ '^https?://' and length(address) <= 1000),
    hash       bytea,      -- documents.content
    media_type text,
    size       bigint      check (size > 0),
    index_code text,       -- which index, as its source names it
    figure     text        check (length(figure) <= 200),
    figure_on  date,       -- the day it is of
    added_by   uuid        not null,
    added_at   timestamptz not null,
    primary key (tenant_id, period, form_id, stage, id),
    foreign key (tenant_id, period, form_id, stage) references assessments.rating (tenant_id, period, form_id, stage),
    foreign key (tenant_id, hash) references documents.content (tenant_id, hash),
    check ((kind = 'file') = (hash is not null and media_type is not null and size is not null)),
    check ((kind = 'link') = (address is not null)),
    check ((kind = 'figure') = (index_code is not null and figure is not null and figure_on is not null))
);

-- What was handed in, every time. Evidence: the next handing in is the next version.
create table assessments.handing (
    tenant_id   uuid        not null,
    period      int         not null,
    form_id     uuid        not null,
    stage       text        not null,
    handing     smallint    not null check (handing > 0),
    levels      smallint[]  not null,
    assessed    smallint    not null check (assessed >= 0), -- how many items have a level
    content     text        not null check (length(content) <= 1000000), -- canonical JSON: levels, remarks, evidence
    hash        bytea       not null check (length(hash) = 32), -- SHA-256 of the content's UTF-8 bytes
    seconds     int         not null check (seconds >= 0), -- from the first save, or the opening of the page, to handing in
    late        boolean     not null, -- after the stage's day
    account_id  uuid        not null,
    at          timestamptz not null,
    primary key (tenant_id, period, form_id, stage, handing),
    foreign key (tenant_id, period, form_id, stage) references assessments.rating (tenant_id, period, form_id, stage)
);

-- A step out of the ordinary: what, about what, on whose authority, why. Evidence.
create table assessments.exception (
    tenant_id uuid        not null,
    id        uuid        not null,
    cycle_id  uuid        not null,
    form_id   uuid,       -- null: about a unit or the whole cycle
    unit_id   uuid,       -- the unit it is about, with all below it
    stage     text,
    kind      text        not null check (kind in ('extend', 'reroute', 'send-back', 'delegate', 'take-back', 'cancel', 'reopen', 'close')),
    said      text        not null check (length(said) <= 1000), -- canonical JSON: what it was before and is now
    forms     int         not null check (forms >= 0), -- how many it reached
    reason    text        not null check (length(reason) between 1 and 1000),
    basis     text        not null default '' check (length(basis) <= 300), -- the document; empty: chưa có căn cứ
    made_by   uuid        not null,
    made_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id)
);
create index exception_cycle on assessments.exception (tenant_id, cycle_id, id);
create index exception_form on assessments.exception (tenant_id, form_id, id) where form_id is not null;

-- Who may see what a stage says of a form: decided here and nowhere else (ADR 0016, stages). Nobody sees a draft of another; a
-- stage sees those of its own order once all of that order are in, and what came before it; who only reads sees an order when
-- all of it is in; the person sees what comes behind their own stage when they are told.
--   person, account: who looks; held: the units whose head they are; reads: the units they may read in, with all below them
create function assessments.acts(
    rated uuid, actor text, acting_unit uuid, instead uuid, person uuid, account uuid, held uuid[]) returns boolean
    language sql immutable parallel safe
    return case actor
        when 'self' then rated = person
        when 'head' then rated is distinct from person and coalesce(instead = account, acting_unit = any (held))
        when 'superior' then rated is distinct from person and coalesce(instead = account, acting_unit = any (held))
        else false end;

create function assessments.seen(
    tenant uuid, of_period int, form uuid, person uuid, account uuid, held uuid[], reads boolean)
    returns table (stage text, ord smallint, actor text, blind boolean, unit_id uuid, account_id uuid, due date, state text,
                   version int, handing smallint, saved_at timestamptz, saved_by uuid, handed_at timestamptz,
                   acting boolean, visible boolean, levels smallint[])
    language sql stable
as $$
with r as materialized (
    select x.stage, x.ord, x.actor, x.blind, x.unit_id, x.account_id, x.due, x.state, x.version, x.handing, x.saved_at, x.saved_by,
           x.handed_at, x.levels, f.person_id, f.state as form_state,
           coalesce(assessments.acts(f.person_id, x.actor, x.unit_id, x.account_id, seen.person, seen.account, seen.held), false)
               as acting
    from assessments.form f
    join assessments.rating x on x.tenant_id = f.tenant_id and x.period = f.period and x.form_id = f.id
    where f.tenant_id = seen.tenant and f.period = seen.of_period and f.id = seen.form),
v as (
    select r.*,
           r.acting
           or (r.state = 'handed-in'
               -- no order is opened to anybody before it is complete, where one of its stages is blind
               and not exists (select from r o where o.ord = r.ord and o.state <> 'handed-in' and (r.blind or o.blind))
               and case
                   -- the person themself: what stands beside or before their own stage; the rest when they are told
                   when r.person_id = seen.person then
                       r.form_state = 'told' or r.ord <= (select max(o.ord) from r o where o.actor = 'self')
                   when exists (select from r o where o.acting) then
                       r.form_state in ('approved', 'told') or r.ord <= (select max(o.ord) from r o where o.acting)
                   else seen.reads end) as visible
    from r)
select v.stage, v.ord, v.actor, v.blind, v.unit_id, v.account_id, v.due, v.state,
       case when v.visible then v.version end, v.handing,
       case when v.visible then v.saved_at end, case when v.visible then v.saved_by end, v.handed_at,
       v.acting, v.visible, case when v.visible then v.levels end
from v
order by v.ord, v.actor <> 'self', v.stage
$$;

-- Whoever works on a form takes its cycle's lock shared; closing or cancelling the cycle takes it alone.
create function assessments.cycle_lock(cycle uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(cycle::text, 266);

grant select, insert, update on assessments.cycle to chuanmuc_app;
-- What was made for an opening that was given up is taken away again: nobody has seen it.
grant select, insert, update, delete on assessments.form, assessments.rating to chuanmuc_app;
grant select, insert, delete on assessments.cycle_stage to chuanmuc_app;
-- Drafts: what counts is what was handed in.
grant select, insert, update, delete on assessments.remark, assessments.evidence to chuanmuc_app;
grant select, insert on assessments.handing, assessments.exception to chuanmuc_app;
