"""A batch job that reports to the batch-pusher over HTTP. It needs no Prometheus library and no Pushgateway access.

This DAG is an example to copy. It is paused until an operator unpauses it. The Connection batch_pusher contains the
address of the function, and the bearer token as its password. Set the Connection in a secrets backend, in the user
interface or in the environment:

  AIRFLOW_CONN_BATCH_PUSHER={"conn_type": "http", "schema": "https", "host": "...", "port": 5001, "password": "..."}

BATCH_PUSHER_CA_FILE names a file of PEM CA certificates for the function; the system's CAs by default.

The report describes the newest run. A cleared run reports again only if the operator also clears the task report.
Airflow does not apply max_active_runs to backfills. Therefore a run of a backfill reports only if its date is the
latest date of the schedule. The report of an older date is skipped, because it would overwrite the report of the newest
run.
"""

from __future__ import annotations

import os
import ssl
import time
from datetime import datetime, timedelta, timezone
from typing import Any, TypedDict

import httpx
from airflow.sdk import Connection, dag, get_current_context, task, teardown
from airflow.sdk.exceptions import AirflowSkipException

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
        ti, run = context["ti"], context["dag_run"]
        age = datetime.now(timezone.utc) - run.run_after
        if run.run_type == "backfill" and age >= timedelta(seconds=PERIOD_SECONDS):
            raise AirflowSkipException("a backfill of an old date does not overwrite the report of the newest run")
        function = Connection.get("batch_pusher")
        ca_file = os.environ.get("BATCH_PUSHER_CA_FILE")
        # The request has no Idempotency-Key, because a cleared run must send a new report, which replaces the old one.
        headers = {}
        if function.password:
            headers["authorization"] = f"Bearer {function.password}"
        httpx.post(
            f"{function.schema or 'http'}://{function.host}:{function.port}/batches/{JOB}",
            json={
                "grouping": {"dag_id": DAG_ID},
                "periodSeconds": PERIOD_SECONDS,
                **described(*outcome(ti, "export")),
            },
            headers=headers,
            verify=ssl.create_default_context(cafile=ca_file) if ca_file else True,
            timeout=10,
        ).raise_for_status()

    export() >> report()


def outcome(ti: Any, task_id: str) -> tuple[bool, list[Exported]]:
    """Whether a task of the run has succeeded, and the results of its instances. A mapped task has several instances.

    The state decides: the XCom of an earlier try stays when Airflow clears a task and does not start the task again.
    """
    states = ti.get_task_states(dag_id=ti.dag_id, task_ids=[task_id], run_ids=[ti.run_id]).get(ti.run_id, {})
    # Airflow keeps former instances of a mapped task with the state "removed".
    current = [state for state in states.values() if state != "removed"]
    if not current or any(state != "success" for state in current):
        return False, []
    # With a list of ids, the answer is a list for a mapped task and for any other task. A task that an operator marked
    # as successful has no result.
    return True, [result for result in ti.xcom_pull(task_ids=[task_id]) if result is not None]


def described(success: bool, exported: list[Exported]) -> dict[str, object]:
    """The body of POST /batches/{job}. A failed run has no counts."""
    if not success:
        return {"status": "failure"}
    rows = sum(each["rows"] for each in exported)
    return {
        "status": "success",
        # Instances of a mapped task run at the same time.
        "durationSeconds": max((each["seconds"] for each in exported), default=0),
        "recordsProcessed": rows,
        "etl": {"extracted": rows, "transformed": rows, "loaded": rows},
    }


batch_pusher()
