-- What any web system keeps: sessions, audit, captcha challenges, and the portal's content.

create table session (
  token_hash bytea primary key,
  audience text not null check (audience in ('bank')),
  user_id integer not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_user on session (audience, user_id);

create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  request_id text not null,
  event text not null check (event ~ '^[a-z]+(-[a-z]+)*$'),
  actor text not null,
  -- what it was about: a notice's number, a house's code; never a name, an ID number or a phone
  subject text not null default '',
  outcome text not null,
  address_hash bytea
);
create index audit_event_by_subject on audit_event (subject, at) where subject <> '';
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function refuse_change();

create table captcha_challenge (
  id_hash bytea primary key,
  purpose text not null,
  browser_hash bytea not null,
  answer_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- Demonstration only: what would have left the house, newest first at /demo/outbox.
create table demo_outbox (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('sms', 'captcha', 'totp')),
  recipient text not null,
  code text not null default '',
  body text not null,
  at timestamptz not null
);

create table news_article (
  id integer generated always as identity primary key,
  category text not null,
  title text not null,
  summary text not null,
  body text not null,
  source text not null,
  published_on date not null
);
create index news_article_newest on news_article (published_on desc, id desc);

create table download_file (
  id integer generated always as identity primary key,
  title text not null,
  category text not null,
  file_name text not null unique,
  media_type text not null,
  content bytea not null,
  size_bytes integer not null generated always as (octet_length(content)) stored,
  sha256 text not null generated always as (encode(sha256(content), 'hex')) stored,
  download_count integer not null default 0,
  published_on date not null
);

grant select, insert, update, delete on session, captcha_challenge to fund_app;
grant select, insert on audit_event, demo_outbox to fund_app;
grant select on news_article, download_file to fund_app;
grant update (download_count) on download_file to fund_app;
