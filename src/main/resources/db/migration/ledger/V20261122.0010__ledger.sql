create schema ledger;
grant usage on schema ledger to chuanmuc_app;

-- One row per act, written in the act's own transaction. Evidence: the product may add and read, never change or delete.
create table ledger.entry (
    tenant_id     uuid        not null,
    id            uuid        not null, -- UUIDv7: ordered by time, which the sequencer of a later issue turns into leaves
    at            timestamptz not null,
    act           text        not null check (act ~ '^[a-z]+\.[a-z-]+$'),
    subject_id    uuid        not null,
    actor_id      uuid        not null, -- the account that acted
    payload       text        not null check (length(payload) <= 100000), -- canonical JSON, keys sorted
    payload_hash  bytea       not null check (length(payload_hash) = 32), -- SHA-256 of the payload's UTF-8 bytes
    document_hash bytea       check (length(document_hash) = 32), -- SHA-256 of the document the act is about
    primary key (tenant_id, id)
);
create index entry_subject on ledger.entry (tenant_id, subject_id, id);
grant select, insert on ledger.entry to chuanmuc_app;
