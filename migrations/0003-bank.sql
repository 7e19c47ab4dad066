-- The bank's side: payment notices, receipts of money, tellers.

create table payment_notice (
  no text primary key check (no ~ '^[0-9]{18}$'),
  estate_id integer not null,
  house_id bigint not null,
  deposit_kind text not null check (deposit_kind in ('00', '01', '02', '03', '04', '05', '06')),
  amount_fen fen not null check (amount_fen > 0),
  -- what had been paid towards the first deposit when the notice was made: it is void once that changed
  first_paid_seen_fen fen not null check (first_paid_seen_fen >= 0),
  account_code text not null references ledger_account check (account_code like '300_.01'),
  custody_account_id integer not null references custody_account,
  bank_code text not null references bank,
  payer_name_cipher bytea not null,
  payer_phone_cipher bytea not null,
  -- area, standard and arithmetic as they were shown to the payer
  basis jsonb not null,
  issued_at timestamptz not null,
  expires_on date not null,
  state text not null default 'issued'
    check (state in ('issued', 'locked', 'paid', 'expired', 'cancelled', 'reversed')),
  locked_by text,
  locked_until timestamptz,
  print_count integer not null default 0,
  foreign key (estate_id, house_id) references house,
  unique (no, amount_fen),
  check ((state = 'locked') = (locked_by is not null and locked_until is not null))
);
create index payment_notice_open_by_house on payment_notice (estate_id, house_id)
  where state in ('issued', 'locked');
create index payment_notice_open_by_expiry on payment_notice (expires_on)
  where state in ('issued', 'locked');

create function guard_payment_notice() returns trigger language plpgsql as $$
begin
  if (new.no, new.estate_id, new.house_id, new.deposit_kind, new.amount_fen, new.first_paid_seen_fen,
      new.account_code, new.custody_account_id, new.bank_code, new.basis, new.issued_at, new.expires_on)
     is distinct from
     (old.no, old.estate_id, old.house_id, old.deposit_kind, old.amount_fen, old.first_paid_seen_fen,
      old.account_code, old.custody_account_id, old.bank_code, old.basis, old.issued_at, old.expires_on) then
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
create trigger payment_notice_guarded before update on payment_notice
  for each row execute function guard_payment_notice();
create trigger payment_notice_kept before delete on payment_notice
  for each row execute function refuse_change();

-- One row for each message of money from a bank. A reference confirms once, for ever.
create table bank_receipt (
  id bigint generated always as identity primary key,
  bank_code text not null references bank,
  bank_ref text not null check (bank_ref ~ '^[A-Za-z0-9-]{4,40}$'),
  body_hash bytea not null,
  notice_no text not null references payment_notice,
  amount_fen fen not null check (amount_fen > 0),
  value_date date not null,
  teller text not null,
  outcome text not null check (outcome in ('credited', 'suspense')),
  suspense_reason text check (suspense_reason in
    ('already-paid', 'reversed', 'cancelled', 'expired', 'house-closed', 'house-paid-meanwhile')),
  -- only a credited receipt names it; with the amount it can point at nothing but its own notice
  credited_notice_no text generated always as (case when outcome = 'credited' then notice_no end) stored,
  journal_id bigint not null unique references journal,
  received_at timestamptz not null default now(),
  unique (bank_code, bank_ref),
  foreign key (credited_notice_no, amount_fen) references payment_notice (no, amount_fen),
  check ((outcome = 'suspense') = (suspense_reason is not null))
);
create index bank_receipt_by_teller on bank_receipt (teller, received_at desc);
create index bank_receipt_by_notice on bank_receipt (notice_no);
create trigger bank_receipt_append_only before update or delete on bank_receipt
  for each row execute function refuse_change();
create trigger bank_receipt_no_truncate before truncate on bank_receipt
  for each statement execute function refuse_change();

-- At commit a notice, its journals and its receipts tell one story, whoever wrote them: 'paid' has its deposit
-- journal, 'reversed' has the contra entry as well, and every other state has neither.
create function check_notice_money(p_no text) returns void language plpgsql as $$
declare
  v_state text;
  v_told text;
begin
  select n.state, case when deposit.id is null then 'unpaid' when contra.id is null then 'paid' else 'reversed' end
    into v_state, v_told
    from payment_notice n
      left join journal deposit on deposit.notice_no = n.no and deposit.kind = 'deposit'
      left join journal contra on contra.reverses = deposit.id
    where n.no = p_no;
  if v_told is null or v_told <> (case when v_state in ('paid', 'reversed') then v_state else 'unpaid' end) then
    raise exception 'payment notice % says "%", its journals say "%"', p_no, v_state, v_told
      using errcode = 'WX011';
  end if;
end $$;

create function notice_has_its_money() returns trigger language plpgsql as $$
begin
  perform check_notice_money(new.no);
  return null;
end $$;
create constraint trigger payment_notice_paid_by_journal after insert or update of state on payment_notice
  deferrable initially deferred for each row when (new.state in ('paid', 'reversed'))
  execute function notice_has_its_money();

create function journal_has_its_notice() returns trigger language plpgsql as $$
begin
  perform check_notice_money(new.notice_no);
  if new.kind <> 'reversal' and not exists (select from bank_receipt where journal_id = new.id) then
    raise exception 'journal % of notice % has no receipt of a bank', new.id, new.notice_no
      using errcode = 'WX012';
  end if;
  return null;
end $$;
create constraint trigger journal_of_notice_has_receipt after insert on journal
  deferrable initially deferred for each row when (new.notice_no is not null)
  execute function journal_has_its_notice();

-- The journal of a receipt moves the receipt's amount: from the notice's custody account to the notice's house
-- when it was credited, to suspense when not.
create function receipt_has_its_journal() returns trigger language plpgsql as $$
begin
  if not exists (
    select from journal j
      join payment_notice n on n.no = new.notice_no
      join entry debit on debit.journal_id = j.id and debit.n = 1
      join entry credit on credit.journal_id = j.id and credit.n = 2
      where j.id = new.journal_id and j.notice_no = new.notice_no and j.value_date = new.value_date
        and j.kind = case new.outcome when 'credited' then 'deposit' else 'suspense' end
        and debit.account_code = '1001' and debit.custody_account_id = n.custody_account_id
        and debit.amount_fen = new.amount_fen and credit.amount_fen = -new.amount_fen
        and case new.outcome
          when 'credited' then j.deposit_kind = n.deposit_kind and credit.account_code = n.account_code
            and credit.estate_id = n.estate_id and credit.house_id = n.house_id
          else credit.account_code = '2901' and credit.custody_account_id = n.custody_account_id
        end
        and not exists (select from entry where entry.journal_id = j.id and entry.n > 2)
  ) then
    raise exception 'receipt % % is not what journal % says', new.bank_code, new.bank_ref, new.journal_id
      using errcode = 'WX013';
  end if;
  return null;
end $$;
create constraint trigger bank_receipt_matches_journal after insert on bank_receipt
  deferrable initially deferred for each row execute function receipt_has_its_journal();

create table bank_teller (
  id integer generated always as identity primary key,
  username text not null unique check (username ~ '^[a-z][a-z0-9-]{3,30}$'),
  password_hash text not null,
  display_name text not null,
  teller_no text not null,
  bank_code text not null references bank,
  branch_name text not null,
  is_disabled boolean not null default false
);

-- Money has arrived for a notice. Credits the house when the notice is payable and the amount is exact;
-- money for a dead notice goes to suspense. One call, one answer: 'credited', 'suspense', 'repeat' (the
-- same message again), or a refusal that posted nothing: 'unknown', 'wrong-bank', 'amount-differs',
-- 'locked-elsewhere', 'reference-used'.
create function confirm_payment_notice(
  p_no text, p_bank_code text, p_bank_ref text, p_body_hash bytea, p_amount_fen bigint,
  p_value_date date, p_book_date date, p_now timestamptz, p_teller text, p_note jsonb
) returns table (
  outcome text, reason text, journal_id bigint, estate_id integer, house_id bigint, superseded text[]
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_receipt bank_receipt;
  v_notice payment_notice;
  v_paid bigint;
  v_house_status text;
  v_reason text;
  v_journal bigint;
  v_superseded text[] := '{}';
begin
  -- One reference at a time: of two messages under it at the same moment the second finds the first's receipt.
  perform pg_advisory_xact_lock(hashtextextended(p_bank_code || ' ' || p_bank_ref, 0));
  -- The house is held before the notice is read: two notices of one house are judged one after the other.
  select n.* into v_notice from payment_notice n where n.no = p_no;
  if not found then
    return query select 'unknown', null::text, null::bigint, null::integer, null::bigint, v_superseded;
    return;
  end if;
  perform hold_house(v_notice.estate_id, v_notice.house_id);
  select b.first_paid_fen into strict v_paid from house_balance b
    where b.estate_id = v_notice.estate_id and b.house_id = v_notice.house_id;
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

  select h.status into strict v_house_status from house h
    where h.estate_id = v_notice.estate_id and h.id = v_notice.house_id;
  v_reason := case
    when v_notice.state = 'paid' then 'already-paid'
    when v_notice.state = 'reversed' then 'reversed'
    when v_notice.state = 'cancelled' then 'cancelled'
    when v_notice.state = 'expired' or v_notice.expires_on < p_book_date then 'expired'
    when v_house_status = 'closed' then 'house-closed'
    when v_paid <> v_notice.first_paid_seen_fen then 'house-paid-meanwhile'
  end;

  if v_reason is null then
    select p.journal_id into strict v_journal from post_journal('deposit', p_book_date, p_value_date,
      'deposit-' || p_no, p_teller, v_notice.deposit_kind, p_no, null, v_notice.basis || p_note,
      array['1001', v_notice.account_code], array[v_notice.custody_account_id, null],
      array[null, v_notice.estate_id], array[null, v_notice.house_id],
      array[p_amount_fen, -p_amount_fen], array[null, null]::jsonb[]) p;
    update payment_notice set state = 'paid', locked_by = null, locked_until = null where no = p_no;
    -- What the same house was asked for twice is void now, also where another desk has it open: money that
    -- is on that counter already goes to suspense.
    with cancelled as (
      update payment_notice n set state = 'cancelled', locked_by = null, locked_until = null
        where n.estate_id = v_notice.estate_id and n.house_id = v_notice.house_id
          and n.state in ('issued', 'locked') and n.no <> p_no
        returning n.no)
      select coalesce(array_agg(c.no), '{}') into v_superseded from cancelled c;
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

-- 冲正: takes back a credited notice by a contra entry, on the day it was booked and by its own bank.
-- Answers 'reversed', 'repeat', or a refusal: 'unknown', 'wrong-bank', 'not-paid', 'another-day', 'spent'.
create function reverse_payment_notice(
  p_no text, p_bank_code text, p_book_date date, p_teller text, p_note jsonb
) returns table (outcome text, journal_id bigint, estate_id integer, house_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_notice payment_notice;
  v_balance house_balance;
  v_journal journal;
  v_contra bigint;
begin
  select n.* into v_notice from payment_notice n where n.no = p_no;
  if not found then
    return query select 'unknown', null::bigint, null::integer, null::bigint;
    return;
  end if;
  select b.* into v_balance from house_balance b
    where b.estate_id = v_notice.estate_id and b.house_id = v_notice.house_id for update;
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
  if v_notice.state = 'paid' and (v_balance.principal_fen < v_notice.amount_fen
      or v_balance.principal_fen + v_balance.interest_fen - v_balance.reserved_fen < v_notice.amount_fen) then
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

revoke all on function confirm_payment_notice, reverse_payment_notice from public;
grant execute on function confirm_payment_notice, reverse_payment_notice to fund_app;
grant select on payment_notice to fund_app;
grant insert (no, estate_id, house_id, deposit_kind, amount_fen, first_paid_seen_fen, account_code,
  custody_account_id, bank_code, payer_name_cipher, payer_phone_cipher, basis, issued_at, expires_on)
  on payment_notice to fund_app;
-- locking, printing, expiry and cancellation, held to the guard's transitions; 'paid' without the money does
-- not commit
grant update (state, locked_by, locked_until, print_count) on payment_notice to fund_app;
grant select on bank_receipt, bank_teller to fund_app;
