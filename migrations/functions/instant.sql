-- A platform date-time as the text that Vigie's programs exchange (src/core/instant.ts).
create or replace function vigie.instant(at timestamp)
returns text language sql stable parallel safe as $$
  select to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
