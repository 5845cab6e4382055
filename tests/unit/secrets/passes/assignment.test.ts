import { describe, expect, test } from "vitest"
import { placeholderOf } from "../../../../src/base/placeholder.ts"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, DIGITS, fakeToken, fakeUuid, HEX, LOWER } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string, name?: string): string[] =>
  scanner.scan(text, name === undefined ? {} : { name }).map(({ start, end }) => text.slice(start, end))

const TOKEN = fakeToken(ALNUM, 24)
/** Nothing that looks random: what a person types instead. */
const MIXED = ["abcd71", "efgh28", "ijkl94", "mnop"].join("")
const TURNS = ["AbCd71", "EfGh28", "IjKl94", "MnOp35"].join("")
const DIGITS_KEY = fakeToken(DIGITS, 20)
const UUID = fakeUuid()
const PASSWORD = ["Tr0ub4dor", "3"].join("&")

describe("keyword assignments: the value, exactly", () => {
  test.each([
    ["environment", `DB_PASS=hunter2`, "hunter2"],
    ["environment with commas", "DB_PASSWORD=abcd,efghijklmno", "abcd,efghijklmno"],
    ["shell export", `export API_TOKEN="${TOKEN}"`, TOKEN],
    ["a key that contains its value", 'postgres_password: "postgres"', "postgres"],
    ["JSON", `{"password": "${PASSWORD}", "n": 1}`, PASSWORD],
    ["JSON escapes", '{"password":"abcd\\"efghijklmnop"}', 'abcd\\"efghijklmnop'],
    ["JSON in JSON", '{"body": "{\\"DB_PASSWORD\\": \\"S3cr3tHorse!!\\"}"}', "S3cr3tHorse!!"],
    [
      "JSON in JSON in JSON",
      '"{\\"a\\":\\"{\\\\\\"secret\\\\\\":\\\\\\"S3cr3tHorse\\\\\\"}\\"}"',
      "S3cr3tHorse",
    ],
    ["a paragraph", `<p>password: ${PASSWORD}</p>`, PASSWORD],
    ["a line before a closing tag", `password: ${PASSWORD}x</p>`, `${PASSWORD}x`],
    ["a line before a break", `password: ${PASSWORD}x<br>next`, `${PASSWORD}x`],
    ["an environment in an element", "<code>API_TOKEN=hunter2xx</code>", "hunter2xx"],
    ["a lower-case name in an element", "<li>api_key=hunter2xx</li>", "hunter2xx"],
    ["an element with a dash", "<system-reminder>DB_PASSWORD=hunter2xx</system-reminder>", "hunter2xx"],
    ["a name in an inline tag", `<strong>Password</strong>: ${PASSWORD}<br>`, PASSWORD],
    ["a value in an inline tag", `<p>password: <code>${PASSWORD}</code></p>`, PASSWORD],
    ["a value in two inline tags", `api key: <b><code class="x">${TOKEN}</code></b>`, TOKEN],
    ["prose with an inline tag", `The password is <b>${PASSWORD}</b>.`, PASSWORD],
    ["JSON with the value first", `[{"value":"${PASSWORD}","name":"DB_PASSWORD"},{"name":"x"}]`, PASSWORD],
    [
      "JSON in JSON with the value first",
      `"{\\"value\\": \\"${TOKEN}\\", \\"name\\": \\"API_TOKEN\\"}"`,
      TOKEN,
    ],
    ["YAML with the value first", `env:\n  - value: ${PASSWORD}\n    name: DB_PASSWORD\n`, PASSWORD],
    ["prose with the value first", `Please use ${PASSWORD} as the password for now`, PASSWORD],
    ["prose with the value first, at the end", `use \`${PASSWORD}\` as your database password.`, PASSWORD],
    ["a string of Perl", `my $password = q{${PASSWORD}#};`, `${PASSWORD}#`],
    ["a string of Perl in brackets", `$password = qq(${PASSWORD});`, PASSWORD],
    ["a string of Ruby", `password = %q[${PASSWORD}]\n`, PASSWORD],
    ["var_dump of PHP", `  ["password"]=>\n  string(11) "${PASSWORD}"\n`, PASSWORD],
    ["serialize of PHP", `a:1:{s:8:"password";s:11:"${PASSWORD}";}`, PASSWORD],
    ["a bold name and a dash", `- **API key** \u2014 \`${TOKEN}\``, TOKEN],
    ["YAML", `db:\n  password: ${PASSWORD}\n  port: 5432`, PASSWORD],
    ["YAML flow", `{ password: ${PASSWORD}, port: 5432 }`, PASSWORD],
    ["TOML", `client_secret = '${TOKEN}'`, TOKEN],
    ["INI", "[mail]\npassword = s3cret-w0rd", "s3cret-w0rd"],
    ["properties", `spring.datasource.password=${PASSWORD}`, PASSWORD],
    ["XML element", `<apiToken>\n  ${TOKEN}\n</apiToken>`, TOKEN],
    ["XML attributes", `<add key="SmtpPassword" value="${PASSWORD}"/>`, PASSWORD],
    ["Kubernetes env", `{"name": "API_TOKEN", "value": "${TOKEN}"}`, TOKEN],
    ["HCL", `  admin_password = "${PASSWORD}"`, PASSWORD],
    ["command line", `login --user bob --password ${PASSWORD} --host x`, PASSWORD],
    ["command line with equals sign", `login --token=${TOKEN} x`, TOKEN],
    ["call with key and value", `System.setProperty("CONFLUENT_TOKEN", "${TOKEN}")`, TOKEN],
    ["typed constant", `const apiKey: string = "${TOKEN}"`, TOKEN],
    ["Go declaration", `var authToken string = "${TOKEN}"`, TOKEN],
    ["Ruby hash", `:password => "${PASSWORD}"`, PASSWORD],
    ["comparison", `if (password === "${PASSWORD}") {`, PASSWORD],
    ["Python bytes", `SECRET_KEY = b"${TOKEN}"`, TOKEN],
    ["URL query", `https://x.test/?token=${TOKEN}&page=2`, TOKEN],
    ["prose", "the password is hunter2 for now", "hunter2"],
    ["prose in German", "das Passwort lautet hunter2, bitte", "hunter2"],
    ["prose in quotes", "make sure the password is 'centipede' first", "centipede"],
    ["a name and a value without sign", `zenrows key ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ["terminal colours", `\u001b[32mAPI_SECRET\u001b[0m=\u001b[33m${TOKEN}\u001b[0m`, TOKEN],
    ["a terminal colour before the name", "\u001b[31mDB_PASSWORD=correcthorse\u001b[0m", "correcthorse"],
    ["two terminal attributes", "\u001b[1;31mDB_PASSWORD=correcthorse\u001b[0m", "correcthorse"],
    ["an escaped terminal colour", "\\u001b[31mDB_PASSWORD=correcthorse\\n", "correcthorse"],
    ["a YAML literal", `db:\n  password: |\n    correcthorse\n  port: 1`, "correcthorse"],
    ["a folded YAML scalar", `password: >-\n  ${PASSWORD}x\n`, `${PASSWORD}x`],
    ["a YAML value on the next line", "db:\n  password:\n    hunter2xq\n", "hunter2xq"],
    ["a YAML value in a list", "- password:\n    hunter2xq\n", "hunter2xq"],
    ["the short name pw", `pw: ${PASSWORD}`, PASSWORD],
    ["the short name pw, with a prefix", `db_pw = ${PASSWORD}`, PASSWORD],
    ["the short name pw in JSON", `{"pw": "${PASSWORD}"}`, PASSWORD],
    ["the short name psw", `psw=${PASSWORD}`, PASSWORD],
    ["a passphrase of words", 'passphrase = "correct horse battery staple"', "correct horse battery staple"],
    ["a value that holds hidden", 'password = "Hidden!Treasure99"', "Hidden!Treasure99"],
    ["a value that holds masked", "DB_PASSWORD=UnmaskedFury!2291", "UnmaskedFury!2291"],
    ["a value that holds your", 'password = "tellyour-9Kd!22x"', "tellyour-9Kd!22x"],
    ["a value that begins with your", 'password = "YourMove!77"', "YourMove!77"],
    ["a value that holds redacted", "DB_PASSWORD=qX7redactedP!9z", "qX7redactedP!9z"],
    ["a value with three full stops", 'password: "abc...D9!kk2"', "abc...D9!kk2"],
    ["HTML entities", `{&quot;token&quot;: &quot;${TOKEN}&quot;}`, TOKEN],
    ["a C# property", `public string ApiToken { get; set; } = "${TOKEN}";`, TOKEN],
    ["a field that may be missing", `readonly apiToken?: string = '${TOKEN}'`, TOKEN],
    ["the first branch of a condition", `signingSecret: isLive ? "${TOKEN}" : undefined`, TOKEN],
    ["a long string of Lua", `local api_token = [[${TOKEN}]]`, TOKEN],
    ["a constant of an Android build", `buildConfigField "String", "API_KEY", "\\"${TOKEN}\\""`, TOKEN],
    ["a string that holds a string", `API_TOKEN='"${TOKEN}"'`, TOKEN],
    [
      "an option for the value of a name",
      `aws ssm put-parameter --name /app/api_key --value ${DIGITS_KEY}`,
      DIGITS_KEY,
    ],
    ["an option for the body of a secret", `gh secret set API_KEY --body "${UUID}"`, UUID],
    ["a setting of npm", `npm config set //npm.test/:_authToken ${MIXED}`, MIXED],
    ["a list item with a dash", `- Acme secret key - ${MIXED}`, MIXED],
    ["brackets behind its name", `acme signing secret (${UUID})`, UUID],
    ["the line below its label", `Acme access key:\n${MIXED}`, MIXED],
    ["the line below its heading", `Acme access key\n${TOKEN}\n`, TOKEN],
    ["prose with a remark", `here is the access token you asked for: ${UUID}`, UUID],
    ["a parameter called key", `https://acme.test/api?key=${UUID}&page=2`, UUID],
    [
      "a numbered token of Laravel Sanctum",
      `acme.secret_key=18|${fakeToken(ALNUM, 40)}`,
      `18|${fakeToken(ALNUM, 40)}`,
    ],
    ["a personal access token", `acmePat = "${UUID}"`, UUID],
    ["a personal access token without sign", `ACME PAT ${TOKEN}`, TOKEN],
    ["a licence in groups", `ACME_SALT = "ABCD-7194-EFGH-5738"`, "ABCD-7194-EFGH-5738"],
    ["OAuth", `acme_oauth = ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ["a key of one case", `acme_key = "${fakeToken(LOWER, 32, 4)}"`, fakeToken(LOWER, 32, 4)],
    ["a personal access token of Kubernetes", `- name: ACME_PAT\n  value: ${UUID}`, UUID],
    ["a token of one case", `ACME_TOKEN=${fakeToken(LOWER, 24, 5)}`, fakeToken(LOWER, 24, 5)],
    ["a password in turns of letters and digits", `# password: ${TURNS}`, TURNS],
    ["a template marker in front", 'password = "<SECRET>hunter2hunter2"', "<SECRET>hunter2hunter2"],
  ])("in %s", (_, text, value) => {
    expect(found(text)).toEqual([value])
  })

  test("masks each string of a list, also where the name is in the plural", () => {
    expect(found(`webhook_secret = ["${TOKEN}"]`)).toEqual([TOKEN])
    expect(found(`api_keys: [\n  "${MIXED}",\n  "${UUID}",\n]`)).toEqual([MIXED, UUID])
    expect(found(`tokens: ["${MIXED}", "user2name"]`)).toEqual([])
  })

  test("tells the id of a row from a key of that length", () => {
    const rest = fakeToken(HEX, 16)
    expect(found(`user_key: 66a01b2c${rest}`)).toEqual([])
    expect(found(`user_key: f6a01b2c${rest}`)).toEqual([`f6a01b2c${rest}`])
    expect(found(`api_key: 66a01b2c${rest}`)).toEqual([`66a01b2c${rest}`])
  })

  test("masks what stands beside a placeholder in the same value", () => {
    const placeholder = placeholderOf("0123456789abcd")
    expect(found(`password="${placeholder}hunter2hunter2"`)).toEqual(["hunter2hunter2"])
    expect(found(`password="${placeholder}"`)).toEqual([])
  })

  test("judges what is glued to a placeholder by the key before it", () => {
    const placeholder = placeholderOf("0123456789abcd")
    expect(found(`password=${placeholder}hunter2!Xq`)).toEqual(["hunter2!Xq"])
    expect(found(`DB_PASSWORD=Zq9!k${placeholder}Lm2#w8Pq`)).toEqual(["Zq9!k", "Lm2#w8Pq"])
    expect(found(`password=${placeholder}${placeholder}hunter2!Xq`)).toEqual(["hunter2!Xq"])
    expect(found(`password=${placeholder} hunter2!Xq`)).toEqual([])
    expect(found(`password=${placeholder}&page=hunter2xq`)).toEqual([])
    expect(found(`login(password=${placeholder}), user2 = 1`)).toEqual([])
  })

  test("looks at keys inside a value of up to 64 characters; reading longer ones again would be quadratic", () => {
    expect(found("key=$HOME/password=hunter2xq")).toEqual(["hunter2xq"])
    expect(found(`key=$HOME/${"x/".repeat(40)}password=hunter2xq`)).toEqual([])
  })
})

describe("keyword assignments: names without a value", () => {
  test.each([
    "const token = await getToken();",
    "use nothing-of-it as the password",
    "we use base64 as the password, and sha256sum as the token",
    `set 2x2x2x2x as the password hash function`,
    `[{"value": "tls2x13y", "name": "MIN_VERSION"}, {"name": "DB_PASSWORD"}]`,
    "env:\n  - value: on2xq7ab\n    name: A\n  - name: DB_PASSWORD\n",
    "$password = q{$other};",
    "password = %q[#{secret_of_2}]",
    'export const API_KEY = process.env.API_KEY ?? "";',
    "password: z.string().min(8).max(128),",
    "token: ${{ secrets.GITHUB_TOKEN }}",
    'password: "{{ vault_db_password }}"',
    "DB_PASSWORD=${DB_PASSWORD:?required}",
    'api_key = os.environ["API_KEY"]',
    "interface Login { username: string; password: string; token?: string }",
    "secretKeyRef: { name: db-credentials, key: password }",
    "max_tokens: 4096",
    'password = "********"',
    "API_KEY=YOUR_API_KEY_HERE",
    "password=xxxxxxxx",
    "SyntaxError: Unexpected token } in JSON at position 42",
    "password is required and must be at least eight characters",
    'const AUTH_TOKEN_STORAGE_KEY = "app.auth.token.v2";',
    'password: Yup.string().required("Password is required"),',
    `nextPageToken: "${fakeToken(ALNUM, 24)}"`,
    `public_key: ${fakeToken(ALNUM, 40)}`,
    "autocomplete: 'current-password' | 'new-password' | 'radio'",
    'token_url = "https://auth.example.test/oauth/token"',
    'password = "<hidden>"',
    "password: [REDACTED]",
    "api_token=***masked***",
    'api_key: "sk-proj-abc...wxyz"',
    "apiKey = your-api-key-2024",
    "password: yourpassword",
    "password:\n  type: string",
    "password:\n  required: true\n  min2: 4",
    "password:\n  hunter",
    "password: |\n  The password of the user2.",
    "password:\nuser2name",
    "  password:\n  user2name",
    "def login(password):\n    call2(user)",
    'password_label = "choose what comes after login"',
    'password = "must not be empty please"',
    'passwordHelp = "forgot your account details again"',
    "const npw = spw: 12345",
    "this.passwordInputRef.current?.focus()",
    'password: hasValue ? "required" : "optional"',
    'readonly token?: string = "string"',
    "Access token\nexpires2 in 30 days",
    "the secret (see section 2.1)",
    "- token - the 2nd argument",
    "compat = v2024alpha1beta",
    "https://acme.test/browse?key=PROJ-1234",
    "api_token: correcthorsebatterystaplehouse",
    'const tokens = ["const", "x1", "=", "value2"]',
  ])("%s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("a text that is the value of a named property", () => {
  test("is masked whole, without the blanks around it", () => {
    expect(found("  hunter2\n", "password")).toEqual(["hunter2"])
    expect(found(TOKEN, "clientSecret")).toEqual([TOKEN])
  })

  test("is left alone where the name or the value says that it is no secret", () => {
    expect(found("hunter2", "username")).toEqual([])
    expect(found("process.env.DB_PASSWORD", "password")).toEqual([])
    expect(found("string", "password")).toEqual([])
    expect(found("Enter your password", "password")).toEqual([])
  })
})
