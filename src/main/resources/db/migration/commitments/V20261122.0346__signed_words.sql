-- Read where people are assessed against what they signed: the standing commitment of everybody on a roster, if there is one.
create view commitments.v_signed as
select s.tenant_id, s.campaign_id, s.person_id, s.standing, k.id, k.set_id, k.document_hash
from commitments.standing s
join campaigns.campaign c on c.tenant_id = s.tenant_id and c.id = s.campaign_id
left join commitments.commitment k
    on k.tenant_id = s.tenant_id and k.year = c.year and k.person_id = s.person_id and k.version = s.version
        and k.standing = 'signed' and s.standing = 'signed';

grant select on commitments.v_signed to chuanmuc_app;
