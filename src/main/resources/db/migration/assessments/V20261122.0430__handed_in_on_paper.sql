-- What was handed in on paper and read by a person (ADR 0021): the paper and the SHA-256 of its scan. account_id is who entered it.
alter table assessments.handing
    add column paper_id uuid,
    add column scan_hash bytea check (length(scan_hash) = 32),
    add foreign key (tenant_id, paper_id) references documents.paper (tenant_id, id),
    add foreign key (tenant_id, scan_hash) references documents.content (tenant_id, hash),
    add check ((paper_id is null) = (scan_hash is null));
