-- Who came to another unit in a quarter, asked of an open cycle of assessment.
create index assignment_begun on directory.assignment (tenant_id, valid_from) where main;
