-- Where every list of a campaign stood at the end of a day: the version that was the newest then, by the moves it had made by then.
create function submissions.list_state_on(tenant uuid, campaign uuid, day date)
    returns table (unit_id uuid, bloc_id uuid, unit_name text, bloc_name text, state text)
    language sql stable
as $$
select l.unit_id, l.bloc_id, l.unit_name, l.bloc_name,
       case when v.version is null then 'none'
            when v.ended_at < e.over then v.state
            when v.decided_at < e.over then case when v.state in ('accepted', 'reopened') then 'accepted' else 'sent-back' end
            when v.submitted_at < e.over then 'submitted'
            when v.approved_at < e.over then 'approved'
            else 'compiled' end
from submissions.list l
cross join (select ((list_state_on.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') as over) e
left join lateral (
    select w.version, w.state, w.approved_at, w.submitted_at, w.decided_at, w.ended_at
    from submissions.list_version w
    where w.tenant_id = l.tenant_id and w.list_id = l.id and w.compiled_at < e.over
    order by w.version desc
    limit 1) v on true
where l.tenant_id = list_state_on.tenant and l.campaign_id = list_state_on.campaign
$$;
