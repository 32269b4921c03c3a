-- An arrival's state agrees with its placements, and every arrival that is not closed or withdrawn
-- is in exactly one worklist.
with counted as (
  select arrival.id, arrival.state, arrival.closed_at, arrival.city_ids,
    count(placement.id) filter (where placement.state = 'PROPOSED') as asked,
    count(placement.id) filter (where placement.state in ('CONFIRMED', 'ARRIVED')) as housed
  from arrival left join placement on placement.arrival_id = arrival.id
  group by arrival.id
)
select 'state differs from the placements' as what, id::text
from counted
where case state
  when 'OPEN' then asked + housed > 0
  when 'OFFERED' then asked = 0 or housed > 0
  when 'PLACED' then housed = 0
  else asked + housed > 0 end
union all
select 'closed and still waiting, or over without a day', id::text
from counted
where (closed_at is null) <> (state not in ('CLOSED', 'WITHDRAWN'))
union all
select 'lost: no coordinator serves any of its cities', id::text
from counted
where state in ('OPEN', 'OFFERED', 'PLACED') and not exists (select 1 from city where city.id = any (counted.city_ids))
