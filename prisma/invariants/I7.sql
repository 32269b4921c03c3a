-- A confirmed placement has three yeses, a second pair of eyes where one is due, and no approver is its host.
with agreed as (
  select placement_id, count(distinct side) as sides from yes group by placement_id
),
looked_at as (
  select placement_id, count(distinct approver_id) as eyes from approval group by placement_id
),
confirmed as (
  select id, confirmed_at, needs_second, cardinality(children_ages) as children, coalesce(sides, 0) as sides, coalesce(eyes, 0) as eyes
  from placement left join agreed on agreed.placement_id = placement.id left join looked_at on looked_at.placement_id = placement.id
  where confirmed_at is not null or state in ('CONFIRMED', 'ARRIVED', 'DEPARTED', 'NOT_ARRIVED')
)
select 'confirmed without three yeses' as what, id::text
from confirmed
where sides < 3
union all
select 'confirmed without a moment', id::text
from confirmed
where confirmed_at is null
union all
select 'confirmed without a second pair of eyes', id::text
from confirmed
where needs_second and eyes < 2
union all
select 'children without a second pair of eyes due', id::text
from confirmed
where children > 0 and not needs_second
union all
select 'approved by its own host', placement.id::text
from placement join approval on approval.placement_id = placement.id join host on host.id = placement.host_id
where approval.approver_id = host.user_id
