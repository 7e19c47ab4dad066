-- The ledger: double entry, append-only, balanced by the database itself. docs/accounts.md explains it.
-- Sign rule: debit is positive, credit is negative. A house's principal of 100 fen is −100 on 3001.01.

create table ledger_account (
  code text primary key,
  name text not null,
  class text not null check (class in ('asset', 'liability', 'net-asset')),
  is_per_house boolean not null,
  is_per_custody_account boolean not null
);
insert into ledger_account values
  ('1001', '银行存款', 'asset', false, true),
  ('2901', '待清算款项', 'liability', false, true),
  ('3001.01', '商品住宅维修资金·本金', 'net-asset', true, false),
  ('3001.02', '商品住宅维修资金·利息', 'net-asset', true, false),
  ('3002.01', '已售公有住房维修资金·本金', 'net-asset', true, false),
  ('3002.02', '已售公有住房维修资金·利息', 'net-asset', true, false),
  ('3101', '待分配累计收益', 'net-asset', false, true);

create table journal (
  id bigint generated always as identity primary key,
  kind text not null check (kind in
    ('opening', 'deposit', 'suspense', 'bank-interest', 'interest', 'use', 'reversal')),
  book_date date not null,
  value_date date not null,
  recorded_at timestamptz not null default now(),
  idempotency_key text not null unique check (length(idempotency_key) between 8 and 200),
  actor text not null,
  -- 交款类别, domain code set 00–06; a reversal carries its original's
  deposit_kind text check (deposit_kind in ('00', '01', '02', '03', '04', '05', '06')),
  notice_no text check (notice_no ~ '^[0-9]{18}$'),
  reverses bigint unique references journal,
  note jsonb not null default '{}',
  constraint journal_reversal_names_original check ((kind = 'reversal') = (reverses is not null)),
  constraint journal_deposit_kind check (case kind
    when 'deposit' then deposit_kind is not null
    when 'reversal' then true
    when 'opening' then true
    else deposit_kind is null end)
);
-- A payment notice is credited at most once, for ever.
create unique index journal_notice_credited_once on journal (notice_no) where kind = 'deposit';

create table entry (
  journal_id bigint not null references journal,
  n smallint not null check (n >= 1),
  account_code text not null references ledger_account,
  custody_account_id integer references custody_account,
  estate_id integer,
  house_id bigint,
  amount_fen fen not null check (amount_fen <> 0),
  note jsonb,
  primary key (journal_id, n),
  foreign key (estate_id, house_id) references house,
  check ((estate_id is null) = (house_id is null)),
  constraint entry_of_house_account check ((house_id is not null) = (account_code like '300%')),
  constraint entry_of_custody_account check ((custody_account_id is not null) = (account_code not like '300%'))
);
create index entry_by_house on entry (estate_id, house_id, journal_id) where house_id is not null;
create index entry_by_custody_account on entry (custody_account_id, account_code)
  where custody_account_id is not null;

-- What each house holds. Kept in the posting's own transaction and written by post_journal alone.
create table house_balance (
  estate_id integer not null,
  house_id bigint not null,
  principal_fen fen not null default 0 check (principal_fen >= 0),
  interest_fen fen not null default 0 check (interest_fen >= 0),
  reserved_fen fen not null default 0,
  -- deposited towards the first deposit (kinds 00, 01, 04): the 已交 of the payment page
  first_paid_fen fen not null default 0 check (first_paid_fen >= 0),
  primary key (estate_id, house_id),
  foreign key (estate_id, house_id) references house,
  constraint reserved_within_balance check (reserved_fen between 0 and principal_fen + interest_fen)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'WX001';
end $$;

create trigger journal_append_only before update or delete on journal
  for each row execute function refuse_change();
create trigger journal_no_truncate before truncate on journal
  for each statement execute function refuse_change();
create trigger entry_append_only before update or delete on entry
  for each row execute function refuse_change();
create trigger entry_no_truncate before truncate on entry
  for each statement execute function refuse_change();

-- The second guard (post_journal is the first): at commit each journal has two entries or more, numbered
-- without a gap, that sum to zero, and a reversal negates its original exactly and is not itself reversed.
create function check_journal(p_journal_id bigint) returns void language plpgsql as $$
declare
  v_sum numeric;
  v_count integer;
  v_last integer;
  v_journal journal;
begin
  select coalesce(sum(amount_fen), 0), count(*), max(n) into v_sum, v_count, v_last
    from entry where journal_id = p_journal_id;
  if v_count < 2 or v_count <> v_last then
    raise exception 'journal % has % entries, the last is number %; it needs at least 2, without a gap',
      p_journal_id, v_count, v_last using errcode = 'WX002';
  end if;
  if v_sum <> 0 then
    raise exception 'journal % is off balance by % fen', p_journal_id, v_sum using errcode = 'WX003';
  end if;
  select * into strict v_journal from journal where id = p_journal_id;
  if v_journal.reverses is not null then
    perform check_reversal(v_journal);
  end if;
end $$;

create function check_reversal(p_contra journal) returns void language plpgsql as $$
declare
  v_original journal;
begin
  select * into strict v_original from journal where id = p_contra.reverses;
  if v_original.kind = 'reversal' then
    raise exception 'journal % reverses a reversal', p_contra.id using errcode = 'WX004';
  end if;
  if (p_contra.deposit_kind, p_contra.notice_no, p_contra.value_date)
     is distinct from (v_original.deposit_kind, v_original.notice_no, v_original.value_date)
     or exists (
    select from
      (select n, account_code, custody_account_id, estate_id, house_id, -amount_fen as amount_fen
         from entry where journal_id = v_original.id) original
      full join
      (select n, account_code, custody_account_id, estate_id, house_id, amount_fen::bigint as amount_fen
         from entry where journal_id = p_contra.id) contra
      on (original.n = contra.n and original.account_code = contra.account_code
        and original.custody_account_id is not distinct from contra.custody_account_id
        and original.house_id is not distinct from contra.house_id
        and original.estate_id is not distinct from contra.estate_id
        and original.amount_fen = contra.amount_fen)
    where original.n is null or contra.n is null
  ) then
    raise exception 'journal % does not negate journal % exactly', p_contra.id, v_original.id
      using errcode = 'WX005';
  end if;
end $$;

create function journal_has_entries() returns trigger language plpgsql as $$
begin
  if not exists (select from entry where journal_id = new.id) then
    raise exception 'journal % has no entries', new.id using errcode = 'WX002';
  end if;
  return null;
end $$;
-- The last entry answers for the whole journal, so that a long journal is summed once and not once for
-- each of its entries. Whatever is added later has a higher number and is the last in its turn.
create function entry_balances() returns trigger language plpgsql as $$
begin
  if not exists (select from entry where journal_id = new.journal_id and n > new.n) then
    perform check_journal(new.journal_id);
  end if;
  return null;
end $$;
create constraint trigger journal_not_empty after insert on journal
  deferrable initially deferred for each row execute function journal_has_entries();
create constraint trigger entry_balanced after insert on entry
  deferrable initially deferred for each row execute function entry_balances();

-- The one door that writes money. Entries come as parallel arrays, debit positive. The same idempotency
-- key with the same content answers with the journal already posted; other content is refused (WX409).
create function post_journal(
  p_kind text, p_book_date date, p_value_date date, p_idempotency_key text, p_actor text,
  p_deposit_kind text, p_notice_no text, p_reverses bigint, p_note jsonb,
  p_accounts text[], p_custody_accounts integer[], p_estates integer[], p_houses bigint[],
  p_amounts bigint[], p_entry_notes jsonb[]
) returns table (journal_id bigint, is_repeat boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_id bigint;
  v_house record;
begin
  if coalesce(cardinality(p_amounts), 0) < 2 then
    raise exception 'a journal needs at least 2 entries' using errcode = 'WX002';
  end if;
  if (select sum(a) from unnest(p_amounts) a) <> 0 then
    raise exception 'entries do not sum to zero' using errcode = 'WX003';
  end if;

  insert into journal (kind, book_date, value_date, idempotency_key, actor, deposit_kind, notice_no,
      reverses, note)
    values (p_kind, p_book_date, p_value_date, p_idempotency_key, p_actor, p_deposit_kind, p_notice_no,
      p_reverses, coalesce(p_note, '{}'))
    on conflict (idempotency_key) do nothing
    returning id into v_id;
  if v_id is null then
    return query select r.* from repeated_journal(p_idempotency_key,
      row(p_kind, p_value_date, p_deposit_kind, p_notice_no, p_reverses)::text,
      p_accounts, p_custody_accounts, p_estates, p_houses, p_amounts) r;
    return;
  end if;

  insert into entry (journal_id, n, account_code, custody_account_id, estate_id, house_id, amount_fen, note)
    select v_id, e.n, e.account, e.custody, e.estate, e.house, e.amount, e.note
      from unnest(p_accounts, p_custody_accounts, p_estates, p_houses, p_amounts, p_entry_notes)
        with ordinality as e(account, custody, estate, house, amount, note, n);

  -- Row locks in id order: two journals over the same houses cannot wait for each other in a circle.
  for v_house in
    select e.estate, e.house,
        -sum(e.amount) filter (where e.account like '%.01') as principal,
        -sum(e.amount) filter (where e.account like '%.02') as interest
      from unnest(p_accounts, p_estates, p_houses, p_amounts) as e(account, estate, house, amount)
      where e.house is not null group by e.estate, e.house order by e.estate, e.house
  loop
    -- Two steps, since a CHECK looks at the proposed row before ON CONFLICT can turn it into an update.
    update house_balance set
        principal_fen = principal_fen + coalesce(v_house.principal, 0),
        interest_fen = interest_fen + coalesce(v_house.interest, 0),
        first_paid_fen = first_paid_fen
          + case when p_deposit_kind in ('00', '01', '04') then coalesce(v_house.principal, 0) else 0 end
      where estate_id = v_house.estate and house_id = v_house.house;
    if not found then
      insert into house_balance as b (estate_id, house_id, principal_fen, interest_fen, first_paid_fen)
        values (v_house.estate, v_house.house, coalesce(v_house.principal, 0),
          coalesce(v_house.interest, 0),
          case when p_deposit_kind in ('00', '01', '04') then coalesce(v_house.principal, 0) else 0 end)
        on conflict (estate_id, house_id) do update set
          principal_fen = b.principal_fen + excluded.principal_fen,
          interest_fen = b.interest_fen + excluded.interest_fen,
          first_paid_fen = b.first_paid_fen + excluded.first_paid_fen;
    end if;
  end loop;
  return query select v_id, false;
end $$;

-- The journal that a key posted before, or WX409 when what is asked for now is something else. The book
-- date, the actor and the notes may differ: a message is repeated on another day or by another desk.
create function repeated_journal(
  p_idempotency_key text, p_head text,
  p_accounts text[], p_custody_accounts integer[], p_estates integer[], p_houses bigint[], p_amounts bigint[]
) returns table (journal_id bigint, is_repeat boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_journal journal;
begin
  select * into strict v_journal from journal where idempotency_key = p_idempotency_key;
  if row(v_journal.kind, v_journal.value_date, v_journal.deposit_kind, v_journal.notice_no,
      v_journal.reverses)::text <> p_head
     or exists (
    select from (select * from entry where entry.journal_id = v_journal.id) posted
      full join unnest(p_accounts, p_custody_accounts, p_estates, p_houses, p_amounts) with ordinality
        as asked(account, custody, estate, house, amount, n)
        on posted.n = asked.n
      where (posted.account_code, posted.custody_account_id, posted.estate_id, posted.house_id,
            posted.amount_fen::bigint)
          is distinct from (asked.account, asked.custody, asked.estate, asked.house, asked.amount)
  ) then
    raise exception 'idempotency key % was used for other content', p_idempotency_key
      using errcode = 'WX409';
  end if;
  return query select v_journal.id, true;
end $$;

-- Corrects a journal by its exact negation, once. A second reversal answers with the first.
create function reverse_journal(
  p_journal_id bigint, p_book_date date, p_actor text, p_note jsonb
) returns table (journal_id bigint, is_repeat boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_journal journal;
  v_contra bigint;
begin
  -- Two who reverse one journal at the same moment: the second waits here and finds the first's contra.
  select * into v_journal from journal where id = p_journal_id for no key update;
  if not found then
    raise exception 'journal % does not exist', p_journal_id using errcode = 'WX404';
  end if;
  if v_journal.kind = 'reversal' then
    raise exception 'journal % is a reversal and cannot be reversed', p_journal_id using errcode = 'WX004';
  end if;
  select j.id into v_contra from journal j where j.reverses = p_journal_id;
  if found then
    return query select v_contra, true;
    return;
  end if;
  return query
    select p.* from (
      select array_agg(e.account_code order by e.n) as accounts,
          array_agg(e.custody_account_id order by e.n) as custody_accounts,
          array_agg(e.estate_id order by e.n) as estates, array_agg(e.house_id order by e.n) as houses,
          array_agg(-e.amount_fen::bigint order by e.n) as amounts, array_agg(e.note order by e.n) as notes
        from entry e where e.journal_id = p_journal_id) x,
      post_journal('reversal', p_book_date, v_journal.value_date, 'reversal-of-' || p_journal_id, p_actor,
        v_journal.deposit_kind, v_journal.notice_no, p_journal_id, p_note,
        x.accounts, x.custody_accounts, x.estates, x.houses, x.amounts, x.notes) p;
end $$;

-- Holds a house still until the transaction ends: no money moves on it meanwhile. Whoever decides by a
-- balance holds the house first and reads the balance then.
create function hold_house(p_estate_id integer, p_house_id bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into house_balance (estate_id, house_id) values (p_estate_id, p_house_id) on conflict do nothing;
  perform from house_balance where estate_id = p_estate_id and house_id = p_house_id for update;
end $$;

-- The application posts through the functions of its businesses (confirm_payment_notice and the like),
-- which check what the money is for; the bare door is not open to it.
revoke all on function post_journal, repeated_journal, reverse_journal, hold_house from public;
grant execute on function hold_house to fund_app;
grant select on ledger_account, journal, entry, house_balance to fund_app;
