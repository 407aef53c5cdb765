-- Assessment forms on paper (ADR 0021): printed, filled in by hand, scanned, read by a person.
create schema sheets;
grant usage on schema sheets to chuanmuc_app;

-- One stage of one form, once it was printed: the subject of its papers.
create table sheets.sheet (
    tenant_id uuid        not null,
    id        uuid        not null,
    period    int         not null,
    form_id   uuid        not null,
    stage     text        not null,
    cycle_id  uuid        not null,
    unit_id   uuid        not null,
    made_by   uuid        not null,
    made_at   timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, period, form_id, stage)
);

-- Files as a clerk brought them, in any order, for the people of a unit.
create table sheets.pile (
    tenant_id  uuid        not null,
    id         uuid        not null,
    unit_id    uuid        not null,
    label      text        not null check (length(label) between 1 and 200),
    created_by uuid        not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index pile_unit on sheets.pile (tenant_id, unit_id, id);

create table sheets.file (
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
    foreign key (tenant_id, pile_id) references sheets.pile (tenant_id, id)
);

-- The file's bytes in pieces; gone once all of its pages are read.
create table sheets.file_part (
    tenant_id uuid  not null,
    file_id   uuid  not null,
    part      int   not null check (part >= 0),
    bytes     bytea not null,
    primary key (tenant_id, file_id, part),
    foreign key (tenant_id, file_id) references sheets.file (tenant_id, id)
);

-- A paper of which a page was scanned, and what a person has read of it so far. A draft until it is handed in.
create table sheets.reading (
    tenant_id  uuid        not null,
    paper_id   uuid        not null,
    sheet_id   uuid        not null,
    pages      int         not null check (pages between 1 and 999), -- as printed on them
    rows       jsonb       not null, -- where each item stands: [{number, page, top, height}] in millimetres; none in another layout
    version    int         not null default 0,
    levels     smallint[]  not null, -- ordinals of the scale; null: not read yet, or unclear
    unclear    smallint[]  not null default '{}', -- items that cannot be read: two ticks, or none
    asked      smallint[]  not null default '{}', -- items that were unclear and have a level since: the person was asked
    remarks    jsonb       not null default '{}',
    answer     text        not null default '' check (length(answer) <= 1000), -- who was asked, when, what they said
    saved_by   uuid,
    saved_at   timestamptz,
    scan_hash  bytea       check (length(scan_hash) = 32), -- documents.content: its pages as one PDF, from handing in on
    handing    smallint    check (handing > 0),
    handed_by  uuid,
    handed_at  timestamptz,
    primary key (tenant_id, paper_id),
    foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id),
    foreign key (tenant_id, sheet_id) references sheets.sheet (tenant_id, id),
    check ((scan_hash is null) = (handed_at is null) and (handing is null) = (handed_at is null)
        and (handed_by is null) = (handed_at is null))
);
create index reading_sheet on sheets.reading (tenant_id, sheet_id);

-- A page as it was read by the machine: which page of which paper it is, and nothing else of it.
create table sheets.page (
    tenant_id   uuid        not null,
    id          uuid        not null,
    pile_id     uuid        not null,
    file_id     uuid        not null,
    number      int         not null check (number between 1 and 1000), -- in its file
    found       text        not null check (found in ('ours', 'other', 'foreign', 'elsewhere', 'differs', 'unreadable', 'stranger', 'blank', 'broken')),
    hint        text        not null default '' check (length(hint) <= 300),
    paper_id    uuid,
    page        int         check (page between 1 and 999), -- of the paper
    dropped     boolean     not null default false, -- another picture of the same page counts
    place       jsonb,      -- how the printed page lies in the picture
    by_hand     boolean     not null default false,
    assigned_by uuid,
    width       int         not null check (width between 0 and 10000),
    height      int         not null check (height between 0 and 10000),
    read_at     timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, file_id, number), -- no page is read twice
    foreign key (tenant_id, pile_id) references sheets.pile (tenant_id, id),
    foreign key (tenant_id, file_id) references sheets.file (tenant_id, id),
    foreign key (tenant_id, paper_id) references sheets.reading (tenant_id, paper_id),
    check ((paper_id is null) = (page is null)),
    check (by_hand = (assigned_by is not null))
);
create index page_pile on sheets.page (tenant_id, pile_id, id);
create index page_paper on sheets.page (tenant_id, paper_id, page);

create table sheets.page_image (
    tenant_id uuid  not null,
    page_id   uuid  not null,
    bytes     bytea not null, -- JPEG
    primary key (tenant_id, page_id),
    foreign key (tenant_id, page_id) references sheets.page (tenant_id, id)
);

-- Who opened which sheet: whoever saw one side of a blind order does not see the other before both are in.
create table sheets.look (
    tenant_id  uuid        not null,
    sheet_id   uuid        not null,
    account_id uuid        not null,
    looked_at  timestamptz not null, -- last
    primary key (tenant_id, sheet_id, account_id),
    foreign key (tenant_id, sheet_id) references sheets.sheet (tenant_id, id)
);

-- Many sheets printed in one file: by a job, part by part, kept for a week.
create table sheets.print_run (
    tenant_id    uuid        not null,
    id           uuid        not null,
    cycle_id     uuid        not null,
    label        text        not null check (length(label) between 1 and 300),
    forms        uuid[]      not null check (cardinality(forms) between 1 and 20000), -- in the order of the file
    stages       text[]      not null check (cardinality(stages) = cardinality(forms)),
    period       int         not null,
    requested_by uuid        not null,
    requested_at timestamptz not null,
    primary key (tenant_id, id)
);
create table sheets.print_part (
    tenant_id uuid  not null,
    run_id    uuid  not null,
    part      int   not null check (part between 1 and 10000),
    papers    int   not null check (papers between 0 and 50),
    skipped   int   not null check (skipped >= 0), -- handed in, called off or out of reach meanwhile
    piece     bytea not null,
    primary key (tenant_id, run_id, part),
    foreign key (tenant_id, run_id) references sheets.print_run (tenant_id, id)
);

grant select, insert on sheets.sheet, sheets.file to chuanmuc_app;
grant select, insert, update on sheets.pile, sheets.reading, sheets.page, sheets.look to chuanmuc_app;
grant select, insert, delete on sheets.file_part, sheets.print_run, sheets.print_part to chuanmuc_app;
grant select, insert, update, delete on sheets.page_image to chuanmuc_app;
