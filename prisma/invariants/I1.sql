-- No two holds of one room overlap, none lies outside the room's openings or over its beds,
-- and free runs are openings minus holds.
with offered as (
  select room_id, range_agg(during) as nights from opening group by room_id
),
held as (
  select room_id, range_agg(during) as nights from hold group by room_id
),
-- in the order of a room's mornings whoever overlaps anybody overlaps one who came before
in_turn as (
  select placement_id, from_date, max(until_date) over (
    partition by room_id order by from_date, until_date rows between unbounded preceding and 1 preceding) as taken_until
  from hold
),
stored as (
  select room_id, array_agg(daterange(from_date, until_date) order by from_date, until_date) as runs from free_run group by room_id
)
select 'two holds of one room overlap' as what, placement_id::text as id
from in_turn
where from_date < taken_until
union all
select 'hold outside the openings', hold.placement_id::text
from hold left join offered on offered.room_id = hold.room_id
where not coalesce(offered.nights @> hold.during, false)
union all
select 'more guests than beds', hold.placement_id::text
from hold join room on room.id = hold.room_id
where hold.guests > room.sleeps or hold.sleeps <> room.sleeps
union all
select 'free runs differ from openings minus holds', room.id::text
from room left join offered on offered.room_id = room.id left join held on held.room_id = room.id
  left join stored on stored.room_id = room.id
where array(select unnest(coalesce(offered.nights, '{}') - coalesce(held.nights, '{}'))) <> coalesce(stored.runs, '{}')
union all
select 'free run with facts of another room', free_run.room_id::text
from free_run left join room on room.id = free_run.room_id left join home on home.id = room.home_id
where room.id is null or free_run.sleeps <> room.sleeps or free_run.city_id <> home.city_id
