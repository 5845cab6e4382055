import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const PASSWORD = ["Hunter2", "Xq"].join("!")
const WORDS = ["correct", "horse"].join("")

describe("passwords in the arguments of commands", () => {
  test.each([
    [`sshpass -p ${PASSWORD} ssh h`, PASSWORD],
    [`sshpass -p '${WORDS}' ssh h`, WORDS],
    [`sshpass -p"${WORDS}" ssh h`, WORDS],
    [`mysql -u root -p${WORDS} db`, WORDS],
    [`mysqldump --single-transaction -u root --password=${WORDS} db`, WORDS],
    [`mariadb -h db.test -p'${PASSWORD}'`, PASSWORD],
    [`$ docker login -u bob -p ${WORDS} registry.test`, WORDS],
    [`podman login --password ${PASSWORD} registry.test`, PASSWORD],
    [`cd /var/lib/mysql; mysql -p${WORDS}`, WORDS],
    [`mysql --version && mysql -p${WORDS}`, WORDS],
    [`redis-cli -h cache.test -a ${WORDS} ping`, WORDS],
    [`psexec.exe \\\\10.0.0.7 -u Administrator -p ${WORDS} cmd /c dir`, WORDS],
    [`mongosh --host h -u app -p ${WORDS} db`, WORDS],
    [`ldapsearch -x -D cn=admin -w ${WORDS} -b dc=x`, WORDS],
    [`sqlcmd -S h -U sa -P '${PASSWORD}'`, PASSWORD],
    [`htpasswd -bc .htpasswd bob ${WORDS}`, WORDS],
    [`smbclient //h/share -U bob%${WORDS}`, WORDS],
    [`zip -r -P ${WORDS} a.zip b`, WORDS],
    [`net use Z: \\\\nas\\share /user:bob ${WORDS}`, WORDS],
    [`openssl enc -aes-256-cbc -k ${WORDS} -in a`, WORDS],
    [`openssl enc -aes-256-cbc -pass pass:${WORDS} -in a`, WORDS],
    [`$p = ConvertTo-SecureString "${PASSWORD}" -AsPlainText -Force`, PASSWORD],
    [`echo "::add-mask::${WORDS}"`, WORDS],
    [`unzip -P ${WORDS} a.zip`, WORDS],
    [`7z x -p${WORDS} a.7z`, WORDS],
    [`rabbitmqctl add_user bob ${WORDS}`, WORDS],
    [`openssl rsa -in k.pem -passin pass:${WORDS}`, WORDS],
    [`echo ${WORDS} | sudo -S apt update`, WORDS],
    [`echo "${PASSWORD}" | docker login -u bob --password-stdin`, PASSWORD],
    [`echo 'bob:${WORDS}' | sudo chpasswd`, WORDS],
    [`ipmitool -I lanplus -H 10.0.0.7 -U root -P ${WORDS} power on`, WORDS],
    [`mosquitto_pub -h mq.test -u bob -P ${WORDS} -t a -m b`, WORDS],
    [`lftp -u bob,${WORDS} sftp://h`, WORDS],
    [`security add-generic-password -a bob -s svc -w ${PASSWORD}`, PASSWORD],
    [`    stats auth admin:${WORDS}`, WORDS],
    [`echo "${PASSWORD}" | gh secret set DB_PASSWORD`, PASSWORD],
    [`echo ${WORDS} | npx wrangler secret put DB_PASSWORD`, WORDS],
    [`printf "${PASSWORD}" | docker secret create db_password -`, PASSWORD],
    [`echo -n "${PASSWORD}" | gcloud secrets create db-password --data-file=-`, PASSWORD],
    [`echo -n '${WORDS}' | gcloud secrets versions add db --data-file=-`, WORDS],
    [`echo "${WORDS}" | vercel env add DB_PASSWORD production`, WORDS],
    [`echo ${WORDS} | sudo passwd --stdin bob`, WORDS],
  ])("%s", (text, secret) => {
    expect(found(text)).toEqual([secret])
  })

  test.each([
    "mysql -u root -p db",
    "$p = ConvertTo-SecureString $plain -AsPlainText -Force",
    "openssl enc -aes-256-cbc -pass env:PASS -in a",
    "net use Z: \\\\nas\\share /user:bob *",
    "zip -r a.zip b",
    "mysql -u root -p",
    "mysql --port 3306 --protocol tcp",
    "mysql -u root -p$MYSQL_ROOT_PASSWORD db",
    'sshpass -p "$PASS" ssh h',
    "sshpass -f file ssh h",
    "docker login -u bob --password-stdin registry.test",
    "docker run -p 8080:80 image",
    "echo mysql; mkdir -p some/dir",
    "redis-cli -h cache.test -p 6379",
    "mkdir -p mysql-data1",
    "psexec.exe \\\\10.0.0.7 -u bob cmd /c dir -p",
    "psexec -p %PASSWORD% -u bob cmd",
    "sqlcmd -S h -U sa -P $SA_PASSWORD",
    "echo $TOKEN | docker login --password-stdin",
    "cat token.txt | docker login --password-stdin",
    "openssl rsa -passin pass:$PASS",
    "sudo -s",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("lines of .pgpass", () => {
  test.each([
    [`db.example.test:5432:app:bob:${WORDS}`, WORDS],
    [`*:*:*:bob:${PASSWORD}`, PASSWORD],
    [`conf/.pgpass:1:localhost:5432:app:bob:${WORDS}`, WORDS],
    [`localhost:5432:app:bob:a\\:${WORDS}\nmore`, `a\\:${WORDS}`],
  ])("%s", (text, secret) => {
    expect(found(text)).toEqual([secret])
  })

  test.each([
    "postgres:5432:5432",
    "127.0.0.1:5432:5432/tcp",
    "root:*:19000:0:99999:7:::",
    "nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false",
    "db.example.test:5432:app:bob:*",
    "db.example.test:5432:app:bob:${PGPASSWORD}",
    "at db:5432:12:34: error while connecting",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})
