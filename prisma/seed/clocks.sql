-- What the queue still has to do: remind and release the proposals that wait. Letters of the story were delivered long
-- ago. Only jobs of this transaction are touched; nobody else can have seen them. $1: ids of plans with a running clock.
with done as (
  select graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs
    where created_at = now() and (key like 'message:%' or key like 'remind:%' or key like 'lapse:%')))),
finished as (select count(*) as jobs from done)
select count(reminded.id)::int as clocks
from finished, plan,
  lateral graphile_worker.add_job('remind_plan', json_build_object('planId', plan.id),
    run_at => now() + (plan.deadline - now()) / 2, job_key => 'remind:' || plan.id) reminded,
  lateral graphile_worker.add_job('lapse_plan', json_build_object('planId', plan.id),
    run_at => plan.deadline, job_key => 'lapse:' || plan.id) lapsing
where finished.jobs >= 0 and plan.id = any ($1::uuid[])
