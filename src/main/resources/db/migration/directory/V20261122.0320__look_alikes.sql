-- Pairs of records that may be of one person, noted when a name, a birth date or a code is written: walking 2.5 million people in
-- order of their names until thirty pairs are found took 0.2 s of CPU for one page. A hint, never a fact: whoever reads it asks
-- directory.person again, so that a pair that was mended or merged since is not shown. Two that are written at the same moment do
-- not see each other; a chore looks at everybody again. Names without a birth date are not kept here (common names would make
-- millions of pairs): the few undated records are looked up one by one.
create table directory.look_alike (
    tenant_id uuid  not null references directory.tenant (id),
    likeness  text  not null check (likeness in ('trung-ngay-sinh', 'dao-ngay-thang', 'trung-so-hieu')),
    sort_key  bytea not null, -- of the first when the pair was noted: the order of the page
    one_id    uuid  not null,
    other_id  uuid  not null,
    primary key (tenant_id, one_id, other_id, likeness),
    check (one_id < other_id)
);
create index look_alike_other on directory.look_alike (tenant_id, other_id);
create index look_alike_order on directory.look_alike (tenant_id, likeness, sort_key, one_id, other_id);
grant select, insert, delete on directory.look_alike to chuanmuc_app;

create index person_undated_order on directory.person (tenant_id, sort_key, id) where birth_date is null and merged_into is null;
