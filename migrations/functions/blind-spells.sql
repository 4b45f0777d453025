-- When nobody watched, for longer than the policy's watch_gap_minutes: the times since the first span of any intake that
-- no span covers, whether its intake is enrolled or retired. The last one may last still, and then ends now; but where
-- nobody has to watch (policy) and no intake is enrolled, a time without watch that goes on is none.
-- src/core/lifecycle.ts goes by it for one project, vigie.idle_cutoff for all.
create or replace function vigie.blind_spells()
returns table (spell_from timestamptz, spell_to timestamptz)
language sql stable as $$
  select lower(b.spell), upper(b.spell)
  from (
    select
      case when y.is_watch_required or exists (select from vigie.intake i where i.retired_at is null)
        then greatest(max(s.span_to), now()) else max(s.span_to) end as until,
      min(s.span_from) as since,
      range_agg(tstzrange(s.span_from, s.span_to)) as watched,
      make_interval(mins => y.watch_gap_minutes) as tolerated
    from vigie.policy y cross join vigie.watch_span s
    group by y.is_watch_required, y.watch_gap_minutes
  ) w
  cross join lateral unnest(tstzmultirange(tstzrange(w.since, w.until)) - w.watched) as b (spell)
  where upper(b.spell) - lower(b.spell) > w.tolerated
$$;
