-- Gives the plans that were just played the moments their story has. The functions stamp everything with the present;
-- what they decided stays as they decided it. $1: one object per plan.
with story as (
  select * from jsonb_to_recordset($1::jsonb) as story (plan_id uuid, from_date date, proposed_at timestamptz,
    deadline timestamptz, host_yes_at timestamptz, guest_yes_at timestamptz, second_at timestamptz, confirmed_at timestamptz,
    arrived_at timestamptz)),
stay as (
  select placement.id, placement.confirmed_at is not null as was_confirmed, placement.arrived_on is not null as came, story.*
  from placement join story on story.plan_id = placement.plan_id),
plans as (
  update plan set created_at = story.proposed_at, deadline = story.deadline from story where plan.id = story.plan_id),
placements as (
  update placement set from_date = stay.from_date, created_at = stay.proposed_at,
    confirmed_at = case when stay.was_confirmed then stay.confirmed_at end,
    arrived_on = case when stay.came then stay.from_date end
  from stay where placement.id = stay.id),
holds as (
  update hold set from_date = stay.from_date from stay where hold.placement_id = stay.id and hold.from_date <> stay.from_date),
events as (
  update placement_event event set at = case event.to_state
      when 'PROPOSED' then stay.proposed_at when 'CONFIRMED' then stay.confirmed_at else stay.arrived_at end
  from stay where event.placement_id = stay.id),
yeses as (
  update yes set at = case yes.side
      when 'HOST' then stay.host_yes_at when 'GUEST' then stay.guest_yes_at else stay.proposed_at end
  from stay where yes.placement_id = stay.id),
approvals as (
  update approval set at = case when plan.proposed_by = approval.approver_id then stay.proposed_at else stay.second_at end
  from stay join plan on plan.id = stay.plan_id where approval.placement_id = stay.id),
reveals as (
  update reveal set at = stay.arrived_at from stay where reveal.placement_id = stay.id),
messages as (
  update message set attempts = 1,
    created_at = case when message.kind like 'ASK_EXTENSION%' then now() when message.kind like 'CONFIRMED%' then stay.confirmed_at
      else stay.proposed_at end,
    delivered_at = case when message.kind like 'ASK_EXTENSION%' then now() when message.kind like 'CONFIRMED%' then stay.confirmed_at
      else stay.proposed_at end
  from stay where message.placement_id = stay.id)
select count(*)::int as plans from story
