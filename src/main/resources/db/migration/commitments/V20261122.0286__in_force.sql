-- The commitment that stands for somebody's year: the newest signature, unless it was taken back. A later signature of the year takes
-- the place of an earlier one, also of another campaign; taking it back does not bring the earlier one back.
create view commitments.v_in_force as
select k.tenant_id, k.year, k.person_id, k.campaign_id, k.id, k.version, k.set_id, k.at
from commitments.commitment k
where k.standing = 'signed'
  and not exists (
      select from commitments.commitment n
      where n.tenant_id = k.tenant_id and n.year = k.year and n.person_id = k.person_id and n.version > k.version
        and (n.standing = 'signed' or n.campaign_id = k.campaign_id));
grant select on commitments.v_in_force to chuanmuc_app;

-- As before (0172, 0202), but a person's year may have commitments of two campaigns: each campaign looks at its own.
create or replace function commitments.standing_on(tenant uuid, campaign uuid, day date)
    returns table (person_id uuid, unit_id uuid, unit_name text, bloc_id uuid, bloc_name text, full_name text, birth_date date,
                   position_name text, rank_order int, standing text, at timestamptz, reason_kind text, reason text)
    language sql stable
as $$
select l.person_id, l.unit_id, l.unit_name, l.bloc_id, l.bloc_name, l.full_name, l.birth_date, l.position_name, l.rank_order,
       case when exists (select from campaigns.roster_change g
                         where g.tenant_id = l.tenant_id and g.campaign_id = l.campaign_id and g.person_id = l.person_id
                           and g.kind = 'leave' and g.effective <= standing_on.day
                           and (l.change_id is null or g.id > l.change_id)) then 'left'
            when k.standing is null or (k.standing = 'signed' and k.set_id <> l.set_id) then 'open'
            else k.standing end,
       k.at,
       case when k.standing in ('declined', 'excused') then k.reason_kind end,
       case when k.standing in ('declined', 'excused') then k.reason end
from campaigns.roster_line l
join campaigns.campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id
left join lateral (
    select m.standing, m.at, m.set_id, m.reason_kind, m.reason
    from commitments.commitment m
    where m.tenant_id = l.tenant_id and m.year = c.year and m.person_id = l.person_id and m.campaign_id = l.campaign_id
      and m.at < ((standing_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
    order by m.version desc
    limit 1) k on true
where l.tenant_id = standing_on.tenant and l.campaign_id = standing_on.campaign and l.joined_on <= standing_on.day
  and not exists (select from campaigns.roster_line n
                  where n.tenant_id = l.tenant_id and n.campaign_id = l.campaign_id and n.person_id = l.person_id
                    and n.entry > l.entry and n.joined_on <= standing_on.day)
$$;

create or replace function commitments.row_on(tenant uuid, campaign uuid, day date)
    returns table (unit_id uuid, bloc_id uuid, person_id uuid, sort_key bytea, search_key text, rank_order int, full_name text,
                   birth_date date, position_name text, unit_name text, set_id uuid, sample boolean, standing text,
                   signed_at timestamptz, method text, reason_kind text, reason text)
    language sql stable
as $$
select s.unit_id, s.bloc_id, s.person_id, r.sort_key, r.search_key, s.rank_order, s.full_name, s.birth_date, s.position_name,
       s.unit_name, l.set_id, r.sample, s.standing, case when s.standing = 'signed' then s.at end,
       case when s.standing = 'signed' then k.method end, s.reason_kind, coalesce(s.reason, '')
from commitments.standing_on(row_on.tenant, row_on.campaign, row_on.day) s
join campaigns.roster_entry r
    on r.tenant_id = row_on.tenant and r.campaign_id = row_on.campaign and r.person_id = s.person_id
join lateral (
    select n.set_id from campaigns.roster_line n
    where n.tenant_id = row_on.tenant and n.campaign_id = row_on.campaign and n.person_id = s.person_id
      and n.joined_on <= row_on.day
    order by n.entry desc
    limit 1) l on true
left join lateral (
    select m.method from commitments.commitment m
    where m.tenant_id = row_on.tenant and m.year = r.year and m.person_id = s.person_id and m.campaign_id = row_on.campaign
      and m.at < ((row_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
    order by m.version desc
    limit 1) k on true
where s.standing <> 'left'
$$;
