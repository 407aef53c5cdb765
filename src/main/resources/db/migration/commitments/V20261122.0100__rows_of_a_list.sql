-- Read by the lists of signers: everybody who is expected, with their line on the roster and what they did. Unit and bloc are
-- the roster's, so that a page of a list is found in the roster's indexes, which have its order.
-- "offset 0" keeps the roster first and the others looked up by their keys: right after a launch, before anything is counted
-- by the database, a plan that starts elsewhere reads a list of 100,000 once for each of its rows.
create view commitments.v_row as
select r.tenant_id, r.campaign_id, r.unit_id, r.bloc_id, r.person_id, r.sort_key, r.search_key, r.rank_order, r.full_name,
       r.birth_date, r.position_name, r.unit_name, r.set_id, r.sample, s.standing,
       case when s.standing = 'signed' then k.at end as signed_at,
       case when s.standing = 'signed' then k.method end as method,
       -- A record that was taken back leaves its correction behind: that is no reason for not signing.
       case when s.standing in ('declined', 'excused') then k.reason_kind end as reason_kind,
       case when s.standing in ('declined', 'excused') then coalesce(k.reason, '') else '' end as reason
from campaigns.roster_entry r
join lateral (
    select t.standing, t.version
    from commitments.standing t
    where t.tenant_id = r.tenant_id and t.campaign_id = r.campaign_id and t.person_id = r.person_id
      and t.standing <> 'left'
    offset 0) s on true
left join lateral (
    select c.at, c.method, c.reason_kind, c.reason
    from commitments.commitment c
    where s.standing <> 'open' and c.tenant_id = r.tenant_id and c.year = r.year and c.person_id = r.person_id
      and c.version = s.version and c.standing = s.standing
    offset 0) k on true;

grant select on commitments.v_row to chuanmuc_app;
