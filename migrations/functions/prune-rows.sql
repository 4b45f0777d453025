-- Removes at most max_rows of each kind of what has been kept long enough: the bodies of ended mails (policy,
-- mail_body_days), the lists of stored previews and of holds (30 days after a person decided), agents that were silent for
-- 30 days, daily hits (policy, traffic_days), what intakes saw by the hour (14 days), when they watched (policy, traffic_days
-- before all that a deadline goes by), and the last hits and notes of projects that are gone. The agent that was heard of last
-- stays, however old: by it an outage is noticed (agent_heartbeat); so does the latest span of each intake, which the next one
-- lengthens or leaves a blind spell after. Returns {"mailBodies", "previewProjects", "agents", "trafficDays", "excludedDays",
-- "intakeHours", "watchSpans", "lastHits", "notes"}; all zero: nothing is left.
create or replace function vigie.prune_rows(max_rows integer)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  mail_bodies integer;
  preview_projects integer;
  agents integer;
  traffic_days integer;
  excluded_days integer;
  intake_hours integer;
  watch_spans integer;
  last_hits integer;
  notes integer;
  first_day date;
  watched_from timestamptz;
begin
  with old as (
    select m.id, m.created_at from vigie.mail m
    where m.created_at < now() - make_interval(days => (select y.mail_body_days from vigie.policy y))
      and m.status <> 'queued' and (m.body_text is not null or m.body_html is not null)
    limit max_rows
  )
  update vigie.mail m set body_text = null, body_html = null
  from old where m.id = old.id and m.created_at = old.created_at;
  get diagnostics mail_bodies = row_count;

  delete from vigie.run_project x
  where (x.run_id, x.stage, x.project_id) in (
    select o.run_id, o.stage, o.project_id
    from vigie.run_project o join vigie.job_run r on r.id = o.run_id
    where (r.is_preview or r.outcome = 'held') and r.started_at < now() - interval '30 days'
      and not exists (
        select from vigie.hold h
        where h.run_id = r.id and coalesce(h.closed_at > now() - interval '30 days', true))
    limit max_rows);
  get diagnostics preview_projects = row_count;

  delete from vigie.agent a
  where a.id in (
    select o.id from vigie.agent o
    where o.heartbeat_at < now() - interval '30 days'
      and (o.entry = 'desktop'
        or o.heartbeat_at < (select max(n.heartbeat_at) from vigie.agent n where n.entry <> 'desktop'))
    limit max_rows);
  get diagnostics agents = row_count;

  select (now() at time zone 'utc')::date - y.traffic_days into first_day from vigie.policy y;
  delete from vigie.traffic_day t
  where (t.project_id, t.day) in (
    select o.project_id, o.day from vigie.traffic_day o where o.day < first_day limit max_rows);
  get diagnostics traffic_days = row_count;

  delete from vigie.excluded_day t
  where (t.project_id, t.day, t.exclusion_id, t.is_counted) in (
    select o.project_id, o.day, o.exclusion_id, o.is_counted from vigie.excluded_day o where o.day < first_day
    limit max_rows);
  get diagnostics excluded_days = row_count;

  delete from vigie.intake_hour h
  where (h.intake_id, h.hour) in (
    select o.intake_id, o.hour from vigie.intake_hour o where o.hour < now() - interval '14 days' limit max_rows);
  get diagnostics intake_hours = row_count;

  -- No blind spell that counts begins before the cut-off, since each moves it back by its length.
  select (least(vigie.idle_cutoff(y.inactive_after_days), vigie.idle_cutoff(y.disabled_after_days)) at time zone 'utc')
    - make_interval(days => y.traffic_days) into watched_from from vigie.policy y;
  delete from vigie.watch_span w
  where (w.intake_id, w.span_from) in (
    select o.intake_id, o.span_from from vigie.watch_span o
    where o.span_to < watched_from
      and exists (select from vigie.watch_span n where n.intake_id = o.intake_id and n.span_from > o.span_from)
    limit max_rows);
  get diagnostics watch_spans = row_count;

  delete from vigie.last_hit h
  where (h.project_id, h.is_excluded) in (
    select o.project_id, o.is_excluded from vigie.last_hit o
    where not exists (select from public.project p where p.id = o.project_id) limit max_rows);
  get diagnostics last_hits = row_count;

  delete from vigie.note n
  where n.id in (
    select o.id from vigie.note o
    where not exists (select from public.project p where p.id = o.project_id) limit max_rows);
  get diagnostics notes = row_count;
  return jsonb_build_object('mailBodies', mail_bodies, 'previewProjects', preview_projects, 'agents', agents,
    'trafficDays', traffic_days, 'excludedDays', excluded_days, 'intakeHours', intake_hours, 'watchSpans', watch_spans,
    'lastHits', last_hits, 'notes', notes);
end
$$;
