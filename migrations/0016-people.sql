-- Who signs in besides tellers and the fund centre's people: owners, and the users of institutions
-- (开发建设单位, 物业服务企业, 业主委员会). What each of them may see is decided from these tables on every
-- request.

alter table session drop constraint session_audience_check;
alter table session add constraint session_audience_check
  check (audience in ('bank', 'staff', 'owner', 'institution'));
alter table session
  -- names a session in a list of one's own; the token itself is known to its browser alone
  add column id integer generated always as identity unique,
  -- 'Chrome · Windows': enough to know one's own browser again, nothing that identifies it
  add column browser_words text not null default '' check (length(browser_words) <= 60),
  -- until when a password or code given once more opens decisions about money and accounts
  add column stepped_up_until timestamptz;

-- An owner as somebody who signs in. One account for each phone, made by the first sign-in with a code to it.
create table owner_account (
  id integer generated always as identity primary key,
  phone_cipher bytea not null,
  phone_hash bytea not null unique,
  -- who he is by the register, once a house was linked; the houses of one account are one person's
  name_cipher bytea,
  document_hash bytea,
  -- set by the owner when he wants to sign in without a code
  username text unique check (username ~ '^[A-Za-z][A-Za-z0-9_-]{3,19}$'),
  password_hash text,
  is_demonstration boolean not null default false,
  is_disabled boolean not null default false,
  created_at timestamptz not null default now(),
  check ((name_cipher is null) = (document_hash is null)),
  check ((username is null) = (password_hash is null))
);
-- 'Wang' and 'wang' are one name to a person who types it.
create unique index owner_account_username on owner_account (lower(username));

-- Which houses an account opens. A link holds only while the register still names the same person for the
-- house: it carries the hash of his document, and whoever reads links joins on it.
create table owner_house (
  owner_id integer not null references owner_account,
  estate_id integer not null,
  house_id bigint not null,
  document_hash bytea not null,
  linked_by text not null check (linked_by in ('phone-and-document', 'document-and-fact')),
  linked_at timestamptz not null,
  primary key (owner_id, estate_id, house_id),
  foreign key (estate_id, house_id) references house
);
create index owner_house_by_house on owner_house (estate_id, house_id);
create index house_owner_by_phone on house_owner (phone_hash) where phone_hash is not null;

-- An institution as it registered. It works from the day its registration is approved until it is closed, its
-- contract or its term is over, or the fund centre suspends it.
create table institution (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('developer', 'property-company', 'committee')),
  name text not null check (name <> ''),
  -- a committee may have none, and is then known by the number of its filing (备案号)
  credit_code text check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  record_no text check (record_no <> ''),
  state text not null default 'pending' check (state in
    ('pending', 'active', 'suspended', 'expired', 'closed', 'rejected')),
  -- everything else that was filled in, encrypted: people, phones, addresses, bank account
  profile_cipher bytea not null,
  application_id bigint unique references application,
  is_demonstration boolean not null default false,
  created_at timestamptz not null,
  check (credit_code is not null or (kind = 'committee' and record_no is not null))
);
-- One institution for each code and kind, whatever two clerks do at once.
create unique index institution_code on institution (kind, credit_code)
  where credit_code is not null and state not in ('rejected', 'closed');
create unique index institution_record on institution (record_no)
  where credit_code is null and state not in ('rejected', 'closed');

-- The estates that an institution works for, and for how long: a contract, a term, or (developers) without end.
create table institution_estate (
  institution_id integer not null references institution,
  estate_id integer not null references estate,
  contract_no text not null default '',
  -- 前期物业服务, 业主大会选聘; empty for developers and committees
  service_kind text not null default '' check (service_kind in ('', 'preliminary', 'elected')),
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  -- taken back by the fund centre or given up
  ended_at timestamptz,
  primary key (institution_id, estate_id)
);
create index institution_estate_by_estate on institution_estate (estate_id);

-- Who of an institution signs in. The first one is its administrator and comes with the registration.
create table institution_user (
  id integer generated always as identity primary key,
  institution_id integer not null references institution,
  username text not null check (username ~ '^[A-Za-z][A-Za-z0-9_-]{3,19}$'),
  password_hash text not null,
  name_cipher bytea not null,
  phone_cipher bytea not null,
  is_admin boolean not null default false,
  -- given out with an invitation: the next sign-in replaces it
  is_password_initial boolean not null default false,
  is_demonstration boolean not null default false,
  is_disabled boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index institution_user_username on institution_user (lower(username));
create index institution_user_by_institution on institution_user (institution_id);

grant select on owner_account, owner_house, institution, institution_estate, institution_user to fund_app;
grant insert (phone_cipher, phone_hash), update (phone_cipher, phone_hash, name_cipher, document_hash,
  username, password_hash, is_disabled) on owner_account to fund_app;
grant insert, delete on owner_house to fund_app;
grant insert (kind, name, credit_code, record_no, profile_cipher, application_id, created_at),
  update (name, credit_code, record_no, state, profile_cipher, application_id) on institution to fund_app;
grant insert, update, delete on institution_estate to fund_app;
grant insert (institution_id, username, password_hash, name_cipher, phone_cipher, is_admin,
  is_password_initial), update (password_hash, name_cipher, phone_cipher, is_admin, is_password_initial,
  is_disabled) on institution_user to fund_app;
