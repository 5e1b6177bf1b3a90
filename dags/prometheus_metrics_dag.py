"""A small ETL over generated orders that reports its metrics through a Prometheus Pushgateway.

extract >> transform >> load >> report. The report is a teardown: it runs regardless of the state of the stages, even
after a stage was killed. The state of the report does not change the state of the run. Therefore a Pushgateway that is
down makes no run fail. A run that does not start has no report. Then the age of the last report increases.

The report describes the newest run:
  - A run succeeds when each stage is in the state success. The report reads the states, because the XCom of an earlier
    try stays when Airflow clears a task and does not start the task again. A skipped stage counts as a failure: Airflow
    skips the remaining stages of a run that an operator marks as failed.
  - A cleared run reports again only if the operator also clears the task report. Clear the failed stage with its
    downstream tasks. "Clear only failed tasks" does not clear the report. The files of a failed run stay until the run
    succeeds. Therefore a cleared stage finds its input. After a success, clear extract with its downstream tasks.
  - A backfill has its own limit of active runs (10 by default): max_active_runs of the DAG does not apply. A run of a
    backfill therefore reports only if its date is the latest date of the schedule. The report of an older date is
    skipped, because it would overwrite the report of the newest run.

Environment of the workers and the DAG processor:
  PUSHGATEWAY_URL        URL of the Pushgateway; http://127.0.0.1:9091 by default
  PUSHGATEWAY_USERNAME   with PUSHGATEWAY_PASSWORD: basic authentication; none by default
  PUSHGATEWAY_CA_FILE    file of PEM CA certificates for the Pushgateway; the system's CAs by default
  PUSH_TIMEOUT_SECONDS   timeout of one push; 5 by default
  ETL_PERIOD_SECONDS     time between two runs; 3600 by default
  ETL_STAGING            folder of the stages' files; an object store if tasks run on several machines
                         (abfs://connection@container/path); a private folder in the temporary folder by default

The Variable prometheus_metrics_dag_params, a JSON object, changes the parameters of scheduled runs without a
deployment. For a drill, {"failAt": "transform"} makes each scheduled run fail.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import IO, Any, TypedDict
from urllib.parse import quote

import httpx
from airflow.sdk import ObjectStoragePath, Param, Variable, dag, get_current_context, task, teardown
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from prometheus_client import CollectorRegistry, Gauge, push_to_gateway, pushadd_to_gateway

DAG_ID = "prometheus_metrics_dag"
JOB = "airflow_etl"
PERIOD_SECONDS = float(os.environ.get("ETL_PERIOD_SECONDS", "3600"))
STAGES = ("extract", "transform", "load")

# All are gauges: a push replaces the metrics of the previous run.
METRICS = {
    "airflow_data_processing_duration_seconds": "Wall time of the last run, extract to load, in seconds.",
    "airflow_data_processing_records_total": "Records that the last successful run processed.",
    "airflow_data_processing_success": "1 if the last run succeeded, 0 if it failed.",
    "airflow_data_processing_last_success_timestamp_seconds": "Unix time of the last successful run, in seconds. A failed run does not change this value.",  # noqa: E501
    "airflow_data_processing_period_seconds": "Planned time between two runs of the job, in seconds. Absent if the job reports no period.",  # noqa: E501
    "airflow_etl_extract_records": "Records that the last successful run extracted.",
    "airflow_etl_transform_records": "Records that the transform stage of the last successful run produced.",
    "airflow_etl_load_records": "Records that the last successful run loaded.",
}


class Extracted(TypedDict):
    path: str
    records: int
    # Unix time in seconds.
    started_at: float


class Staged(TypedDict):
    path: str
    records: int


class Loaded(TypedDict):
    records: int
    checksum: str
    # Unix time in seconds.
    finished_at: float


def push(values: Mapping[str, float], *, replace: bool) -> None:
    """Pushes to the group of the DAG: replaces the group (PUT), or adds to it (POST). Raises on any failure."""
    registry = CollectorRegistry()
    for name, value in values.items():
        Gauge(name, METRICS[name], registry=registry).set(value)
    send = push_to_gateway if replace else pushadd_to_gateway
    send(
        os.environ.get("PUSHGATEWAY_URL", "http://127.0.0.1:9091"),
        job=JOB,
        # The grouping key has no run id, because with a run id each run would leave a permanent group.
        grouping_key={"dag_id": DAG_ID},
        registry=registry,
        timeout=float(os.environ.get("PUSH_TIMEOUT_SECONDS", "5")),
        handler=exchange,
    )


def exchange(
    url: str, method: str, timeout: float | None, headers: list[tuple[str, str]], data: bytes
) -> Callable[[], None]:
    """Sends one request for prometheus_client. A redirect is a failure, because credentials must not follow it."""
    username = os.environ.get("PUSHGATEWAY_USERNAME")
    ca_file = os.environ.get("PUSHGATEWAY_CA_FILE")

    def send() -> None:
        httpx.request(
            method,
            url,
            content=data,
            headers=headers,
            auth=(username, os.environ.get("PUSHGATEWAY_PASSWORD", "")) if username else None,
            verify=ssl.create_default_context(cafile=ca_file) if ca_file else True,
            timeout=timeout,
        ).raise_for_status()

    return send


def options() -> dict[str, Any]:
    """Parameters of the run: from its trigger, otherwise from the Airflow Variable, otherwise the defaults."""
    context = get_current_context()
    of_schedule = Variable.get(f"{DAG_ID}_params", default={}, deserialize_json=True)
    return {**context["params"], **of_schedule, **(context["dag_run"].conf or {})}


@contextmanager
def stage(name: str) -> Iterator[dict[str, Any]]:
    """Yields the options of a stage, and lasts its share of the run. failAt fails the stage, killAt kills it."""
    started = time.monotonic()
    given = options()
    if given["killAt"] == name:
        os.kill(os.getpid(), signal.SIGKILL)
    if given["failAt"] == name:
        raise AirflowFailException(f"the parameter failAt makes the stage {name} fail")
    yield given
    share = given["durationSeconds"] / len(STAGES)
    time.sleep(max(0.0, share - (time.monotonic() - started)))


def staging() -> ObjectStoragePath:
    """The folder for the files of all runs. If it is in the temporary folder, the current user must own it."""
    if given := os.environ.get("ETL_STAGING"):
        folder = ObjectStoragePath(given) / DAG_ID
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    own = Path(tempfile.gettempdir()) / f"{DAG_ID}-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    # If another user owned the folder, links of that user in the folder could make this process overwrite its own
    # files.
    if own.lstat().st_uid != os.getuid():
        raise AirflowFailException(f"{own} belongs to another user: remove this folder, or set ETL_STAGING")
    return ObjectStoragePath(str(own))


def staged(name: str) -> ObjectStoragePath:
    """A file of this run; a repeated task overwrites it."""
    run = quote(get_current_context()["run_id"], safe="")
    return staging() / f"{run}.{name}"


def opened(path: str) -> IO[str]:
    """A staged file, open for reading. @raises AirflowFailException if the file was removed"""
    try:
        return ObjectStoragePath(path).open()
    except FileNotFoundError:
        raise AirflowFailException(
            f"{path} does not exist: a run that succeeds removes its files. Clear extract with its downstream tasks."
        ) from None


ORDERS, PRICED = "orders.csv", "priced.csv"


def succeeded(ti: Any) -> bool:
    """Whether each stage of the run has the state success, including all instances of a mapped stage."""
    for stage_id in STAGES:
        states = ti.get_task_states(dag_id=ti.dag_id, task_ids=[stage_id], run_ids=[ti.run_id])
        # Airflow keeps former instances of a mapped task with the state "removed".
        current = [state for state in states.get(ti.run_id, {}).values() if state != "removed"]
        if not current or any(state != "success" for state in current):
            return False
    return True


def results(ti: Any, stage_id: str) -> list[Mapping[str, Any]]:
    """The results of a stage: several for a mapped stage, none if an operator marked the stage as successful."""
    # With a list of ids, the answer is a list for a mapped task and for any other task.
    return [result for result in ti.xcom_pull(task_ids=[stage_id]) if result is not None]


def outdated(run: Any, now: datetime) -> bool:
    """Whether a backfill made the run for a date that is not the latest of the schedule."""
    return run.run_type == "backfill" and run.run_after + timedelta(seconds=PERIOD_SECONDS) <= now


def measured(
    run_started_at: float, stages: Mapping[str, Sequence[Mapping[str, Any]]] | None, now: float
) -> dict[str, float]:
    """The values to push: `stages` holds the results of each stage of a success, and is None for a failure."""
    started_at, finished_at = run_started_at, now
    if stages is not None:
        finished_at = max((each["finished_at"] for each in stages["load"]), default=now)
        # Airflow resets the start of a cleared run. If only the report was cleared, this start is later than the load.
        starts = [run_started_at, *(each["started_at"] for each in stages["extract"] if "started_at" in each)]
        started_at = max((start for start in starts if start <= finished_at), default=finished_at)
    values = {
        "airflow_data_processing_success": 0.0 if stages is None else 1.0,
        "airflow_data_processing_duration_seconds": max(0.0, finished_at - started_at),
        "airflow_data_processing_period_seconds": PERIOD_SECONDS,
    }
    if stages is not None:
        records = {name: sum(each["records"] for each in found) for name, found in stages.items() if found}
        values["airflow_data_processing_last_success_timestamp_seconds"] = finished_at
        values |= {f"airflow_etl_{name}_records": count for name, count in records.items()}
        if "load" in records:
            values["airflow_data_processing_records_total"] = records["load"]
    return values


@dag(
    dag_id=DAG_ID,
    description="A simulated ETL that pushes its metrics",
    doc_md=__doc__,
    schedule=timedelta(seconds=PERIOD_SECONDS),
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    # Two runs at a time would overwrite each other's report. Airflow does not apply this limit to backfills.
    max_active_runs=1,
    # A run that times out sends no report. Therefore a hanging task must fail earlier.
    default_args={
        "retries": 1,
        "retry_delay": timedelta(seconds=2),
        "execution_timeout": timedelta(minutes=2),
    },
    dagrun_timeout=timedelta(minutes=15),
    params={
        "records": Param(1000, type="integer", minimum=0, maximum=100_000, description="Records to generate."),
        "durationSeconds": Param(
            0, type="number", minimum=0, maximum=60, description="Minimum duration of the run in seconds."
        ),
        "failAt": Param(None, enum=[None, *STAGES], description="The stage to fail."),
        "killAt": Param(None, enum=[None, *STAGES], description="The stage whose process is killed."),
    },
    tags=["prometheus", "etl"],
)
def prometheus_metrics() -> None:
    @task
    def extract() -> Extracted:
        started_at = time.time()
        path = staged(ORDERS)
        with stage("extract") as given, path.open("w") as file:
            records = given["records"]
            # Every seventh order has no quantity, to imitate a real source.
            csv.writer(file).writerows((i, i % 7, i * 2_654_435_761 % 100_000 / 100) for i in range(records))
        return {"path": str(path), "records": records, "started_at": started_at}

    @task
    def transform(extracted: Extracted) -> Staged:
        path = staged(PRICED)
        records = 0
        with stage("transform"), opened(extracted["path"]) as orders, path.open("w") as file:
            priced = csv.writer(file)
            for order, quantity, price in csv.reader(orders):
                if int(quantity) > 0:
                    priced.writerow((order, round(int(quantity) * float(price), 2)))
                    records += 1
        return {"path": str(path), "records": records}

    @task
    def load(transformed: Staged) -> Loaded:
        sink = hashlib.sha256()
        records = 0
        with stage("load"), opened(transformed["path"]) as priced:
            for order, total in csv.reader(priced):
                sink.update(json.dumps({"order": int(order), "total": float(total)}).encode() + b"\n")
                records += 1
        return {"records": records, "checksum": sink.hexdigest(), "finished_at": time.time()}

    @teardown
    @task(retries=2, retry_delay=timedelta(seconds=2))
    def report() -> None:
        context = get_current_context()
        ti, run = context["ti"], context["dag_run"]
        success = succeeded(ti)
        if success:
            for name in (ORDERS, PRICED):
                staged(name).unlink(missing_ok=True)
        now = datetime.now(timezone.utc)
        if outdated(run, now):
            raise AirflowSkipException("a backfill of an old date does not overwrite the report of the newest run")
        stages = {name: results(ti, name) for name in STAGES} if success else None
        # A failure is added to the group, because the group must keep the counts and the time of the last success.
        push(measured((run.start_date or now).timestamp(), stages, now.timestamp()), replace=success)

    load(transform(extract())) >> report()


prometheus_metrics()
