-- The record of acts is looked through by day, by kind and by who acted: each from the newest on, however long it is.
create index entry_at on ledger.entry (tenant_id, at, id);
create index entry_act on ledger.entry (tenant_id, act, at, id);
create index entry_actor on ledger.entry (tenant_id, actor_id, at, id);
