-- The role that the running product acts as. It gets rights table by table; on evidence only select and insert.
do $$
begin
    if not exists (select from pg_roles where rolname = 'chuanmuc_app') then
        create role chuanmuc_app nologin;
    end if;
    if not pg_has_role(current_user, 'chuanmuc_app', 'member') then
        grant chuanmuc_app to current_user;
    end if;
exception
    when duplicate_object then null; -- two instances started at the same moment
end
$$;
