-- Which figure of its source was taken into the form, and from which document, in words, as the source said then.
alter table assessments.evidence add column figure_id uuid;
alter table assessments.evidence add column figure_source text check (length(figure_source) between 1 and 700);
alter table assessments.evidence add check ((figure_id is null) = (figure_source is null) and (figure_id is null or kind = 'figure'));
