-- Every placement that was confirmed has its messages to host and guest recorded: one for all rooms a party has in a home.
with told as (
  select placement.plan_id, placement.home_id, placement.arrival_id, message.to_side
  from message join placement on placement.id = message.placement_id
  where (message.kind, message.to_side) in (('CONFIRMED_HOST', 'HOST'), ('CONFIRMED_GUEST', 'GUEST'))
)
select word.missing as what, placement.id::text as id
from placement cross join (values
  ('HOST'::side, 'confirmed without a word to the host'), ('GUEST', 'confirmed without a word to the guest')) word (to_side, missing)
where placement.confirmed_at is not null and not exists (
  select 1 from told
  where told.plan_id = placement.plan_id and told.home_id = placement.home_id and told.arrival_id = placement.arrival_id
    and told.to_side = word.to_side)
