-- No proposed placement on a paused host, in a home nobody has seen, or against a wish for women among women (a stay that
-- is agreed may outlive a household that changed: people decide about it); no live placement on an unvetted or blocked
-- host, in a room out of service, or across a block; who was confirmed while the vetting held may stay when it runs out.
-- No host is vetted past the day on which the checks no longer suffice.
with live as (
  select placement.id, placement.state, placement.arrival_id, room.in_service, home.host_id as host_of_room,
    placement.host_id, host.state as host_state, host.paused, home.to_visit,
    -- a day's grace: the clock strikes by the hour, and towns lie apart
    host.state in ('APPLIED', 'VISITED') and placement.confirmed_at::date <= host.vetted_until + 1 as confirmed_before
  from placement join room on room.id = placement.room_id join home on home.id = room.home_id
    join host on host.id = home.host_id
  where placement.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')
)
select 'asked of a paused host' as what, id::text
from live
where state = 'PROPOSED' and paused
union all
select 'asked of a home nobody has seen', id::text
from live
where state = 'PROPOSED' and to_visit
union all
select 'against a wish for women among women', id::text
from live
where state = 'PROPOSED' and not women_fit(host_id, arrival_id)
union all
select 'host is not vetted', id::text
from live
where host_state <> 'VETTED' and not coalesce(confirmed_before, false)
union all
select 'vetted past the day the checks ran out', id::text
from host
where state = 'VETTED' and vetted_until < current_date - 1
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
