"""A batch job that lets the batch-pusher push for it, over HTTP: no Prometheus library, no way to the Pushgateway.

An example to start from, paused until someone lets it run. The Connection batch_pusher says where the function is, its
password is the bearer token; from a secrets backend, the user interface or the environment:

  AIRFLOW_CONN_BATCH_PUSHER={"conn_type": "http", "schema": "https", "host": "...", "port": 5001, "password": "..."}

BATCH_PUSHER_CA_FILE names PEM certificates that the function's is checked with; the system's by default.
"""

from __future__ import annotations

import os
import ssl
import time
from datetime import datetime, timedelta, timezone
from typing import TypedDict

import httpx
from airflow.sdk import Connection, dag, get_current_context, task, teardown

DAG_ID = "batch_pusher_dag"
JOB = "example_export"
PERIOD_SECONDS = float(os.environ.get("ETL_PERIOD_SECONDS", "3600"))


class Exported(TypedDict):
    rows: int
    seconds: float


@dag(
    dag_id=DAG_ID,
    description="A batch job that reports through the batch-pusher",
    doc_md=__doc__,
    schedule=timedelta(seconds=PERIOD_SECONDS),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    is_paused_upon_creation=True,
    max_active_runs=1,
    default_args={"execution_timeout": timedelta(minutes=2)},
    tags=["prometheus", "example"],
)
def batch_pusher() -> None:
    @task
    def export() -> Exported:
        started = time.monotonic()
        rows = sum(1 for row in range(5000) if row % 7)
        return {"rows": rows, "seconds": time.monotonic() - started}

    @teardown
    @task(retries=2, retry_delay=timedelta(seconds=2))
    def report() -> None:
        context = get_current_context()
        exported = context["ti"].xcom_pull(task_ids="export")
        function = Connection.get("batch_pusher")
        ca_file = os.environ.get("BATCH_PUSHER_CA_FILE")
        # No Idempotency-Key: a report replaces its group, and a run that is cleared has another to make.
        headers = {}
        if function.password:
            headers["authorization"] = f"Bearer {function.password}"
        httpx.post(
            f"{function.schema or 'http'}://{function.host}:{function.port}/batches/{JOB}",
            json={"grouping": {"dag_id": DAG_ID}, "periodSeconds": PERIOD_SECONDS, **described(exported)},
            headers=headers,
            verify=ssl.create_default_context(cafile=ca_file) if ca_file else True,
            timeout=10,
        ).raise_for_status()

    export() >> report()


def described(exported: Exported | None) -> dict[str, object]:
    """The body of POST /batches/{job}; a run that failed knows no counts."""
    if exported is None:
        return {"status": "failure"}
    rows = exported["rows"]
    return {
        "status": "success",
        "durationSeconds": exported["seconds"],
        "recordsProcessed": rows,
        "etl": {"extracted": rows, "transformed": rows, "loaded": rows},
    }


batch_pusher()
