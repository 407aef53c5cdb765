-- A form that issued one-time codes, by the SHA-256 of the token it carried. The codes are made from that token and the
-- account, so that the same form sent again (a reload, a second click, a jammed printer) shows the same slips and issues
-- nothing; whoever has only the database has neither the token nor a code.
create table access.code_issue (
    tenant_id  uuid        not null,
    token_hash bytea       not null check (length(token_hash) = 32),
    accounts   uuid[]      not null check (cardinality(accounts) between 1 and 1000), -- in the order of the slips
    left_over  int         not null default 0 check (left_over >= 0), -- people who did not fit any more
    issued_by  uuid        not null,
    issued_at  timestamptz not null,
    primary key (tenant_id, token_hash)
);
grant select, insert on access.code_issue to chuanmuc_app;

-- Sign-in names that differ only in the number behind them: asked once for everybody who gets an account.
create index login_stem on access.login (rtrim(username, '0123456789'));
