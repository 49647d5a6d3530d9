// One table of what `run` measured: node table.mjs WORK MILLIONS. Of several rounds, the least of each figure. Exit code 1 when counts differ.
import { existsSync, readFileSync } from 'node:fs';

const [work, millions] = process.argv.slice(2);
const text = file => existsSync(`${work}/${file}`) ? readFileSync(`${work}/${file}`, 'utf8').trim() : '';
const json = file => text(file) ? JSON.parse(text(file).split('\n').pop()) : {};
const least = file => {
  const rounds = text(file).split('\n').filter(Boolean).map(line => JSON.parse(line));
  return Object.fromEntries(Object.keys(rounds[0] ?? {}).map(key => [key, Math.min(...rounds.map(r => r[key]))]));
};
const rate = file => Number(/, (\d+) visits\/s/.exec(text(file))?.[1] ?? NaN);

const visits = millions * 1e6;
const qipan = least('qipan.rounds'), plain = least('plain.rounds');
const duckdb = { ...json('duckdb-load.json'), ...least('duckdb.rounds'), ...json('duckdb-insert.json') };
const postgres = json('postgres.json');
const one = json('cli1.json'), two = json('cli2.json');
const present = text('occupancy.csv').split('\n').slice(1).reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
qipan.bytes = Number(text('store.bytes'));
qipan.load = visits / rate('qipan-csv.txt') * 1000;
qipan.insert = Number(/, (\d+)\/s/.exec(text('append.txt'))?.[1] ?? NaN);

const number = x => x === undefined || Number.isNaN(x) ? '-' : x >= 100 ? Math.round(x).toLocaleString('en') : x.toPrecision(3);
const times = (theirs, ours) => theirs && ours ? `${number(theirs / ours)} ×` : '-';
const rows = [
  ['one ring-1 trace, median, ms', 'ring1Median'],
  ['1,000 ring-1 as one batch, ms', 'batch1000'],
  ['one ring-1+2 trace, median, ms', 'ring2Median'],
  ['100 ring-1+2, one after the other, ms', 'ring2Total'],
  ['all places’ occupancy, median, ms', 'occupancyMedian'],
  ['load from CSV, s', 'load', 1e-3],
  ['on disk, bytes a visit', 'bytes', 1 / visits],
  ['rows in batches of 100, a second', 'insert'],
];
console.log(`${millions} M visits | Qipan | plain C, 1 thread | DuckDB | PostgreSQL | DuckDB : Qipan\n---|---|---|---|---|---`);
for (const [name, key, factor = 1] of rows) {
  const of = from => from[key] === undefined ? undefined : from[key] * factor;
  const mine = of(qipan), theirs = of(duckdb);
  const ratio = key === 'insert' ? times(mine, theirs) : times(theirs, mine);
  console.log([name, number(mine), key === 'load' ? number(plain.load / 1000) : number(of(plain)), number(theirs), number(of(postgres)), ratio].join(' | '));
}
console.log(`\nQipan alone: ring-1 p99 ${number(qipan.ring1P99)} ms; 100 ring-1+2 on all threads ${number(qipan.ring2Batch)} ms; `
  + `load from raw ${number(visits / rate('qipan-raw.txt'))} s (${number(rate('qipan-raw.txt'))} visits/s), from CSV ${number(rate('qipan-csv.txt'))} visits/s; `
  + `open ${number(qipan.open)} ms, then ${qipan.residentMb} MB resident; ${text('append.txt')}`);
console.log(`Command line, cold: ring 1 median ${one.time_ms?.median} ms, p99 ${one.time_ms?.p99}, 1,000 in ${one.time_ms?.wall} ms; `
  + `ring 2 median ${two.time_ms?.median} ms, 100 in ${two.time_ms?.wall} ms`);

let wrong = false;
const counts = { ring1: one.contacts?.ring1, episodes1: one.episodes, ring2: two.contacts?.ring2, present };
for (const [who, theirs] of Object.entries({ qipan, plain, duckdb, postgres }))
  for (const [what, count] of Object.entries(counts))
    if (theirs[what] !== undefined && theirs[what] !== count) {
      console.log(`${who} counts ${what} ${theirs[what]}, the command line ${count}`);
      wrong = true;
    }
console.log(wrong ? 'THE COUNTS DIFFER' : `equal counts: ${JSON.stringify(counts)}`);
process.exit(wrong ? 1 : 0);
