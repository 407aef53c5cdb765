-- Quarterly reports that were issued: each is a paper (documents.paper), whose body is all that stands on it. Evidence (ADR 0024).
create table overview.report (
    tenant_id uuid        not null,
    paper_id  uuid        not null, -- documents.paper
    cycle_id  uuid        not null,
    unit_id   uuid        not null, -- whose report it is
    sealed    boolean     not null, -- small groups are hidden: made of what everybody may see
    closed    boolean     not null, -- whether the cycle was closed; before, figures are provisional
    issued_by uuid        not null,
    issued_at timestamptz not null,
    primary key (tenant_id, paper_id)
);
create index report_unit on overview.report (tenant_id, cycle_id, unit_id);
grant select, insert on overview.report to chuanmuc_app;
