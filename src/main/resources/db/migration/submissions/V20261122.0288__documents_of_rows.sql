-- Which commitment and which document a row counted: a document that is replaced later is seen, also on the same day. Rows compiled
-- before have neither, and are compared as they were.
alter table submissions.list_row add column commitment_id uuid;
alter table submissions.list_row add column document_hash bytea check (length(document_hash) = 32);
alter table submissions.list_row add check ((commitment_id is null) = (document_hash is null));
alter table submissions.list_row add check (commitment_id is null or standing = 'signed');
