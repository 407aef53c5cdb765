-- How somebody who confirmed electronically proved again that it was them. Null for the other ways to sign, and for confirmations
-- from before there were passkeys: all of those were by password, as their heads say.
alter table commitments.commitment add column confirmed_by text check (confirmed_by in ('mat-khau', 'khoa-truy-cap'));
alter table commitments.commitment add check (confirmed_by is null or method = 'xac-nhan-dien-tu');
