-- Where everybody stood who had come onto a roster by a day: the line they stood on it with, and what they had done by the end of
-- that day. Read from evidence alone (lines, changes, commitments), so that a later signature or move changes nothing of it.
create function commitments.standing_on(tenant uuid, campaign uuid, day date)
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
    where m.tenant_id = l.tenant_id and m.year = c.year and m.person_id = l.person_id
      and m.at < ((standing_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
    order by m.version desc
    limit 1) k on true
where l.tenant_id = standing_on.tenant and l.campaign_id = standing_on.campaign and l.joined_on <= standing_on.day
  and not exists (select from campaigns.roster_line n
                  where n.tenant_id = l.tenant_id and n.campaign_id = l.campaign_id and n.person_id = l.person_id
                    and n.entry > l.entry and n.joined_on <= standing_on.day)
$$;
