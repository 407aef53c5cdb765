-- How many people stand in lines on any day, from stored lines as directory.headcount has them for units: the sum of all up to a
-- day. Whoever writes memberships holds the body's lock for it, so there is one row of a day (LineCounts, ADR 0011, 9).

-- Through each unit itself.
create table directory.line_unit_count (
    tenant_id uuid not null references directory.tenant (id),
    line_id   uuid not null,
    unit_id   uuid not null,
    day       date not null,
    people    int  not null,
    primary key (tenant_id, line_id, unit_id, day),
    foreign key (tenant_id, line_id) references directory.line (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- In each line.
create table directory.line_count (
    tenant_id uuid not null references directory.tenant (id),
    line_id   uuid not null,
    day       date not null,
    people    int  not null,
    primary key (tenant_id, line_id, day),
    foreign key (tenant_id, line_id) references directory.line (tenant_id, id)
);

-- In so many lines at once, each person in one row only: their sum counts everybody once.
create table directory.line_crowd (
    tenant_id uuid not null references directory.tenant (id),
    lines     int  not null check (lines > 0),
    day       date not null,
    people    int  not null,
    primary key (tenant_id, lines, day)
);

insert into directory.line_unit_count (tenant_id, line_id, unit_id, day, people)
select tenant_id, line_id, unit_id, day, sum(n)
from (select tenant_id, line_id, unit_id, valid_from as day, 1 as n from directory.line_member
      union all
      select tenant_id, line_id, unit_id, valid_to, -1 from directory.line_member where valid_to is not null) as event
group by tenant_id, line_id, unit_id, day
having sum(n) <> 0;

insert into directory.line_count (tenant_id, line_id, day, people)
select tenant_id, line_id, day, sum(people)
from directory.line_unit_count
group by tenant_id, line_id, day
having sum(people) <> 0;

with change as (
    select tenant_id, person_id, day, sum(n) as n
    from (select tenant_id, person_id, valid_from as day, 1 as n from directory.line_member
          union all
          select tenant_id, person_id, valid_to, -1 from directory.line_member where valid_to is not null) as event
    group by tenant_id, person_id, day
    having sum(n) <> 0),
standing as (
    select tenant_id, person_id, day, n, sum(n) over (partition by tenant_id, person_id order by day) as lines
    from change)
insert into directory.line_crowd (tenant_id, lines, day, people)
select tenant_id, lines, day, sum(people)
from (select tenant_id, lines, day, 1 as people from standing
      union all
      select tenant_id, lines - n, day, -1 from standing) as moved
where lines > 0
group by tenant_id, lines, day
having sum(people) <> 0;

grant select, insert, update on directory.line_unit_count, directory.line_count, directory.line_crowd to chuanmuc_app;
