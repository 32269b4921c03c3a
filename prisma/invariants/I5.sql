-- Every placement that was confirmed has its messages to host and guest recorded: one for all rooms of a home in a plan.
select 'confirmed without a word to the ' || lower(side.name) as what, placement.id::text as id
from placement cross join (values ('HOST'), ('GUEST')) side (name)
where placement.confirmed_at is not null and not exists (
  select 1 from message join placement told on told.id = message.placement_id
  where told.plan_id = placement.plan_id and told.home_id = placement.home_id and message.to_side::text = side.name and message.kind = 'CONFIRMED_' || side.name)
