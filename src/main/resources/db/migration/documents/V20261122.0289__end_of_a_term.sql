-- A term may end before the next one is entered, and then no number is given until it is.
alter table documents.term add column ends date check (ends >= begins);
-- The day of the paper that bears the number: which rule and which term it was taken under.
alter table documents.number add column day date;

-- Whoever takes a number holds this shared, whoever enters a term or sets a rule holds it alone: a number is of the old run or of the
-- new one, never of both.
create function documents.numbering_lock(tenant uuid) returns bigint
    language sql immutable parallel safe
    return hashtextextended(tenant::text, 266);
