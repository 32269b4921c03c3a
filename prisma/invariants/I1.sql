-- No two holds of one room overlap, none lies outside the room's openings or over its beds,
-- and free runs are openings minus holds.
select 'two holds of one room overlap' as what, one.placement_id::text as id
from hold one join hold other on other.room_id = one.room_id and other.placement_id <> one.placement_id and other.during && one.during
union all
select 'hold outside the openings', hold.placement_id::text
from hold
where not exists (select 1 from opening where opening.room_id = hold.room_id having range_agg(opening.during) @> hold.during)
union all
select 'more guests than beds', hold.placement_id::text
from hold join room on room.id = hold.room_id
where hold.guests > room.sleeps or hold.sleeps <> room.sleeps
union all
select 'free runs differ from openings minus holds', room.id::text
from room
where array(select run from free_runs_of(room.id) run order by run)
  <> array(select daterange(from_date, until_date) from free_run where room_id = room.id order by 1)
union all
select 'free run with facts of another room', free_run.room_id::text
from free_run left join room on room.id = free_run.room_id left join home on home.id = room.home_id
where room.id is null or free_run.sleeps <> room.sleeps or free_run.city_id <> home.city_id
