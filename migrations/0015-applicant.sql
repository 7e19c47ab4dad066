-- What proves an applicant who comes with another browser, and the text messages that leave the house.

-- One row for each code that was asked for. Also a wrong phone number gets its row, with a hash that no code
-- has: whether the number was the right one shows nowhere.
create table one_time_code (
  id uuid primary key,
  purpose text not null,
  -- what it opens, such as an application's number
  subject text not null,
  browser_hash bytea not null,
  phone_hash bytea not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  -- used, or replaced by a newer one
  ended_at timestamptz
);
create unique index one_time_code_active on one_time_code (purpose, subject, browser_hash)
  where ended_at is null;
create index one_time_code_by_phone on one_time_code (phone_hash, created_at);
create index one_time_code_by_time on one_time_code (created_at);

-- The outbox of text messages: written in the transaction of what caused them, delivered by a worker. Phone
-- and code are forgotten once the message is through or given up.
create table sms_message (
  -- the gateway knows a repeated delivery by it
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('code', 'notice')),
  phone_cipher bytea,
  -- nothing personal; {code} stands for the code
  text text not null,
  code_cipher bytea,
  created_at timestamptz not null,
  not_after timestamptz not null,
  next_try_at timestamptz not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused', 'expired')),
  last_problem text not null default '',
  check ((state = 'waiting') = (phone_cipher is not null)),
  check (state = 'waiting' or code_cipher is null)
);
create index sms_message_waiting on sms_message (next_try_at) where state = 'waiting';
create index sms_message_by_time on sms_message (created_at);

-- A message that the worker sends again after a crash is shown once.
alter table demo_outbox add column delivery_id uuid unique;

grant select, insert, update, delete on one_time_code, sms_message to fund_app;
