create schema access;
grant usage on schema access to chuanmuc_app;

-- Reference table: which tenant a sign-in name belongs to, for nobody is known before signing in.
create table access.login (
    username   text primary key check (username ~ '^[a-z0-9][a-z0-9._-]{1,59}$'),
    tenant_id  uuid not null,
    account_id uuid not null
);

create table access.account (
    tenant_id     uuid        not null,
    id            uuid        not null,
    username      text        not null,
    display_name  text        not null check (length(display_name) between 1 and 200),
    person_id     uuid,
    password_hash text,                 -- null until the first sign-in with the one-time code
    code_hash     bytea       check (length(code_hash) = 32), -- SHA-256 of the one-time code (80 random bits)
    code_expires  timestamptz,
    state         text        not null default 'active' check (state in ('active', 'closed')),
    failures      int         not null default 0,
    locked_until  timestamptz,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, username),
    foreign key (tenant_id, person_id) references directory.person (tenant_id, id)
);
create unique index account_person on access.account (tenant_id, person_id) where person_id is not null and state = 'active';

-- A role is held in a unit and all below it, for a period.
create table access.role_grant (
    tenant_id  uuid        not null,
    id         uuid        not null,
    account_id uuid        not null,
    role       text        not null,
    unit_id    uuid        not null,
    valid_from date        not null,
    valid_to   date        check (valid_to > valid_from),
    granted_by uuid        not null,
    granted_at timestamptz not null,
    reason     text        not null check (length(reason) between 1 and 500),
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create unique index role_grant_once on access.role_grant (tenant_id, account_id, role, unit_id) where valid_to is null;

-- A signed-in browser. The cookie holds the tenant and 32 random bytes; only their hash is stored.
create table access.session (
    tenant_id  uuid        not null,
    token_hash bytea       not null check (length(token_hash) = 32),
    account_id uuid        not null,
    shared     boolean     not null, -- at a shared counter computer: short-lived
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, token_hash),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id)
);
create index session_account on access.session (tenant_id, account_id);

-- The one-time code with which the first administrator sets the body up. One row at the most.
create table access.setup_code (
    only_one  boolean     primary key default true check (only_one),
    code_hash bytea       not null check (length(code_hash) = 32),
    made_at   timestamptz not null,
    used_at   timestamptz
);

grant select, insert on access.login to chuanmuc_app;
grant select, insert, update on access.account, access.role_grant, access.setup_code to chuanmuc_app;
grant select, insert, update, delete on access.session to chuanmuc_app;
