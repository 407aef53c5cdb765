-- Where one clerk has to enter both sides of a blind order: somebody compares what was entered last with its paper (ADR 0021).

-- Whom the clerk named, and what they are to compare; another may be named instead.
create table sheets.witness (
    tenant_id  uuid        not null,
    paper_id   uuid        not null,
    clerk_id   uuid        not null,
    witness_id uuid        not null check (witness_id <> clerk_id),
    reason     text        not null check (length(reason) between 1 and 1000), -- why nobody else enters it
    named_at   timestamptz not null,
    asked_hash bytea       check (length(asked_hash) = 32), -- SHA-256 of what was entered, once the clerk is done
    primary key (tenant_id, paper_id, clerk_id),
    foreign key (tenant_id, paper_id) references sheets.reading (tenant_id, paper_id)
);
create index witness_named on sheets.witness (tenant_id, witness_id);

-- What a witness said, under their own account. Evidence.
create table sheets.witnessing (
    tenant_id  uuid        not null,
    id         uuid        not null,
    paper_id   uuid        not null,
    clerk_id   uuid        not null,
    witness_id uuid        not null check (witness_id <> clerk_id),
    reason     text        not null check (length(reason) between 1 and 1000),
    agrees     boolean     not null,
    words      text        not null check (length(words) <= 1000), -- what differs
    read_hash  bytea       not null check (length(read_hash) = 32), -- SHA-256 of what was entered and of which pictures
    at         timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id),
    check (agrees or words <> '')
);
create index witnessing_paper on sheets.witnessing (tenant_id, paper_id, id);

grant select, insert, update on sheets.witness to chuanmuc_app;
grant select, insert on sheets.witnessing to chuanmuc_app;
