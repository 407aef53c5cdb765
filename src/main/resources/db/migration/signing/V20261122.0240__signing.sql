create schema signing;
grant usage on schema signing to chuanmuc_app;

-- Somebody is to sign a certain PDF in a certain field. Working data: what came of it is evidence in the tables below.
create table signing.request (
    tenant_id      uuid        not null,
    id             uuid        not null,
    purpose        text        not null check (length(purpose) between 1 and 60),   -- which module asked
    subject        text        not null check (length(subject) between 1 and 200),  -- that module's own word for what it is about
    title          text        not null check (length(title) between 1 and 300),
    field          text        not null check (length(field) between 1 and 100),
    certifies      boolean     not null,
    person_id      uuid,                            -- null: the agency seals, no person signs
    signer_name    text        not null check (length(signer_name) between 1 and 300),
    unit_id        uuid        not null,
    unit_name      text        not null check (length(unit_name) <= 500),
    paper          bytea,                           -- what is to be signed; gone once the signed file, which begins with it, is kept
    paper_hash     bytea       not null check (length(paper_hash) = 32),
    asked_by       uuid        not null,
    asked_at       timestamptz not null,
    expires_at     timestamptz not null,
    state          text        not null default 'open'
                   check (state in ('open', 'waiting', 'undecided', 'identity', 'done', 'refused', 'expired', 'cancelled')),
    candidate      bytea,                           -- a signed file that is not decided yet
    candidate_way  text        check (candidate_way in ('tu-xa', 'cong-cu', 'tai-len', 'con-dau')),
    candidate_by   uuid,
    candidate_at   timestamptz,
    reasons        text        not null default '[]', -- what the last check said: JSON of message keys and arguments
    ended_at       timestamptz,
    primary key (tenant_id, id),
    check ((candidate is null) = (candidate_way is null)),
    check (paper is not null or state in ('done', 'refused', 'expired', 'cancelled'))
);
create unique index request_live on signing.request (tenant_id, purpose, subject)
    where state in ('open', 'waiting', 'undecided', 'identity');
create index request_open on signing.request (state, expires_at) where state in ('open', 'waiting', 'undecided', 'identity');

-- A signature that a remote service is asked for: everything another instance needs to finish it.
create table signing.preparation (
    tenant_id       uuid        not null,
    id              uuid        not null,  -- also what the service is told, so that asking twice is asking once
    request_id      uuid        not null,
    credential      text        not null check (length(credential) between 1 and 300),
    chain           bytea       not null,  -- DER after DER, the signer's first
    signing_at      timestamptz not null,
    lines           text[]      not null,
    stamped         boolean     not null,
    to_be_signed    bytea       not null,
    transaction_ref text        check (length(transaction_ref) <= 300),
    account_id      uuid        not null,
    asked_at        timestamptz not null,
    deadline        timestamptz not null,
    next_at         timestamptz not null,
    tries           int         not null default 0,
    state           text        not null default 'waiting'
                    check (state in ('waiting', 'signed', 'rejected', 'expired', 'failed', 'dropped')),
    told            text        not null default '' check (length(told) <= 500),
    ended_at        timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, request_id) references signing.request (tenant_id, id)
);
create unique index preparation_live on signing.preparation (tenant_id, request_id) where state = 'waiting';
create index preparation_due on signing.preparation (next_at) where state = 'waiting';

-- What a program on the signer's own computer shows to fetch the paper and to hand the signed file in: good for minutes and once.
create table signing.errand (
    tenant_id  uuid        not null,
    token_hash bytea       not null check (length(token_hash) = 32),
    request_id uuid        not null,
    account_id uuid        not null,
    kind       text        not null check (kind in ('lay', 'nop')),
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant_id, token_hash),
    foreign key (tenant_id, request_id) references signing.request (tenant_id, id)
);

-- Every strict check, with the library's reports. Evidence.
create table signing.checked (
    tenant_id     uuid        not null,
    id            uuid        not null,
    request_id    uuid        not null,
    document_hash bytea       not null check (length(document_hash) = 32),
    at            timestamptz not null,
    account_id    uuid        not null,
    verdict       text        not null check (verdict in ('valid', 'invalid', 'indeterminate')),
    reasons       text        not null,
    simple_hash   bytea,
    detailed_hash bytea,
    primary key (tenant_id, id),
    foreign key (tenant_id, request_id) references signing.request (tenant_id, id),
    foreign key (tenant_id, simple_hash) references documents.content (tenant_id, hash),
    foreign key (tenant_id, detailed_hash) references documents.content (tenant_id, hash)
);
create index checked_request on signing.checked (tenant_id, request_id, id);

-- A signature that was accepted. Evidence.
create table signing.signature (
    tenant_id        uuid        not null,
    id               uuid        not null,
    request_id       uuid        not null,
    check_id         uuid        not null,
    document_hash    bytea       not null, -- documents.content: the signed PDF
    paper_hash       bytea       not null check (length(paper_hash) = 32),
    paper_length     int         not null, -- the signed PDF begins with the paper
    field            text        not null,
    certificate      bytea       not null, -- DER
    certificate_hash bytea       not null check (length(certificate_hash) = 32),
    person_id        uuid,
    way              text        not null check (way in ('tu-xa', 'cong-cu', 'tai-len', 'con-dau')),
    claimed_at       timestamptz not null,
    stamped_at       timestamptz,
    accepted_at      timestamptz not null,
    account_id       uuid        not null,
    primary key (tenant_id, id),
    unique (tenant_id, request_id),
    foreign key (tenant_id, request_id) references signing.request (tenant_id, id),
    foreign key (tenant_id, check_id) references signing.checked (tenant_id, id),
    foreign key (tenant_id, document_hash) references documents.content (tenant_id, hash)
);
create index signature_document on signing.signature (tenant_id, document_hash);

-- A signed file with the data to check it in many years behind it (PAdES B-LTA). Evidence: the newest counts, all stay.
create table signing.preserved (
    tenant_id      uuid        not null,
    id             uuid        not null,
    signature_id   uuid        not null,
    preserved_hash bytea       not null,
    at             timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, signature_id) references signing.signature (tenant_id, id),
    foreign key (tenant_id, preserved_hash) references documents.content (tenant_id, hash)
);
create index preserved_signature on signing.preserved (tenant_id, signature_id, at);

-- What checks rely on: dated, with its basis, proposed by one and confirmed by another.
create table signing.trusted (
    tenant_id        uuid        not null,
    id               uuid        not null,
    kind             text        not null check (kind in ('neo', 'dau-thoi-gian', 'nguoi-ky')),
    name             text        not null check (length(name) between 1 and 500),
    certificate      bytea,
    certificate_hash bytea       check (length(certificate_hash) = 32),
    address          text        check (length(address) <= 500),
    person_id        uuid,
    unit_id          uuid,
    valid_from       date        not null,
    valid_to         date        check (valid_to >= valid_from), -- the first day it is trusted no more
    basis            text        not null check (length(basis) between 1 and 1000),
    state            text        not null default 'proposed' check (state in ('proposed', 'confirmed', 'rejected')),
    proposed_by      uuid        not null,
    proposed_at      timestamptz not null,
    decided_by       uuid        check (decided_by <> proposed_by),
    decided_at       timestamptz,
    ended_by         uuid,
    ended_at         timestamptz,
    end_reason       text        not null default '' check (length(end_reason) <= 1000),
    primary key (tenant_id, id),
    check ((state = 'proposed') = (decided_by is null)),
    check (case kind when 'neo' then certificate is not null and person_id is null
                     when 'dau-thoi-gian' then address is not null and person_id is null
                     else certificate is not null and person_id is not null and unit_id is not null end)
);
create index trusted_kind on signing.trusted (tenant_id, kind, state);
create unique index trusted_person on signing.trusted (tenant_id, person_id, certificate_hash)
    where kind = 'nguoi-ky' and state <> 'rejected' and ended_at is null;
create unique index trusted_anchor on signing.trusted (tenant_id, certificate_hash)
    where kind = 'neo' and state <> 'rejected' and ended_at is null;

-- Revocation lists and OCSP responses that were brought in as files. Evidence.
create table signing.revocation (
    tenant_id    uuid        not null,
    id           uuid        not null,
    kind         text        not null check (kind in ('crl', 'ocsp')),
    issuer       text        not null check (length(issuer) <= 1000),
    this_update  timestamptz not null,
    next_update  timestamptz,
    content_hash bytea       not null,
    brought_by   uuid        not null,
    brought_at   timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, content_hash),
    foreign key (tenant_id, content_hash) references documents.content (tenant_id, hash)
);
create index revocation_issuer on signing.revocation (tenant_id, kind, issuer, this_update);

-- One signature over a whole list: every row's record and document, as the sealed file names them. Evidence.
create table signing.manifest (
    tenant_id     uuid        not null,
    id            uuid        not null,
    request_id    uuid        not null,
    purpose       text        not null,
    subject       text        not null,
    title         text        not null check (length(title) <= 300),
    document_hash bytea       not null, -- the sealed PDF
    canonical_hash bytea      not null, -- documents.content: the canonical list of rows
    sealed_at     timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, request_id),
    foreign key (tenant_id, request_id) references signing.request (tenant_id, id),
    foreign key (tenant_id, document_hash) references documents.content (tenant_id, hash),
    foreign key (tenant_id, canonical_hash) references documents.content (tenant_id, hash)
);
create table signing.manifest_row (
    tenant_id     uuid  not null,
    manifest_id   uuid  not null,
    position      int   not null check (position between 1 and 100000),
    record_id     uuid  not null,
    document_hash bytea not null check (length(document_hash) = 32),
    primary key (tenant_id, manifest_id, position),
    unique (tenant_id, manifest_id, record_id),
    foreign key (tenant_id, manifest_id) references signing.manifest (tenant_id, id)
);
create index manifest_row_record on signing.manifest_row (tenant_id, record_id);

grant select, insert, update on signing.request, signing.preparation, signing.errand, signing.trusted to chuanmuc_app;
grant select, insert on signing.checked, signing.signature, signing.preserved, signing.revocation,
    signing.manifest, signing.manifest_row to chuanmuc_app;
