-- The records of one human: the one that is kept, and those that were given up for it, whichever of them is asked for. What was written
-- under any of them stays as it was written; whoever looks for what is a person's asks for all of these.
create function directory.records_of(tenant uuid, person uuid) returns setof uuid
    language sql stable
as $$
    select q.id
    from directory.person k
    join directory.person q on q.tenant_id = k.tenant_id
        and (q.id = coalesce(k.merged_into, k.id) or q.merged_into = coalesce(k.merged_into, k.id))
    where k.tenant_id = records_of.tenant and k.id = records_of.person
$$;
