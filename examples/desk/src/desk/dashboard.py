"""The desk's page: bars, reports, the news. Each view stands here twice, as it must not be and as it should be."""

import ast
import sqlite3

import requests
from flask import Flask, request, send_from_directory
from markupsafe import escape

app = Flask(__name__)
NEWS = {"cme": "https://www.cmegroup.com/rss", "fed": "https://www.federalreserve.gov/feeds/press_all.xml"}


@app.get("/bars-by-text")
def bars_by_text() -> list[tuple[object, ...]]:
    """Wrong: one quote in the symbol, and the statement is theirs."""
    symbol = request.args["symbol"]
    return sqlite3.connect("bars.db").execute(f"SELECT * FROM bars WHERE symbol = '{symbol}'").fetchall()


@app.get("/bars")
def bars() -> list[tuple[object, ...]]:
    """Right: the driver carries the value."""
    symbol = request.args["symbol"]
    return sqlite3.connect("bars.db").execute("SELECT * FROM bars WHERE symbol = ?", (symbol,)).fetchall()


@app.get("/report-anywhere/<path:name>")
def report_anywhere(name: str) -> str:
    """Wrong: `../.env` is a name, too."""
    return open("reports/" + name).read()


@app.get("/report/<path:name>")
def report(name: str) -> object:
    """Right: nothing above the folder is sent."""
    return send_from_directory("reports", name)


@app.get("/filter-by-code")
def filter_by_code() -> dict[str, bool]:
    """Wrong: the rule is a program, and it runs as the desk."""
    return {"passes": bool(eval(request.args["rule"]))}


@app.get("/filter")
def filter_by_value() -> dict[str, bool]:
    """Right: a value, and nothing that runs."""
    return {"passes": bool(ast.literal_eval(request.args["rule"]))}


@app.get("/news-from-anywhere")
def news_from_anywhere() -> bytes:
    """Wrong: this machine reaches the gateway, and so does whoever names its address."""
    return requests.get(request.args["url"], timeout=5).content


@app.get("/news")
def news() -> bytes:
    """Right: they choose one of ours."""
    return requests.get(NEWS[request.args["source"]], timeout=5).content


@app.get("/hello-as-it-came")
def hello_as_it_came() -> str:
    """Wrong: a script in the name trades in the trader's session."""
    name = request.args["name"]
    return f"<h1>{name}</h1>"


@app.get("/hello")
def hello() -> str:
    """Right: text stays text."""
    name = request.args["name"]
    return f"<h1>{escape(name)}</h1>"


def serve_with_console() -> None:
    """Wrong: an error's page has a console, and the console runs what it is told."""
    app.run(port=8600, debug=True)


def serve() -> None:
    """Right: for this machine, without a console."""
    app.run(host="127.0.0.1", port=8600)
