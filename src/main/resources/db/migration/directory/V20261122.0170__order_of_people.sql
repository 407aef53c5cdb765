-- Lists of people in name order and in rank order, of a whole body, of a branch or of one unit, today and on a day. The order of
-- the name stands beside the assignment, so that one index has both order and place: without it a list of 2.5 million people
-- in rank order sorts them all. Kept in step by whoever changes a name (PeopleStore.correct).
alter table directory.assignment add column sort_key bytea;
update directory.assignment a set sort_key = p.sort_key
from directory.person p where p.tenant_id = a.tenant_id and p.id = a.person_id;
alter table directory.assignment alter column sort_key set not null;

create index assignment_name on directory.assignment (tenant_id, sort_key, id) include (unit_id, bloc_id, valid_from, valid_to);
create index assignment_order on directory.assignment (tenant_id, rank_order, sort_key, id)
    include (unit_id, bloc_id, valid_from, valid_to);
create index assignment_unit_name on directory.assignment (tenant_id, unit_id, sort_key, id)
    include (rank_order, bloc_id, valid_from, valid_to);
drop index directory.assignment_unit;
drop index directory.assignment_unit_then;
drop index directory.assignment_rank;
