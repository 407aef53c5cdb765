-- Pages and reports over roll-ups, and what of them those may see who may not see the forms (ADR 0018).
create schema overview;
grant usage on schema overview to chuanmuc_app;

-- From when on groups of fewer people than this are hidden. The newest that is valid on a day counts; none: 5. Evidence.
create table overview.threshold (
    tenant_id  uuid        not null,
    id         uuid        not null,
    valid_from date        not null,
    people     smallint    not null check (people between 3 and 100),
    basis      text        not null check (length(basis) <= 300), -- empty: chưa có căn cứ
    set_by     uuid        not null,
    set_at     timestamptz not null,
    primary key (tenant_id, id)
);
create index threshold_day on overview.threshold (tenant_id, valid_from, id);

-- When a cycle was closed, what may be shown of it is written down once: nobody learns anything by watching it change.
create table overview.seal (
    tenant_id     uuid        not null,
    cycle_id      uuid        not null,
    cycle_version int         not null, -- of the cycle's row: opened again and closed again, it is sealed anew
    people        smallint    not null, -- the threshold it was made with
    sealed_at     timestamptz not null,
    primary key (tenant_id, cycle_id)
);

-- Units of a sealed cycle that may be shown, with their figures; of what is hidden there is no row.
create table overview.cell (
    tenant_id uuid  not null,
    cycle_id  uuid  not null,
    unit_id   uuid  not null,
    set_id    uuid  not null,
    stage     text  not null, -- as in assessments.rollup_unit
    n         int   not null check (n >= 0), -- people whose results were told; of a stage: those it rated
    hist      int[] not null,
    primary key (tenant_id, cycle_id, unit_id, set_id, stage),
    foreign key (tenant_id, cycle_id) references overview.seal (tenant_id, cycle_id)
);

grant select, insert on overview.threshold to chuanmuc_app;
grant select, insert, update on overview.seal to chuanmuc_app;
grant select, insert, delete on overview.cell to chuanmuc_app;
