create schema campaigns;
grant usage on schema campaigns to chuanmuc_app;

create table campaigns.campaign (
    tenant_id     uuid        not null,
    id            uuid        not null,
    year          int         not null check (year between 2000 and 2200),
    title         text        not null check (length(title) between 1 and 300),
    plan_number   text        not null default '' check (length(plan_number) <= 100),
    plan_date     date,
    decision_id   uuid        not null,
    sign_by       date        not null, -- 2021: 10/10; afterwards 30/01 every year (domain.md, 2)
    submit_by     date        not null,
    methods       text[]      not null check (methods <@ array ['xac-nhan-dien-tu', 'giay', 'chu-ky-so']),
    receiver_unit uuid        not null, -- the unit whose board receives the lists: a parameter with history
    state         text        not null check (state in ('draft', 'launched', 'closed')),
    version       int         not null default 1,
    created_by    uuid        not null,
    created_at    timestamptz not null,
    launched_by   uuid,
    launched_at   timestamptz,
    roster_size   int,
    roster_hash   bytea       check (length(roster_hash) = 32), -- SHA-256 over the roster as frozen, see RosterHash
    primary key (tenant_id, id),
    foreign key (tenant_id, decision_id) references criteria.decision (tenant_id, id),
    foreign key (tenant_id, receiver_unit) references directory.unit (tenant_id, id),
    check (submit_by >= sign_by),
    check (state = 'draft'
        or (launched_at is not null and launched_by is not null and roster_size is not null and roster_hash is not null))
);
-- One live campaign per year and receiving body.
create unique index campaign_year on campaigns.campaign (tenant_id, year, receiver_unit);

create table campaigns.campaign_unit (
    tenant_id   uuid not null,
    campaign_id uuid not null,
    unit_id     uuid not null,
    primary key (tenant_id, campaign_id, unit_id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- Danh sách chốt: the only denominator after launching. Names, positions and units as they were that day.
create table campaigns.roster_entry (
    tenant_id     uuid        not null,
    campaign_id   uuid        not null,
    person_id     uuid        not null,
    year          int         not null, -- the campaign's
    unit_id       uuid        not null,
    unit_name     text        not null,
    bloc_id       uuid        not null,
    bloc_name     text        not null,
    full_name     text        not null,
    sort_key      bytea       not null,
    search_key    text        not null,
    birth_date    date,
    position_name text        not null,
    rank_order    int         not null,
    set_id        uuid        not null,
    sample        boolean     not null,
    joined_on     date        not null,
    left_on       date        check (left_on >= joined_on),
    primary key (tenant_id, campaign_id, person_id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    foreign key (tenant_id, set_id) references criteria.criteria_set (tenant_id, id)
);
create index roster_person on campaigns.roster_entry (tenant_id, person_id);
-- Pages in name order or rank order read these; they hold the unit so that a scope is checked without the row.
create index roster_name on campaigns.roster_entry (tenant_id, campaign_id, sort_key, person_id) include (unit_id);
create index roster_rank on campaigns.roster_entry (tenant_id, campaign_id, rank_order, sort_key, person_id) include (unit_id);
create index roster_list on campaigns.roster_entry (tenant_id, campaign_id, unit_id, bloc_id, sort_key);
create index roster_unit_name on campaigns.roster_entry (tenant_id, campaign_id, unit_id, sort_key, person_id);
create index roster_unit_rank on campaigns.roster_entry (tenant_id, campaign_id, unit_id, rank_order, sort_key, person_id);
-- One person, one year, one roster: nobody is counted twice.
create unique index roster_year on campaigns.roster_entry (tenant_id, year, person_id);

-- Later joiners and leavers: dated, with a reason. Evidence.
create table campaigns.roster_change (
    tenant_id   uuid        not null,
    id          uuid        not null,
    campaign_id uuid        not null,
    person_id   uuid        not null,
    kind        text        not null check (kind in ('join', 'leave')),
    effective   date        not null,
    reason      text        not null check (length(reason) between 1 and 500),
    made_by     uuid        not null,
    made_at     timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id)
);

create index roster_change_person on campaigns.roster_change (tenant_id, campaign_id, person_id, id);

-- An accepted list freezes the level below; says since when, by which rule and who may lift it.
create table campaigns.freeze (
    tenant_id   uuid        not null,
    campaign_id uuid        not null,
    unit_id     uuid        not null,
    bloc_id     uuid        not null,
    list_id     uuid        not null,
    since       timestamptz not null,
    primary key (tenant_id, campaign_id, unit_id, bloc_id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id)
);

-- Whoever changes what a list counts takes this lock shared; accepting a list takes it alone. Then no signature slips in
-- between the count and the freeze.
create function campaigns.bloc_lock(campaign uuid, unit uuid, bloc uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(campaign::text || unit::text || bloc::text, 264);

grant select, insert, update on campaigns.campaign, campaigns.roster_entry to chuanmuc_app;
grant select, insert, delete on campaigns.campaign_unit, campaigns.freeze to chuanmuc_app;
grant select, insert on campaigns.roster_change to chuanmuc_app;
