-- What waits, failed or is to be looked after: asked for on everybody's first page.
create index transfer_open on directory.transfer (tenant_id, effective) where state in ('proposed', 'agreed', 'failed');
create index transfer_follow_up on directory.transfer (tenant_id, effective) where follow_up;
