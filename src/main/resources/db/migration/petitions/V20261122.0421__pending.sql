-- Results against which a petition is under way, for figures of whole units (ADR 0016: overview reads views).
create view petitions.v_pending as
    select p.tenant_id, p.cycle_id, p.unit_id, f.set_id, p.form_id
    from petitions.petition p
    join assessments.form f on f.tenant_id = p.tenant_id and f.period = p.period and f.id = p.form_id
    where p.state in ('filed', 'handling', 'proposed', 'reassessing', 'decided');
grant select on petitions.v_pending to chuanmuc_app;
