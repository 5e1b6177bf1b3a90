"""A batch job that reports to the batch-pusher: it copies the valid rows of a CSV file. It imports no packages.

  export.py INPUT OUTPUT

BATCH_PUSHER_URL  the batch-pusher, such as https://batch-pusher.airflow-3.svc:5001
TOKEN             bearer token of the batch-pusher
CA_FILE           PEM file of the CA that signed its certificate; not needed for http://
PERIOD_SECONDS    how often the job runs; 86400 if unset

The exit code is the exit code of the job. If the report fails, the program writes a line to standard error and does not
change the exit code. The alert BatchRunMissing fires if reports are missing.
"""

from __future__ import annotations

import csv
import json
import os
import ssl
import sys
import time
import urllib.request

JOB = "payroll_python"
ATTEMPTS = 3


def report(body: dict[str, object]) -> None:
    request = urllib.request.Request(
        f"{os.environ['BATCH_PUSHER_URL']}/batches/{JOB}",
        data=json.dumps({"periodSeconds": float(os.environ.get("PERIOD_SECONDS", "86400")), **body}).encode(),
        headers={"authorization": f"Bearer {os.environ['TOKEN']}", "content-type": "application/json"},
        method="POST",
    )
    context = ssl.create_default_context(cafile=os.environ.get("CA_FILE"))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=10, context=context):
                return
        except OSError as error:
            if attempt == ATTEMPTS or getattr(error, "code", 503) < 500:
                print(f"the report of {JOB} was not accepted: {error}", file=sys.stderr)
                return
            time.sleep(attempt)


def export(source: str, target: str) -> dict[str, int]:
    with open(source, newline="") as rows:
        extracted = list(csv.reader(rows))
    transformed = [row for row in extracted if len(row) == 2 and row[1].isdigit()]
    with open(target, "w", newline="") as output:
        csv.writer(output).writerows(transformed)
    return {"extracted": len(extracted), "transformed": len(transformed), "loaded": len(transformed)}


def main() -> None:
    for name in ("BATCH_PUSHER_URL", "TOKEN"):
        if not os.environ.get(name):
            sys.exit(f"{name} is not set; see the first lines of {sys.argv[0]}")
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} INPUT OUTPUT")
    started = time.monotonic()
    try:
        etl = export(*sys.argv[1:])
    except Exception:
        report({"status": "failure", "durationSeconds": time.monotonic() - started})
        raise
    duration = time.monotonic() - started
    report({"status": "success", "durationSeconds": duration, "recordsProcessed": etl["loaded"], "etl": etl})


if __name__ == "__main__":
    main()
