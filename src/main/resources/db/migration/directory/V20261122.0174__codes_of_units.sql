-- A unit is found by its code also on a day in the past, when it has ended or the code has passed on.
create index unit_version_code_then on directory.unit_version (tenant_id, lower(code));
