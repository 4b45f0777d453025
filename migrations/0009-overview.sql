-- The reactivations of some weeks are counted without a look at all else that happened in them.
create index event_reactivated on vigie.event (created_at) where kind in ('reactivated', 'woken_by_upgrade');
