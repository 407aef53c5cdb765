-- Who types only “phường” means the wards, but names are compared without that word (UnitNames.matchKey). So it stands among the
-- words once more, behind "=", where the name has it, or where a ward's name leaves it away.
alter table directory.unit_version drop column words;
alter table directory.unit_version add column words tsvector not null
    generated always as (array_to_tsvector(string_to_array(
        match_key || case
            when lower(name) like '%phường%' or lower(name) like 'p.%' or lower(name) like 'p %'
                or (kind = 'ward' and lower(name) not like '%xã %' and lower(name) not like '%thị trấn%')
            then ' =phuong' else '' end, ' '))) stored;
create index unit_version_words on directory.unit_version using gin (words);
