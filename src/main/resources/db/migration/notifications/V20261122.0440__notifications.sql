-- What people are told in the product and by mail (ADR 0022).
create schema notifications;
grant usage on schema notifications to chuanmuc_app;

-- Where and how an account gets mail. Without a row: no mail.
create table notifications.recipient (
    tenant_id   uuid        not null,
    account_id  uuid        not null,
    address     text        check (length(address) <= 254), -- verified: its owner typed the code that was sent there
    verified_at timestamptz,
    faulty_at   timestamptz, -- since when a server refuses it for good: nothing is sent until somebody acts
    wanted      text        check (length(wanted) <= 254), -- entered and not verified: gets the verification mail and nothing else
    wanted_by   uuid,
    wanted_at   timestamptz,
    wrong       smallint    not null default 0, -- wrong codes since it was entered
    rhythm      text        not null default 'now' check (rhythm in ('now', 'morning', 'evening')),
    muted       text[]      not null default '{}',
    language    text        not null default 'vi' check (language in ('vi', 'en')),
    primary key (tenant_id, account_id),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    check ((address is null) = (verified_at is null)),
    check (faulty_at is null or address is not null),
    check ((wanted is null) = (wanted_by is null) and (wanted is null) = (wanted_at is null))
);

-- Codes that were sent to an address that waits for verification. In clear they stand in the mail alone.
create table notifications.code (
    tenant_id  uuid        not null,
    hash       bytea       not null check (length(hash) = 32), -- SHA-256 over account, address and code
    account_id uuid        not null,
    expires_at timestamptz not null,
    primary key (tenant_id, hash),
    foreign key (tenant_id, account_id) references notifications.recipient (tenant_id, account_id)
);
create index code_account on notifications.code (tenant_id, account_id);

-- One thing told to one account, written in the transaction of what it tells of.
create table notifications.notice (
    tenant_id  uuid        not null,
    id         uuid        not null,
    account_id uuid        not null,
    kind       text        not null,
    subject_id uuid        not null,
    occasion   text        not null check (length(occasion) <= 100), -- which time, of several about one subject
    words      text        not null check (length(words) <= 1000), -- arguments of its message, a line each; shown after signing in only
    href       text        not null check (href ~ '^/[A-Za-z0-9]' and length(href) <= 300),
    due        date,
    made_at    timestamptz not null,
    read_at    timestamptz,
    post       text        not null check (post in ('none', 'now', 'digest')), -- how it goes by mail, decided when it was made
    mail_id    uuid,
    primary key (tenant_id, id),
    unique (tenant_id, account_id, kind, subject_id, occasion),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    check (mail_id is null or post <> 'none')
);
create index notice_list on notifications.notice (tenant_id, account_id, id desc);
create index notice_unread on notifications.notice (tenant_id, account_id) where read_at is null;
create index notice_mail on notifications.notice (tenant_id, mail_id) where mail_id is not null;
create index notice_digest on notifications.notice (tenant_id, account_id, made_at) where post = 'digest' and mail_id is null and read_at is null;

-- The outbox: one mail to one address.
create table notifications.mail (
    tenant_id  uuid        not null,
    id         uuid        not null,
    account_id uuid        not null,
    purpose    text        not null check (purpose in ('notice', 'digest', 'verify', 'moved', 'test')),
    place      smallint    not null check (place between 0 and 2), -- 0 goes before all others
    address    text        check (length(address) <= 254), -- of notices and digests: where it went, once it was tried
    state      text        not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    made_at    timestamptz not null,
    made_by    uuid        not null, -- whose act it comes from; all zeros: a clock's
    since      timestamptz not null, -- from when on it is tried: anew when somebody sends it again
    due_at     timestamptz not null,
    tries      int         not null default 0,
    tried_at   timestamptz,
    ended_at   timestamptz,
    reason     text, -- of the last try that did not succeed, or why it was dropped
    answer     text        check (length(answer) <= 500), -- the server's own words
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    check ((state = 'waiting') = (ended_at is null)),
    check (state not in ('failed', 'dropped') or reason is not null)
);
create index mail_due on notifications.mail (place, due_at, id) where state = 'waiting';
create index mail_list on notifications.mail (tenant_id, state, id desc);
create index mail_tried on notifications.mail (tried_at) where tried_at is not null;
create index mail_account on notifications.mail (tenant_id, account_id, purpose, made_at);

grant select, insert, update on notifications.recipient to chuanmuc_app;
grant select, insert, delete on notifications.code to chuanmuc_app;
grant select, insert, update, delete on notifications.notice, notifications.mail to chuanmuc_app;
