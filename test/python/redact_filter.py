"""What the logging filter masks, in a real Python. Reads samples as JSON on standard input, writes what leaked as JSON."""
import importlib.util
import io
import json
import logging
import os
import sys
import time

spec = importlib.util.spec_from_file_location("tickguard_redact", sys.argv[1])
tickguard_redact = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tickguard_redact)

given = json.load(sys.stdin)
env_value = given["env"]
os.environ["DESK_API_SECRET"] = env_value
stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s %(extra_text)s %(extra_dict)s", defaults={"extra_text": "", "extra_dict": ""}))
root = logging.getLogger()
root.addHandler(handler)
root.setLevel(logging.DEBUG)
tickguard_redact.install()
log = logging.getLogger("desk.orders")
leaks = []


def check(where, secret):
    shown = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    if secret in shown or "<" not in shown:
        leaks.append([where, shown.replace(secret, "RAW")])


for kind, (name, value) in given["samples"].items():
    log.info("%s=%s", name, value)
    check("args " + kind, value)
    log.info(f'{{"{name}": "{value}"}}')
    check("json " + kind, value)
    log.info("%(given)s", {"given": f"{name}={value}"})
    check("dict args " + kind, value)
    try:
        raise ValueError(f"bad {name}={value}")
    except ValueError:
        log.exception("failed")
    check("exc_info " + kind, value)
    log.info("x", extra={"extra_text": f"{name}={value}", "extra_dict": {"deep": [{name: value}]}})
    check("extra " + kind, value)
for where, call in {
    "env": lambda: log.info("value %s", env_value),
    "env in an object": lambda: log.info({"x": env_value}),
    "env in a list of args": lambda: log.info("%s %s", 1, [env_value]),
    "env in a broken format": lambda: log.info("%d", env_value),
    "env in an exception argument": lambda: log.error("it failed: %s", ValueError(env_value)),
    "env in extra of another type": lambda: log.info("x <", extra={"extra_text": ValueError(env_value)}),
    "stack": lambda: log.info(env_value, stack_info=True),
}.items():
    call()
    check(where, env_value)
quiet = []
for text in given["plain"]:
    log.info(text)
    shown = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    if text not in shown:
        quiet.append([text, shown])
record = log.makeRecord("desk", logging.INFO, "f.py", 1, "fill %s %s at %.5f, equity %.2f", ("EURUSD", "buy", 1.0825, 50123.5), None)
masks = tickguard_redact.RedactFilter()
count = 5000
started = time.process_time()
for _ in range(count):
    masks.filter(record)
cost = (time.process_time() - started) / count * 1e6
json.dump({"leaks": leaks, "quiet": quiet, "microseconds": cost, "version": sys.version.split()[0]}, sys.stdout)
