-- A name or birth date that was corrected in the directory comes onto a roster as a dated change: the next line, the old one stays.
alter table campaigns.roster_change drop constraint roster_change_kind_check;
alter table campaigns.roster_change add constraint roster_change_kind_check check (kind in ('join', 'leave', 'correct'));
