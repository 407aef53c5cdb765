-- Who came lately is told of what waits for them without a walk over all accounts of a body.
create index account_created on access.account (tenant_id, created_at);
create index role_grant_granted on access.role_grant (tenant_id, granted_at);
