-- What a developer works with: payment notices for many houses at once (批量交款), houses imported from the
-- workbench, and certificates that houses are paid in full (已交清证明).

-- A payment notice is for one house, or for several houses of one estate: then house, account and what had been
-- paid stand in a row for each of them.
alter table payment_notice
  alter column house_id drop not null,
  alter column account_code drop not null,
  alter column first_paid_seen_fen drop not null,
  add column house_count integer not null default 1 check (house_count between 1 and 2000),
  add foreign key (estate_id) references estate,
  add constraint payment_notice_one_house_or_many check (
    (house_id is null) = (account_code is null) and (house_id is null) = (first_paid_seen_fen is null)
    and (house_id is null or house_count = 1));

create or replace function guard_payment_notice() returns trigger language plpgsql as $$
begin
  if (new.no, new.estate_id, new.house_id, new.house_count, new.deposit_kind, new.amount_fen,
      new.first_paid_seen_fen, new.account_code, new.custody_account_id, new.bank_code, new.basis, new.issued_at,
      new.expires_on)
     is distinct from
     (old.no, old.estate_id, old.house_id, old.house_count, old.deposit_kind, old.amount_fen,
      old.first_paid_seen_fen, old.account_code, old.custody_account_id, old.bank_code, old.basis, old.issued_at,
      old.expires_on) then
    raise exception 'payment notice % cannot be rewritten', old.no using errcode = 'WX006';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
      ('issued', 'locked'), ('locked', 'issued'), ('issued', 'paid'), ('locked', 'paid'),
      ('issued', 'expired'), ('locked', 'expired'), ('issued', 'cancelled'), ('locked', 'cancelled'),
      ('paid', 'reversed')) then
    raise exception 'payment notice %: % cannot become %', old.no, old.state, new.state
      using errcode = 'WX007';
  end if;
  return new;
end $$;

create table payment_notice_house (
  notice_no text not null references payment_notice,
  n smallint not null check (n >= 1),
  estate_id integer not null,
  house_id bigint not null,
  amount_fen fen not null check (amount_fen > 0),
  first_paid_seen_fen fen not null check (first_paid_seen_fen >= 0),
  account_code text not null references ledger_account check (account_code like '300_.01'),
  basis jsonb not null,
  primary key (notice_no, n),
  unique (notice_no, estate_id, house_id),
  foreign key (estate_id, house_id) references house
);
create index payment_notice_house_by_house on payment_notice_house (estate_id, house_id);
create trigger payment_notice_house_append_only before update or delete on payment_notice_house
  for each row execute function refuse_change();
create trigger payment_notice_house_no_truncate before truncate on payment_notice_house
  for each statement execute function refuse_change();

-- At commit the houses of a batch are as many as its notice says, all of its estate, and their amounts make up
-- its amount; a notice for one house has no such rows.
create function check_notice_houses(p_no text) returns void language plpgsql as $$
declare
  v_notice payment_notice;
  v_count integer;
  v_last integer;
  v_sum numeric;
  v_elsewhere integer;
begin
  select * into strict v_notice from payment_notice where no = p_no;
  select count(*), max(h.n), coalesce(sum(h.amount_fen), 0),
      count(*) filter (where h.estate_id <> v_notice.estate_id)
    into v_count, v_last, v_sum, v_elsewhere
    from payment_notice_house h where h.notice_no = p_no;
  if v_notice.house_id is not null then
    if v_count > 0 then
      raise exception 'payment notice % is for one house and lists %', p_no, v_count using errcode = 'WX041';
    end if;
  elsif v_count <> v_notice.house_count or v_last <> v_count or v_sum <> v_notice.amount_fen or v_elsewhere > 0 then
    raise exception 'payment notice % asks % fen for % houses, its houses are % with % fen', p_no,
      v_notice.amount_fen, v_notice.house_count, v_count, v_sum using errcode = 'WX041';
  end if;
end $$;

create function notice_has_its_houses() returns trigger language plpgsql as $$
begin
  perform check_notice_houses(new.no);
  return null;
end $$;
create constraint trigger payment_notice_adds_up after insert on payment_notice
  deferrable initially deferred for each row when (new.house_id is null)
  execute function notice_has_its_houses();

-- The last house answers for all of them, so that a long list is added up once.
create function notice_house_adds_up() returns trigger language plpgsql as $$
begin
  if not exists (select from payment_notice_house where notice_no = new.notice_no and n > new.n) then
    perform check_notice_houses(new.notice_no);
  end if;
  return null;
end $$;
create constraint trigger payment_notice_house_adds_up after insert on payment_notice_house
  deferrable initially deferred for each row execute function notice_house_adds_up();

-- What a notice asks for, house by house, whether it is for one or for many.
create view payment_notice_part as
  select no as notice_no, 1::smallint as n, estate_id, house_id, amount_fen::bigint as amount_fen,
      first_paid_seen_fen::bigint as first_paid_seen_fen, account_code, null::jsonb as basis
    from payment_notice where house_id is not null
  union all
  select notice_no, n, estate_id, house_id, amount_fen::bigint, first_paid_seen_fen::bigint, account_code, basis
    from payment_notice_house;

-- Voids the notices that still wait for money of any of these houses, batches among them, also where a desk has
-- one open. In the order of their numbers, so that two who void the same ones never wait for each other in a
-- circle. Whoever calls it holds the houses.
create function void_open_notices(p_estates integer[], p_houses bigint[], p_except text) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_numbers text[];
begin
  select coalesce(array_agg(open.no order by open.no), '{}') into v_numbers from (
    select n.no from payment_notice n
      where n.state in ('issued', 'locked') and n.no is distinct from p_except and n.no in (
        select one.no from unnest(p_estates, p_houses) as house(estate_id, id)
            join payment_notice one on one.estate_id = house.estate_id and one.house_id = house.id
              and one.state in ('issued', 'locked')
        union all
        select part.notice_no from unnest(p_estates, p_houses) as house(estate_id, id)
            join payment_notice_house part on part.estate_id = house.estate_id and part.house_id = house.id)
      order by n.no for update) open;
  update payment_notice set state = 'cancelled', locked_by = null, locked_until = null
    where no = any (v_numbers);
  return v_numbers;
end $$;

-- The journal of a receipt moves the receipt's amount: from the notice's custody account to the notice's houses,
-- to each what the notice asks of it, when it was credited; to suspense when not.
create or replace function receipt_has_its_journal() returns trigger language plpgsql as $$
begin
  if not exists (
    select from journal j
      join payment_notice n on n.no = new.notice_no
      join entry debit on debit.journal_id = j.id and debit.n = 1
      where j.id = new.journal_id and j.notice_no = new.notice_no and j.value_date = new.value_date
        and j.kind = case new.outcome when 'credited' then 'deposit' else 'suspense' end
        and debit.account_code = '1001' and debit.custody_account_id = n.custody_account_id
        and debit.amount_fen = new.amount_fen
        and case new.outcome
          when 'credited' then j.deposit_kind = n.deposit_kind
            and not exists (
              select from (select * from payment_notice_part where notice_no = n.no) part
                full join (select * from entry where journal_id = j.id and entry.n > 1) credit
                  on credit.n = part.n + 1
                where (credit.account_code, credit.estate_id, credit.house_id, -credit.amount_fen::bigint)
                  is distinct from (part.account_code, part.estate_id, part.house_id, part.amount_fen))
          else exists (select from entry credit where credit.journal_id = j.id and credit.n = 2
              and credit.amount_fen = -new.amount_fen and credit.account_code = '2901'
              and credit.custody_account_id = n.custody_account_id)
            and not exists (select from entry where entry.journal_id = j.id and entry.n > 2)
        end
  ) then
    raise exception 'receipt % % is not what journal % says', new.bank_code, new.bank_ref, new.journal_id
      using errcode = 'WX013';
  end if;
  return null;
end $$;

-- As before, for a notice of one house or of many: all its houses are held, in the order of their keys, before
-- the notice is read; the money is credited to all of them in one journal, or none gets any of it.
create or replace function confirm_payment_notice(
  p_no text, p_bank_code text, p_bank_ref text, p_body_hash bytea, p_amount_fen bigint,
  p_value_date date, p_book_date date, p_now timestamptz, p_teller text, p_note jsonb
) returns table (
  outcome text, reason text, journal_id bigint, estate_id integer, house_id bigint, superseded text[]
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_receipt bank_receipt;
  v_notice payment_notice;
  v_parts record;
  v_reason text;
  v_journal bigint;
  v_superseded text[] := '{}';
begin
  -- One reference at a time: of two messages under it at the same moment the second finds the first's receipt.
  perform pg_advisory_xact_lock(hashtextextended(p_bank_code || ' ' || p_bank_ref, 0));
  -- The houses are held before the notice is read: two notices of one house are judged one after the other.
  select n.* into v_notice from payment_notice n where n.no = p_no;
  if not found then
    return query select 'unknown', null::text, null::bigint, null::integer, null::bigint, v_superseded;
    return;
  end if;
  perform hold_notice_houses(p_no);
  select n.* into strict v_notice from payment_notice n where n.no = p_no for update;

  select r.* into v_receipt from bank_receipt r where r.bank_code = p_bank_code and r.bank_ref = p_bank_ref;
  if found then
    if v_receipt.body_hash = p_body_hash then
      return query select 'repeat', v_receipt.outcome || coalesce(':' || v_receipt.suspense_reason, ''),
        v_receipt.journal_id, v_notice.estate_id, v_notice.house_id, v_superseded;
    else
      return query select 'reference-used', null::text, null::bigint, null::integer, null::bigint, v_superseded;
    end if;
    return;
  end if;

  if v_notice.bank_code <> p_bank_code then
    return query select 'wrong-bank', null::text, null::bigint, v_notice.estate_id, v_notice.house_id, v_superseded;
    return;
  end if;
  if v_notice.amount_fen <> p_amount_fen then
    return query select 'amount-differs', null::text, null::bigint, v_notice.estate_id, v_notice.house_id, v_superseded;
    return;
  end if;
  if v_notice.state = 'locked' and v_notice.locked_by <> p_teller and v_notice.locked_until > p_now then
    return query select 'locked-elsewhere', null::text, null::bigint, v_notice.estate_id, v_notice.house_id, v_superseded;
    return;
  end if;

  select array_agg(p.account_code order by p.n) as accounts, array_agg(p.estate_id order by p.n) as estates,
      array_agg(p.house_id order by p.n) as houses, array_agg(-p.amount_fen order by p.n) as amounts,
      array_agg(p.basis order by p.n) as notes, bool_or(h.status = 'closed') as has_closed,
      bool_or(b.first_paid_fen <> p.first_paid_seen_fen) as has_paid
    into strict v_parts
    from payment_notice_part p
      join house h on h.estate_id = p.estate_id and h.id = p.house_id
      join house_balance b on b.estate_id = p.estate_id and b.house_id = p.house_id
    where p.notice_no = p_no;
  v_reason := case
    when v_notice.state = 'paid' then 'already-paid'
    when v_notice.state = 'reversed' then 'reversed'
    when v_notice.state = 'cancelled' then 'cancelled'
    when v_notice.state = 'expired' or v_notice.expires_on < p_book_date then 'expired'
    when v_parts.has_closed then 'house-closed'
    when v_parts.has_paid then 'house-paid-meanwhile'
  end;

  if v_reason is null then
    select p.journal_id into strict v_journal from post_journal('deposit', p_book_date, p_value_date,
      'deposit-' || p_no, p_teller, v_notice.deposit_kind, p_no, null, v_notice.basis || p_note,
      array['1001'] || v_parts.accounts,
      array[v_notice.custody_account_id] || array_fill(null::integer, array[cardinality(v_parts.houses)]),
      array[null::integer] || v_parts.estates, array[null::bigint] || v_parts.houses,
      array[p_amount_fen] || v_parts.amounts, array[null::jsonb] || v_parts.notes) p;
    update payment_notice set state = 'paid', locked_by = null, locked_until = null where no = p_no;
    -- What the same houses were asked for twice is void now, also where another desk has it open: money that
    -- is on that counter already goes to suspense.
    v_superseded := void_open_notices(v_parts.estates, v_parts.houses, p_no);
  else
    select p.journal_id into strict v_journal from post_journal('suspense', p_book_date, p_value_date,
      'suspense-' || p_bank_code || '-' || p_bank_ref, p_teller, null, p_no, null,
      p_note || jsonb_build_object('reason', v_reason),
      array['1001', '2901'], array[v_notice.custody_account_id, v_notice.custody_account_id],
      array[null, null]::integer[], array[null, null]::bigint[],
      array[p_amount_fen, -p_amount_fen], array[null, null]::jsonb[]) p;
    if v_reason = 'expired' and v_notice.state in ('issued', 'locked') then
      update payment_notice set state = 'expired', locked_by = null, locked_until = null where no = p_no;
    end if;
    if v_reason in ('house-closed', 'house-paid-meanwhile') then
      update payment_notice set state = 'cancelled', locked_by = null, locked_until = null where no = p_no;
    end if;
  end if;

  insert into bank_receipt (bank_code, bank_ref, body_hash, notice_no, amount_fen, value_date, teller,
      outcome, suspense_reason, journal_id, received_at)
    values (p_bank_code, p_bank_ref, p_body_hash, p_no, p_amount_fen, p_value_date, p_teller,
      case when v_reason is null then 'credited' else 'suspense' end, v_reason, v_journal, p_now);
  return query select case when v_reason is null then 'credited' else 'suspense' end, v_reason, v_journal,
    v_notice.estate_id, v_notice.house_id, v_superseded;
end $$;

-- Holds every house of a notice, in the order in which everybody holds several.
create function hold_notice_houses(p_no text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_part record;
begin
  for v_part in select p.estate_id, p.house_id from payment_notice_part p where p.notice_no = p_no
    order by p.estate_id, p.house_id
  loop
    perform hold_house(v_part.estate_id, v_part.house_id);
  end loop;
end $$;

-- 冲正 as before, of all houses of the notice or of none: the deposit must still be there in every part, in every
-- house.
create or replace function reverse_payment_notice(
  p_no text, p_bank_code text, p_book_date date, p_teller text, p_note jsonb
) returns table (outcome text, journal_id bigint, estate_id integer, house_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_notice payment_notice;
  v_journal journal;
  v_contra bigint;
begin
  select n.* into v_notice from payment_notice n where n.no = p_no;
  if not found then
    return query select 'unknown', null::bigint, null::integer, null::bigint;
    return;
  end if;
  perform hold_notice_houses(p_no);
  select n.* into strict v_notice from payment_notice n where n.no = p_no for update;
  if v_notice.bank_code <> p_bank_code then
    return query select 'wrong-bank', null::bigint, null::integer, null::bigint;
    return;
  end if;
  if v_notice.state not in ('paid', 'reversed') then
    return query select 'not-paid', null::bigint, v_notice.estate_id, v_notice.house_id;
    return;
  end if;
  select j.* into strict v_journal from journal j where j.notice_no = p_no and j.kind = 'deposit';
  if v_notice.state = 'paid' and v_journal.book_date <> p_book_date then
    return query select 'another-day', v_journal.id, v_notice.estate_id, v_notice.house_id;
    return;
  end if;
  if v_notice.state = 'paid' and is_notice_spent(v_notice) then
    return query select 'spent', v_journal.id, v_notice.estate_id, v_notice.house_id;
    return;
  end if;
  select r.journal_id into strict v_contra
    from reverse_journal(v_journal.id, p_book_date, p_teller, p_note) r;
  if v_notice.state = 'reversed' then
    return query select 'repeat', v_contra, v_notice.estate_id, v_notice.house_id;
    return;
  end if;
  update payment_notice set state = 'reversed' where no = p_no;
  return query select 'reversed', v_contra, v_notice.estate_id, v_notice.house_id;
end $$;

-- Whether what a notice brought to any of its houses is gone or promised: as principal that a voucher holds, as
-- first deposit that a refund gives back, or itself as the payment that a voucher gives back.
create function is_notice_spent(p_notice payment_notice) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
      select from payment_notice_part p
        join house_balance b on b.estate_id = p.estate_id and b.house_id = p.house_id
        where p.notice_no = p_notice.no and (
          b.principal_fen - b.reserved_principal_fen < p.amount_fen
          or p_notice.deposit_kind in ('00', '01', '04')
            and b.first_paid_fen - (select coalesce(sum(v.first_deposit_fen), 0) from disbursement_voucher v
              where v.estate_id = p.estate_id and v.house_id = p.house_id and v.state in ('issued', 'locked'))
              < p.amount_fen))
    or exists (select from disbursement_voucher v
      where v.original_notice_no = p_notice.no and v.state in ('issued', 'locked', 'paid'))
$$;

-- Merging as before; what it voids are also batches that have one of the two houses.
create or replace function merge_house(
  p_estate_id integer, p_house_id bigint, p_into_estate_id integer, p_into_house_id bigint,
  p_book_date date, p_actor text, p_note jsonb
) returns table (outcome text, journal_id bigint, superseded text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from house;
  v_into house;
  v_balance house_balance;
  v_accounts text[];
  v_value_date date;
  v_fund text;
  v_rest bigint;
  v_interest bigint;
  v_journal bigint;
  v_rest_journal bigint;
  v_superseded text[];
  v_key text := 'house-merge-' || p_estate_id || '-' || p_house_id;
begin
  if (p_estate_id, p_house_id) = (p_into_estate_id, p_into_house_id) then
    return query select 'same-house', null::bigint, '{}'::text[];
    return;
  end if;
  -- In the order of the keys: two merges over the same houses cannot wait for each other in a circle.
  if (p_estate_id, p_house_id) < (p_into_estate_id, p_into_house_id) then
    perform hold_house(p_estate_id, p_house_id);
    perform hold_house(p_into_estate_id, p_into_house_id);
  else
    perform hold_house(p_into_estate_id, p_into_house_id);
    perform hold_house(p_estate_id, p_house_id);
  end if;
  select h.* into strict v_from from house h where h.estate_id = p_estate_id and h.id = p_house_id for update;
  select h.* into strict v_into from house h
    where h.estate_id = p_into_estate_id and h.id = p_into_house_id for share;
  select b.* into strict v_balance from house_balance b
    where b.estate_id = p_estate_id and b.house_id = p_house_id;
  -- One principal account: a provisional house was paid by one notice.
  select array_agg(distinct e.account_code::text) filter (where e.account_code like '%.01') into v_accounts
    from entry e where e.estate_id = p_estate_id and e.house_id = p_house_id;
  v_fund := case v_into.house_nature when 'reform' then '3002' else '3001' end;
  outcome := case
    when v_from.status <> 'provisional' then 'not-provisional'
    when v_into.status <> 'recorded' then 'target-not-recorded'
    when (select count(distinct s.custody_account_id) from estate s
        where s.id in (p_estate_id, p_into_estate_id)) > 1 then 'other-custody'
    -- commodity housing (3001) and sold public housing (3002) are two funds: merging never moves money between them
    when exists (select from unnest(v_accounts) account where account <> v_fund || '.01') then 'other-fund'
    when v_balance.reserved_fen > 0 then 'reserved'
    when v_balance.principal_fen + v_balance.interest_fen = 0 then 'empty'
    when v_balance.first_paid_fen > v_balance.principal_fen or cardinality(v_accounts) > 1 then 'spent'
    else 'merged' end;
  if outcome <> 'merged' then
    return query select outcome, null::bigint, '{}'::text[];
    return;
  end if;

  v_rest := v_balance.principal_fen - v_balance.first_paid_fen;
  v_interest := v_balance.interest_fen;
  -- Interest runs on from the day on which the bank had the money.
  select max(j.value_date) into v_value_date from journal j join entry e on e.journal_id = j.id
    where e.estate_id = p_estate_id and e.house_id = p_house_id and j.kind = 'deposit';
  if v_balance.first_paid_fen > 0 then
    v_journal := move_between_houses(v_from, v_into, v_key, v_balance.first_paid_fen, v_interest, '00',
      v_accounts[1], v_fund, p_book_date, coalesce(v_value_date, p_book_date), p_actor, p_note);
    v_interest := 0;
  end if;
  if v_rest > 0 or v_interest > 0 then
    v_rest_journal := move_between_houses(v_from, v_into, v_key || '-rest', v_rest, v_interest, null,
      v_accounts[1], v_fund, p_book_date, coalesce(v_value_date, p_book_date), p_actor, p_note);
  end if;

  v_superseded := void_open_notices(array[p_estate_id, p_into_estate_id], array[p_house_id, p_into_house_id],
    null);
  perform release_house_address(p_estate_id, p_house_id);
  update house set status = 'closed', merged_into_estate_id = p_into_estate_id,
      merged_into_house_id = p_into_house_id
    where estate_id = p_estate_id and id = p_house_id;
  return query select 'merged', coalesce(v_journal, v_rest_journal), v_superseded;
end $$;

revoke all on function void_open_notices, hold_notice_houses, is_notice_spent from public;
grant select on payment_notice_house, payment_notice_part to fund_app;
grant insert (house_count) on payment_notice to fund_app;
grant insert on payment_notice_house to fund_app;

insert into application_kind values ('batch-deposit', '13', '批量交款');
insert into application_transition (kind, from_state, to_state, actor_role, notice_state) values
  ('batch-deposit', '', 'awaiting-payment', 'applicant', 'issued'),
  ('batch-deposit', 'awaiting-payment', 'settled', 'bank', 'paid'),
  ('batch-deposit', 'awaiting-payment', 'expired', 'system', 'expired'),
  ('batch-deposit', 'awaiting-payment', 'cancelled', 'applicant', 'cancelled'),
  ('batch-deposit', 'awaiting-payment', 'cancelled', 'system', 'cancelled'),
  ('batch-deposit', 'awaiting-payment', 'in-suspense', 'bank', null),
  ('batch-deposit', 'expired', 'in-suspense', 'bank', 'expired'),
  ('batch-deposit', 'cancelled', 'in-suspense', 'bank', 'cancelled'),
  ('batch-deposit', 'reversed', 'in-suspense', 'bank', 'reversed'),
  ('batch-deposit', 'settled', 'reversed', 'bank', 'reversed');

-- Which institution a batch deposit is from: its people see it, print it and take it back.
create table batch_deposit (
  application_id bigint primary key references application,
  institution_id integer not null references institution,
  estate_id integer not null references estate,
  created_by text not null
);
create index batch_deposit_by_institution on batch_deposit (institution_id, application_id desc);
create trigger batch_deposit_append_only before update or delete on batch_deposit
  for each row execute function refuse_change();
grant select, insert on batch_deposit to fund_app;

-- A register file that an institution handed in, imported outside of the request. A process that dies leaves it
-- 'running' with an old heartbeat; the next one starts it again, which changes nothing that is in already.
create table house_import (
  id uuid primary key,
  institution_id integer not null references institution,
  created_by text not null,
  file_name text not null check (file_name <> '' and length(file_name) <= 200),
  size_bytes bigint not null check (size_bytes > 0),
  -- where the encrypted file lies; it is removed with the end of the import
  file_key text,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  attempts smallint not null default 0,
  created_at timestamptz not null,
  heartbeat_at timestamptz,
  finished_at timestamptz,
  -- how much of the file was read, in thousandths
  read_thousandths smallint not null default 0 check (read_thousandths between 0 and 1000),
  row_count integer not null default 0,
  bad_row_count integer not null default 0,
  houses_added integer not null default 0,
  houses_unchanged integer not null default 0,
  warnings text[] not null default '{}',
  -- why it could not be read, or not to its end
  stopped text,
  check ((state in ('done', 'failed')) = (finished_at is not null))
);
create index house_import_by_institution on house_import (institution_id, created_at desc);
create index house_import_open on house_import (created_at) where state in ('waiting', 'running');

create table house_import_problem (
  import_id uuid not null references house_import on delete cascade,
  n integer not null,
  line integer not null,
  column_name text not null,
  reason text not null,
  primary key (import_id, n)
);

grant select, delete on house_import to fund_app;
grant insert (id, institution_id, created_by, file_name, size_bytes, file_key, created_at) on house_import to fund_app;
grant update (file_key, state, attempts, heartbeat_at, finished_at, read_thousandths, row_count, bad_row_count,
  houses_added, houses_unchanged, warnings, stopped) on house_import to fund_app;
grant select, insert, delete on house_import_problem to fund_app;

-- A certificate that a house or a building was paid in full on its day: what it said stays as it was printed.
create table clearance_certificate (
  no text primary key check (no ~ '^81[0-9]{16}$'),
  institution_id integer not null references institution,
  estate_id integer not null references estate,
  -- one of them: the whole building, or a single house
  building_id integer,
  house_id bigint,
  -- how many houses, their area and their deposits, as it certifies them
  house_count integer not null check (house_count >= 1),
  area_hundredths bigint not null check (area_hundredths > 0),
  deposited_fen fen not null check (deposited_fen >= 0),
  -- each of them as it is printed: code, address, area in hundredths of a ㎡, fen as text
  houses jsonb not null check (jsonb_typeof(houses) = 'array'),
  issued_by text not null,
  issued_at timestamptz not null,
  print_count integer not null default 0,
  check ((building_id is null) <> (house_id is null)),
  foreign key (estate_id, house_id) references house
);
create index clearance_certificate_by_institution on clearance_certificate (institution_id, issued_at desc);
create function guard_clearance_certificate() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'print_count') is distinct from (to_jsonb(old) - 'print_count') then
    raise exception 'certificate % cannot be rewritten', old.no using errcode = 'WX001';
  end if;
  return new;
end $$;
create trigger clearance_certificate_guarded before update on clearance_certificate
  for each row execute function guard_clearance_certificate();
create trigger clearance_certificate_kept before delete on clearance_certificate
  for each row execute function refuse_change();
grant select, insert (no, institution_id, estate_id, building_id, house_id, house_count, area_hundredths,
  deposited_fen, houses, issued_by, issued_at), update (print_count) on clearance_certificate to fund_app;
