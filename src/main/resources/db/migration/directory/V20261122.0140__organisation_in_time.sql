-- The tree as it was on any day, who looks after the records of units that are gone, and head-counts that are stored.

-- The code belongs to what a unit is called in a period: a new unit may bear the code of one that is gone.
alter table directory.unit_version add column code text check (length(code) between 1 and 40);
update directory.unit_version v set code = u.code from directory.unit u where u.tenant_id = v.tenant_id and u.id = v.unit_id;
alter table directory.unit_version alter column code set not null;
create unique index unit_version_code on directory.unit_version (tenant_id, lower(code)) where valid_to is null;
alter table directory.unit drop column code;

-- Who heads the unit in that period, as far as it is recorded.
alter table directory.unit_version add column head_id uuid;
alter table directory.unit_version add foreign key (tenant_id, head_id) references directory.person (tenant_id, id);
-- Words of the name as compared, to find units by the beginnings of words, with and without marks.
alter table directory.unit_version add column words tsvector not null
    generated always as (array_to_tsvector(string_to_array(match_key, ' '))) stored;
create index unit_version_words on directory.unit_version using gin (words);
create index unit_version_parent_then on directory.unit_version (tenant_id, parent_id, valid_from);

-- Every unit with each of its ancestors (itself included, depth 0) and the period in which that was so.
create table directory.unit_path (
    tenant_id     uuid not null,
    ancestor_id   uuid not null,
    descendant_id uuid not null,
    depth         int  not null check (depth >= 0),
    valid_from    date not null,
    valid_to      date check (valid_to > valid_from),
    primary key (tenant_id, ancestor_id, descendant_id, valid_from),
    foreign key (tenant_id, ancestor_id) references directory.unit (tenant_id, id),
    foreign key (tenant_id, descendant_id) references directory.unit (tenant_id, id)
);
create index unit_path_up on directory.unit_path (tenant_id, descendant_id, valid_from);
insert into directory.unit_path (tenant_id, ancestor_id, descendant_id, depth, valid_from)
select c.tenant_id, c.ancestor_id, c.descendant_id, c.depth, greatest(a.valid_from, d.valid_from)
from directory.unit_closure c
join directory.unit_version a on a.tenant_id = c.tenant_id and a.unit_id = c.ancestor_id and a.valid_to is null
join directory.unit_version d on d.tenant_id = c.tenant_id and d.unit_id = c.descendant_id and d.valid_to is null;

-- unit_closure stays what holds today: scopes read it. "custody": the descendant is dissolved, the ancestor (or the custodian
-- below it) keeps its records; that gives reading, never changing.
alter table directory.unit_closure add column custody boolean not null default false;

-- How many people a unit and all below it have on a day: the sum of all lines up to that day. A person counts where their main
-- assignment is. Lines are added in the transaction of the change, so that writers never wait for one another; a chore adds
-- up those of one day.
create table directory.headcount (
    tenant_id uuid not null,
    unit_id   uuid not null,
    day       date not null,
    id        uuid not null,
    people    int  not null,
    primary key (tenant_id, unit_id, day, id)
);
create index headcount_sum on directory.headcount (tenant_id, unit_id, day) include (people);
insert into directory.headcount (tenant_id, unit_id, day, id, people)
select tenant_id, unit_id, day, gen_random_uuid(), sum(people)
from (
    select p.tenant_id, p.ancestor_id as unit_id, greatest(a.valid_from, p.valid_from) as day, 1 as people
    from directory.assignment a
    join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id
        and p.valid_from < coalesce(a.valid_to, 'infinity')
    where a.main
    union all
    select p.tenant_id, p.ancestor_id, a.valid_to, -1
    from directory.assignment a
    join directory.unit_path p on p.tenant_id = a.tenant_id and p.descendant_id = a.unit_id and p.valid_from < a.valid_to
    where a.main and a.valid_to is not null
) as lines
group by tenant_id, unit_id, day
having sum(people) <> 0;

-- What an assignment is besides regular: seconded here (biệt phái đến) or acting (phụ trách, quyền); and what part of the time.
alter table directory.assignment add column mode text not null default 'regular' check (mode in ('regular', 'secondment', 'acting'));
alter table directory.assignment add column share int not null default 100 check (share between 1 and 100);
-- Everybody of a unit on a day.
create index assignment_unit_then on directory.assignment (tenant_id, unit_id, valid_from);

grant select, insert, update, delete on directory.unit_path to chuanmuc_app;
grant select, insert, delete on directory.headcount to chuanmuc_app;
