-- When whoever is to be told of a hold was; and until when a process is at it: one that dies in between leaves it to the next.
alter table vigie.hold
  add column told_at timestamptz,
  add column telling_until timestamptz;
update vigie.hold set told_at = created_at;

-- What was decided about the edge: retirements and exclusions.
create index event_edge on vigie.event (id) where kind in ('intake_retired', 'edge_retired', 'exclusion_changed');
