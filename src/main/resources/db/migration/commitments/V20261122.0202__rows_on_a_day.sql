-- commitments.v_row at the end of a day: from evidence alone, as commitments.standing_on says it, with what a list shows besides.
-- Order and search go by the name somebody has now.
create function commitments.row_on(tenant uuid, campaign uuid, day date)
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
    where m.tenant_id = row_on.tenant and m.year = r.year and m.person_id = s.person_id
      and m.at < ((row_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
    order by m.version desc
    limit 1) k on true
where s.standing <> 'left'
$$;
