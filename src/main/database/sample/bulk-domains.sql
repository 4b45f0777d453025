-- Domains of the projects after the handmade ones.
insert into sample_domain (id, n, place, hostname, type, status, is_left)
select
  (select coalesce(max(e.id), 0) from sample_domain e) + row_number() over (order by p.n, place), p.n, place,
  case place when 2 then 'www.' else '' end || p.slug || pg_temp.one_of('{.example,.example,.test,.example.org}', p.n, 70),
  case
    when pg_temp.roll(p.n, 71) < case place when 1 then 0.9 else 0.3 end then 'route'
    else pg_temp.one_of('{301,301,302,307,308}', p.n, 72)
  end,
  pg_temp.drawn('{active,pending,failed,disabled}', '{0.86,0.91,0.95}', pg_temp.roll(p.n * 4 + place, 73)),
  false
from sample_project p, sample_size size, generate_series(1, p.domains) place
where p.n > size.edge_projects;
