-- Whoever holds a sealed list asks by its code: the paper knows the canonical list, the list its seal.
create index manifest_list on signing.manifest (tenant_id, canonical_hash);
