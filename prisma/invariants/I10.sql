-- No proposal is past its deadline for more than 5 minutes; no undelivered message is older than
-- 15 minutes outside the dead-letter list.
select 'silence was not released' as what, placement.id::text as id
from placement join plan on plan.id = placement.plan_id
where placement.state = 'PROPOSED' and plan.deadline < now() - interval '5 minutes'
union all
select 'message is stuck', id::text
from message
where delivered_at is null and dead_at is null and created_at < now() - interval '15 minutes'
