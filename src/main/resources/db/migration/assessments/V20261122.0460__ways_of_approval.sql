-- Where the approval of a form goes another way than the rules find: another unit's head, somebody in that head's place, more days.
-- As unit_id, account_id and due of a rating; why is said by assessments.exception.
create table assessments.approval_way (
    tenant_id  uuid not null,
    period     int  not null,
    form_id    uuid not null,
    unit_id    uuid, -- whose head approves; null: whoever the rules find when it is decided
    account_id uuid, -- somebody who approves in place of that head
    due        date, -- null: the cycle's day
    primary key (tenant_id, period, form_id),
    foreign key (tenant_id, period, form_id) references assessments.form (tenant_id, period, id),
    foreign key (tenant_id, unit_id) references directory.unit (tenant_id, id)
);
create index approval_way_account on assessments.approval_way (tenant_id, account_id) where account_id is not null;

grant select, insert, update on assessments.approval_way to chuanmuc_app;
