create schema commitments;
grant usage on schema commitments to chuanmuc_app;

-- What a person did about the commitment of a year: signed it, declined, or was recorded as not signing with a reason.
-- Evidence: a correction is the next version. The primary key is what makes one live commitment per person and year.
create table commitments.commitment (
    tenant_id     uuid        not null,
    year          int         not null,
    person_id     uuid        not null,
    version       int         not null check (version between 1 and 1000),
    campaign_id   uuid        not null,
    id            uuid        not null,
    standing      text        not null check (standing in ('signed', 'declined', 'excused', 'open')),
    set_id        uuid        not null,
    method        text        check (method in ('xac-nhan-dien-tu', 'giay', 'chu-ky-so')),
    at            timestamptz not null,
    account_id    uuid        not null,
    reason_kind   text        check (reason_kind in ('nghi-thai-san', 'om', 'di-hoc', 'biet-phai', 'chuyen-di', 'tu-choi', 'khac', 'dinh-chinh')),
    reason        text        not null default '' check (length(reason) <= 1000),
    head_part     text        not null default '', -- the document's first part: who, where, which decision, when
    body_hash     bytea,                           -- documents.content: the second part, the exact items
    document_hash bytea       check (length(document_hash) = 32), -- SHA-256 of head_part's UTF-8 bytes, then the body's
    primary key (tenant_id, year, person_id, version),
    unique (tenant_id, id),
    foreign key (tenant_id, campaign_id, person_id) references campaigns.roster_entry (tenant_id, campaign_id, person_id),
    foreign key (tenant_id, body_hash) references documents.content (tenant_id, hash),
    check (standing <> 'signed' or (method is not null and document_hash is not null and body_hash is not null)),
    check (standing in ('signed') or reason_kind is not null)
);

-- Where each person on a roster stands now: the newest version of the above, kept in the same transaction.
-- Rows are made when the roster is frozen; counts are taken from here.
create table commitments.standing (
    tenant_id   uuid        not null,
    campaign_id uuid        not null,
    person_id   uuid        not null,
    unit_id     uuid        not null,
    bloc_id     uuid        not null,
    standing    text        not null check (standing in ('open', 'signed', 'declined', 'excused', 'left')),
    version     int         not null default 0,
    at          timestamptz,
    primary key (tenant_id, campaign_id, person_id),
    foreign key (tenant_id, campaign_id, person_id) references campaigns.roster_entry (tenant_id, campaign_id, person_id)
);
create index standing_count on commitments.standing (tenant_id, campaign_id, unit_id, bloc_id, standing);

-- Read by reports and progress: where each person on a roster stands. 'left' counts neither as signed nor as expected.
create view commitments.v_standing as
select tenant_id, campaign_id, person_id, unit_id, bloc_id, standing, at, version
from commitments.standing;

grant select on commitments.v_standing to chuanmuc_app;
grant select, insert on commitments.commitment to chuanmuc_app;
grant select, insert, update on commitments.standing to chuanmuc_app;
