-- A placement is live exactly when it has one hold, with the same room, nights and guests.
with pair as (
  select coalesce(placement.id, hold.placement_id)::text as id, hold.placement_id is not null as is_held,
    coalesce(placement.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED'), false) as is_live,
    (hold.plan_id, hold.arrival_id, hold.room_id, hold.from_date, hold.until_date, hold.guests)
      <> (placement.plan_id, placement.arrival_id, placement.room_id, placement.from_date, placement.until_date, placement.guests) as differs
  from placement full join hold on hold.placement_id = placement.id
)
select 'live without a hold' as what, id
from pair
where is_live and not is_held
union all
select 'hold without a live placement', id
from pair
where is_held and not is_live
union all
select 'hold differs from its placement', id
from pair
where differs
