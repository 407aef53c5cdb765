-- A signature on paper: on which paper, and the day that stands there. Its document_hash is the scan's.
alter table commitments.commitment add column paper_id uuid;
alter table commitments.commitment add column signed_on date;
alter table commitments.commitment add foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id);
alter table commitments.commitment add check (method <> 'giay' or (paper_id is not null and signed_on is not null));

-- Lists count the day of the signature: of a paper, the day that stands on it.
create or replace view commitments.v_row as
select r.tenant_id, r.campaign_id, r.unit_id, r.bloc_id, r.person_id, r.sort_key, r.search_key, r.rank_order, r.full_name,
       r.birth_date, r.position_name, r.unit_name, r.set_id, r.sample, s.standing,
       case when s.standing = 'signed' then coalesce(k.signed_on::timestamp at time zone 'Asia/Ho_Chi_Minh', k.at) end as signed_at,
       case when s.standing = 'signed' then k.method end as method,
       -- A record that was taken back leaves its correction behind: that is no reason for not signing.
       case when s.standing in ('declined', 'excused') then k.reason_kind end as reason_kind,
       case when s.standing in ('declined', 'excused') then coalesce(k.reason, '') else '' end as reason
from campaigns.roster_entry r
join commitments.standing s
    on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
left join commitments.commitment k
    on k.tenant_id = s.tenant_id and k.year = r.year and k.person_id = s.person_id and k.version = s.version
        and k.standing = s.standing
where s.standing <> 'left';

-- A run of printing: the papers of many people in one file, made part by part so that it goes on after a stop and memory stays
-- bounded. Not evidence: what was printed can be printed again.
create table commitments.print_run (
    tenant_id    uuid        not null,
    id           uuid        not null,
    campaign_id  uuid        not null,
    label        text        not null check (length(label) between 1 and 300),
    people       uuid[]      not null check (cardinality(people) between 1 and 20000), -- in the order of the file
    requested_by uuid        not null,
    requested_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns.campaign (tenant_id, id)
);
create table commitments.print_part (
    tenant_id uuid  not null,
    run_id    uuid  not null,
    part      int   not null check (part between 1 and 10000),
    papers    int   not null check (papers between 0 and 50),
    skipped   int   not null check (skipped >= 0), -- people of this part who signed or left meanwhile
    piece     bytea not null,
    primary key (tenant_id, run_id, part),
    foreign key (tenant_id, run_id) references commitments.print_run (tenant_id, id)
);

grant select, insert, delete on commitments.print_run, commitments.print_part to chuanmuc_app;
