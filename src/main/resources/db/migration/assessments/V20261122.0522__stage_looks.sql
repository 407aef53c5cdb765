-- From which day on the chore that tells people looks at a stage again while it is open; null: there is no more to tell. Whatever opens a
-- stage, moves its last day or gives it to somebody else puts it back to its default. So the chore reads what changed or became due, and
-- not every open form of every open cycle each time (ADR 0022).
alter table assessments.rating add column look_on date default '-infinity';
create index rating_look on assessments.rating (tenant_id, period, cycle_id, look_on) where state = 'open' and look_on is not null;
