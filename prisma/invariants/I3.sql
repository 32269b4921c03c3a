-- A placement is live exactly when it has one hold, with the same room, nights and guests.
select 'live without a hold' as what, placement.id::text as id
from placement
where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') and not exists (select 1 from hold where placement_id = placement.id)
union all
select 'hold without a live placement', hold.placement_id::text
from hold
where not exists (
  select 1 from placement where id = hold.placement_id and state in ('PROPOSED', 'CONFIRMED', 'ARRIVED'))
union all
select 'hold differs from its placement', hold.placement_id::text
from hold join placement on placement.id = hold.placement_id
where (hold.plan_id, hold.arrival_id, hold.room_id, hold.from_date, hold.until_date, hold.guests)
  <> (placement.plan_id, placement.arrival_id, placement.room_id, placement.from_date, placement.until_date, placement.guests)
