-- Figures of whole units, kept for pages that never read forms (design.md, data model 3; ADR 0018). Everything here follows from
-- forms and ratings and can be made anew at any time.

-- The tree of a cycle: units with forms and what was above them at its opening; of a unit that had ended by then, on its last day.
-- It never changes, so that closed units stay right.
create table assessments.rollup_node (
    tenant_id  uuid not null,
    cycle_id   uuid not null,
    unit_id    uuid not null,
    parent_id  uuid check (parent_id <> unit_id), -- null: the top
    name       text not null,
    rank_order int  not null,
    primary key (tenant_id, cycle_id, unit_id),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index rollup_node_parent on assessments.rollup_node (tenant_id, cycle_id, parent_id);

-- A unit with all below it, by set. Of a stage: what was handed in by it in forms whose people were told of their result; nobody
-- learns here of a rating that its subject may not see yet. Of stage '': the forms themselves.
create table assessments.rollup_unit (
    tenant_id uuid  not null,
    period    int   not null,
    cycle_id  uuid  not null,
    unit_id   uuid  not null,
    set_id    uuid  not null,
    stage     text  not null,
    n         int   not null check (n >= 0), -- forms in the histogram
    hist      int[] not null, -- a stage: of item i (from 1) and level l (from 1) at (i - 1) × levels + l; '': of grade g told, at g
    counts    int[] not null, -- a stage: expected, handed in; '': running, ready to decide, decided, approved, told, not assessed, called off
    primary key (tenant_id, period, cycle_id, unit_id, set_id, stage),
    check (case when stage = '' then cardinality(counts) = 7 else cardinality(counts) = 2 end)
);

-- The same by the post people hold, and by the lines they stand in on the day of the opening: ratings of all items together.
create table assessments.rollup_part (
    tenant_id uuid  not null,
    period    int   not null,
    cycle_id  uuid  not null,
    unit_id   uuid  not null,
    set_id    uuid  not null,
    stage     text  not null,
    part      text  not null check (part in ('position', 'line')),
    key       text  not null, -- the post's name as it was; the line's id
    n         int   not null check (n >= 0),
    hist      int[] not null, -- a stage: ratings of level l at l; '': of grade g told, at g
    primary key (tenant_id, period, cycle_id, unit_id, part, key, set_id, stage)
);

-- Units whose forms changed, told in the transaction of the change; writers of one unit never wait for one another. Without a unit:
-- the whole cycle.
create table assessments.rollup_queue (
    tenant_id uuid not null,
    id        uuid not null,
    cycle_id  uuid not null,
    unit_id   uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, cycle_id) references assessments.cycle (tenant_id, id)
);
create index rollup_queue_unit on assessments.rollup_queue (tenant_id, cycle_id, unit_id);
insert into assessments.rollup_queue (tenant_id, id, cycle_id)
select tenant_id, gen_random_uuid(), id from assessments.cycle where opened_at is not null;

-- Whoever makes a cycle's figures anew holds this lock: a different one than writers of its forms.
create function assessments.rollup_lock(cycle uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(cycle::text, 267);

-- Adds two rows of numbers place by place; the shorter one counts as nought behind its end.
create function assessments.plus(a int[], b int[]) returns int[]
    language sql immutable parallel safe
    return (select coalesce(array_agg(coalesce(u.a, 0) + coalesce(u.b, 0) order by u.place), '{}')
            from unnest(a, b) with ordinality as u (a, b, place));

-- What module overview reads.
create view assessments.v_rollup_cycle as
    select c.tenant_id, c.id, c.period, c.title, c.unit_id, c.rule_version, c.state, c.version, c.levels, c.opened_at,
           not exists (select from assessments.rollup_queue q where q.tenant_id = c.tenant_id and q.cycle_id = c.id) as settled
    from assessments.cycle c
    where c.opened_at is not null and c.state in ('open', 'closed');
create view assessments.v_rollup_node as
    select tenant_id, cycle_id, unit_id, parent_id, name, rank_order from assessments.rollup_node;
create view assessments.v_rollup_unit as
    select tenant_id, period, cycle_id, unit_id, set_id, stage, n, hist, counts from assessments.rollup_unit;
create view assessments.v_rollup_part as
    select tenant_id, period, cycle_id, unit_id, set_id, stage, part, key, n, hist from assessments.rollup_part;
create view assessments.v_rollup_stage as
    select tenant_id, cycle_id, code, ord, name, actor from assessments.cycle_stage where actor <> 'approval';

grant select, insert, update, delete on assessments.rollup_unit, assessments.rollup_part to chuanmuc_app;
grant select, insert on assessments.rollup_node to chuanmuc_app;
grant select, insert, delete on assessments.rollup_queue to chuanmuc_app;
grant select on assessments.v_rollup_cycle, assessments.v_rollup_node, assessments.v_rollup_unit, assessments.v_rollup_part,
    assessments.v_rollup_stage to chuanmuc_app;
