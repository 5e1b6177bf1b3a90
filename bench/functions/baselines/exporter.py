"""The same exporter in Flask and prometheus_client: the metrics of one refresh, and the library's own process metrics."""

import sys

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REASONS = (
    "timeout network http_status rate_limited redirected too_large unsupported_encoding malformed refused no_offers implausible"
).split()
DISCARDS = ("unreadable", "other_market", "not_a_number", "not_positive", "outlier")

rate = Gauge("usdt_vnd_rate", "Median price of the first page of BUY offers on Binance P2P, in VND per USDT.")
last_update = Gauge("usdt_vnd_last_update", "Unix time of the last successful refresh, in seconds.")
errors = Counter("usdt_vnd_fetch_errors", "Refreshes that failed, by side and reason.", ["side", "reason"])
up = Gauge("usdt_vnd_up", "1 if the last refresh of the rate succeeded.")
duration = Histogram(
    "usdt_vnd_fetch_duration_seconds",
    "Time that a request to Binance P2P took, in seconds.",
    ["side"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
discarded = Counter("usdt_vnd_offers_discarded", "Offers left out, by side and reason.", ["side", "reason"])
per_side = [
    Gauge(f"usdt_vnd_{name}", "Of the page last read, by side of the market.", ["side"])
    for name in ("offers", "best_price", "median_price", "spread")
]

rate.set(26320)
last_update.set(1767225600)
up.set(1)
for side in ("buy", "sell"):
    for reason in REASONS:
        errors.labels(side, reason)
    for reason in DISCARDS:
        discarded.labels(side, reason)
    duration.labels(side).observe(0.2)
    for gauge in per_side:
        gauge.labels(side).set(26320)

app = Flask(__name__)


@app.get("/metrics")
def metrics():
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


if __name__ == "__main__":
    import logging

    logging.getLogger("werkzeug").disabled = True
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
