"""Orders that a chart sends, and their way to the broker. Each step stands here twice."""

import hmac
import logging
import os
import random
import uuid
from pathlib import Path

import requests
from flask import Flask, request

from .broker import TradovateClient

BASE = "https://demo.tradovateapi.com/v1"
WEBHOOK_SECRET = Path("/run/secrets/webhook")

log = logging.getLogger(__name__)
hooks = Flask(__name__)


def place_order_for_ever(order: dict[str, object]) -> None:
    """Wrong: no answer, and nobody knows whether the order stands."""
    requests.post(f"{BASE}/order/placeorder", json=order)


def place_order_with_anybody(order: dict[str, object]) -> None:
    """Wrong: whoever sits between here and the broker reads the token and writes the order."""
    requests.post(f"{BASE}/order/placeorder", json=order, timeout=5, verify=False)


def place_order(order: dict[str, object]) -> None:
    """Right: five seconds, a certificate, an answer that is looked at."""
    requests.post(f"{BASE}/order/placeorder", json=order, timeout=5).raise_for_status()


def flatten_in_silence() -> None:
    """Wrong: the position is still there, and nobody is told."""
    try:
        place_order({"action": "Sell", "orderQty": 1})
    except requests.RequestException:
        pass


def flatten() -> None:
    """Right: whoever is on call hears of it."""
    try:
        place_order({"action": "Sell", "orderQty": 1})
    except requests.RequestException as error:
        log.error("the position was not closed: %s", error)
        raise


def guessable_order_id() -> str:
    """Wrong: two orders of a day get the same one, and the broker drops the second."""
    client_order_id = f"desk-{random.randint(1000, 9999)}"
    return client_order_id


def order_id() -> str:
    """Right: never met twice."""
    client_order_id = f"desk-{uuid.uuid4()}"
    return client_order_id


@hooks.post("/signal-from-anybody")
def signal_from_anybody() -> str:
    """Wrong: whoever finds the address trades the account."""
    place_order(request.get_json())
    return "ok"


@hooks.post("/signal")
def signal() -> tuple[str, int]:
    """Right: a secret that only the chart has, compared before anything else."""
    data = request.get_json()
    if not hmac.compare_digest(data["secret"], WEBHOOK_SECRET.read_text()):
        return "no", 401
    place_order(data)
    return "ok", 200


def connect_live() -> TradovateClient:
    """Wrong: the first test run trades real money."""
    return TradovateClient(name=os.environ["TRADOVATE_USERNAME"], password=os.environ["TRADOVATE_PASSWORD"], live=True)


def connect_as_told(live: bool) -> TradovateClient:
    """Right: the configuration of the environment decides."""
    return TradovateClient(name=os.environ["TRADOVATE_USERNAME"], password=os.environ["TRADOVATE_PASSWORD"], live=live)


def log_in_aloud() -> None:
    """Wrong: the password is in the log, and in every copy of it."""
    password = os.environ["TRADOVATE_PASSWORD"]
    log.info("login as %s with %s", os.environ["TRADOVATE_USERNAME"], password)


def log_in() -> None:
    """Right: who, and nothing that opens."""
    log.info("login as %s", os.environ["TRADOVATE_USERNAME"])
