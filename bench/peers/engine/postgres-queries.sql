create index on visit (place, enter) include (leave, person);
create index on visit (person, enter) include (leave, place);
analyze visit;
alter table visit set (autovacuum_enabled = false);
vacuum visit;
update clock set ms = extract(epoch from clock_timestamp() - at) * 1000 where what = 'load';
-- The longest stay bounds how far back an overlapping one may have begun, so that the index is entered by enter.
select max(leave - enter) as longest from visit \gset

create function met(who int, f int, t int, longest int) returns table(contact int, seconds int) language sql stable as $$
  select o.person, least(o.leave, least(w.leave, t)) - greatest(o.enter, greatest(w.enter, f))
  from visit w cross join lateral (
    select v.person, v.enter, v.leave from visit v
    where v.place = w.place and v.enter >= greatest(w.enter, f) - longest and v.enter <= least(w.leave, t) - 900 and v.leave >= greatest(w.enter, f) + 900
    offset 0) o
  where w.person = who and w.enter < t and w.enter >= f - longest and w.leave > f and o.person <> who
    and least(o.leave, least(w.leave, t)) - greatest(o.enter, greatest(w.enter, f)) >= 900
$$;

create function ring2(who int, f int, t int, longest int) returns bigint language sql stable as $$
  with one as materialized (select distinct contact from met(who, f, t, longest))
  select count(distinct m.contact) from one cross join lateral met(one.contact, f, t, longest) m
  where m.contact <> who and m.contact not in (select contact from one)
$$;

create temp table result(what text, value bigint);
create temp table took(what text, ms double precision);
do $$
declare
  longest int := (select max(leave - enter) from visit);
  from_at timestamptz;
  r record;
  found bigint;
  second bigint := 0;
begin
  perform set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true);
  from_at := clock_timestamp();
  insert into result
    select unnest(array['ring1', 'episodes1']), unnest(array[count(*), sum(n)])
    from (select i.ctid, m.contact, count(*) as n from idx i cross join lateral met(i.person, i.f, i.t, longest) m group by 1, 2) c;
  insert into took values ('batch1000', extract(epoch from clock_timestamp() - from_at) * 1000);
  for r in select * from idx limit 100 loop
    from_at := clock_timestamp();
    perform count(*) from met(r.person, r.f, r.t, longest);
    insert into took values ('ring1Median', extract(epoch from clock_timestamp() - from_at) * 1000);
    from_at := clock_timestamp();
    found := ring2(r.person, r.f, r.t, longest);
    insert into took values ('ring2Median', extract(epoch from clock_timestamp() - from_at) * 1000);
    second := second + found;
  end loop;
  insert into result values ('ring2', second);
end $$;
do $$
declare
  from_at timestamptz;
begin
  set local client_min_messages = error;
  for i in 1..10 loop
    from_at := clock_timestamp();
    -- A table from a query may be made in parallel; a query into a variable may not.
    drop table if exists occupancy;
    create temp table occupancy as select place, count(*) as n from (
      select distinct place, person from visit where enter <= current_setting('bench.at')::int and leave > current_setting('bench.at')::int) d group by place;
    insert into took values ('occupancyMedian', extract(epoch from clock_timestamp() - from_at) * 1000);
  end loop;
  insert into result values ('present', (select sum(n) from occupancy));
end $$;
-- Batches of 100 into the indexed table, each committed: what a scan server does.
create procedure insert_batches(batches int) language plpgsql as $$
begin
  for b in 1..batches loop
    insert into bench.visit select i, i % 50, 1646092800 + b, 1646093800 + b from generate_series(1, 100) i;
    commit;
  end loop;
end $$;
insert into clock values ('insert', clock_timestamp());
call insert_batches(200);
update clock set ms = extract(epoch from clock_timestamp() - at) * 1000 where what = 'insert';
select json_object_agg(what, value) from (
  select what, value::double precision from result
  union all select what, percentile_cont(0.5) within group (order by ms) from took group by what
  union all select 'ring2Total', sum(ms) from took where what = 'ring2Median'
  union all select 'load', ms from clock where what = 'load'
  union all select 'insert', 200 * 100 / ms * 1000 from clock where what = 'insert'
  union all select 'bytes', pg_total_relation_size('visit')) all_of_it;
drop schema bench cascade;
