-- Every placement that was confirmed has its messages to host and guest recorded.
select 'confirmed without a word to the ' || lower(side.name) as what, placement.id::text as id
from placement cross join (values ('HOST'), ('GUEST')) side (name)
where placement.confirmed_at is not null and not exists (
  select 1 from message
  where message.placement_id = placement.id and message.to_side::text = side.name and message.kind = 'CONFIRMED_' || side.name)
