-- What another system shows instead of a person signing in. The token itself is shown once; only its hash is kept.
create table access.api_token (
    tenant_id     uuid        not null,
    id            uuid        not null,
    token_hash    bytea       not null check (length(token_hash) = 32), -- SHA-256 of 256 random bits
    name          text        not null check (length(name) between 1 and 200), -- of the system that has it
    unit_id       uuid        not null, -- it reaches this unit and all below it
    may_write     boolean     not null,
    valid_from    date        not null,
    valid_to      date        not null check (valid_to > valid_from), -- the first day on which it is not valid any more
    issued_by     uuid        not null,
    issued_at     timestamptz not null,
    reason        text        not null check (length(reason) between 1 and 500),
    revoked_at    timestamptz,
    last_used     timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- Answers to requests that changed something, by the key that the caller gave: the same request again gets the same answer.
create table access.api_request (
    tenant_id    uuid        not null,
    token_id     uuid        not null,
    key          text        not null check (length(key) between 1 and 100),
    request_hash bytea       not null check (length(request_hash) = 32), -- method, address and body
    status       int,
    location     text,
    answer       bytea,
    at           timestamptz not null,
    primary key (tenant_id, token_id, key),
    foreign key (tenant_id, token_id) references access.api_token (tenant_id, id)
);
create index api_request_old on access.api_request (tenant_id, at);

grant select, insert, update on access.api_token to chuanmuc_app;
grant select, insert, update, delete on access.api_request to chuanmuc_app;
