-- Anybody may bring a scan or a signed PDF and ask whose it is: they know no body.
create index commitment_document on commitments.commitment (document_hash) where paper_id is not null;
