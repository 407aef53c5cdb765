-- How a show of hands is taken down. Null: whoever leads the meeting counts and enters, as under every rule of before. 'confirmed': who has no
-- opinion and who does not vote are counted too, and a second person says that the count is right. Names are kept in neither.
alter table panels.rule add column hands text check (hands in ('confirmed'));
