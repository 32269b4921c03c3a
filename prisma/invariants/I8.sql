-- No proposed placement on a paused host; no live placement on an unvetted or blocked host,
-- in a room out of service, or across a block.
with live as (
  select placement.id, placement.state, placement.arrival_id, room.in_service, home.host_id as host_of_room,
    placement.host_id, host.state as host_state, host.paused
  from placement join room on room.id = placement.room_id join home on home.id = room.home_id
    join host on host.id = home.host_id
  where placement.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')
)
select 'asked of a paused host' as what, id::text
from live
where state = 'PROPOSED' and paused
union all
select 'host is not vetted', id::text
from live
where host_state <> 'VETTED'
union all
select 'room is out of service', id::text
from live
where not in_service
union all
select 'across a block', live.id::text
from live join block on block.host_id = live.host_id and block.arrival_id = live.arrival_id
union all
select 'host of another home', id::text
from live
where host_id <> host_of_room
