-- What a bank's message does to the application behind its notice, in the call that books the money: a desk
-- waits for one answer, and house and notice are held for no longer than the server itself needs.

-- Queues what happened to an application as a text message to whoever applied: {"text", "values", "notAfter"}, in
-- which {tail} stands for the last four digits of its number. The sentence and how long it is worth sending are the
-- caller's.
create function queue_notice_sms(p_application_id bigint, p_number text, p_sms jsonb, p_at timestamptz)
returns void language sql as $$
  insert into sms_message (kind, phone_cipher, text, template_values, created_at, not_after, next_try_at)
    select 'notice', phone_cipher, replace(p_sms ->> 'text', '{tail}', right(p_number, 4)),
        replace((p_sms -> 'values')::text, '{tail}', right(p_number, 4))::jsonb, p_at,
        (p_sms ->> 'notAfter')::timestamptz, p_at
      from application_contact where application_id = p_application_id
$$;

-- Takes the application behind a payment notice one step on. A step is {"toState", "promisedOn", "sms"}, the
-- last two null where there is none. An application that is already there stays as it is.
create function advance_by_notice(
  p_no text, p_step jsonb, p_actor_role text, p_actor text, p_at timestamptz, p_remark text
) returns void language plpgsql as $$
declare
  v_application application;
begin
  select * into v_application from application where notice_no = p_no;
  if not found or v_application.state = p_step ->> 'toState' then
    return;
  end if;
  insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at, remark,
      promised_on)
    select v_application.id, max(seq) + 1, v_application.kind, v_application.state, p_step ->> 'toState',
        p_actor_role, p_actor, p_at, p_remark, (p_step ->> 'promisedOn')::date
      from application_event where application_id = v_application.id;
  if p_step ->> 'sms' is not null then
    perform queue_notice_sms(v_application.id, v_application.number, p_step -> 'sms', p_at);
  end if;
end $$;

-- Books a bank's confirmation (confirm_payment_notice) and takes the applications it concerns with it: the paid
-- one is settled or waits in suspense, the ones it made superfluous are cancelled. `p_steps` has for the first two
-- digits of a number {"credited", "inSuspense", "superseded"}, each a step. A reference that paid a voucher is
-- used up. It works as whoever calls it: what it may do stands in the grants of the functions and tables.
create function book_confirmation(
  p_no text, p_bank_code text, p_bank_ref text, p_body_hash bytea, p_amount_fen bigint,
  p_value_date date, p_book_date date, p_now timestamptz, p_teller text, p_note jsonb,
  p_steps jsonb, p_why_superseded text
) returns table (
  outcome text, reason text, journal_id bigint, estate_id integer, house_id bigint, superseded text[]
)
language plpgsql as $$
declare
  v_number text;
  v_step jsonb;
begin
  if is_reference_disbursed(p_bank_code, p_bank_ref) then
    return query select 'reference-used', null::text, null::bigint, null::integer, null::bigint, '{}'::text[];
    return;
  end if;
  select c.* into strict outcome, reason, journal_id, estate_id, house_id, superseded
    from confirm_payment_notice(p_no, p_bank_code, p_bank_ref, p_body_hash, p_amount_fen, p_value_date,
      p_book_date, p_now, p_teller, p_note) c;
  -- Money that came twice for a settled notice waits in suspense; the application itself is done.
  if outcome = 'credited' or outcome = 'suspense' and reason <> 'already-paid' then
    v_step := p_steps #> array[left(p_no, 2), case outcome when 'credited' then 'credited' else 'inSuspense' end];
    if v_step is null then
      raise exception 'nobody says what money does to notices like %', p_no using errcode = 'WX034';
    end if;
    perform advance_by_notice(p_no, v_step, 'bank', p_teller, p_now, '');
  end if;
  foreach v_number in array superseded loop
    v_step := p_steps #> array[left(v_number, 2), 'superseded'];
    if v_step is null then
      raise exception 'nobody says what becomes of void notices like %', v_number using errcode = 'WX034';
    end if;
    perform advance_by_notice(v_number, v_step, 'system', 'system', p_now, p_why_superseded);
  end loop;
  return next;
end $$;

revoke all on function queue_notice_sms, advance_by_notice, book_confirmation from public;
grant execute on function queue_notice_sms, advance_by_notice, book_confirmation to fund_app;
