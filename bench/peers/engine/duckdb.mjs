// DuckDB on the visits of the benchmark: node duckdb.mjs load|ask|insert WORK AT. Prints one line of JSON; times in milliseconds.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [what, work, at] = process.argv.slice(2);
const path = `${work}/duck.db`;
if (what === 'load') for (const file of [path, `${path}.wal`]) if (existsSync(file)) rmSync(file);
const db = await (await DuckDBInstance.create(path, { threads: '2', memory_limit: '6GB' })).connect();
const ask = async sql => (await db.runAndReadAll(sql)).getRowObjects();
const timed = async work => { const from = performance.now(); const value = await work(); return [value, performance.now() - from]; };
const median = times => times.sort((a, b) => a - b)[times.length >> 1];

if (what === 'load') {
  const [, load] = await timed(async () => {
    await db.run(`create table raw as from read_csv('${work}/visits.csv', header = true,
      columns = {person: 'INTEGER', place: 'INTEGER', enter: 'INTEGER', leave: 'INTEGER'})`);
    await db.run('create table by_person as from raw order by person, enter');
    await db.run('create table by_place as from raw order by place, enter');
    await db.run('drop table raw');
    await db.run('checkpoint');
  });
  console.log(JSON.stringify({ load, bytes: statSync(path).size }));
  process.exit(0);
}
if (what === 'insert') {
  // Batches of 100, each committed: what a scan server does.
  await db.run('create or replace table fresh(person integer, place integer, enter integer, leave integer)');
  const rows = Array.from({ length: 100 }, (_, i) => `(${i},${i % 50},${1646092800 + i},${1646093800 + i})`).join(',');
  const [, took] = await timed(async () => { for (let i = 0; i < 200; i++) await db.run(`insert into fresh values ${rows}`); });
  console.log(JSON.stringify({ insert: 200 * 100 / took * 1000 }));
  process.exit(0);
}
const index = readFileSync(`${work}/index.csv`, 'utf8').trim().split('\n').slice(1).map(l => l.split(',').map(Number));
const table = rows => rows.map(([p, f, t], i) => `(${i},${p},${f},${t})`).join(',');

const met = (who, me) => `
  select ${who}, o.person as contact, least(o.leave, w.leave) - greatest(o.enter, w.enter) as seconds
  from w join by_place o on o.place = w.place and o.enter <= w.leave - 900 and o.leave >= w.enter + 900 and o.person <> w.person
  where least(o.leave, w.leave) - greatest(o.enter, w.enter) >= 900 and o.person <> ${me}`;
const ring1 = rows => `
  with idx(i, person, f, t) as (values ${table(rows)}),
  w as (select i, v.person, place, greatest(enter, f) as enter, least(leave, t) as leave from idx join by_person v using (person) where enter < t and leave > f)
  , m as (${met('w.i', 'w.person')})
  select count(*)::int as contacts, sum(n)::int as episodes from (select i, contact, count(*) as n from m group by all)`;
const ring2 = row => `
  with idx(i, person, f, t) as (values ${table([row])}),
  w as (select i, v.person, place, greatest(enter, f) as enter, least(leave, t) as leave from idx join by_person v using (person) where enter < t and leave > f),
  m1 as (${met('w.i', 'w.person')}), one as (select distinct contact from m1),
  w2 as (select v.person, place, greatest(enter, ${row[1]}) as enter, least(leave, ${row[2]}) as leave
    from one join by_person v on v.person = one.contact where enter < ${row[2]} and leave > ${row[1]}),
  m2 as (${met('1 as i', row[0]).replaceAll(' w ', ' w2 ').replaceAll('w.', 'w2.')})
  select count(distinct contact)::int as contacts from m2 where contact not in (select contact from one)`;

await ask(ring1(index.slice(0, 10)));
const [[batch], batchTime] = await timed(() => ask(ring1(index)));
const singles = [];
for (const row of index.slice(0, 100)) singles.push((await timed(() => ask(ring1([row]))))[1]);
const twos = [];
let second = 0;
for (const row of index.slice(0, 100)) {
  const [[found], time] = await timed(() => ask(ring2(row)));
  twos.push(time);
  second += found.contacts;
}
const counts = [];
let present = 0;
for (let i = 0; i < 10; i++) {
  const [rows, time] = await timed(() => ask(`select place, count(distinct person)::int as n from by_place where enter <= ${at} and leave > ${at} group by place`));
  counts.push(time);
  present = rows.reduce((sum, row) => sum + row.n, 0);
}
console.log(JSON.stringify({
  ring1: batch.contacts, episodes1: batch.episodes, ring2: second, present,
  batch1000: batchTime, ring1Median: median(singles), ring2Median: median(twos), ring2Total: twos.reduce((a, b) => a + b, 0),
  occupancyMedian: median(counts),
}));
