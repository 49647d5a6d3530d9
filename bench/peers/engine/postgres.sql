-- PostgreSQL on the visits of the benchmark: the tables. The copies follow, then postgres-queries.sql.
\set QUIET on
\pset tuples_only on
\pset format unaligned
set client_min_messages = warning;
set work_mem = '256MB';
set maintenance_work_mem = '1GB';
set jit = off;
drop schema if exists bench cascade;
create schema bench;
set search_path = bench;
create temp table clock(what text primary key, at timestamptz, ms double precision);
insert into clock values ('load', clock_timestamp());
create unlogged table visit(person int, place int, enter int, leave int);
create unlogged table idx(person int, f int, t int);
