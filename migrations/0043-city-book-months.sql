-- The city's book by months: what each estate's fund moved in each month in which it moved anything. Derived like
-- estate_year, by the same writer and never by a posting (decision 0014).

create table estate_month (
  estate_id integer not null references estate,
  year smallint not null check (year between 1900 and 2999),
  month smallint not null check (month between 1 and 12),
  deposited_fen bigint not null,
  interest_fen bigint not null,
  used_fen bigint not null,
  refunded_fen bigint not null,
  other_fen bigint not null,
  first_paid_fen bigint not null,
  primary key (estate_id, year, month)
);
-- a year of the whole city
create index estate_month_year on estate_month (year);

-- What is booked already is summed once, or the months of a large city would be wrong until each estate had its turn.
insert into estate_month (estate_id, year, month, deposited_fen, interest_fen, used_fen, refunded_fen, other_fen,
    first_paid_fen)
  select estate_id, year, month,
      coalesce(sum(fen) filter (where kind in ('deposit', 'opening')), 0),
      coalesce(sum(fen) filter (where kind = 'interest'), 0),
      coalesce(-sum(fen) filter (where kind = 'use'), 0),
      coalesce(-sum(fen) filter (where kind = 'refund'), 0),
      coalesce(sum(fen) filter (where kind not in ('deposit', 'opening', 'interest', 'use', 'refund')), 0),
      coalesce(sum(fen) filter (where is_first), 0)
    from (
      select e.estate_id, extract(year from j.book_date)::smallint as year,
          extract(month from j.book_date)::smallint as month, coalesce(original.kind, j.kind) as kind,
          -e.amount_fen as fen,
          e.account_code like '%.01' and j.deposit_kind in ('00', '01', '04') and h.status <> 'closed' as is_first
        from entry e join journal j on j.id = e.journal_id
          left join journal original on original.id = j.reverses
          join house h on h.estate_id = e.estate_id and h.id = e.house_id
        where e.house_id is not null
          -- an estate that the book does not know yet has its first turn still to come
          and exists (select from estate_now known where known.estate_id = e.estate_id)) told
    group by estate_id, year, month;

grant select, insert, update, delete on estate_month to fund_app;
