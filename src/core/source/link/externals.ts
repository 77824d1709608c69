/** Packages that are never part of the checked project: calls into them are no edges. */
import { isFrameworkPackage } from '../frameworks/tables.ts';

/**
 * Top-level modules of Python's standard library (sys.stdlib_module_names of 3.13), without those whose names projects
 * use for modules of their own (`signal`, `queue`, `types`, `statistics` …), and the libraries trading code imports most.
 */
const EXTERNAL: ReadonlySet<string> = new Set((
  'abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 collections concurrent configparser contextlib '
  + 'contextvars copy csv ctypes dataclasses datetime decimal difflib email enum errno faulthandler fcntl fnmatch fractions '
  + 'functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json keyword '
  + 'linecache locale logging lzma marshal math mimetypes mmap multiprocessing operator os pathlib pickle pkgutil platform '
  + 'pprint pwd random re resource shlex shutil smtplib socket sqlite3 ssl stat string struct subprocess sys sysconfig '
  + 'tempfile textwrap threading time timeit traceback tracemalloc typing unicodedata unittest urllib uuid warnings weakref '
  + 'webbrowser xml zipfile zlib zoneinfo __future__ '
  + 'numpy pandas polars scipy sklearn torch tensorflow keras onnxruntime joblib matplotlib plotly seaborn requests httpx '
  + 'aiohttp urllib3 pydantic msgspec attr attrs yaml toml tomli dotenv pytz dateutil pendulum arrow loguru structlog rich '
  + 'tqdm click typer redis sqlalchemy psycopg2 pymongo boto3 flask fastapi uvicorn starlette pytest talib pandas_ta ta '
  + 'vectorbt yfinance websocket websockets zmq orjson ujson cachetools tenacity typing_extensions pandas_market_calendars'
).split(' '));

/** Modules of Node (nodejs.org/api) and the packages trading code imports most. */
const NODE_PACKAGES: ReadonlySet<string> = new Set((
  'assert buffer child_process cluster console crypto dns events fs fs/promises http http2 https net os path perf_hooks process '
  + 'querystring readline stream string_decoder timers timers/promises tls url util v8 vm worker_threads zlib '
  + 'axios node-fetch got undici ws isomorphic-ws socket.io-client socket.io reconnecting-websocket express fastify koa dotenv zod '
  + 'luxon dayjs moment moment-timezone date-fns date-fns-tz decimal.js big.js bignumber.js lodash ramda rxjs uuid chalk commander yargs '
  + 'winston pino bunyan log4js loglevel ioredis redis pg mysql2 mongodb mongoose knex typeorm technicalindicators '
  + 'react react-dom vue next jest vitest mocha chai sinon'
).split(' '));

/** True where an import of a script can only mean a package outside the project. */
export function isNodePackage(module: string): boolean {
  return NODE_PACKAGES.has(module) || isFrameworkPackage(module);
}

/** True where an import can only mean a package outside the project. */
export function isExternalModule(module: string): boolean {
  const dot = module.indexOf('.');
  const top = dot < 0 ? module : module.slice(0, dot);
  return EXTERNAL.has(top) || isFrameworkPackage(top);
}

/** True for a module of the standard library: a file of that name counts only beside the importing script. */
export function isCommonExternal(top: string): boolean {
  return EXTERNAL.has(top);
}
