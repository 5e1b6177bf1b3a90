#!/usr/bin/env bash
# A batch job that reports to the batch-pusher: it copies the valid rows of a CSV file.
#
#   export.sh INPUT OUTPUT
#
# BATCH_PUSHER_URL  the batch-pusher, such as https://batch-pusher.airflow-3.svc:5001
# TOKEN             bearer token of the batch-pusher
# CA_FILE           PEM file of the CA that signed its certificate; not needed for http://
# PERIOD_SECONDS    how often the job runs; 86400 if unset
#
# The exit code is the exit code of the job. If the report fails, the script writes a line to standard error and does not
# change the exit code. The alert BatchRunMissing fires if reports are missing.
set -euo pipefail

: "${BATCH_PUSHER_URL:?set it to the address of the batch-pusher}"
: "${TOKEN:?set it to the bearer token of the batch-pusher}"
input=${1:?name the input file} output=${2:?name the output file}
job=payroll_bash period=${PERIOD_SECONDS:-86400}
extracted=0 transformed=0 loaded=0

report() {
  # SECONDS counts since the start of this shell.
  local status=$1 body="{\"status\":\"$1\",\"periodSeconds\":$period,\"durationSeconds\":$SECONDS"
  if [ "$status" = success ]; then
    body+=",\"recordsProcessed\":$loaded,\"etl\":{\"extracted\":$extracted,\"transformed\":$transformed,\"loaded\":$loaded}"
  fi
  # The token comes from a file descriptor, because every process list shows arguments.
  curl --silent --show-error --fail --output /dev/null --max-time 10 --retry 3 ${CA_FILE:+--cacert "$CA_FILE"} \
    -H @<(printf 'authorization: Bearer %s\n' "$TOKEN") -H 'content-type: application/json' -d "$body}" \
    "$BATCH_PUSHER_URL/batches/$job" || echo "the report of $job was not accepted" >&2
}

# This function runs at every end of the job, even after a failed command.
finish() {
  local code=$?
  if [ "$code" -eq 0 ]; then report success; else report failure; fi
  exit "$code"
}
trap finish EXIT

extracted=$(awk 'END { print NR }' "$input")
awk -F, 'NF == 2 && $2 ~ /^[0-9]+$/' "$input" > "$output"
transformed=$(awk 'END { print NR }' "$output")
loaded=$transformed
