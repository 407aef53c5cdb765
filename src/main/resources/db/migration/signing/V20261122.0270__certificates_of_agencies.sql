-- Which certificate is a unit's, from when to when. Only with such a link does a seal count for the unit.
alter table signing.trusted
    add column key_alias text check (length(key_alias) between 1 and 200), -- the key of this server it belongs to; null: the agency keeps its key itself
    drop constraint trusted_kind_check,
    drop constraint trusted_check3,
    add constraint trusted_kind_check check (kind in ('neo', 'dau-thoi-gian', 'nguoi-ky', 'co-quan')),
    add constraint trusted_parts check (
        case kind when 'neo' then certificate is not null and person_id is null and key_alias is null
                  when 'dau-thoi-gian' then address is not null and person_id is null and key_alias is null
                  when 'co-quan' then certificate is not null and unit_id is not null and person_id is null
                  else certificate is not null and person_id is not null and unit_id is not null and key_alias is null end);
create unique index trusted_agency on signing.trusted (tenant_id, unit_id, certificate_hash)
    where kind = 'co-quan' and state <> 'rejected' and ended_at is null;
