create schema scans;
grant usage on schema scans to chuanmuc_app;

-- A pile of papers signed by hand as a clerk brought it: files, the pages read in them, the papers put together from these.
create table scans.pile (
    tenant_id    uuid        not null,
    id           uuid        not null,
    campaign_id  uuid        not null,
    unit_id      uuid        not null, -- whose people are expected in it; who may work on it
    label        text        not null check (length(label) between 1 and 200),
    signed_on    date,                 -- the day written on all of its papers, when it is the same on all
    created_by   uuid        not null,
    created_at   timestamptz not null,
    finished_by  uuid,
    finished_at  timestamptz,
    swept_at     timestamptz,          -- when files and pictures were deleted
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id),
    check ((finished_at is null) = (finished_by is null)),
    check (swept_at is null or finished_at is not null)
);
create index pile_unit on scans.pile (tenant_id, unit_id, id);
create index pile_unswept on scans.pile (tenant_id, finished_at) where swept_at is null;

create table scans.file (
    tenant_id   uuid        not null,
    id          uuid        not null,
    pile_id     uuid        not null,
    seq         int         not null check (seq between 1 and 1000),
    name        text        not null check (length(name) <= 200),
    kind        text        not null check (kind in ('pdf', 'jpeg', 'png', 'tiff')),
    hash        bytea       not null check (length(hash) = 32), -- SHA-256 of the file
    size        bigint      not null check (size > 0),
    pages       int         not null check (pages between 1 and 1000),
    uploaded_by uuid        not null,
    uploaded_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, pile_id, hash),
    unique (tenant_id, pile_id, seq),
    foreign key (tenant_id, pile_id) references scans.pile (tenant_id, id)
);

-- The file's bytes in pieces, so that neither side holds the whole in memory.
create table scans.file_part (
    tenant_id uuid  not null,
    file_id   uuid  not null,
    part      int   not null check (part >= 0),
    bytes     bytea not null,
    primary key (tenant_id, file_id, part),
    foreign key (tenant_id, file_id) references scans.file (tenant_id, id)
);

-- A paper of ours of which the pile holds at least one page.
create table scans.sheaf (
    tenant_id     uuid        not null,
    id            uuid        not null,
    pile_id       uuid        not null,
    paper_id      uuid        not null,
    pages         int         not null check (pages between 1 and 999), -- as printed
    boxes         jsonb       not null, -- where signatures belong: [{field, page, x, y, width, height}] in millimetres
    state         text        not null check (state in ('open', 'doubtful', 'rejected', 'confirmed')),
    version       int         not null default 1, -- grows with every page and every decision
    reason_kind   text        not null default '' check (length(reason_kind) <= 40),
    reason        text        not null default '' check (length(reason) <= 1000),
    decided_by    uuid,
    decided_at    timestamptz,
    signed_on     date,
    content_hash  bytea       check (length(content_hash) = 32), -- documents.content: its pages as one PDF
    commitment_id uuid,
    primary key (tenant_id, id),
    unique (tenant_id, pile_id, paper_id),
    foreign key (tenant_id, pile_id) references scans.pile (tenant_id, id),
    foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id),
    check ((state = 'confirmed') = (content_hash is not null)),
    check ((state = 'confirmed') = (signed_on is not null)),
    check ((state = 'confirmed') = (commitment_id is not null))
);
create index sheaf_paper on scans.sheaf (tenant_id, paper_id);

-- A page as it was read. The row stays when its picture goes.
create table scans.page (
    tenant_id   uuid        not null,
    id          uuid        not null,
    pile_id     uuid        not null,
    file_id     uuid        not null,
    number      int         not null check (number between 1 and 1000), -- in its file
    found       text        not null check (found in ('ours', 'foreign', 'unreadable', 'stranger', 'blank', 'broken')),
    hint        text        not null default '' check (length(hint) <= 300), -- what was seen of a code, or why it could not be drawn
    sheaf_id    uuid,
    page        int         check (page between 1 and 999), -- of the paper
    chosen      boolean,     -- of several pictures of one page: the one that counts
    place       jsonb,       -- how the printed page lies in the picture; null when not read from a code
    by_hand     boolean     not null default false,
    reason      text        not null default '' check (length(reason) <= 1000),
    assigned_by uuid,
    assigned_at timestamptz,
    turned      int         not null default 0 check (turned in (0, 90, 180, 270)), -- clockwise from the file to the picture
    width       int         not null check (width between 0 and 10000),
    height      int         not null check (height between 0 and 10000),
    read_at     timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, file_id, number), -- no page is read twice
    foreign key (tenant_id, pile_id) references scans.pile (tenant_id, id),
    foreign key (tenant_id, file_id) references scans.file (tenant_id, id),
    foreign key (tenant_id, sheaf_id) references scans.sheaf (tenant_id, id),
    check ((sheaf_id is null) = (page is null)),
    check (not by_hand or (sheaf_id is not null and reason <> '' and assigned_by is not null and assigned_at is not null))
);
create index page_pile on scans.page (tenant_id, pile_id, id);
create index page_sheaf on scans.page (tenant_id, sheaf_id, page);

create table scans.page_image (
    tenant_id uuid  not null,
    page_id   uuid  not null,
    hash      bytea not null check (length(hash) = 32), -- SHA-256 of the bytes
    bytes     bytea not null,                           -- JPEG
    primary key (tenant_id, page_id),
    foreign key (tenant_id, page_id) references scans.page (tenant_id, id)
);

-- Who opened which paper, and how it was then: only what somebody looked at can be confirmed.
create table scans.look (
    tenant_id  uuid        not null,
    sheaf_id   uuid        not null,
    account_id uuid        not null,
    version    int         not null,
    at         timestamptz not null,
    primary key (tenant_id, sheaf_id, account_id),
    foreign key (tenant_id, sheaf_id) references scans.sheaf (tenant_id, id)
);

-- How long files and pictures are kept after a pile is finished. Dated; corrections are new rows.
create table scans.retention (
    tenant_id  uuid        not null,
    id         uuid        not null,
    valid_from date        not null,
    days       int         not null check (days between 1 and 3650),
    basis      text        not null check (length(basis) between 1 and 500),
    set_by     uuid        not null,
    set_at     timestamptz not null,
    primary key (tenant_id, id)
);
create index retention_day on scans.retention (tenant_id, valid_from, id);

grant select, insert, update on scans.pile, scans.sheaf, scans.page, scans.look to chuanmuc_app;
grant select, insert on scans.file, scans.retention to chuanmuc_app;
grant select, insert, delete on scans.file_part to chuanmuc_app;
grant select, insert, update, delete on scans.page_image to chuanmuc_app;
