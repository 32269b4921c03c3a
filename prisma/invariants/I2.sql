-- No two live plans of one arrival overlap.
select 'two live plans for the same night' as what, one.arrival_id::text as id
from placement one join placement other on other.arrival_id = one.arrival_id and other.plan_id <> one.plan_id
  and daterange(one.from_date, one.until_date) && daterange(other.from_date, other.until_date)
where one.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') and other.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')
  and one.plan_id < other.plan_id
