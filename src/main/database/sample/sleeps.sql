-- Every sleep of every project, from which the history is told.
insert into sample_sleep
  (n, number, is_ours, slept_key, slept_at, last_activity_at, woken_at, disabled_key, disabled_at)
select p.n, 0, not p.was_first_version, p.slept_key,
  case
    when p.status = 'inactive' then coalesce(p.deactivated_at, p.created_at)
    when p.slept_key is not null then pg_temp.moved_at(p.slept_key, p.n, 'deactivate')
    else p.deactivated_at - interval '7 days 2 seconds'
  end,
  greatest(p.last_traffic_at, p.created_at), null, p.disabled_key,
  case when p.status = 'permanently_disabled' then p.deactivated_at end
from sample_project p
where p.status in ('inactive', 'permanently_disabled')
union all
select n, number, not was_first_version, case when not was_first_version then key end, slept_at,
  slept_at - interval '5 days' - interval '1 day' * pg_temp.roll(n * 8 + number, 80),
  pg_temp.woken_at(n, number, slept_at), null, null
from (
  select p.n, number, p.was_first_version and p.status = 'active' as was_first_version, night.key,
    pg_temp.moved_at(night.key, p.n, 'deactivate') as slept_at
  from sample_project p
  cross join lateral generate_series(1, p.wakings) number
  cross join lateral (select p.last_waking + case
    when number = 1 then 0
    else (number - 1) * 18 + floor(pg_temp.roll(p.n * 8 + number, 81) * 4)::integer
  end as drawn_key offset 0) drawn
  cross join lateral (select pg_temp.swept_night(drawn.drawn_key) as key offset 0) night
  where p.last_waking is not null and p.n <= 100000
  offset 0
) earlier;

analyze sample_sleep;
