-- Thousands of records of one name are told apart a few at a time: of each only those next to it, in the order of the ids, are noted
-- and shown. These indexes find them without reading all of the name.
create index person_alike on directory.person (tenant_id, folded_key, birth_date, id);
drop index directory.person_same;
create index person_undated_alike on directory.person (tenant_id, folded_key, id) where birth_date is null and merged_into is null;
drop index directory.person_undated;
