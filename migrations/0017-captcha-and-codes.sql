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
