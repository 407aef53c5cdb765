-- Every line that ever stood on a roster, as it was when it came onto it. Evidence: the roster's hash is taken of the lines
-- frozen at the opening (change_id is null) and can be taken again at any time. campaigns.roster_entry is where a person
-- stands now; its "entry" says which of these lines that is.
create table campaigns.roster_line (
    tenant_id     uuid    not null,
    campaign_id   uuid    not null,
    person_id     uuid    not null,
    entry         int     not null check (entry between 1 and 10000),
    change_id     uuid,            -- the change that brought them; null for who was frozen at the opening
    unit_id       uuid    not null,
    unit_name     text    not null,
    bloc_id       uuid    not null,
    bloc_name     text    not null,
    full_name     text    not null,
    birth_date    date,
    position_name text    not null,
    rank_order    int     not null,
    set_id        uuid    not null,
    joined_on     date    not null,
    carried_over  boolean not null default false, -- written by this migration from a later line: the hash tells if it is right
    primary key (tenant_id, campaign_id, person_id, entry),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    foreign key (tenant_id, change_id) references campaigns.roster_change (tenant_id, id),
    check (change_id is not null or entry = 1)
);

alter table campaigns.roster_entry add column entry int not null default 1 check (entry between 1 and 10000);

-- Who was there at the opening. Of somebody who left and came back only the later line is known: it is carried over as what
-- was frozen, and marked.
insert into campaigns.roster_line
    (tenant_id, campaign_id, person_id, entry, change_id, unit_id, unit_name, bloc_id, bloc_name, full_name, birth_date,
     position_name, rank_order, set_id, joined_on, carried_over)
select r.tenant_id, r.campaign_id, r.person_id, 1, null, r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name,
       r.birth_date, r.position_name, r.rank_order, r.set_id,
       case when h.joins > 0 then (c.launched_at at time zone 'Asia/Ho_Chi_Minh')::date else r.joined_on end,
       coalesce(h.joins, 0) > 0
from campaigns.roster_entry r
join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
left join (
    select tenant_id, campaign_id, person_id, count(*) filter (where kind = 'join') as joins,
           (array_agg(kind order by id))[1] as first_kind
    from campaigns.roster_change
    group by tenant_id, campaign_id, person_id) h
    on h.tenant_id = r.tenant_id and h.campaign_id = r.campaign_id and h.person_id = r.person_id
where h.first_kind is distinct from 'join';

-- Who came later, the first time or again: the line they stand with.
insert into campaigns.roster_line
    (tenant_id, campaign_id, person_id, entry, change_id, unit_id, unit_name, bloc_id, bloc_name, full_name, birth_date,
     position_name, rank_order, set_id, joined_on)
select r.tenant_id, r.campaign_id, r.person_id, h.joins + case when h.first_kind = 'join' then 0 else 1 end, h.last_join,
       r.unit_id, r.unit_name, r.bloc_id, r.bloc_name, r.full_name, r.birth_date, r.position_name, r.rank_order, r.set_id,
       r.joined_on
from campaigns.roster_entry r
join (
    select tenant_id, campaign_id, person_id, count(*) filter (where kind = 'join') as joins,
           (array_agg(kind order by id))[1] as first_kind,
           (array_agg(id order by id desc) filter (where kind = 'join'))[1] as last_join
    from campaigns.roster_change
    group by tenant_id, campaign_id, person_id) h
    on h.tenant_id = r.tenant_id and h.campaign_id = r.campaign_id and h.person_id = r.person_id
where h.joins > 0;

update campaigns.roster_entry r
set entry = l.entry
from (
    select tenant_id, campaign_id, person_id, max(entry) as entry
    from campaigns.roster_line
    group by tenant_id, campaign_id, person_id) l
where l.tenant_id = r.tenant_id and l.campaign_id = r.campaign_id and l.person_id = r.person_id and l.entry > 1;

-- Closing a campaign and opening it again: who, when, why, and what was still open. Evidence.
create table campaigns.closing (
    tenant_id   uuid        not null,
    id          uuid        not null,
    campaign_id uuid        not null,
    kind        text        not null check (kind in ('close', 'reopen')),
    reason      text        not null check (length(reason) <= 1000),
    lists       int         not null check (lists >= 0),
    accepted    int         not null check (accepted between 0 and lists),
    expected    bigint      not null check (expected >= 0),
    signed      bigint      not null check (signed between 0 and expected),
    made_by     uuid        not null,
    made_at     timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    check (reason <> '' or (kind = 'close' and accepted = lists)) -- a reason unless everything was accepted
);
create index closing_campaign on campaigns.closing (tenant_id, campaign_id, id);

-- Whoever records something in a campaign takes this lock shared; closing it takes it alone.
create function campaigns.campaign_lock(campaign uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(campaign::text, 265);

grant select, insert on campaigns.roster_line, campaigns.closing to chuanmuc_app;
