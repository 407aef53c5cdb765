-- Who has a duty anywhere today is asked with every request; where a unit's list goes in a line, with every move of a list.
create index line_duty_person on directory.line_duty (tenant_id, person_id) where valid_to is null;
