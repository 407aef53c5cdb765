-- How minutes were signed; null: xác nhận điện tử with the password, as all were before there were other ways.
alter table panels.signature
    add column method        text check (method in ('xac-nhan-dien-tu', 'chu-ky-so', 'giay')),
    add column confirmed_by  text check (confirmed_by in ('mat-khau', 'khoa-truy-cap')),
    add column passkey_id    uuid, -- with which it was confirmed
    add column document_hash bytea check (length(document_hash) = 32), -- documents.content: the signed PDF, or the scan of the signed paper
    add column signed_on     date, -- written on the paper
    add constraint signature_document check ((coalesce(method, '') in ('chu-ky-so', 'giay')) = (document_hash is not null)),
    add constraint signature_confirmed check (confirmed_by is null or method = 'xac-nhan-dien-tu'),
    add constraint signature_passkey check ((passkey_id is not null) = (coalesce(confirmed_by, '') = 'khoa-truy-cap')),
    add constraint signature_day check ((signed_on is not null) = (coalesce(method, '') = 'giay'));
create index signature_file on panels.signature (document_hash) where document_hash is not null;

-- In which way a version of the minutes is to be signed: the newest counts, as long as nobody has signed. To be signed digitally or by
-- hand, it is issued as a paper with its number. Evidence.
create table panels.minutes_copy (
    tenant_id  uuid        not null,
    meeting_id uuid        not null,
    version    smallint    not null,
    seq        smallint    not null check (seq between 1 and 50),
    method     text        not null check (method in ('xac-nhan-dien-tu', 'chu-ky-so', 'giay')),
    paper_id   uuid,       -- documents.paper
    given_by   uuid        not null,
    given_at   timestamptz not null,
    primary key (tenant_id, meeting_id, version, seq),
    foreign key (tenant_id, meeting_id, version) references panels.minutes (tenant_id, meeting_id, version),
    check ((method = 'xac-nhan-dien-tu') = (paper_id is null))
);
grant select, insert on panels.minutes_copy to chuanmuc_app;
