-- The events of a placement form a legal path from nothing to its state, and its version counts them.
with path as (
  select placement_id, version, from_state, to_state,
    lag(to_state) over steps as before, row_number() over steps as step
  from placement_event
  window steps as (partition by placement_id order by version)
)
select 'version is not the number of events' as what, placement.id::text as id
from placement
where version <> (select count(*) from placement_event where placement_id = placement.id)
union all
select 'state is not the last event', placement.id::text
from placement
where state is distinct from (
  select to_state from placement_event where placement_id = placement.id order by version desc limit 1)
union all
select 'events with a gap', placement_id::text
from path
where version <> step or from_state is distinct from before
union all
select 'illegal move', placement_id::text
from path
where not exists (
  select 1 from legal_move where legal_move.from_state is not distinct from path.from_state and legal_move.to_state = path.to_state)
