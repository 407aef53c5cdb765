-- Which body a code belongs to: whoever scans a code or types it knows no body yet. Unique in the whole installation.
create table documents.paper_code (
    code      text not null primary key check (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    tenant_id uuid not null,
    paper_id  uuid not null
);

-- A paper as it was issued: which text, about whom, under which layout (docs/adr/0013-papers.md). Evidence: what became of it
-- is in documents.paper_state, the files printed of it in documents.paper_print.
create table documents.paper (
    tenant_id  uuid        not null,
    id         uuid        not null,
    code       text        not null,
    kind       text        not null check (kind ~ '^[a-z][a-z-]{1,40}$'),
    scope_id   uuid        not null, -- of a commitment: the campaign
    subject_id uuid        not null, -- of a commitment: the person
    layout     text        not null check (length(layout) between 1 and 60),
    form       text        not null check (length(form) between 1 and 60),
    head       text        not null check (length(head) between 1 and 20000), -- the first part of the text: who, where, under what
    body_hash  bytea       not null, -- documents.content: the second part
    text_hash  bytea       not null check (length(text_hash) = 32), -- SHA-256 of head's UTF-8 bytes, then the body's
    edition    int         not null check (edition between 1 and 10000), -- the same text again after the last one was withdrawn
    issued_by  uuid        not null,
    issued_at  timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, kind, scope_id, subject_id, layout, form, text_hash, edition),
    foreign key (tenant_id, body_hash) references documents.content (tenant_id, hash)
);
alter table documents.paper_code
    add foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id);

create table documents.paper_state (
    tenant_id    uuid        not null,
    paper_id     uuid        not null,
    seq          int         not null check (seq between 1 and 1000),
    state        text        not null check (state in ('issued', 'signed', 'superseded', 'withdrawn')),
    reason       text        not null default '' check (length(reason) <= 1000),
    successor_id uuid,       -- the paper that took its place
    account_id   uuid        not null,
    at           timestamptz not null,
    primary key (tenant_id, paper_id, seq), -- two who move a paper at once: one does
    foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id),
    foreign key (tenant_id, successor_id) references documents.paper (tenant_id, id),
    check ((seq = 1) = (state = 'issued'))
);

-- Each different file printed of a paper. The same program prints the same bytes; a later one may print others.
create table documents.paper_print (
    tenant_id  uuid        not null,
    paper_id   uuid        not null,
    pdf_hash   bytea       not null check (length(pdf_hash) = 32), -- SHA-256 of the file
    pages      int         not null check (pages between 1 and 999),
    printed_by uuid        not null,
    printed_at timestamptz not null,
    primary key (tenant_id, paper_id, pdf_hash),
    foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id)
);
create index paper_print_file on documents.paper_print (pdf_hash);

grant select, insert on documents.paper_code, documents.paper, documents.paper_state, documents.paper_print to chuanmuc_app;
