-- How many projects one bulk act was for is counted by its id.
create index event_bulk on vigie.event ((after ->> 'bulkId')) where after ->> 'bulkId' is not null;
