/** Databases and search: whoever holds these reads and changes what is stored. Passwords in addresses are found apart. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE62, BASE64, DIGITS, HEX, LOWER_DIGITS, UPPER_DIGITS, URL_SAFE, chars, mixed } from './random.ts';

type Words = Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'>;
const DATA: Words = { role: 'token', can: ['write', 'read'], opens: 'it reads and writes your data', rotate: 'Revoke it in the console' };
const ADMIN: Words = { ...DATA, can: ['admin', 'write', 'read'], opens: 'it creates and drops your databases' };

/** Whether a web token is Supabase's for servers; the one for pages has the role `anon`. */
function isServiceRole(token: string): boolean {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('latin1');
  return payload.includes('supabase') && payload.includes('"service_role"');
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const DATABASE_DETECTORS: readonly Detector[] = [
  {
    kind: 'shape', name: 'supabase-service-key', title: 'Supabase service key', provider: 'supabase', can: ['admin', 'write', 'read'], opens: 'it passes every row-level rule', rotate: 'Rotate the JWT secret in the API settings',
    source: 'Supabase docs, API keys: a web token whose role is service_role (the anon key is public)', prefix: 'eyJ', severity: 'error', keywords: ['eyjhbgci'],
    pattern: /(?<![A-Za-z0-9_])eyJhbGci[A-Za-z0-9_-]{10,60}\.eyJ[A-Za-z0-9_-]{40,400}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/y, before: 0, decisive: false,
    check: isServiceRole,
    sample: (random) => `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ iss: 'supabase', ref: chars(random, 'abcdefghijklmnopqrstuvw', 20), role: 'service_role', iat: 1_700_000_000, exp: 2_015_000_000 })}.${mixed(random, URL_SAFE, 43)}`,
    nearMisses: (random) => [{ why: 'the public key', variable: 'value', value: `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ iss: 'supabase', ref: chars(random, 'abcdefghijklmnopqrstuvw', 20), role: 'anon', iat: 1_700_000_000, exp: 2_015_000_000 })}.${mixed(random, URL_SAFE, 43)}` }],
  },
  prefixed({ ...ADMIN, name: 'supabase-token', title: 'Supabase token', provider: 'supabase', formats: [['sbp_', run(HEX, 40)], ['sbp_oauth_', run(HEX, 40)]],
    source: 'Supabase docs, access tokens: sbp_ and 40 hex digits' }),
  prefixed({ ...DATA, name: 'supabase-secret-key', title: 'Supabase secret key', provider: 'supabase', opens: 'it passes every row-level rule',
    formats: [['sb_secret_', run(URL_SAFE, 22), '_', run(URL_SAFE, 8)], ['sb_secret_', run(URL_SAFE, 31)]],
    source: 'Supabase docs, API keys: sb_secret_ and 31 characters' }),
  prefixed({ ...DATA, name: 'planetscale-password', title: 'PlanetScale password', provider: 'planetscale', formats: [['pscale_pw_', run(`${URL_SAFE}.=`, 32, 64)]],
    source: 'PlanetScale docs, passwords: pscale_pw_ and 32–64 characters' }),
  prefixed({ ...ADMIN, name: 'planetscale-token', title: 'PlanetScale token', provider: 'planetscale',
    formats: [[oneOf('pscale_tkn_', 'pscale_oauth_'), run(`${URL_SAFE}.=`, 32, 64)]],
    source: 'PlanetScale docs, service tokens: pscale_tkn_ and pscale_oauth_ and 32–64 characters' }),
  prefixed({ ...ADMIN, name: 'neon-key', title: 'Neon key', provider: 'neon', formats: [['napi_', run(LOWER_DIGITS, 64)]],
    source: 'Neon docs, API keys: napi_ and 64 small letters and digits' }),
  prefixed({ ...DATA, name: 'neon-password', title: 'Neon password', provider: 'neon', formats: [['npg_', run(BASE62, 12)]],
    source: 'Neon docs, connection strings; observed: npg_ and 12 letters and digits' }),
  prefixed({ ...ADMIN, name: 'mongodb-atlas-secret', title: 'MongoDB Atlas secret', provider: 'mongodb', formats: [['mdb_sa_sk_', run(URL_SAFE, 40)]],
    source: 'MongoDB Atlas docs, service accounts: mdb_sa_sk_ and 40 characters' }),
  named({ ...ADMIN, name: 'mongodb-atlas-private-key', title: 'MongoDB Atlas private key', provider: 'mongodb', vendors: ['atlas', 'mongodb', 'mongo'],
    role: 'secret', formats: [UUID_PARTS], source: 'MongoDB Atlas docs, programmatic API keys: the private key is a UUID',
    variables: ['ATLAS_PRIVATE_KEY', 'mongodb_atlas_private_key', 'atlasPrivateKey'] }),
  named({ ...ADMIN, name: 'upstash-key', title: 'Upstash key', provider: 'upstash', vendors: ['upstash'],
    formats: [UUID_PARTS, [run(BASE64, 50, 64), '=='], [run(URL_SAFE, 44, 64)]], not: ['id'],
    source: 'Upstash docs, REST tokens (base 64) and management keys (a UUID)', variables: ['UPSTASH_REDIS_REST_TOKEN', 'upstash_api_key', 'upstashToken'] }),
  prefixed({ ...ADMIN, name: 'cockroach-key', title: 'CockroachDB key', provider: 'cockroachdb', formats: [['CCDB1_', run(BASE62, 22), '_', run(BASE62, 40)]],
    source: 'CockroachDB Cloud docs, API keys: CCDB1_, 22 and 40 letters and digits' }),
  prefixed({ ...DATA, name: 'xata-key', title: 'Xata key', provider: 'xata', formats: [['xau_', run(BASE62, 32, 48)]],
    source: 'Xata docs, API keys; observed: xau_ and 32–48 letters and digits' }),
  named({ ...DATA, name: 'fauna-secret', title: 'Fauna secret', provider: 'fauna', vendors: ['fauna', 'faunadb'], formats: [['fn', run(URL_SAFE, 38)]],
    source: 'Fauna docs, secrets: fn and 38 url-safe characters, 40 in all' }),
  prefixed({ ...DATA, name: 'astra-token', title: 'DataStax Astra token', provider: 'datastax', formats: [['AstraCS:', run(BASE62, 24), ':', run(HEX, 64)]],
    source: 'DataStax Astra docs, application tokens: AstraCS:, 24 characters, 64 hex digits' }),
  prefixed({ ...ADMIN, name: 'databricks-token', title: 'Databricks token', provider: 'databricks', opens: 'it reads tables and runs clusters',
    formats: [[oneOf('dapi', 'dose'), run(HEX, 32), '-', run(DIGITS, 1)], [oneOf('dapi', 'dose', 'dsapi', 'dkea'), run(HEX, 32)]],
    source: 'Databricks docs, personal access tokens (dapi) and OAuth secrets (dose), 32 hex digits' }),
  prefixed({ ...DATA, name: 'confluent-secret', title: 'Confluent secret', provider: 'confluent', formats: [['cflt', run(BASE64, 60)]],
    source: 'Confluent Cloud docs, API keys since 2024: cflt and 60 characters' }),
  named({ ...DATA, name: 'confluent-old-secret', title: 'Confluent secret', provider: 'confluent', vendors: ['confluent', 'ccloud', 'kafka', 'cpdev'],
    formats: [[run(BASE64, 64)]], source: 'Confluent Cloud docs, API keys: a secret of 64 characters' }),
  named({ ...DATA, name: 'confluent-key', title: 'Confluent key', provider: 'confluent', vendors: ['confluent', 'ccloud'], role: 'key',
    formats: [[run(UPPER_DIGITS, 16)], [run(LOWER_DIGITS, 16)]], source: 'Confluent Cloud docs, API keys: a key of 16 letters and digits' }),
  prefixed({ ...ADMIN, name: 'clickhouse-key', title: 'ClickHouse Cloud key', provider: 'clickhouse', formats: [['4b1d', run(BASE62, 38)]],
    source: 'ClickHouse Cloud docs, API key secrets; other scanners: 4b1d and 38 letters and digits' }),
  named({ ...DATA, name: 'influxdb-token', title: 'InfluxDB token', provider: 'influxdb', vendors: ['influx', 'influxdb', 'influxdb2'],
    formats: [[run(URL_SAFE, 86), '==']], source: 'InfluxDB docs, API tokens: url-safe base 64 of 64 bytes' }),
  prefixed({ ...ADMIN, name: 'elastic-cloud-key', title: 'Elastic Cloud key', provider: 'elastic', formats: [['essu_', run(`${BASE64}=`, 60, 100)]],
    source: 'Elastic Cloud docs, API keys: essu_ and base 64' }),
  named({ ...DATA, name: 'elasticsearch-api-key', title: 'Elasticsearch key', provider: 'elastic', vendors: ['elastic', 'elasticsearch', 'es', 'kibana'],
    formats: [[run(BASE64, 58), '=='], [run(BASE64, 59), '='], [run(BASE64, 60)]], source: 'Elasticsearch docs, API keys: base 64 of id, colon and 22 characters',
    check: (value) => /^[A-Za-z0-9_-]{20}:[A-Za-z0-9_-]{22}$/.test(Buffer.from(value, 'base64').toString('latin1')),
    make: (random) => Buffer.from(`${mixed(random, URL_SAFE, 20)}:${mixed(random, URL_SAFE, 22)}`).toString('base64') }),
  named({ ...ADMIN, name: 'algolia-admin-key', title: 'Algolia key', provider: 'algolia', opens: 'it reads and writes your indexes',
    vendors: ['algolia', 'docsearch'], roles: ['adminkey', 'adminapikey'], not: ['search', 'searchonly'], formats: [[run(HEX, 32)]],
    source: 'Algolia docs, API keys: 32 hex digits' }),
  named({ ...DATA, name: 'algolia-search-key', title: 'Algolia search key', provider: 'algolia', can: ['read'], severity: 'warning',
    opens: 'it searches your indexes, as pages do', vendors: ['algolia', 'docsearch'], roles: ['searchkey', 'searchapikey'], not: ['admin'],
    formats: [[run(HEX, 32)]], source: 'Algolia docs, search-only API keys: 32 hex digits',
    variables: ['ALGOLIA_SEARCH_KEY', 'algolia_search_api_key', 'algoliaSearchApiKey'] }),
  prefixed({ ...DATA, name: 'pinecone-key', title: 'Pinecone key', provider: 'pinecone', formats: [['pcsk_', run(BASE62, 5, 6), '_', run(BASE62, 63)]],
    source: 'Pinecone docs, API keys: pcsk_, 5–6 and 63 letters and digits' }),
  named({ ...DATA, name: 'pinecone-old-key', title: 'Pinecone key', provider: 'pinecone', vendors: ['pinecone'], formats: [UUID_PARTS],
    source: 'Pinecone docs, older API keys: a UUID' }),
  prefixed({ ...DATA, name: 'chroma-key', title: 'Chroma key', provider: 'chroma', formats: [['ck-', run(BASE62, 44)]],
    source: 'Chroma Cloud docs; observed: ck- and 44 letters and digits' }),
  prefixed({ ...DATA, name: 'tinybird-token', title: 'Tinybird token', provider: 'tinybird', formats: [['p.eyJ', run(URL_SAFE, 60, 200), '.', run(URL_SAFE, 43)]],
    source: 'Tinybird docs, static tokens: p. and a signed object' }),
  prefixed({ ...DATA, name: 'pganalyze-key', title: 'pganalyze key', provider: 'pganalyze', can: ['read'], opens: 'it reads your queries and plans',
    formats: [['pgar_', run(BASE62, 26, 40)]], source: 'pganalyze docs, read API keys; other scanners: pgar_ and a body' }),
  prefixed({ ...DATA, name: 'airtable-token', title: 'Airtable token', provider: 'airtable', rotate: 'Delete it in the builder hub',
    formats: [['pat', run(BASE62, 14), '.', run(HEX, 64)]], source: 'Airtable docs, personal access tokens: pat, 14 characters, a dot, 64 hex digits' }),
  named({ ...DATA, name: 'airtable-key', title: 'Airtable key', provider: 'airtable', vendors: ['airtable'], formats: [['key', run(BASE62, 14)], [run(BASE62, 17)]],
    source: 'Airtable docs, API keys (retired 2024): key and 14 letters and digits' }),
  named({ ...DATA, name: 'hasura-admin-secret', title: 'Hasura admin secret', provider: 'hasura', vendors: ['hasura'], role: 'secret', roles: ['adminsecret'],
    formats: [[run(BASE62, 64)], [run(HEX, 32)]], source: 'Hasura Cloud docs, admin secrets: 64 letters and digits',
    variables: ['HASURA_GRAPHQL_ADMIN_SECRET', 'hasura_admin_secret', 'hasuraAdminSecret'] }),
];
