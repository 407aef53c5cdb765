-- The paper of an old list names the board it went to as that board was called then, whatever it is called later.
alter table submissions.list_version add column receiver_name text not null default '';
update submissions.list_version v set receiver_name = u.name
from submissions.list l
join campaigns.campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id
join directory.unit_version u on u.tenant_id = c.tenant_id and u.unit_id = c.receiver_unit and u.valid_to is null
where l.tenant_id = v.tenant_id and l.id = v.list_id;
