-- A list at the end of a day: the version that was the newest then, in the state it had reached by then. Nothing when none was
-- compiled by then.
create function submissions.version_on(tenant uuid, list uuid, day date)
    returns table (version int, state text, expected int, signed int, declined int, excused int, submitted_at timestamptz)
    language sql stable
as $$
select w.version,
       case when w.ended_at < e.over then w.state
            when w.decided_at < e.over then case when w.state in ('accepted', 'reopened') then 'accepted' else 'sent-back' end
            when w.submitted_at < e.over then 'submitted'
            when w.approved_at < e.over then 'approved'
            else 'compiled' end,
       w.expected, w.signed, w.declined, w.excused, case when w.submitted_at < e.over then w.submitted_at end
from submissions.list_version w
cross join (select ((version_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') as over) e
where w.tenant_id = version_on.tenant and w.list_id = version_on.list and w.compiled_at < e.over
order by w.version desc
limit 1
$$;

create or replace function submissions.list_state_on(tenant uuid, campaign uuid, day date)
    returns table (unit_id uuid, bloc_id uuid, unit_name text, bloc_name text, state text)
    language sql stable
as $$
select l.unit_id, l.bloc_id, l.unit_name, l.bloc_name, coalesce(v.state, 'none')
from submissions.list l
left join lateral submissions.version_on(list_state_on.tenant, l.id, list_state_on.day) v on true
where l.tenant_id = list_state_on.tenant and l.campaign_id = list_state_on.campaign
$$;
