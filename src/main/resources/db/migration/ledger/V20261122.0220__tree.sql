-- The tree over the acts, and which rows of evidence each act stands for (ADR 0012).

-- What the act wrote, by name and hash: written by the statement that writes the entry, so neither is there without the other.
alter table ledger.entry
    add column records      int not null default 0 check (records >= 0),
    add column records_hash bytea check (length(records_hash) = 32), -- SHA-256 of the lines of ledger.record in order, see Leaf
    add check ((records = 0) = (records_hash is null));

create table ledger.record (
    tenant_id uuid  not null,
    entry_id  uuid  not null,
    n         int   not null check (n >= 0),
    kind      text  not null check (kind ~ '^[a-z]+\.[a-z_]+$'),
    key       text  not null check (key !~ '[\t\n\r]'), -- values of the row's key, parted by "/"
    hash      bytea not null check (length(hash) = 32), -- SHA-256 of the row as canonical text, see EvidenceText
    primary key (tenant_id, entry_id, n)
);
create index record_of on ledger.record (tenant_id, kind, key);

-- Entries that have no place in the tree yet: written with the entry, taken out by the sequencer with the leaf. Work data.
create table ledger.waiting (
    tenant_id uuid not null,
    entry_id  uuid not null,
    primary key (tenant_id, entry_id)
);
insert into ledger.waiting (tenant_id, entry_id) select tenant_id, id from ledger.entry;

create table ledger.leaf (
    tenant_id uuid   not null,
    position  bigint not null check (position >= 0), -- from 0, without a gap
    entry_id  uuid   not null,
    hash      bytea  not null check (length(hash) = 32), -- RFC 9162: SHA-256(0x00 || leaf)
    primary key (tenant_id, position),
    unique (tenant_id, entry_id),
    foreign key (tenant_id, entry_id) references ledger.entry (tenant_id, id)
);

-- Inner nodes of full subtrees of 2^8, 2^16 … leaves: every proof reads a few hundred hashes, however large the log is.
create table ledger.node (
    tenant_id uuid   not null,
    level     int    not null check (level in (8, 16, 24, 32, 40)),
    position  bigint not null check (position >= 0),
    hash      bytea  not null check (length(hash) = 32),
    primary key (tenant_id, level, position)
);

-- Signed tree heads as text (C2SP tlog-checkpoint).
create table ledger.checkpoint (
    tenant_id uuid   not null,
    size      bigint not null check (size > 0),
    before    bigint not null check (before >= 0 and before < size), -- the size of the one before; 0 for the first
    root      bytea  not null check (length(root) = 32),
    note      text   not null check (length(note) <= 10000),
    primary key (tenant_id, size)
);

-- RFC 3161 tokens over a checkpoint's note, where a time-stamping service is set.
create table ledger.stamp (
    tenant_id uuid   not null,
    size      bigint not null,
    token     bytea  not null check (length(token) <= 100000),
    primary key (tenant_id, size),
    foreign key (tenant_id, size) references ledger.checkpoint (tenant_id, size)
);

-- One holder per body orders its entries.
create function ledger.sequencer_lock(tenant uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(tenant::text, 266);

grant select, insert on ledger.record, ledger.leaf, ledger.node, ledger.checkpoint, ledger.stamp to chuanmuc_app;
grant select, insert, delete on ledger.waiting to chuanmuc_app;
