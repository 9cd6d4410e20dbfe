#!/usr/bin/env bash
# Makes .env with passwords and keys nobody else has, once, for docker-compose.yml. What is there is never overwritten:
# the master key opens the devices' keys and can't be replaced. Keep a copy of it apart from the database's backups.
set -euo pipefail
cd "$(dirname "$0")/.."
[ ! -e .env ] || { echo ".env is there already; it stays as it is."; exit 0; }
random() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
cat > .env.new <<END
POSTGRES_OWNER_PASSWORD=$(random 24)
POSTGRES_RUN_PASSWORD=$(random 24)
EARMARK_MASTER_KEY=$(random 32)
INFLUX_ADMIN_PASSWORD=$(random 24)
INFLUX_PASSWORD=$(random 24)
END
mv -n .env.new .env
echo ".env made (mode 0600)."
