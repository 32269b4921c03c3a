-- A confirmed placement has three yeses, a second pair of eyes where one is due, and no approver is its host.
with confirmed as (
  select * from placement where confirmed_at is not null or state in ('CONFIRMED', 'ARRIVED', 'DEPARTED', 'NOT_ARRIVED')
)
select 'confirmed without three yeses' as what, id::text
from confirmed
where (select count(distinct side) from yes where placement_id = confirmed.id) < 3
union all
select 'confirmed without a moment', id::text
from confirmed
where confirmed_at is null
union all
select 'confirmed without a second pair of eyes', id::text
from confirmed
where needs_second and (select count(distinct approver_id) from approval where placement_id = confirmed.id) < 2
union all
select 'children without a second pair of eyes due', id::text
from confirmed
where cardinality(children_ages) > 0 and not needs_second
union all
select 'approved by its own host', placement.id::text
from placement join approval on approval.placement_id = placement.id join host on host.id = placement.host_id
where approval.approver_id = host.user_id
