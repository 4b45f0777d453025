-- The latest instant (UTC) since which the days have passed by now, times without watch (vigie.blind_spells) not counted:
-- whoever is idle since then or longer has had all of them. "ahead" asks the same of a later time, watched until then.
-- Watched time grows with the distance, so one instant serves for all projects, and indexes find those before it. From
-- the latest spell on, each counts that begins to the right of the cut-off as the later ones have moved it. Without
-- spells it is the plain difference.
create or replace function vigie.idle_cutoff(days integer, ahead interval default '0')
returns timestamp language sql stable as $$
  select plain.cutoff - coalesce((
    select sum(b.length)
    from (
      select s.spell_to at time zone 'utc' as ended_at, s.spell_to - s.spell_from as length,
        coalesce(sum(s.spell_to - s.spell_from) over (
          order by s.spell_from desc rows between unbounded preceding and 1 preceding), '0') as later
      from vigie.blind_spells() s
    ) b
    where b.ended_at > plain.cutoff - b.later), '0')
  from (select (now() at time zone 'utc') + ahead - make_interval(days => days) as cutoff) plain
$$;
