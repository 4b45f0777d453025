-- What became of mails that a sender has leased: [{"id", "kind", "code", "message", "subject", "text", "html"}] with kind
-- sent (a server took it), failed (refused for good), retry (tried again after 1 minute, doubling to 6 hours; dead
-- after the tenth attempt) or released (not tried at all). Mails that somebody else has leased since are left alone.
-- Returns how many of each: {"sent", "failed", "retried", "dead", "released"}.
create or replace function vigie.settle_mails(lease uuid, outcomes jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  at timestamptz := clock_timestamp();
  counts jsonb;
begin
  if exists (select from jsonb_array_elements(outcomes) o
    where coalesce(o ->> 'kind', '') not in ('sent', 'failed', 'retry', 'released')) then
    raise exception 'unknown outcome' using errcode = 'invalid_parameter_value';
  end if;
  with settled as (
    update vigie.mail m
    set status = case
        when o.kind in ('sent', 'failed') then o.kind
        when o.kind = 'retry' and m.attempts >= 9 then 'dead'
        else 'queued' end,
      attempts = m.attempts + case when o.kind = 'released' then 0 else 1 end,
      ended_at = case when o.kind in ('sent', 'failed') or (o.kind = 'retry' and m.attempts >= 9) then at end,
      due_at = at + case when o.kind = 'retry'
        then least(interval '6 hours', interval '1 minute' * power(2, least(m.attempts, 20))) else interval '0' end,
      lease = null,
      leased_until = null,
      answer = case when o.kind = 'released' then m.answer
        else jsonb_build_object('code', o.code, 'message', left(o.message, 2000)) end,
      subject = coalesce(o.subject, m.subject),
      body_text = coalesce(o.text, m.body_text),
      body_html = coalesce(o.html, m.body_html)
    from jsonb_to_recordset(outcomes)
      as o (id bigint, kind text, code text, message text, subject text, text text, html text)
    where m.id = o.id and m.lease = settle_mails.lease and m.ended_at is null
    returning o.kind, m.status
  )
  select jsonb_build_object(
    'sent', count(*) filter (where s.status = 'sent'),
    'failed', count(*) filter (where s.status = 'failed'),
    'retried', count(*) filter (where s.kind = 'retry' and s.status = 'queued'),
    'dead', count(*) filter (where s.status = 'dead'),
    'released', count(*) filter (where s.kind = 'released'))
  into counts from settled s;
  perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', 0)::text);
  return counts;
end
$$;
