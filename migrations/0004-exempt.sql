-- Exemptions are made and ended by people, and end by themselves: a project or a team has at most one, which a new one
-- replaces; what became of the former is on record in vigie.event.
delete from vigie.exemption e
using vigie.exemption k
where k.id <> e.id
  and (k.project_id = e.project_id or k.team_id = e.team_id)
  -- The one that lasts longest stays.
  and (coalesce(k.until, 'infinity'), k.id) > (coalesce(e.until, 'infinity'), e.id);
drop index vigie.exemption_project;
drop index vigie.exemption_team;
create unique index exemption_project on vigie.exemption (project_id) where project_id is not null;
create unique index exemption_team on vigie.exemption (team_id) where team_id is not null;
-- Those that end soon, and those that have ended and are not on record yet.
create index exemption_until on vigie.exemption (until, id) where until is not null;
-- What happened to a team, for the timelines of its projects.
create index event_team on vigie.event (team_id, created_at desc, id desc) where project_id is null and team_id is not null;
