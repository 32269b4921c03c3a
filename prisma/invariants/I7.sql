-- A confirmed placement has three yeses, a second pair of eyes where one is due, and its host neither approves it nor answers for anybody else.
-- Whether one is due is asked of what does not change any more: the party, and that nobody was confirmed there before.
with agreed as (
  select placement_id, count(distinct side) as sides from yes group by placement_id
),
looked_at as (
  select placement_id, count(distinct approver_id) as eyes from approval group by placement_id
),
confirmed as (
  select placement.id, confirmed_at, needs_second, cardinality(arrival.children_ages) as children, woman_alone,
    -- several rooms are confirmed in one moment
    confirmed_at = min(confirmed_at) over (partition by host_id) as is_first, coalesce(sides, 0) as sides, coalesce(eyes, 0) as eyes
  from placement join arrival on arrival.id = placement.arrival_id left join agreed on agreed.placement_id = placement.id left join looked_at on looked_at.placement_id = placement.id
  where confirmed_at is not null or placement.state in ('CONFIRMED', 'ARRIVED', 'DEPARTED', 'NOT_ARRIVED')
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
select case when children > 0 then 'children without a second pair of eyes due'
  when woman_alone then 'a woman alone without a second pair of eyes due'
  else 'first guests of a host without a second pair of eyes due' end, id::text
from confirmed
where not needs_second and (children > 0 or ((woman_alone or is_first) and eyes < 2))
union all
select 'approved by its own host', placement.id::text
from placement join approval on approval.placement_id = placement.id join host on host.id = placement.host_id
where approval.approver_id = host.user_id
union all
select 'answered by its own host in the name of others', placement.id::text
from placement join yes on yes.placement_id = placement.id join host on host.id = placement.host_id
where yes.side <> 'HOST' and yes.by_user_id = host.user_id
