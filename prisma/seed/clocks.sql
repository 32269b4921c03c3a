-- What the clock still has to do: remind of the proposals that wait, half-way to their deadlines. Letters of the story were
-- delivered long ago, nobody takes them into a queue. $1: ids of plans with a running clock.
update plan set remind_at = now() + (deadline - now()) / 2 where id = any ($1::uuid[])
