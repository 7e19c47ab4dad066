-- The register of what the platform has printed (验真): which slip has which number, and what stood on it when. What
-- is printed again unchanged has its row already; changed content is the next version under the same number. The
-- code on the slip is not kept: it is reckoned from the row with the deployment's key, so that nobody who only reads
-- or writes the database can make one.
create table issued_slip (
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  -- what it is of: its own number where it has one, else a house, a house and a year
  subject text not null check (subject <> ''),
  version integer not null check (version >= 1),
  number text not null check (number ~ '^[0-9]{18}$'),
  -- keyed hash of all that stood on it
  content_hash bytea not null check (octet_length(content_hash) = 32),
  dated_on date not null,
  amount_fen fen,
  -- masked where it is a person
  party text not null,
  about text not null,
  issued_at timestamptz not null,
  primary key (kind, subject, version),
  unique (number, kind, version)
);
create trigger issued_slip_append_only before update or delete on issued_slip
  for each row execute function refuse_change();
create trigger issued_slip_no_truncate before truncate on issued_slip
  for each statement execute function refuse_change();
grant select, insert on issued_slip to fund_app;
