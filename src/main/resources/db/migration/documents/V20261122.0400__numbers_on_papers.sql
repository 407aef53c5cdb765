-- What stands beside a number on its paper and in the book of outgoing papers. Numbers taken before have none of it and stand on no
-- paper of the product. The sign of the type is that of the run.
alter table documents.number add column kind text check (kind in ('danh-sach', 'ket-qua', 'bien-ban', 'tra-loi'));
alter table documents.number add column layout text check (length(layout) between 1 and 60);
alter table documents.number add column issuer_sign text check (length(issuer_sign) <= 40); -- empty: left to the pen
alter table documents.number add column place text check (length(place) <= 60); -- empty: left to the pen
alter table documents.number add column title text check (length(title) between 1 and 500);
alter table documents.number add column signer text check (length(signer) <= 200);
alter table documents.number add check (
    (kind is null) = (layout is null) and (kind is null) = (issuer_sign is null) and (kind is null) = (place is null)
    and (kind is null) = (title is null) and (kind is null) = (signer is null) and (kind is null or day is not null));

-- A body's own sign of a type of paper from a day on, where it writes another than what ships (paper-types.json). Added to, never changed.
create table documents.type_sign (
    tenant_id   uuid        not null,
    line        text        not null check (line in ('party', 'state')),
    kind        text        not null check (kind in ('danh-sach', 'ket-qua', 'bien-ban', 'tra-loi')),
    valid_from  date        not null,
    sign        text        not null check (length(sign) between 1 and 20),
    legal_basis text        not null check (length(legal_basis) <= 500), -- empty: none is known
    set_by      uuid        not null,
    set_at      timestamptz not null,
    primary key (tenant_id, line, kind, valid_from)
);

-- How a unit signs its papers from a day on, and where it issues them. Added to, never changed.
create table documents.issuer_sign (
    tenant_id   uuid        not null,
    unit_id     uuid        not null,
    line        text        not null check (line in ('party', 'state')),
    valid_from  date        not null,
    sign        text        not null check (length(sign) between 1 and 40),
    place       text        not null check (length(place) <= 60),
    legal_basis text        not null check (length(legal_basis) <= 500), -- empty: none is known
    set_by      uuid        not null,
    set_at      timestamptz not null,
    primary key (tenant_id, unit_id, line, valid_from),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);

-- Numbers of a run that were given outside the product: somebody says up to which, another person confirms or refuses.
create table documents.number_reservation (
    tenant_id     uuid        not null,
    id            uuid        not null,
    unit_id       uuid        not null,
    line          text        not null check (line in ('party', 'state')),
    document_type text        not null check (length(document_type) between 1 and 40),
    period        text        not null check (length(period) between 4 and 36), -- as in number_series
    up_to         int         not null check (up_to between 1 and 1000000),
    reason        text        not null check (length(reason) between 1 and 1000),
    asked_by      uuid        not null,
    asked_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index number_reservation_unit on documents.number_reservation (tenant_id, unit_id, asked_at);

create table documents.number_reservation_answer (
    tenant_id      uuid        not null,
    reservation_id uuid        not null,
    series_id      uuid, -- the run, and the numbers of it that are used up, when it was confirmed
    first          int         check (first >= 1),
    last           int         check (last >= first),
    reason         text        not null check (length(reason) <= 1000),
    answered_by    uuid        not null,
    answered_at    timestamptz not null,
    primary key (tenant_id, reservation_id),
    foreign key (tenant_id, reservation_id) references documents.number_reservation (tenant_id, id),
    foreign key (tenant_id, series_id) references documents.number_series (tenant_id, id),
    check ((series_id is null) = (first is null) and (series_id is null) = (last is null)),
    check (series_id is not null or reason <> '')
);
create index number_reservation_answer_series on documents.number_reservation_answer (tenant_id, series_id, first);

grant select, insert on documents.type_sign, documents.issuer_sign, documents.number_reservation,
    documents.number_reservation_answer to chuanmuc_app;

-- A rule or a term of which no basis is known says nothing there, in the words of whoever reads it.
alter table documents.number_rule drop constraint number_rule_legal_basis_check;
alter table documents.number_rule add check (length(legal_basis) <= 500);
alter table documents.term drop constraint term_legal_basis_check;
alter table documents.term add check (length(legal_basis) <= 500);
