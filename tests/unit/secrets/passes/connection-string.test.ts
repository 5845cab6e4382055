import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const PASSWORD = fakeToken(ALNUM, 14)
const HOST = "db.prod.acme.com"

describe("Oracle and Go's MySQL driver", () => {
  test.each([
    `jdbc:oracle:thin:scott/${PASSWORD}@${HOST}:1521:orcl`,
    `jdbc:oracle:thin:scott/${PASSWORD}@//${HOST}:1521/orcl`,
    `jdbc:oracle:oci:scott/${PASSWORD}@${HOST}:1521/orcl`,
    `app:${PASSWORD}@tcp(${HOST}:3306)/orders?parseTime=true`,
    `app:p@:${PASSWORD}@tcp(${HOST}:3306)/orders`,
  ])("the whole address: %s", (address) => {
    expect(found(`dsn := "${address}"`)).toEqual([address])
  })

  test.each([
    `jdbc:oracle:thin:scott/${PASSWORD}@localhost:1521:orcl`,
    `app:${PASSWORD}@tcp(127.0.0.1:3306)/orders`,
    `app:${PASSWORD}@unix(/run/mysqld.sock)/orders`,
    `sqlplus scott/${PASSWORD}@${HOST}:1521/orcl`,
    `sqlplus -s scott/${PASSWORD}@//${HOST}/orcl @run.sql`,
    `impdp scott/${PASSWORD}@orcl directory=d`,
  ])("the password alone: %s", (text) => {
    expect(found(text)).toEqual([PASSWORD])
  })

  test.each([
    "jdbc:oracle:thin:@db.prod.acme.com:1521:orcl",
    "jdbc:oracle:thin:user/password@localhost:1521:xe",
    "jdbc:oracle:thin:${user}/${password}@db.acme.com:1521:xe",
    'fmt.Sprintf("%s:%s@tcp(%s:%d)/%s", user, pass, host, port, name)',
    "user:password@tcp(localhost:3306)/db",
    "username:password@protocol(address)/dbname",
    "sqlplus / as sysdba",
    "sqlplus $USER/$PASS@orcl",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("keyword strings", () => {
  const secret = `${PASSWORD};x`
  test.each([
    [`Server=tcp:${HOST},1433;Database=x;User Id=app;Password=${PASSWORD};Encrypt=True`, PASSWORD],
    [`Server=${HOST};Database=x;Uid=app;Pwd=${PASSWORD}`, PASSWORD],
    [`Driver={ODBC Driver 18 for SQL Server};Server=x;UID=app;PWD={${secret}};Encrypt=yes`, secret],
    [`Driver={x};Server=x;UID=app;PWD={a}}${secret}};Encrypt=yes`, `a}}${secret}`],
    [`Data Source=${HOST};User ID=app;Password="${secret}";Pooling=true`, secret],
    [`Data Source=${HOST};User ID=app;Password='${secret}'`, secret],
    [`Provider=SQLOLEDB;Password=a&b<c${PASSWORD};User ID=app`, `a&b<c${PASSWORD}`],
    [`"host=${HOST} password='${PASSWORD} x' user=app"`, `${PASSWORD} x`],
    [`"dbname=x user=app password=${PASSWORD} host=${HOST}"`, PASSWORD],
    [`new PDO("pgsql:host=${HOST};dbname=x;user=app;password=${PASSWORD}")`, PASSWORD],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  test.each([
    "Server=db;Database=x;User Id=app;Password={password};",
    "Server=db;Database=x;Uid=app;Pwd=${DB_PASS};",
    "Server=myServer;User Id=myUsername;Password=<password>;",
    'PWD={cwd}; echo "x"',
    "host=db password='%s' user=app",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("calls that take a password by position", () => {
  test.each([
    `new PDO('mysql:host=${HOST};dbname=x', 'app', '${PASSWORD}')`,
    `WiFi.begin("HomeNet", "${PASSWORD}");`,
    `Dim password As String = "${PASSWORD}"`,
    `Private Const DbPassword As String = "${PASSWORD}"`,
    `new PDO($dsn, $user, "${PASSWORD}", [PDO::ATTR_ERRMODE => 1])`,
    `mysqli_connect("${HOST}", "app", "${PASSWORD}", "x")`,
    `new mysqli('${HOST}', 'app', '${PASSWORD}')`,
    `mysql_real_connect(conn, "${HOST}", "app", "${PASSWORD}", NULL, 0, NULL, 0)`,
    `DBI->connect("dbi:Pg:dbname=x", "app", "${PASSWORD}")`,
    `oci_connect('app', '${PASSWORD}', '//${HOST}/x')`,
    `DriverManager.getConnection(url, "app", "${PASSWORD}")`,
    `DriverManager.getConnection(config.url(), "app", "${PASSWORD}")`,
    `pymysql.connect("${HOST}", "app", "${PASSWORD}", "x")`,
    `epgsql:connect("${HOST}", "app", "${PASSWORD}", [])`,
    `requests.get(url, auth=("app", "${PASSWORD}"))`,
    `HTTPBasicAuth('app', '${PASSWORD}')`,
    `req.SetBasicAuth("app", "${PASSWORD}")`,
    `.basic_auth("app", Some("${PASSWORD}"))`,
    `new DirectoryEntry("LDAP://${HOST}", "acme\\\\app", "${PASSWORD}")`,
    `new NetworkCredential("app", "${PASSWORD}")`,
    `server.login("app", "${PASSWORD}")`,
    `ftp_login($conn,\n  "app",\n  "${PASSWORD}"\n)`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([PASSWORD])
  })

  test.each([
    'new PDO($dsn, "app", $password)',
    "new PDO($dsn, 'app', getenv('DB_PASS'))",
    'mysqli_connect("localhost", "username", "password", "x")',
    'mysqli_connect("localhost", "root", "", "x")',
    "HTTPBasicAuth('user', 'pass')",
    'auth=("admin", "admin")',
    'auth=("user", "<your password>")',
    'req.SetBasicAuth(user, "$PASSWORD")',
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})
