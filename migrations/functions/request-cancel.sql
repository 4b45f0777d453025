-- Asks whoever runs it to end a run between two batches. Returns whether there was a run to ask.
create or replace function vigie.request_cancel(run integer)
returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r
  set cancel_requested_at = coalesce(r.cancel_requested_at, now()),
    cancel_requested_by = coalesce(r.cancel_requested_by, session_user)
  where r.id = run and r.finished_at is null;
  if not found then
    return false;
  end if;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  return true;
end
$$;
