-- A token is good for reading, for sending people, or for bringing figures in: the software of one does not do the other's work.
alter table access.api_token add column brings_figures boolean not null default false;
alter table access.api_token add check (not (may_write and brings_figures));
