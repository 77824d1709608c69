/** Passwords that everybody knows: what products are delivered with, and what people type first. */

/**
 * Delivered with products (PostgreSQL and TimescaleDB images, RabbitMQ, MinIO, Grafana, InfluxDB, Redis, MySQL, MongoDB samples, QuestDB `quest`,
 * ClickHouse, Keycloak, Jupyter) or first in every list of guessed passwords (NordPass and NCSC top lists).
 */
const KNOWN: ReadonlySet<string> = new Set((
  'admin administrator root toor password passw0rd p@ssw0rd p@ssword password1 password12 password123 password1234 passw0rd1 pass pass123 changeme change_me change-me changeit changethis change_this '
  + 'postgres postgresql mysql mariadb mongo mongodb redis guest rabbitmq minioadmin minio123 grafana influxdb influx quest clickhouse timescale timescaledb keycloak jupyter elastic '
  + 'trader trading trade bot secret letmein welcome welcome1 qwerty qwerty123 abc123 iloveyou master default user user123 admin123 admin1234 admin@123 root123 test1234 demo demo123 12345 123456 1234567 12345678 '
  + '123456789 1234567890 111111 000000 123123 654321 superuser supersecret s3cr3t secret123 mysecretpassword my-secret-pw example topsecret'
).split(' '));

/** Whether a password is one that everybody knows. */
export function isKnownPassword(value: string): boolean {
  return KNOWN.has(value.toLowerCase());
}
