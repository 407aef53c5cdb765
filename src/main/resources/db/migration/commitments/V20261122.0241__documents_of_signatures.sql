-- Read where a list is sealed: the document behind every signature, and the time lists count it by.
create view commitments.v_signature as
select tenant_id, campaign_id, person_id, id, method, document_hash,
       coalesce(signed_on::timestamp at time zone 'Asia/Ho_Chi_Minh', at) as signed_at
from commitments.commitment
where standing = 'signed';

grant select on commitments.v_signature to chuanmuc_app;
