-- An arrival's state agrees with its placements, and every arrival that is not closed or withdrawn
-- is in exactly one worklist, also for the nights that broke before a later stay; somebody of the team serves one of its cities, or an admin, who sees every city. So do hosts
-- who wait for a visit have somebody else who may come. Where a party is promised beds for a night, all of it is.
with serving as (
  select id as user_id, role, city_ids from "user" where role <> 'HOST' and disabled_at is null
),
-- nights on which it changes who of a party sleeps somewhere
turn as (
  select plan_id, arrival_id, unnest(array[from_date, until_date]) as night
  from placement where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') group by 1, 2, 3
),
asleep as (
  select turn.arrival_id, sum(stay.adults) as adults, sum(cardinality(stay.children_ages)) as children
  from turn join placement stay on stay.plan_id = turn.plan_id and stay.arrival_id = turn.arrival_id
    and stay.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') and turn.night >= stay.from_date and turn.night < stay.until_date
  group by turn.plan_id, turn.arrival_id, turn.night
),
live as (
  select arrival_id, count(*) filter (where state = 'PROPOSED') as asked, count(*) filter (where state in ('CONFIRMED', 'ARRIVED')) as housed
  from placement where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') group by arrival_id
),
counted as (
  select arrival.id, arrival.state, arrival.closed_at, arrival.city_ids, coalesce(live.asked, 0) as asked, coalesce(live.housed, 0) as housed
  from arrival left join live on live.arrival_id = arrival.id
)
select 'state differs from the placements' as what, id::text
from counted
where case state
  when 'OPEN' then asked + housed > 0
  when 'OFFERED' then asked = 0 or housed > 0
  when 'PLACED' then housed = 0
  else asked + housed > 0 end
union all
select distinct 'a night without a bed for all of a party', arrival.id::text
from asleep join arrival on arrival.id = asleep.arrival_id
where asleep.adults <> arrival.adults or asleep.children <> cardinality(arrival.children_ages)
union all
select 'looks for the nights after no stay', counted.id::text
from counted join arrival on arrival.id = counted.id
where arrival.onward_until is not null and not (case counted.state when 'PLACED' then onward_nights(counted.id, null) is not null else counted.state = 'OFFERED' end)
union all
select 'needs nights that stand in no list', id::text
from arrival
-- the function is asked of whom it concerns: it takes longer than all the rest
where state = 'PLACED' and case when onward_until is not null then onward_nights(id, null) is null else true end and (broken_placement or exists (
  select 1 from placement where arrival_id = arrival.id and state = 'DEPARTED' and ended_side = 'HOST' and not need_over
    -- nights for which they had a place since, and left it of their own will, are not missed
    and not live_nights(arrival_id) + coalesce((select range_agg(daterange(later.from_date, later.until_date)) from placement later
        where later.arrival_id = arrival.id and later.state = 'DEPARTED' and later.ended_side = 'GUEST'), '{}')
      @> daterange(least(greatest(departed_on, city_today(city_ids[1])), until_date), until_date)))
union all
select 'closed and still waiting, or over without a day', id::text
from counted
where (closed_at is null) <> (state not in ('CLOSED', 'WITHDRAWN'))
union all
select 'lost: no coordinator serves any of its cities', id::text
from counted
where state in ('OPEN', 'OFFERED', 'PLACED') and not exists (
  select 1 from serving where role = 'ADMIN' or city_ids && counted.city_ids)
union all
select 'lost: nobody can visit this host', host.id::text
from host join home on home.host_id = host.id
where host.state = 'APPLIED' and not exists (
  select 1 from serving where user_id <> host.user_id and (role = 'ADMIN' or city_ids && array[home.city_id]))
