import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, HEX, LOWER_ALNUM } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const ids = (text: string): string[] => scanner.scan(text).map(({ ruleId }) => ruleId)

const PASSWORD = fakeToken(ALNUM, 14)
const HOST = "db.prod.acme.com"

const STORES: readonly string[] =
  `postgres postgresql postgresql+psycopg2 postgresql+asyncpg postgis pgsql mysql mysql2 mysql+pymysql mariadb
  mongodb mongodb+srv redis rediss redis+sentinel valkey amqp amqps amqp+ssl mssql mssql+pyodbc sqlserver
  oracle oracle+cx_oracle cockroachdb clickhouse clickhouse+native cassandra couchbase couchbases couchdb neo4j
  neo4j+s neo4j+ssc bolt bolt+s influxdb nats kafka mqtt mqtts pulsar pulsar+ssl etcd elasticsearch opensearch
  memcached snowflake redshift trino presto hive libsql rethinkdb arangodb stomp beanstalkd`
    .trim()
    .split(/\s+/)
const OTHERS: readonly string[] =
  "http https ftp ftps sftp ssh git git+https git+ssh svn+ssh smtp smtps imap imaps pop3 ldap ldaps socks5 socks5h s3 rtmp rtsp vnc smb webdav cloudinary".split(
    " ",
  )

describe("a password in the address of a database, broker or cache", () => {
  test.each(STORES)("%s: the whole address is found, and nothing of its neighbours", (scheme) => {
    const address = `${scheme}://app:${PASSWORD}@${HOST}:5432/orders?pool=5`
    expect(found(`see ${address} for more`)).toEqual([address])
    expect(ids(address)).toEqual(["connection-string"])
  })

  test.each([
    "localhost",
    "127.0.0.1",
    "[::1]",
    "0.0.0.0",
    "db",
    "redis-cache",
    "host.docker.internal",
    "${DB_HOST}",
  ])("on this machine or in this compose file (%s) the password alone", (host) => {
    expect(found(`postgres://app:${PASSWORD}@${host}:5432/orders`)).toEqual([PASSWORD])
    expect(ids(`postgres://app:${PASSWORD}@${host}:5432/orders`)).toEqual(["url-credential"])
  })

  test.each([
    ["no user", `redis://:${PASSWORD}@${HOST}:6379/0`],
    ["a token as user", `redis://${fakeToken(ALNUM, 32)}@${HOST}:6379`],
    [
      "a list of hosts",
      `mongodb://app:${PASSWORD}@a.${HOST}:27017,b.${HOST}:27017,c.${HOST}/db?replicaSet=x`,
    ],
    ["an IPv6 host", `postgres://app:${PASSWORD}@[2001:db8::5]:5432/x`],
    ["a host without a path", `amqps://app:${PASSWORD}@${HOST}`],
    ["parameters of its own", `mysql://app:${PASSWORD}@${HOST}/x?a=1&b=2#c`],
    ["percent-encoding", `postgres://app:p%40ss%2F${PASSWORD}@${HOST}/x`],
    ["a raw @", `postgres://app:p@ss-${PASSWORD}@${HOST}/x`],
    ["a raw /", `postgres://app:p/ss-${PASSWORD}@${HOST}/x`],
    ["a raw #", `postgres://app:p#ss-${PASSWORD}@${HOST}/x`],
    ["a raw ?", `postgres://app:p?ss-${PASSWORD}@${HOST}/x`],
    ["a raw :", `postgres://app:p:ss-${PASSWORD}@${HOST}/x`],
    ["a raw @ and /", `postgres://app:p@ss/${PASSWORD}@${HOST}:5432/x`],
    ["a $ inside", `postgres://app:a$${PASSWORD}@${HOST}/x`],
    ["Go's address form", `mysql://app:${PASSWORD}@tcp(${HOST}:3306)/x?parseTime=true`],
    ["JDBC parameters", `jdbc:mysql://${HOST}:3306/x?user=app&password=${PASSWORD}&useSSL=true`],
    ["JDBC with a mode", `jdbc:mysql:replication://${HOST}:3306/x?user=app&password=${PASSWORD}`],
    [
      "JDBC in SQL Server's form",
      `jdbc:sqlserver://${HOST}:1433;databaseName=x;user=app;password=${PASSWORD}`,
    ],
    ["JDBC with user information", `jdbc:postgresql://app:${PASSWORD}@${HOST}/x`],
    ["R2DBC", `r2dbc:pool:postgresql://app:${PASSWORD}@${HOST}/x`],
    ["a token parameter", `libsql://x.${HOST}?authToken=${fakeToken(ALNUM, 40)}`],
    ["HTML", `postgres://app:${PASSWORD}@${HOST}/x?a=1&amp;b=2`],
    ["escaped ampersands", `postgres://app:${PASSWORD}@${HOST}/x?a=1\\u0026b=2`],
  ])("%s", (_, address) => {
    expect(found(`url: ${address}`)).toEqual([address])
  })

  test("JSON with escaped slashes", () => {
    const address = `postgres:\\/\\/app:${PASSWORD}@${HOST}\\/x`
    expect(found(`{"url":"${address}"}`)).toEqual([address])
  })

  test("its word as a password counts where nothing else shows an example", () => {
    expect(found(`postgres://deploy:password@${HOST}/x`)).toEqual([`postgres://deploy:password@${HOST}/x`])
    expect(found(`postgres://user:password@${HOST}/x`)).toEqual([])
    expect(found("postgres://deploy:password@localhost/x")).toEqual([])
    expect(found("postgres://deploy:password@db.example.com/x")).toEqual([])
  })

  const address = `postgres://app:${PASSWORD}@${HOST}/x`
  test.each([
    ['"', '"'],
    ["'", "'"],
    ["`", "`"],
    ["<", ">"],
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["[db](", ")"],
    ['\\"', '\\"'],
    ["\\n", "\\n"],
    ["%22", "%22"],
    ["\\u0022", "\\u0022"],
    ["DATABASE_URL=", "\n"],
    ["", ", next"],
    ["", "; next"],
    ["", ". Next"],
    ["", ",next,fields"],
    ["", " && psql"],
    ["", "|cat"],
    ["これは", "です"],
    ["**", "**"],
  ])("ends where its syntax ends: %s…%s", (before, after) => {
    if (after === "%22") expect(found(`${before}${address} `)).toEqual([address])
    else expect(found(`x ${before}${address}${after} y`)).toEqual([address])
  })
})

describe("a credential in any other URL", () => {
  test.each(OTHERS)("%s: the address up to its path", (scheme) => {
    const server = `${scheme}://app:${PASSWORD}@host.acme.com:8080`
    expect(found(`see ${server}/x?y=1`)).toEqual([server])
    expect(ids(server)).toEqual(["server-address"])
    expect(found(`Ask ${scheme}://app:${PASSWORD}@host.acme.com.`)).toEqual([server.replace(":8080", "")])
  })

  test.each([
    ["of this machine", `http://app:${PASSWORD}@localhost:8080/x`],
    ["of a container", `http://app:${PASSWORD}@registry:5000/v2`],
    ["that everyone knows", `https://bob:${PASSWORD}@github.com/o/r.git`],
    ["that everyone knows, on a subdomain", `https://bob:${PASSWORD}@registry.npmjs.org/x`],
  ])("a host %s: the password alone", (_, text) => {
    expect(found(text)).toEqual([PASSWORD])
    expect(ids(text)).toEqual(["url-credential"])
  })

  test.each(["pass", "secret", "password"])(
    "the word %s before a real host, not before an example's",
    (word) => {
      expect(found(`ftp://user:${word}@ftp.acme.com/x`)).toEqual([`ftp://user:${word}@ftp.acme.com`])
      expect(found(`ftp://user:${word}@ftp.example.com/x`)).toEqual([])
    },
  )

  const token = fakeToken(ALNUM, 30)
  test.each([
    ["a token as user", `https://${token}@git.acme.com/o/r.git`, token],
    ["a token before x-oauth-basic", `https://${token}:x-oauth-basic@git.acme.com/o/r.git`, token],
    ["a token before an empty password", `https://${token}:@api.acme.com/v1`, token],
    ["x-access-token", `https://x-access-token:${token}@github.acme.com/o/r.git`, token],
    ["oauth2", `https://oauth2:${token}@gitlab.acme.com/o/r.git`, token],
    [
      "a key pair in hex",
      `https://${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}@gems.acme.com/`,
      `${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
    ],
    ["a variable after it", `"https://bob:${PASSWORD}@" + host`, PASSWORD],
    ["a variable as user", `https://\${USER}:${PASSWORD}@git.acme.com`, PASSWORD],
  ])("%s", (_, text, secret) => {
    expect(found(text)).toEqual([secret])
  })

  test.each([
    ["a domain name as user", `ldap://cn=admin,dc=acme:${PASSWORD}@ldap.acme.com`],
    ["an address as user", `smtp://bob%40acme.com:${PASSWORD}@smtp.acme.com:587`],
    ["an IPv6 host", `https://bob:${PASSWORD}@[2001:db8::1]:8443`],
    ["percent-encoding at its start", `https://bob:%40${PASSWORD}@git.acme.com`],
  ])("%s: all of it", (_, address) => {
    expect(found(`${address}/x`)).toEqual([address])
  })
})

describe("left alone", () => {
  test.each([
    "postgres://${DB_USER}:${DB_PASS}@${DB_HOST}:5432/app",
    "postgres://$USER:$PASS@db.acme.com/app",
    "postgres://user:password@localhost:5432/db",
    "postgres://username:password@db.acme.com/db",
    "postgres://<user>:<password>@db.acme.com/db",
    "postgres://{user}:{password}@{host}/db",
    "postgres://{{ user }}:{{ password }}@{{ host }}/db",
    "postgres://%s:%s@%s:%d/%s",
    "postgres://%(user)s:%(password)s@%(host)s/db",
    "postgresql://postgres:[YOUR-PASSWORD]@db.acme.com:5432/postgres",
    "mongodb+srv://<username>:<db_password>@cluster0.acme.com/?retryWrites=true",
    "mongodb+srv://user:%3Cpassword%3E@cluster0.acme.com/",
    "mysql://USER:PASSWORD@HOST:PORT/DATABASE",
    "amqp://user:*****@mq.acme.com",
    "redis://user:xxxx@cache.acme.com",
    "redis://cache.acme.com:6379/0",
    "jdbc:mysql://db.acme.com:3306/app?user=app&password=${PASSWORD}",
    "jdbc:postgresql://db.acme.com/app",
    "https://user@acme.com/repo.git",
    "https://acme.com/@scope/name",
    "https://acme.com:8080/a@b.c",
    "http://localhost:3000/a@b",
    "https://cdn.acme.com/npm/pkg@1.2.3/dist/x.js",
    "[a](https://acme.com:8080)[b](mailto:x@acme.test)",
    "https://user:your-password@acme.com/x",
    "https://username:REPLACE_WITH_PASSWORD@acme.com",
    "git+ssh://git@git.acme.com/o/r.git",
    "ssh://deploy@build.acme.com:22/srv",
  ])("%s", (text) => {
    expect(found(text)).toEqual([])
  })

  test("a masked address stays as it is, with the rest of its line", () => {
    const text = "postgres://app:<REDACTED:0123456789abcd>@db.prod.acme.com/x"
    expect(found(text)).toEqual([])
  })

  test("generated words of one class in place of the password are found at every length from four on", () => {
    for (let length = 4; length < 40; length++) {
      const password = fakeToken(LOWER_ALNUM, length, length)
      expect(found(`https://bob:${password}@github.com`)).toEqual([password])
    }
  })
})
