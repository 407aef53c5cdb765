create schema documents;
grant usage on schema documents to chuanmuc_app;

-- Bytes by their hash: the source of a decision, the unchanging part of a commitment. Evidence: never changed.
create table documents.content (
    tenant_id  uuid        not null,
    hash       bytea       not null check (length(hash) = 32), -- SHA-256
    media_type text        not null check (length(media_type) <= 100),
    bytes      bytea       not null,
    stored_at  timestamptz not null,
    primary key (tenant_id, hash)
);

grant select, insert on documents.content to chuanmuc_app;
