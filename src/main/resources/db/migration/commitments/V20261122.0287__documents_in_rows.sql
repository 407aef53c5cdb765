-- As before (0232), with the commitment and the document behind each signature.
create or replace view commitments.v_row as
select r.tenant_id, r.campaign_id, r.unit_id, r.bloc_id, r.person_id, r.sort_key, r.search_key, r.rank_order, r.full_name,
       r.birth_date, r.position_name, r.unit_name, r.set_id, r.sample, s.standing,
       case when s.standing = 'signed' then coalesce(k.signed_on::timestamp at time zone 'Asia/Ho_Chi_Minh', k.at) end as signed_at,
       case when s.standing = 'signed' then k.method end as method,
       -- A record that was taken back leaves its correction behind: that is no reason for not signing.
       case when s.standing in ('declined', 'excused') then k.reason_kind end as reason_kind,
       case when s.standing in ('declined', 'excused') then coalesce(k.reason, '') else '' end as reason,
       case when s.standing = 'signed' then k.id end as commitment_id,
       case when s.standing = 'signed' then k.document_hash end as document_hash
from campaigns.roster_entry r
join commitments.standing s
    on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
left join commitments.commitment k
    on k.tenant_id = s.tenant_id and k.year = r.year and k.person_id = s.person_id and k.version = s.version
        and k.standing = s.standing
where s.standing <> 'left';
