/**
 * Schemes of databases, caches, brokers and queues, as their drivers and SQLAlchemy, Prisma, Rails and dj-database-url
 * write them. The driver (`postgresql+psycopg2`) is cut off before.
 */
const STORE =
  /^(?:postgres(?:ql)?|postgis|pgsql|psql|pgx?5?|cockroach(?:db)?|crdb(?:-postgres)?|yugabyte(?:db|ysql)?|timescale(?:db)?|redshift|greenplum|edgedb|gel|mysql[2x]?|mysqlx|mysqlgis|mariadb|tidb|vitess|singlestore|memsql|percona|mongo(?:db)?|rediss?|redis-?(?:sentinel|cluster|socket)|valkeys?|keydb|dragonfly|memcached?s?|mssql|sqlserver|sqlsrv|azuresql|tds|oracle|oci8?|db2i?|ibmi|informix|sybase|hana|sap|hdbcli|teradata(?:sql)?|vertica|netezza|exa(?:sol)?|firebird|interbase|clickhouses?|chs?|snowflake|bigquery|databricks|trino|presto|hive2?|impala|drill|druid|pinot|phoenix|athena|cassandra|scylla|cql|couchbases?|couchdb|cloudant|cosmos(?:db)?|dynamodb|neo4j|bolt|memgraph|arango(?:db)?|orient(?:db)?|dgraph|gremlin|janusgraph|influx(?:db)?|questdb|taos(?:ws)?|timestream|elastic(?:search)?|es|opensearch|solr|typesense|meilisearch|qdrant|weaviate|milvus|rethinkdb|ravendb|surrealdb|faunadb|libsql|turso|rqlite|d1|amqps?|rabbitmq|stomps?|activemq|artemis|nats|stan|jetstream|kafka|confluent|redpanda|mqtts?|pulsar|rocketmq|zookeeper|zk|etcds?|consul|beanstalkd?|nsq|gearman|sqs|celery|sidekiq|resque)$/

/** Whether a URI of this scheme (lower case) leads into a data store, a broker or a cache. */
export function isStoreScheme(scheme: string): boolean {
  return STORE.test(scheme)
}

/** Names of this machine, and those that only a compose file or a cluster resolves: they have no dot. */
const LOCAL =
  /^(?:localhost|[\w-]+|(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[(?:::1|::|::ffff:127(?:\.\d{1,3}){3})\]|host\.(?:docker|containers|lima|rancher-desktop)\.internal)$/i

/** Written by a template: `${HOST}`, `<host>`, `{host}`, `%s`; or nothing at all. */
const TEMPLATE = /^$|^[$<{%*]|^\[(?![0-9A-Fa-f:.%]+\])/

/** Names that documentation writes: RFC 2606, and what people write in their place. */
const GENERIC =
  /(?:^|\.)(?:example(?:\.[a-z]{2,6})?|test|invalid|(?:your|my)?-?(?:host|domain|server|company|site|db|cluster)(?:name)?\.(?:com|org|net|tld|io))$|^(?:your|my|some)[-_.]|(?:^|\.)(?:xxx+|foo|bar)\./i

function hostNames(hosts: string): string[] {
  const inner = /^(?:tcp|udp|unix)\((.*)\)$/.exec(hosts)?.[1] ?? hosts
  return inner.split(",").map((host) => host.replace(/([^:]):\d{0,5}$/, "$1"))
}

/** Whether every host of a comma-separated list is this machine, a container's name or a template. */
export function isLocalHost(hosts: string): boolean {
  return hostNames(hosts).every((host) => LOCAL.test(host) || TEMPLATE.test(host))
}

/** Whether every host is local, or a name that stands in documentation only. */
export function isGenericHost(hosts: string): boolean {
  return hostNames(hosts).every((host) => LOCAL.test(host) || TEMPLATE.test(host) || GENERIC.test(host))
}
