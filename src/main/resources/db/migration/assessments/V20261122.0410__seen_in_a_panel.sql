-- Whoever sits in a meeting about a form looks at it as one who acts in the meeting's stage: what came before it, and beside it once
-- all of that order are in. Who sits there is for the caller to know; nobody sits in a meeting about themself.
--   panel: code of the meeting's stage; null: not in a meeting
drop function assessments.seen(uuid, int, uuid, uuid, uuid, uuid[], boolean);
create function assessments.seen(
    tenant uuid, of_period int, form uuid, person uuid, account uuid, held uuid[], reads boolean,
    panel text default null)
    returns table (stage text, ord smallint, actor text, blind boolean, unit_id uuid, account_id uuid, due date, state text,
                   version int, handing smallint, saved_at timestamptz, saved_by uuid, handed_at timestamptz,
                   acting boolean, visible boolean, levels smallint[])
    language sql stable
as $$
with r as materialized (
    select x.stage, x.ord, x.actor, x.blind, x.unit_id, x.account_id, x.due, x.state, x.version, x.handing, x.saved_at, x.saved_by,
           x.handed_at, x.levels, f.person_id, f.state as form_state,
           coalesce(assessments.acts(f.person_id, x.actor, x.unit_id, x.account_id, seen.person, seen.account, seen.held), false)
           or coalesce(x.stage = seen.panel and x.actor in ('panel', 'colleagues') and f.person_id is distinct from seen.person, false)
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
