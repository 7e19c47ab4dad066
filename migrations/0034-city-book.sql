-- The city's book for 公示: what each estate's fund moved in each year, how it stands now, and each use of funds. All of
-- it is derived from entries and the register outside the posting path (decision 0014): no posting writes here.

create table estate_year (
  estate_id integer not null references estate,
  year smallint not null check (year between 1900 and 2999),
  deposited_fen bigint not null,
  interest_fen bigint not null,
  used_fen bigint not null,
  refunded_fen bigint not null,
  other_fen bigint not null,
  -- towards first deposits of houses that are not closed: what a balance is measured against
  first_paid_fen bigint not null,
  primary key (estate_id, year)
);

create table estate_use (
  estate_id integer not null references estate,
  -- its place among the uses of its estate, the oldest first
  n integer not null check (n >= 1),
  book_date date not null,
  project_name text not null,
  scope_words text not null,
  house_count integer not null check (house_count >= 1),
  amount_fen bigint not null,
  primary key (estate_id, n)
);
create index estate_use_newest on estate_use (book_date desc, estate_id, n desc);

create table estate_now (
  estate_id integer primary key references estate,
  house_count integer not null,
  area_hundredths bigint not null,
  principal_fen bigint not null,
  interest_fen bigint not null,
  first_paid_fen bigint not null,
  paid_count integer not null,
  below_count integer not null,
  part_paid_count integer not null,
  unpaid_count integer not null,
  booked_until date,
  -- the newest journal that the estate's rows know
  journal_id bigint not null,
  refreshed_at timestamptz not null
);
create index estate_now_oldest on estate_now (refreshed_at);

-- How far the book has read the journals. A journal with a smaller number may still be committed after one with a
-- larger, so that the cursor stays some minutes behind and what lies after it is looked at again.
create table city_book (
  is_only boolean primary key default true check (is_only),
  settled_journal_id bigint not null default 0,
  seen_journal_id bigint not null default 0,
  seen_at timestamptz not null default '-infinity',
  -- changes with any row of the book
  mark bigint not null default 0,
  refreshed_at timestamptz
);
insert into city_book default values;

grant select, insert, update, delete on estate_year, estate_use, estate_now to fund_app;
grant select, update on city_book to fund_app;
