create schema jobs;
grant usage on schema jobs to chuanmuc_app;

-- Long work that somebody asked for: how far it is, and what came of it. Kept; the queue below forgets.
create table jobs.job (
    tenant_id    uuid        not null,
    id           uuid        not null,
    kind         text        not null check (length(kind) between 1 and 60), -- module.work, see Work.kind
    subject_id   uuid        not null, -- the record it works on: one live job of a kind per record
    label        text        not null check (length(label) <= 300),
    parameters   jsonb       not null,
    state        text        not null check (state in ('waiting', 'running', 'done', 'refused', 'cancelled', 'failed')),
    progress     text        not null default '', -- where the next step goes on, in the work's own words
    done         bigint      not null default 0,
    total        bigint      not null default 0,
    cancelling   boolean     not null default false,
    attempt      int         not null default 0, -- an attempt that was taken for dead may not write any more
    outcome      jsonb,                          -- {key, arguments}
    requested_by uuid        not null,
    requested_at timestamptz not null,
    started_at   timestamptz,
    ended_at     timestamptz,
    primary key (tenant_id, id),
    check ((state in ('waiting', 'running')) = (ended_at is null))
);
create unique index job_live on jobs.job (tenant_id, kind, subject_id) where ended_at is null;
create index job_mine on jobs.job (tenant_id, requested_by, id);

-- The queue of db-scheduler, as that library asks for it; not a tenant's data.
create table jobs.scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on jobs.scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on jobs.scheduled_tasks (last_heartbeat);

grant select, insert, update on jobs.job to chuanmuc_app;
grant select, insert, update, delete on jobs.scheduled_tasks to chuanmuc_app;
