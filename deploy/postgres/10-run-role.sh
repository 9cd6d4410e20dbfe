#!/usr/bin/env bash
# Runs once, when the database's volume is empty: the role the parts run as. `earmark migrate --grant` gives it its rights.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --set=password="$EARMARK_RUN_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'END'
CREATE ROLE earmark_run LOGIN PASSWORD :'password';
END
