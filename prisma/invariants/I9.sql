-- Every reveal happened after the confirmation, to a side or an approver of that placement; a host who is visited was
-- opened to a coordinator with a name.
select 'revealed before the confirmation' as what, reveal.id::text as id
from reveal join placement on placement.id = reveal.placement_id
where placement.confirmed_at is null or reveal.at < placement.confirmed_at
union all
select 'revealed to somebody else', reveal.id::text
from reveal join placement on placement.id = reveal.placement_id join host on host.id = placement.host_id
where case reveal.to_side
  when 'COORDINATOR' then reveal.user_id is null or not exists (
    select 1 from approval where approval.placement_id = reveal.placement_id and approval.approver_id = reveal.user_id)
  when 'HOST' then reveal.user_id is not null and reveal.user_id <> host.user_id
  else reveal.user_id is not null end
union all
select 'host opened to nobody of the team', reveal.id::text
from reveal left join "user" on "user".id = reveal.user_id
where reveal.host_id is not null and (reveal.to_side <> 'COORDINATOR' or reveal.field = 'GUEST_CONTACT' or "user".id is null)
