#!/usr/bin/env bash
# PostgreSQL on the visits of the benchmark: postgres.sh WORK AT. The server is the tests' own, unless QIPAN_TEST_POSTGRES names one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1 at=$2
[ -n "${QIPAN_TEST_POSTGRES:-}" ] || eval "$("$here/../../../tests/start-postgres")"
# "Host=..;Port=.." to "host=.. port=..", which psql reads.
connection=$(sed -E 's/([A-Za-z]+)=/\L\1=/g; s/username=/user=/; s/database=/dbname=/; s/;/ /g' <<<"$QIPAN_TEST_POSTGRES")
# One session: the copies come between the two files of statements.
{
  sed '/^\\copy/d' "$here/postgres.sql"
  echo "copy visit from stdin with (format csv, header);"
  cat "$work/visits.csv"
  echo '\.'
  echo "copy idx from stdin with (format csv, header);"
  cat "$work/index.csv"
  echo '\.'
  echo "set bench.at = '$at';"
  cat "$here/postgres-queries.sql"
} | psql -X -v ON_ERROR_STOP=1 "$connection" | tail -n 1
