-- Ids were given by hand: the sequences go on after them.
select setval(pg_get_serial_sequence('public."user"', 'id'), (select coalesce(max(id), 0) + 1 from public."user"), false),
  setval(pg_get_serial_sequence('public.team_member', 'id'), (select coalesce(max(id), 0) + 1 from public.team_member), false),
  setval(pg_get_serial_sequence('public.alias', 'id'), (select coalesce(max(id), 0) + 1 from public.alias), false),
  setval(pg_get_serial_sequence('public.domain', 'id'), (select coalesce(max(id), 0) + 1 from public.domain), false),
  setval(pg_get_serial_sequence('vigie.job_run', 'id'), (select coalesce(max(id), 0) + 1 from vigie.job_run), false),
  setval('vigie.event_id_seq', (select coalesce(max(id), 0) + 1 from vigie.event), false),
  setval('vigie.mail_id_seq', (select coalesce(max(id), 0) + 1 from vigie.mail), false);

analyze public.github_installation, public."user", public.team, public.team_member, public.project, public.deployment,
  public.alias, public.domain, public.team_subscription, vigie.exemption, vigie.job_run, vigie.event, vigie.mail,
  vigie.sleeper, vigie.disabled_domain, vigie.status_day, vigie.traffic_day, vigie.excluded_day, vigie.last_hit,
  vigie.intake_hour, vigie.stopped_container;

-- The temporary functions would outlive the transaction in a pooled session.
discard temp;
