-- The events of a placement form a legal path from nothing to its state, and its version counts them.
with path as (
  select placement_id, version, from_state, to_state,
    lag(to_state) over steps as before, row_number() over steps as step, lead(version) over steps is null as is_last
  from placement_event
  window steps as (partition by placement_id order by version)
),
end_of_path as (
  select placement.id, placement.version <> coalesce(path.step, 0) as is_miscounted,
    placement.state is distinct from path.to_state as is_elsewhere
  from placement left join path on path.placement_id = placement.id and path.is_last
)
select 'version is not the number of events' as what, id::text
from end_of_path
where is_miscounted
union all
select 'state is not the last event', id::text
from end_of_path
where is_elsewhere
union all
select 'events with a gap', placement_id::text
from path
where version <> step or from_state is distinct from before
union all
select 'illegal move', placement_id::text
from path
where not exists (
  select 1 from legal_move where legal_move.from_state is not distinct from path.from_state and legal_move.to_state = path.to_state)
