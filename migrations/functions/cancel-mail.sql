-- Cancels a mail that waits, and with a digest all that it tells of. Returns {"id", "status"} or {"refusal": code,
-- "status"}: MAIL_NOT_FOUND; MAIL_NOT_WAITING if it has ended or is being sent right now.
create or replace function vigie.cancel_mail(mail_id bigint)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  m vigie.mail%rowtype;
begin
  select * into m from vigie.mail o where o.id = mail_id for update;
  if not found then
    return jsonb_build_object('refusal', 'MAIL_NOT_FOUND');
  elsif m.status <> 'queued' or m.leased_until > clock_timestamp() then
    return jsonb_build_object('refusal', 'MAIL_NOT_WAITING', 'status', m.status);
  end if;
  update vigie.mail o
  set status = 'cancelled', ended_at = clock_timestamp(), lease = null, leased_until = null,
    answer = jsonb_build_object('code', 'CANCELLED', 'message', format('Cancelled by %s.', session_user))
  where o.id = m.id
    or (m.project_id is null and o.run_id = m.run_id and o.user_id = m.user_id and o.digest_id = m.id
      and o.status = 'digested');
  perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', 0)::text);
  return jsonb_build_object('id', m.id, 'status', 'cancelled');
end
$$;
