-- The captcha is drawn and spoken under an address of its own, and can be changed without losing the form.

delete from captcha_challenge;
alter table captcha_challenge
  -- what is drawn and spoken, under a key that comes from the id, which only the browser knows
  add column sum_cipher bytea not null,
  -- how often 换一张 was pressed
  add column renewals smallint not null default 0,
  -- until then the form that stands in the browser may ask for another sum; expires_at ends the present one
  add column form_until timestamptz not null;
drop index captcha_challenge_by_expiry;
create index captcha_challenge_by_form on captcha_challenge (form_until);

-- Codes are capped for each address as well, whatever the process that sends them.
alter table one_time_code add column address_hash bytea;
create index one_time_code_by_address on one_time_code (address_hash, created_at);

-- What changes from message to message, for providers that send approved templates alone. A code stays apart,
-- encrypted; of a notice nothing is personal.
alter table sms_message add column template_values jsonb not null default '{}';

-- When a password was set, whoever set it: the policy of 等保 has it replaced after ninety days.
alter table staff_member add column password_changed_at timestamptz not null default now();
alter table bank_teller add column password_changed_at timestamptz not null default now();
alter table owner_account add column password_changed_at timestamptz not null default now();
alter table institution_user add column password_changed_at timestamptz not null default now();

create function note_password_change() returns trigger language plpgsql as $$
begin
  new.password_changed_at := now();
  return new;
end $$;
create trigger password_change before update of password_hash on staff_member
  for each row when (new.password_hash is distinct from old.password_hash)
  execute function note_password_change();
create trigger password_change before update of password_hash on bank_teller
  for each row when (new.password_hash is distinct from old.password_hash)
  execute function note_password_change();
create trigger password_change before update of password_hash on owner_account
  for each row when (new.password_hash is distinct from old.password_hash)
  execute function note_password_change();
create trigger password_change before update of password_hash on institution_user
  for each row when (new.password_hash is distinct from old.password_hash)
  execute function note_password_change();

-- Tellers' one-time codes (TOTP), as the staff's: null until the first sign-in has set them up.
alter table bank_teller
  add column totp_secret_cipher bytea,
  add column totp_last_step bigint,
  -- given by somebody else: the first sign-in with a code replaces it
  add column is_password_initial boolean not null default false,
  -- one administrator asks for a new set-up, another one does it
  add column code_reset_asked_by text,
  add column code_reset_asked_at timestamptz,
  add constraint bank_teller_code_reset_asked check ((code_reset_asked_by is null) = (code_reset_asked_at is null));
grant update (password_hash, totp_secret_cipher, totp_last_step, is_password_initial, code_reset_asked_by,
  code_reset_asked_at) on bank_teller to fund_app;
