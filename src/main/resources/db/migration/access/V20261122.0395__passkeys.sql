-- A passkey of an account: the public half of a key pair whose private half never leaves the person's device. It is never deleted:
-- it ends, at a time and for a reason.
create table access.passkey (
    tenant_id          uuid        not null,
    id                 uuid        not null,
    account_id         uuid        not null,
    credential_id      bytea       not null check (length(credential_id) between 1 and 1023), -- as the device names it
    public_key         bytea       not null, -- COSE
    attestation_object bytea       not null check (length(attestation_object) <= 32768), -- as the device answered (CBOR)
    client_data        bytea       not null check (length(client_data) <= 8192),         -- as the browser answered (JSON)
    transports         text[]      not null,
    sign_count         bigint      not null check (sign_count >= 0), -- 0 for ever with devices that do not count
    backup_eligible    boolean     not null, -- whether it may be copied to the person's other devices
    backed_up          boolean     not null,
    name               text        not null check (length(name) between 1 and 60), -- the person's word for it
    registered_at      timestamptz not null,
    last_used_at       timestamptz,
    ended_at           timestamptz,
    ended_why          text        check (ended_why in ('bo', 'cap-ma-moi', 'dem-lui', 'dong')), -- removed, password reset, counter went back, account closed
    primary key (tenant_id, id),
    unique (tenant_id, credential_id),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    check ((ended_at is null) = (ended_why is null))
);
create index passkey_account on access.passkey (tenant_id, account_id);

-- What a device of somebody signed in is to answer, once and within minutes.
create table access.passkey_challenge (
    tenant_id  uuid        not null,
    challenge  bytea       not null check (length(challenge) = 32),
    account_id uuid        not null,
    purpose    text        not null check (purpose in ('dang-ky', 'xac-nhan')),
    about      bytea       check (length(about) = 32), -- confirming: SHA-256 of what is confirmed, and of nothing else
    name       text        check (length(name) between 1 and 60), -- registering: the name of the passkey to be
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, challenge),
    foreign key (tenant_id, account_id) references access.account (tenant_id, id),
    check (purpose <> 'xac-nhan' or about is not null),
    check (purpose <> 'dang-ky' or name is not null)
);
create index passkey_challenge_account on access.passkey_challenge (tenant_id, account_id, made_at);

-- Reference table: the same for somebody who signs in, and of whom nothing is known before the answer.
create table access.passkey_entry (
    challenge  bytea       primary key check (length(challenge) = 32),
    expires_at timestamptz not null
);
create index passkey_entry_expires on access.passkey_entry (expires_at);

grant select, insert, update on access.passkey to chuanmuc_app;
grant select, insert, delete on access.passkey_challenge, access.passkey_entry to chuanmuc_app;
