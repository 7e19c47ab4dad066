-- 业主退款: money given back to an owner. The claim, the one open refund of a house, the reserve, the
-- disbursement voucher that alone releases money, and the bank's message that it was paid.

insert into city_setting (key, effective_from, value, legal_basis) values
  ('voucher-validity-days', '1900-01-01', '30', '示例：由本市确认后替换');

insert into application_kind values ('owner-refund', '31', '业主退款');
insert into application_transition (kind, from_state, to_state, actor_role) values
  ('owner-refund', '', 'submitted', 'applicant'),
  ('owner-refund', 'submitted', 'accepted', 'intake'),
  ('owner-refund', 'submitted', 'correcting', 'intake'),
  ('owner-refund', 'submitted', 'rejected', 'intake'),
  ('owner-refund', 'submitted', 'cancelled', 'applicant'),
  ('owner-refund', 'accepted', 'reviewed', 'reviewer'),
  ('owner-refund', 'accepted', 'correcting', 'reviewer'),
  ('owner-refund', 'accepted', 'rejected', 'reviewer'),
  ('owner-refund', 'accepted', 'cancelled', 'applicant'),
  ('owner-refund', 'reviewed', 'voucher-issued', 'approver'),
  ('owner-refund', 'reviewed', 'correcting', 'approver'),
  ('owner-refund', 'reviewed', 'rejected', 'approver'),
  ('owner-refund', 'reviewed', 'cancelled', 'applicant'),
  ('owner-refund', 'correcting', 'submitted', 'applicant'),
  ('owner-refund', 'correcting', 'cancelled', 'applicant'),
  ('owner-refund', 'voucher-issued', 'paid', 'bank'),
  ('owner-refund', 'voucher-issued', 'correcting', 'bank'),
  ('owner-refund', 'voucher-issued', 'correcting', 'finance'),
  ('owner-refund', 'voucher-issued', 'voucher-expired', 'system'),
  ('owner-refund', 'voucher-expired', 'voucher-issued', 'finance'),
  ('owner-refund', 'voucher-expired', 'correcting', 'finance'),
  ('owner-refund', 'voucher-expired', 'cancelled', 'finance'),
  ('owner-refund', 'voucher-expired', 'cancelled', 'applicant');

-- A reserve is kept apart for principal and interest: what a voucher will take from one of them can be spent
-- from neither.
alter table house_balance add column reserved_principal_fen fen not null default 0;
alter table house_balance add constraint reserved_within_parts check (
  reserved_principal_fen between 0 and principal_fen
  and reserved_fen - reserved_principal_fen between 0 and interest_fen);

-- One open refund for a house. `is_open` follows the application's state, kept by the trigger below.
create table owner_refund (
  application_id bigint primary key references application,
  estate_id integer not null,
  house_id bigint not null,
  -- which owner of the house applied, as the register numbered them on that day
  owner_n smallint not null,
  is_open boolean not null default true,
  foreign key (estate_id, house_id) references house
);
create unique index owner_refund_open_once on owner_refund (estate_id, house_id) where is_open;
create trigger owner_refund_kept before delete on owner_refund
  for each row execute function refuse_change();

-- What the owner asks for. A correction under the same number is a further round; earlier ones stay.
create table owner_refund_claim (
  application_id bigint not null references owner_refund,
  round smallint not null check (round >= 1),
  reason text not null check (reason in ('R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07')),
  principal_fen fen not null check (principal_fen >= 0),
  interest_fen fen not null check (interest_fen >= 0),
  -- how the amount came about: areas, standard, the payment that is given back
  basis jsonb not null,
  original_notice_no text check (original_notice_no ~ '^[0-9]{18}$'),
  payee_name_cipher bytea not null,
  payee_account_cipher bytea not null,
  payee_bank_cipher bytea not null,
  statement_cipher bytea not null,
  made_at timestamptz not null,
  primary key (application_id, round),
  check (principal_fen + interest_fen > 0)
);
create trigger owner_refund_claim_append_only before update or delete on owner_refund_claim
  for each row execute function refuse_change();
create trigger owner_refund_claim_no_truncate before truncate on owner_refund_claim
  for each statement execute function refuse_change();

-- A claim is made with the application and remade only while it is the applicant's turn.
create function claim_in_its_turn() returns trigger language plpgsql as $$
declare
  v_state text;
  v_last integer;
begin
  select state into strict v_state from application where id = new.application_id;
  select coalesce(max(round), 0) into v_last from owner_refund_claim where application_id = new.application_id;
  if new.round <> v_last + 1
      or v_state <> (case when new.round = 1 then 'submitted' else 'correcting' end) then
    raise exception 'application %: claim % comes out of turn, it is "%"', new.application_id, new.round, v_state
      using errcode = 'WX020';
  end if;
  return new;
end $$;
create trigger owner_refund_claim_in_turn before insert on owner_refund_claim
  for each row execute function claim_in_its_turn();

create function is_refund_open(p_state text) returns boolean language sql immutable as
  $$ select p_state not in ('paid', 'rejected', 'cancelled') $$;

create function mirror_refund_state() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update owner_refund set is_open = is_refund_open(new.state)
    where application_id = new.id and is_open <> is_refund_open(new.state);
  return null;
end $$;
create trigger owner_refund_follows after update of state on application
  for each row when (new.kind = 'owner-refund') execute function mirror_refund_state();

-- The only paper that the bank pays on. Amount, payee and account are fixed from here on.
create table disbursement_voucher (
  no text primary key check (no ~ '^71[0-9]{16}$'),
  application_id bigint not null references application,
  -- the first, second … voucher of the application
  n smallint not null check (n >= 1),
  estate_id integer not null,
  house_id bigint not null,
  reason text not null,
  principal_fen fen not null check (principal_fen >= 0),
  interest_fen fen not null check (interest_fen >= 0),
  amount_fen fen not null check (amount_fen > 0 and amount_fen = principal_fen + interest_fen),
  -- how much of the principal takes back the first deposit, and the kind it was deposited under
  first_deposit_fen fen not null check (first_deposit_fen between 0 and principal_fen),
  deposit_kind text check (deposit_kind in ('00', '01', '04')),
  -- what paying does to the register
  house_effect text not null check (house_effect in
    ('none', 'closed', 'owner-cleared', 'area-corrected', 'exempt')),
  area_after_hundredths integer check (area_after_hundredths between 1 and 9999999),
  original_notice_no text check (original_notice_no ~ '^[0-9]{18}$'),
  fund_code text not null check (fund_code in ('3001', '3002')),
  custody_account_id integer not null references custody_account,
  bank_code text not null references bank,
  payee_name_cipher bytea not null,
  payee_account_cipher bytea not null,
  payee_bank_cipher bytea not null,
  -- the authorisation code: read for the slip, compared by its keyed hash
  code_cipher bytea not null,
  code_hash bytea not null,
  basis jsonb not null,
  approved_by text not null,
  issued_at timestamptz not null,
  expires_on date not null,
  state text not null default 'issued'
    check (state in ('issued', 'locked', 'paid', 'failed', 'expired', 'cancelled')),
  failure_reason text,
  locked_by text,
  locked_until timestamptz,
  print_count integer not null default 0,
  foreign key (estate_id, house_id) references house,
  unique (application_id, n),
  unique (no, amount_fen),
  check ((first_deposit_fen > 0) = (deposit_kind is not null)),
  check ((house_effect = 'area-corrected') = (area_after_hundredths is not null)),
  check ((state = 'locked') = (locked_by is not null and locked_until is not null)),
  check ((state = 'failed') = (failure_reason is not null))
);
-- Two vouchers of one house would reserve the same money for two payments.
create unique index disbursement_voucher_open_once on disbursement_voucher (estate_id, house_id)
  where state in ('issued', 'locked');
-- A reversal asks whether a voucher gives its payment back.
create index disbursement_voucher_by_original_notice on disbursement_voucher (original_notice_no)
  where original_notice_no is not null;
create index disbursement_voucher_open_by_expiry on disbursement_voucher (expires_on)
  where state in ('issued', 'locked');

create function guard_disbursement_voucher() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['state', 'failure_reason', 'locked_by', 'locked_until', 'print_count'])
     is distinct from
     (to_jsonb(old) - array['state', 'failure_reason', 'locked_by', 'locked_until', 'print_count']) then
    raise exception 'disbursement voucher % cannot be rewritten', old.no using errcode = 'WX006';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
      ('issued', 'locked'), ('locked', 'issued'), ('issued', 'paid'), ('locked', 'paid'),
      ('issued', 'failed'), ('locked', 'failed'), ('issued', 'expired'), ('locked', 'expired'),
      ('issued', 'cancelled'), ('locked', 'cancelled')) then
    raise exception 'disbursement voucher %: % cannot become %', old.no, old.state, new.state
      using errcode = 'WX007';
  end if;
  return new;
end $$;
create trigger disbursement_voucher_guarded before update on disbursement_voucher
  for each row execute function guard_disbursement_voucher();
create trigger disbursement_voucher_kept before delete on disbursement_voucher
  for each row execute function refuse_change();
create trigger disbursement_voucher_no_truncate before truncate on disbursement_voucher
  for each statement execute function refuse_change();

-- A voucher pays what the owner claimed last, of his application's house, to the payee he named.
create function voucher_is_claimed() returns trigger language plpgsql as $$
begin
  if not exists (
    select from application a
      join owner_refund r on r.application_id = a.id
      join owner_refund_claim c on c.application_id = a.id
        and c.round = (select max(round) from owner_refund_claim where application_id = a.id)
      where a.id = new.application_id
        and (a.estate_id, a.house_id) = (new.estate_id, new.house_id)
        and (c.reason, c.principal_fen::bigint, c.interest_fen::bigint)
          = (new.reason, new.principal_fen::bigint, new.interest_fen::bigint)
        and (c.payee_name_cipher, c.payee_account_cipher, c.payee_bank_cipher)
          = (new.payee_name_cipher, new.payee_account_cipher, new.payee_bank_cipher)
  ) then
    raise exception 'disbursement voucher % is not what was claimed', new.no using errcode = 'WX021';
  end if;
  return null;
end $$;
create constraint trigger disbursement_voucher_claimed after insert on disbursement_voucher
  deferrable initially deferred for each row execute function voucher_is_claimed();

-- At commit a refund's application, its record and its vouchers tell one story: an open voucher exactly
-- while the application says so, a paid one exactly when it is paid.
create function check_refund(p_application_id bigint) returns void language plpgsql as $$
declare
  v_application application;
  v_open integer;
  v_paid integer;
  v_last text;
begin
  select * into strict v_application from application where id = p_application_id;
  if not exists (
    select from owner_refund r join owner_refund_claim c using (application_id)
      where r.application_id = v_application.id and r.is_open = is_refund_open(v_application.state)
        and (r.estate_id, r.house_id) = (v_application.estate_id, v_application.house_id)
  ) then
    raise exception 'refund % has no record that agrees with it', v_application.number using errcode = 'WX022';
  end if;
  select count(*) filter (where state in ('issued', 'locked')), count(*) filter (where state = 'paid'),
      (array_agg(state order by n desc))[1]
    into v_open, v_paid, v_last
    from disbursement_voucher where application_id = v_application.id;
  if v_open <> (v_application.state = 'voucher-issued')::integer
      or v_paid <> (v_application.state = 'paid')::integer
      or (v_application.state = 'voucher-expired' and v_last is distinct from 'expired') then
    raise exception 'refund % says "%", its vouchers: % open, % paid, the last %', v_application.number,
      v_application.state, v_open, v_paid, coalesce(v_last, 'none') using errcode = 'WX023';
  end if;
end $$;

create function application_agrees_with_voucher() returns trigger language plpgsql as $$
begin
  perform check_refund(new.id);
  return null;
end $$;
create constraint trigger application_has_its_voucher after insert or update of state on application
  deferrable initially deferred for each row when (new.kind = 'owner-refund')
  execute function application_agrees_with_voucher();

create function voucher_agrees_with_application() returns trigger language plpgsql as $$
begin
  perform check_refund(new.application_id);
  return null;
end $$;
create constraint trigger disbursement_voucher_has_its_application
  after insert or update of state on disbursement_voucher
  deferrable initially deferred for each row execute function voucher_agrees_with_application();

-- At commit what a house has reserved is what its open vouchers will take.
create function check_reserve(p_estate_id integer, p_house_id bigint) returns void language plpgsql as $$
declare
  v_kept text;
  v_due text;
begin
  select format('%s of it principal %s', reserved_fen, reserved_principal_fen) into v_kept
    from house_balance where estate_id = p_estate_id and house_id = p_house_id;
  select format('%s of it principal %s', coalesce(sum(amount_fen), 0), coalesce(sum(principal_fen), 0)) into v_due
    from disbursement_voucher
    where estate_id = p_estate_id and house_id = p_house_id and state in ('issued', 'locked');
  if v_kept is distinct from v_due then
    raise exception 'house % reserves %, its open vouchers take %', p_house_id, v_kept, v_due
      using errcode = 'WX024';
  end if;
end $$;
create function reserve_is_what_vouchers_take() returns trigger language plpgsql as $$
begin
  perform check_reserve(new.estate_id, new.house_id);
  return null;
end $$;
create constraint trigger house_reserve_has_its_voucher
  after update of reserved_fen, reserved_principal_fen on house_balance
  deferrable initially deferred for each row execute function reserve_is_what_vouchers_take();
create constraint trigger disbursement_voucher_reserves after insert or update of state on disbursement_voucher
  deferrable initially deferred for each row execute function reserve_is_what_vouchers_take();

-- The bank's word that a voucher was paid. A reference is used once, for ever, whichever way the money went.
create table bank_disbursement (
  id bigint generated always as identity primary key,
  bank_code text not null references bank,
  bank_ref text not null check (bank_ref ~ '^[A-Za-z0-9-]{4,40}$'),
  body_hash bytea not null,
  voucher_no text not null unique,
  amount_fen fen not null check (amount_fen > 0),
  value_date date not null,
  teller text not null,
  journal_id bigint not null unique references journal,
  -- the rest, where a part of the principal takes back the first deposit and a part does not
  rest_journal_id bigint unique references journal,
  paid_at timestamptz not null default now(),
  unique (bank_code, bank_ref),
  foreign key (voucher_no, amount_fen) references disbursement_voucher (no, amount_fen)
);
create index bank_disbursement_by_teller on bank_disbursement (teller, paid_at desc);
create trigger bank_disbursement_append_only before update or delete on bank_disbursement
  for each row execute function refuse_change();
create trigger bank_disbursement_no_truncate before truncate on bank_disbursement
  for each statement execute function refuse_change();

-- The lock under which one reference of a bank is judged, the same for money in and money out.
create function hold_bank_reference(p_bank_code text, p_bank_ref text) returns void language sql as
  $$ select pg_advisory_xact_lock(hashtextextended(p_bank_code || ' ' || p_bank_ref, 0)) $$;

-- Asked before money in is booked: whether its reference paid a voucher. Holds the reference meanwhile.
create function is_reference_disbursed(p_bank_code text, p_bank_ref text) returns boolean language plpgsql as $$
begin
  perform hold_bank_reference(p_bank_code, p_bank_ref);
  return exists (select from bank_disbursement where bank_code = p_bank_code and bank_ref = p_bank_ref);
end $$;

create function bank_reference_used_once() returns trigger language plpgsql as $$
begin
  perform hold_bank_reference(new.bank_code, new.bank_ref);
  if tg_table_name = 'bank_receipt'
      and exists (select from bank_disbursement where bank_code = new.bank_code and bank_ref = new.bank_ref)
      or tg_table_name = 'bank_disbursement'
      and exists (select from bank_receipt where bank_code = new.bank_code and bank_ref = new.bank_ref) then
    raise exception 'reference % of % was used for money that went the other way', new.bank_ref, new.bank_code
      using errcode = 'WX025';
  end if;
  return new;
end $$;
create trigger bank_receipt_reference_once before insert on bank_receipt
  for each row execute function bank_reference_used_once();
create trigger bank_disbursement_reference_once before insert on bank_disbursement
  for each row execute function bank_reference_used_once();

-- At commit a disbursement's journals move exactly what its voucher says: from the voucher's custody account,
-- principal and interest of the voucher's house, and back of the first deposit what the voucher names.
create function disbursement_has_its_journals() returns trigger language plpgsql as $$
declare
  v_voucher disbursement_voucher;
  v_bank bigint;
  v_principal bigint;
  v_interest bigint;
  v_first bigint;
  v_strange integer;
begin
  select * into strict v_voucher from disbursement_voucher where no = new.voucher_no;
  select -coalesce(sum(e.amount_fen) filter (where e.account_code = '1001'), 0),
      coalesce(sum(e.amount_fen) filter (where e.account_code = v_voucher.fund_code || '.01'), 0),
      coalesce(sum(e.amount_fen) filter (where e.account_code = v_voucher.fund_code || '.02'), 0),
      coalesce(sum(e.amount_fen) filter (where e.account_code = v_voucher.fund_code || '.01'
        and j.deposit_kind in ('00', '01', '04')), 0),
      count(*) filter (where j.kind <> 'refund' or j.value_date <> new.value_date
        or e.account_code not in ('1001', v_voucher.fund_code || '.01', v_voucher.fund_code || '.02')
        or (e.account_code = '1001') <> (e.amount_fen < 0)
        or (e.account_code = '1001' and e.custody_account_id <> v_voucher.custody_account_id)
        or (e.account_code <> '1001' and (e.estate_id, e.house_id) <> (v_voucher.estate_id, v_voucher.house_id))
        or (j.deposit_kind is not null and j.deposit_kind is distinct from v_voucher.deposit_kind))
    into v_bank, v_principal, v_interest, v_first, v_strange
    from journal j join entry e on e.journal_id = j.id
    where j.id in (new.journal_id, new.rest_journal_id);
  if v_voucher.state <> 'paid' or v_strange > 0
      or (v_bank, v_principal, v_interest, v_first) is distinct from (v_voucher.amount_fen::bigint,
        v_voucher.principal_fen::bigint, v_voucher.interest_fen::bigint, v_voucher.first_deposit_fen::bigint) then
    raise exception 'disbursement % % is not what voucher % says', new.bank_code, new.bank_ref, new.voucher_no
      using errcode = 'WX026';
  end if;
  return null;
end $$;
create constraint trigger bank_disbursement_matches_voucher after insert on bank_disbursement
  deferrable initially deferred for each row execute function disbursement_has_its_journals();

create function paid_voucher_has_its_disbursement() returns trigger language plpgsql as $$
begin
  if not exists (select from bank_disbursement where voucher_no = new.no) then
    raise exception 'disbursement voucher % says paid, no bank says so', new.no using errcode = 'WX027';
  end if;
  return null;
end $$;
create constraint trigger disbursement_voucher_paid_by_bank after insert or update of state on disbursement_voucher
  deferrable initially deferred for each row when (new.state = 'paid')
  execute function paid_voucher_has_its_disbursement();

-- Money goes back to an owner only with a bank's word, and what went back is not taken back by a reversal.
create function refund_has_its_disbursement() returns trigger language plpgsql as $$
begin
  if new.kind = 'refund' and not exists (
      select from bank_disbursement where new.id in (journal_id, rest_journal_id)) then
    raise exception 'refund journal % has no disbursement', new.id using errcode = 'WX028';
  end if;
  if new.kind = 'reversal' and exists (select from journal where id = new.reverses and kind = 'refund') then
    raise exception 'journal % takes back a refund that was paid', new.id using errcode = 'WX028';
  end if;
  return null;
end $$;
create constraint trigger journal_of_refund_has_disbursement after insert on journal
  deferrable initially deferred for each row when (new.kind in ('refund', 'reversal'))
  execute function refund_has_its_disbursement();

-- Whom the register named before a refund cleared the house (R01): kept, since the ledger's history is his.
create table former_house_owner (
  estate_id integer not null,
  house_id bigint not null,
  voucher_no text not null references disbursement_voucher,
  n smallint not null,
  name_cipher bytea not null,
  document_kind text not null,
  document_cipher bytea not null,
  document_hash bytea not null,
  phone_cipher bytea,
  phone_hash bytea,
  ended_at timestamptz not null,
  primary key (voucher_no, n),
  foreign key (estate_id, house_id) references house
);
create trigger former_house_owner_append_only before update or delete on former_house_owner
  for each row execute function refuse_change();

-- Gives free what an open voucher holds. For the functions below, which have the house held.
create function release_reserve(p_voucher disbursement_voucher) returns void language sql as $$
  update house_balance set reserved_fen = reserved_fen - p_voucher.amount_fen,
      reserved_principal_fen = reserved_principal_fen - p_voucher.principal_fen
    where estate_id = p_voucher.estate_id and house_id = p_voucher.house_id
$$;

-- Holds the house of a voucher, then the voucher itself: the order in which everybody takes them.
create function hold_disbursement_voucher(p_no text) returns disbursement_voucher language plpgsql as $$
declare
  v_voucher disbursement_voucher;
begin
  select * into v_voucher from disbursement_voucher where no = p_no;
  if not found then
    return null;
  end if;
  perform hold_house(v_voucher.estate_id, v_voucher.house_id);
  select * into strict v_voucher from disbursement_voucher where no = p_no for update;
  return v_voucher;
end $$;

-- What stands against paying a voucher from its house's money, or null. A voucher that is to empty the house
-- must take all of it: money that came meanwhile would be left behind in a closed house.
create function voucher_obstacle(p_voucher disbursement_voucher) returns text language plpgsql stable as $$
declare
  v_balance house_balance;
  v_house house;
begin
  select h.* into strict v_house from house h
    where h.estate_id = p_voucher.estate_id and h.id = p_voucher.house_id;
  -- '~' marks a house that the fund centre refused to record: it is provisional, and its money goes back.
  if v_house.status <> 'recorded' and not (v_house.status = 'provisional' and v_house.room_key like '%~%') then
    return 'house-closed';
  end if;
  select b.* into strict v_balance from house_balance b
    where b.estate_id = p_voucher.estate_id and b.house_id = p_voucher.house_id;
  if v_balance.first_paid_fen < p_voucher.first_deposit_fen
      or p_voucher.house_effect in ('closed', 'owner-cleared')
        and (v_balance.principal_fen::bigint, v_balance.interest_fen::bigint)
          <> (p_voucher.principal_fen::bigint, p_voucher.interest_fen::bigint) then
    return 'balance-changed';
  end if;
  return null;
end $$;

-- Approval: reserves the money and issues the voucher. Answers 'issued', or a refusal that changed nothing:
-- 'house-closed', 'open-voucher', 'balance-short', 'balance-changed'.
create function issue_disbursement_voucher(
  p_no text, p_application_id bigint, p_principal_fen bigint, p_interest_fen bigint, p_first_deposit_fen bigint,
  p_deposit_kind text, p_house_effect text, p_area_after_hundredths integer, p_basis jsonb,
  p_code_cipher bytea, p_code_hash bytea, p_approved_by text, p_issued_at timestamptz, p_expires_on date
) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_refund owner_refund;
  v_claim owner_refund_claim;
  v_balance house_balance;
  v_voucher disbursement_voucher;
  v_obstacle text;
begin
  select * into strict v_refund from owner_refund where application_id = p_application_id;
  perform hold_house(v_refund.estate_id, v_refund.house_id);
  select * into strict v_claim from owner_refund_claim where application_id = p_application_id
    order by round desc limit 1;
  select * into strict v_balance from house_balance b
    where b.estate_id = v_refund.estate_id and b.house_id = v_refund.house_id;
  if exists (select from disbursement_voucher v where v.estate_id = v_refund.estate_id
      and v.house_id = v_refund.house_id and v.state in ('issued', 'locked')) then
    return 'open-voucher';
  end if;
  if v_balance.principal_fen - v_balance.reserved_principal_fen < p_principal_fen
      or v_balance.interest_fen - (v_balance.reserved_fen - v_balance.reserved_principal_fen) < p_interest_fen then
    return 'balance-short';
  end if;
  select p_no, p_application_id,
      (select coalesce(max(n), 0) + 1 from disbursement_voucher where application_id = p_application_id),
      v_refund.estate_id, v_refund.house_id, v_claim.reason, p_principal_fen, p_interest_fen,
      p_principal_fen + p_interest_fen, p_first_deposit_fen, p_deposit_kind, p_house_effect,
      p_area_after_hundredths, v_claim.original_notice_no,
      case h.house_nature when 'reform' then '3002' else '3001' end, c.id, c.bank_code,
      v_claim.payee_name_cipher, v_claim.payee_account_cipher, v_claim.payee_bank_cipher,
      p_code_cipher, p_code_hash, p_basis, p_approved_by, p_issued_at, p_expires_on, 'issued',
      null, null, null, 0
    into v_voucher
    from house h join estate e on e.id = h.estate_id join custody_account c on c.id = e.custody_account_id
    where h.estate_id = v_refund.estate_id and h.id = v_refund.house_id;
  v_obstacle := voucher_obstacle(v_voucher);
  if v_obstacle is not null then
    return v_obstacle;
  end if;
  insert into disbursement_voucher select v_voucher.*;
  update house_balance b set reserved_fen = b.reserved_fen + v_voucher.amount_fen,
      reserved_principal_fen = b.reserved_principal_fen + v_voucher.principal_fen
    where b.estate_id = v_refund.estate_id and b.house_id = v_refund.house_id;
  return 'issued';
end $$;

-- A desk asks for a voucher and holds it for the length of the lease. Everything but 'locked' says: do not pay.
create function lock_disbursement_voucher(
  p_no text, p_bank_code text, p_teller text, p_now timestamptz, p_today date, p_lease_minutes integer
) returns table (outcome text, until timestamptz, bank_name text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_voucher disbursement_voucher := hold_disbursement_voucher(p_no);
  v_bank_name text;
  v_refusal text;
  v_until timestamptz := p_now + make_interval(mins => p_lease_minutes);
begin
  if v_voucher.no is null then
    return query select 'unknown', null::timestamptz, null::text;
    return;
  end if;
  select name into strict v_bank_name from bank where code = v_voucher.bank_code;
  v_refusal := case
    when v_voucher.bank_code <> p_bank_code then 'wrong-bank'
    when v_voucher.state not in ('issued', 'locked') then v_voucher.state
    when v_voucher.locked_until > p_now and v_voucher.locked_by <> p_teller then 'locked-elsewhere'
    when v_voucher.expires_on < p_today then 'expired'
    else voucher_obstacle(v_voucher)
  end;
  if v_refusal is not null then
    return query select v_refusal, v_voucher.locked_until, v_bank_name;
    return;
  end if;
  update disbursement_voucher set state = 'locked', locked_by = p_teller, locked_until = v_until where no = p_no;
  return query select 'locked', v_until, v_bank_name;
end $$;

-- Gives a voucher back unpaid: only the desk that holds it can.
create function unlock_disbursement_voucher(p_no text, p_teller text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update disbursement_voucher set state = 'issued', locked_by = null, locked_until = null
    where no = p_no and state = 'locked' and locked_by = p_teller;
  return found;
end $$;

-- A voucher was paid. Books it and releases its reserve in one step. Answers 'paid', 'repeat' (the same message
-- again), or a refusal that booked nothing: 'unknown', 'reference-used', 'wrong-bank', 'amount-differs',
-- 'wrong-code', 'already-paid', 'failed', 'expired', 'cancelled', 'locked-elsewhere', 'house-closed',
-- 'balance-changed'.
create function pay_disbursement_voucher(
  p_no text, p_bank_code text, p_bank_ref text, p_body_hash bytea, p_amount_fen bigint, p_code_hash bytea,
  p_value_date date, p_book_date date, p_now timestamptz, p_teller text, p_note jsonb
) returns table (outcome text, journal_id bigint, application_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_voucher disbursement_voucher;
  v_earlier bank_disbursement;
  v_refusal text;
  v_note jsonb;
  v_first bigint;
  v_rest bigint;
begin
  -- One reference at a time, then the house, then the voucher: as for money that comes in.
  perform hold_bank_reference(p_bank_code, p_bank_ref);
  v_voucher := hold_disbursement_voucher(p_no);
  if v_voucher.no is null then
    return query select 'unknown', null::bigint, null::bigint;
    return;
  end if;
  select d.* into v_earlier from bank_disbursement d where d.bank_code = p_bank_code and d.bank_ref = p_bank_ref;
  if found then
    return query select case when v_earlier.body_hash = p_body_hash then 'repeat' else 'reference-used' end,
      v_earlier.journal_id, v_voucher.application_id;
    return;
  end if;
  v_refusal := case
    when exists (select from bank_receipt r where r.bank_code = p_bank_code and r.bank_ref = p_bank_ref)
      then 'reference-used'
    when v_voucher.bank_code <> p_bank_code then 'wrong-bank'
    when v_voucher.state = 'paid' then 'already-paid'
    when v_voucher.state not in ('issued', 'locked') then v_voucher.state
    when v_voucher.state = 'locked' and v_voucher.locked_by <> p_teller and v_voucher.locked_until > p_now
      then 'locked-elsewhere'
    -- past its last day only the desk that still holds it may finish
    when v_voucher.expires_on < p_book_date
      and not (v_voucher.state = 'locked' and v_voucher.locked_by = p_teller and v_voucher.locked_until > p_now)
      then 'expired'
    when v_voucher.code_hash <> p_code_hash then 'wrong-code'
    when v_voucher.amount_fen <> p_amount_fen then 'amount-differs'
    else voucher_obstacle(v_voucher)
  end;
  if v_refusal is not null then
    return query select v_refusal, null::bigint, v_voucher.application_id;
    return;
  end if;

  perform release_reserve(v_voucher);
  v_note := v_voucher.basis || p_note || jsonb_build_object('voucherNo', p_no, 'reason', v_voucher.reason,
    'originalNoticeNo', v_voucher.original_notice_no);
  if v_voucher.first_deposit_fen in (0, v_voucher.principal_fen) then
    v_first := post_refund(v_voucher, '', v_voucher.principal_fen, v_voucher.interest_fen,
      v_voucher.deposit_kind, p_value_date, p_book_date, p_teller, v_note);
  else
    v_first := post_refund(v_voucher, '', v_voucher.first_deposit_fen, 0,
      v_voucher.deposit_kind, p_value_date, p_book_date, p_teller, v_note);
    v_rest := post_refund(v_voucher, '-rest', v_voucher.principal_fen - v_voucher.first_deposit_fen,
      v_voucher.interest_fen, null, p_value_date, p_book_date, p_teller, v_note);
  end if;
  update disbursement_voucher set state = 'paid', locked_by = null, locked_until = null where no = p_no;
  insert into bank_disbursement (bank_code, bank_ref, body_hash, voucher_no, amount_fen, value_date, teller,
      journal_id, rest_journal_id, paid_at)
    values (p_bank_code, p_bank_ref, p_body_hash, p_no, p_amount_fen, p_value_date, p_teller, v_first, v_rest, p_now);
  perform record_house_effect(v_voucher, p_now);
  return query select 'paid', v_first, v_voucher.application_id;
end $$;

-- One journal of a refund: principal and interest of the house, out of the custody account.
create function post_refund(
  p_voucher disbursement_voucher, p_part text, p_principal_fen bigint, p_interest_fen bigint,
  p_deposit_kind text, p_value_date date, p_book_date date, p_actor text, p_note jsonb
) returns bigint language plpgsql as $$
declare
  v_journal bigint;
begin
  select p.journal_id into strict v_journal from (
      select array_agg(line.account order by line.n) as accounts,
          array_agg(line.custody order by line.n) as custody_accounts,
          array_agg(line.estate order by line.n) as estates, array_agg(line.house order by line.n) as houses,
          array_agg(line.amount order by line.n) as amounts, array_agg(null::jsonb) as notes
        from (values
          (1, p_voucher.fund_code || '.01', null::integer, p_voucher.estate_id, p_voucher.house_id, p_principal_fen),
          (2, p_voucher.fund_code || '.02', null, p_voucher.estate_id, p_voucher.house_id, p_interest_fen),
          (3, '1001', p_voucher.custody_account_id, null, null, -p_principal_fen - p_interest_fen)
        ) as line (n, account, custody, estate, house, amount) where line.amount <> 0) x,
    post_journal('refund', p_book_date, p_value_date, 'refund-' || p_voucher.no || p_part, p_actor, p_deposit_kind,
      null, null, p_note, x.accounts, x.custody_accounts, x.estates, x.houses, x.amounts, x.notes) p;
  return v_journal;
end $$;

-- What a paid refund changes in the register: the house is closed (销户), its owner is no longer its owner, its
-- area is the measured one, or it owes no deposit any more. A house that the fund centre refused to record was
-- there for its money alone: without money it is closed, whatever the reason.
create function record_house_effect(p_voucher disbursement_voucher, p_now timestamptz) returns void
language plpgsql as $$
begin
  if p_voucher.house_effect = 'owner-cleared' then
    insert into former_house_owner (estate_id, house_id, voucher_no, n, name_cipher, document_kind,
        document_cipher, document_hash, phone_cipher, phone_hash, ended_at)
      select estate_id, house_id, p_voucher.no, n, name_cipher, document_kind, document_cipher, document_hash,
          phone_cipher, phone_hash, p_now
        from house_owner where estate_id = p_voucher.estate_id and house_id = p_voucher.house_id;
    delete from house_owner where estate_id = p_voucher.estate_id and house_id = p_voucher.house_id;
  end if;
  update house set
      status = case p_voucher.house_effect when 'closed' then 'closed' else status end,
      area_hundredths = coalesce(p_voucher.area_after_hundredths, area_hundredths),
      area_kind = case p_voucher.house_effect when 'area-corrected' then 'measured' else area_kind end,
      exempt_reason = case p_voucher.house_effect when 'exempt' then '房屋性质变更，无需交存' else exempt_reason end
    where estate_id = p_voucher.estate_id and id = p_voucher.house_id
      and p_voucher.house_effect not in ('none', 'owner-cleared');
  update house h set status = 'closed' from house_balance b
    where h.estate_id = p_voucher.estate_id and h.id = p_voucher.house_id and h.status = 'provisional'
      and b.estate_id = h.estate_id and b.house_id = h.id and b.principal_fen + b.interest_fen = 0;
end $$;

-- An open voucher ends unpaid and gives its reserve free.
create function end_disbursement_voucher(p_voucher disbursement_voucher, p_state text, p_reason text) returns void
language plpgsql as $$
begin
  perform release_reserve(p_voucher);
  update disbursement_voucher set state = p_state, failure_reason = p_reason, locked_by = null, locked_until = null
    where no = p_voucher.no;
end $$;

-- The bank could not pay: the account is wrong, the name differs. Answers 'failed', or 'unknown', 'wrong-bank',
-- 'locked-elsewhere', or the state of a voucher that is no longer open.
create function fail_disbursement_voucher(
  p_no text, p_bank_code text, p_teller text, p_reason text, p_now timestamptz
) returns table (outcome text, application_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_voucher disbursement_voucher := hold_disbursement_voucher(p_no);
  v_refusal text;
begin
  v_refusal := case
    when v_voucher.no is null then 'unknown'
    when v_voucher.bank_code <> p_bank_code then 'wrong-bank'
    when v_voucher.state = 'failed' then 'repeat'
    when v_voucher.state not in ('issued', 'locked') then v_voucher.state
    when v_voucher.state = 'locked' and v_voucher.locked_by <> p_teller and v_voucher.locked_until > p_now
      then 'locked-elsewhere'
  end;
  if v_refusal is null then
    perform end_disbursement_voucher(v_voucher, 'failed', p_reason);
  end if;
  return query select coalesce(v_refusal, 'failed'), v_voucher.application_id;
end $$;

-- The fund centre takes a voucher back before it is paid. Answers 'cancelled', 'locked' while a desk holds it,
-- or the state of a voucher that is no longer open.
create function cancel_disbursement_voucher(p_no text, p_now timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_voucher disbursement_voucher := hold_disbursement_voucher(p_no);
begin
  if v_voucher.no is null then
    return 'unknown';
  end if;
  if v_voucher.state not in ('issued', 'locked') then
    return v_voucher.state;
  end if;
  if v_voucher.locked_until > p_now then
    return 'locked';
  end if;
  perform end_disbursement_voucher(v_voucher, 'cancelled', null);
  return 'cancelled';
end $$;

-- Writes down which vouchers are past their last day; one that a desk still holds is left. Answers with them.
create function expire_disbursement_vouchers(p_today date, p_now timestamptz, p_limit integer)
returns table (voucher_no text, application_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_found record;
  v_voucher disbursement_voucher;
begin
  for v_found in
    select v.no from disbursement_voucher v
      where v.state in ('issued', 'locked') and v.expires_on < p_today
        and (v.locked_until is null or v.locked_until <= p_now)
      order by v.estate_id, v.house_id limit p_limit
  loop
    v_voucher := hold_disbursement_voucher(v_found.no);
    if v_voucher.state in ('issued', 'locked')
        and (v_voucher.locked_until is null or v_voucher.locked_until <= p_now) then
      perform end_disbursement_voucher(v_voucher, 'expired', null);
      voucher_no := v_voucher.no;
      application_id := v_voucher.application_id;
      return next;
    end if;
  end loop;
end $$;

-- 冲正 as before; new is that the deposit must still be there in every part: as principal that no voucher holds,
-- as first deposit that no refund has given back or is about to, and itself: a payment that a voucher gives back
-- (R04, R05) would go back a second time, out of what others have paid for the house.
create or replace function reverse_payment_notice(
  p_no text, p_bank_code text, p_book_date date, p_teller text, p_note jsonb
) returns table (outcome text, journal_id bigint, estate_id integer, house_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_notice payment_notice;
  v_balance house_balance;
  v_journal journal;
  v_contra bigint;
  v_promised bigint;
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
  select coalesce(sum(v.first_deposit_fen), 0) into v_promised from disbursement_voucher v
    where v.estate_id = v_notice.estate_id and v.house_id = v_notice.house_id and v.state in ('issued', 'locked');
  if v_notice.state = 'paid' and (
      v_balance.principal_fen - v_balance.reserved_principal_fen < v_notice.amount_fen
      or v_notice.deposit_kind in ('00', '01', '04')
        and v_balance.first_paid_fen - v_promised < v_notice.amount_fen
      or exists (select from disbursement_voucher v
        where v.original_notice_no = p_no and v.state in ('issued', 'locked', 'paid'))) then
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

-- The owner alone calls the parts; the application calls the acts.
revoke all on function release_reserve, hold_disbursement_voucher, voucher_obstacle, post_refund,
  record_house_effect, end_disbursement_voucher from public;
revoke all on function issue_disbursement_voucher, lock_disbursement_voucher, unlock_disbursement_voucher,
  pay_disbursement_voucher, fail_disbursement_voucher, cancel_disbursement_voucher, expire_disbursement_vouchers
  from public;
grant execute on function issue_disbursement_voucher, lock_disbursement_voucher, unlock_disbursement_voucher,
  pay_disbursement_voucher, fail_disbursement_voucher, cancel_disbursement_voucher, expire_disbursement_vouchers
  to fund_app;
grant select on owner_refund, owner_refund_claim, disbursement_voucher, bank_disbursement, former_house_owner
  to fund_app;
grant insert (application_id, estate_id, house_id, owner_n) on owner_refund to fund_app;
grant insert on owner_refund_claim to fund_app;
grant update (print_count) on disbursement_voucher to fund_app;
