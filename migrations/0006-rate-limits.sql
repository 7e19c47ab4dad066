-- How often a visitor did something in the current span of time. Unlogged: a crash may forget the counts,
-- and counting must not wait for the disk. Column names and types are those the limiter's queries use.

create unlogged table rate_limit (
  -- the rule and a hash, never an address or a name
  key varchar(255) primary key,
  points integer not null default 0,
  -- end of the span, in milliseconds since 1970
  expire bigint
);
create index rate_limit_by_expire on rate_limit (expire);

grant select, insert, update, delete on rate_limit to fund_app;

-- A browser's live challenges are counted, and expired ones removed, whenever one is issued.
create index captcha_challenge_by_browser on captcha_challenge (browser_hash, created_at);
create index captcha_challenge_by_expiry on captcha_challenge (expires_at);
