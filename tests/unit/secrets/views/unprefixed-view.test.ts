import { describe, expect, test } from "vitest"
import { unprefixedView } from "../../../../src/secrets/views/unprefixed-view.ts"
import { writtenLinesView } from "../../../../src/secrets/views/written-lines-view.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { masked, survives } from "./masking.ts"

const secret = `${fakeToken(ALNUM, 14, 21)}4k`
const encoded = btoa(`correct-horse ${secret}`)

/** Forms in which the name of a value stands on another line than the value. */
const forms: Readonly<Record<string, string>> = {
  "a name and a value as two fields": `env:\n- name: DB_PASSWORD\n  value: ${secret}\n- name: PORT`,
  "a JSON key and its value": `{\n  "host": "db",\n  "password":\n    "${secret}",\n  "port": 1\n}`,
  "an XML element": `<db>\n<password>\n${secret}\n</password>\n</db>`,
  "a property list": `<dict>\n\t<key>apiSecret</key>\n\t<string>${secret}</string>\n</dict>`,
  "a block scalar": `db:\n  password: |\n    ${secret}\n  port: 1`,
  "a Kubernetes Secret": `apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  store: ${encoded}\n`,
  "a Kubernetes Secret as it is written": `kind: Secret\nmetadata:\n  name: x\nstringData:\n  store: ${secret}\n`,
  CSV: `id,user,password\n1,ann,${secret}\n`,
  "a Markdown table": `| user | password |\n|------|------|\n| ann | ${secret} |\n`,
  "SQL rows": `INSERT INTO users (name, password) VALUES\n  ('bob', NULL),\n  ('ann', '${secret}');\n`,
}

type Mark = (line: string, index: number) => string

const each =
  (mark: Mark) =>
  (text: string): string =>
    text.split("\n").map(mark).join("\n")

const commit = (index: number): string => `a1b2c3d${index % 10}`
const numbered = each((line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`)

const writings: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "numbered by a read tool": numbered,
  "numbered with a colon": each((line, index) => `${index + 1}: ${line}`),
  "numbered, blanks at the end dropped": each((line, index) => `${index + 1}: ${line}`.trimEnd()),
  "numbered with an arrow": each((line, index) => `     ${index + 1}→${line}`),
  "numbered with a tab": each((line, index) => `${index + 1}\t${line}`),
  "numbered by nl": each((line, index) => `${String(index + 1).padStart(6)}\t${line}`),
  "framed by a compiler": each((line, index) => `  ${index + 1} | ${line}`),
  "with line ends of Windows": (text) => numbered(text).replaceAll("\n", "\r\n"),
  "as added lines": each((line) => `+${line}`),
  "as removed lines": each((line) => `-${line}`),
  "as a hunk": (text) => `@@ -1,9 +1,9 @@\n${each((line, i) => (i % 3 === 0 ? "+" : " ") + line)(text)}`,
  "numbered in a diff": (text) => each((line, i) => `${i + 1}: +${line}`)(text),
  "found by grep -n": each((line, index) => `${index + 7}:${line}`),
  "found by grep -nC": each((line, index) => `${index + 7}${index % 2 === 0 ? ":" : "-"}${line}`),
  "found by grep -rn": each((line, index) => `deploy/app.conf:${index + 7}:${line}`),
  "found by grep -rnC": each((line, index) =>
    index % 2 === 0 ? `deploy/app.conf:${index + 7}:${line}` : `deploy/app.conf-${index + 7}-${line}`,
  ),
  "found by a grep tool": each((line, index) => `  Line ${index + 7}: ${line}`),
  "blamed by git": each((line, i) => `${commit(i)} (Ann Lee 2024-01-01 10:00:00 +0000 ${i + 1}) ${line}`),
  "logged by a container": each((line) => `web-1  | ${line}`),
  "logged with a time": each((line, index) => `2024-01-01T10:00:0${index % 10}.000Z ${line}`),
  quoted: each((line) => `> ${line}`),
  "behind number signs": each((line) => `# ${line}`),
  "behind slashes": each((line) => `  // ${line}`),
  "behind two dashes": each((line) => `-- ${line}`),
  "in a block comment": (text) => `/**\n${each((line) => ` * ${line}`)(text)}\n */`,
  "in a JSON string": (text) => JSON.stringify({ path: "a", content: text }),
  "in JSON in JSON": (text) => JSON.stringify({ body: JSON.stringify({ content: text }) }),
  "numbered in a JSON string": (text) => JSON.stringify({ output: numbered(text) }),
  "in a string of a program": (text) =>
    `x = '${text.replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}'`,
}

describe("what spans several lines is found whatever a tool wrote before each of them", () => {
  test.each(Object.entries(writings))("%s", (_, write) => {
    const left = Object.entries(forms).flatMap(([form, text]) => {
      const out = masked(write(text)).text
      return [secret, encoded].some((value) => text.includes(value) && survives(value, out, 6))
        ? [`${form}: ${out}`]
        : []
    })
    expect(left).toEqual([])
  })

  test("both sides of a change are read", () => {
    const other = fakeToken(ALNUM, 16, 22)
    const text = `@@ -3,3 +3,3 @@\n env:\n - name: DB_PASSWORD\n-  value: ${other}\n+  value: ${secret}\n`
    expect(masked(text).secrets).toEqual([other, secret])
    expect(masked(text.slice(text.indexOf(" env"))).secrets).toEqual([other, secret])
  })

  test("marks stay where they are: each line of a value is masked alone", () => {
    const lines = [fakeToken(ALNUM, 20, 23), fakeToken(ALNUM, 20, 24)]
    const manifest = `kind: Secret\nstringData:\n  store: |\n    ${lines.join("\n    ")}\n`
    expect(masked(numbered(manifest)).secrets).toEqual(lines)
  })
})

describe("what only looks like a listing is left as it is", () => {
  test.each([
    ["a list of YAML", "- password\n- token\n- secret: x\n"],
    ["a table", "| password | token |\n| a | b |\n"],
    ["indented code", "  const password = read()\n  const token = read()\n"],
    ["one marked line", "1: password\nand no more\n"],
    ["numbers that do not rise", "7: password\n3: token\n"],
    ["times", "12:30 password\n12:31 token\n"],
    ["a list with asterisks", "* password\n* token\n"],
    ["different paths", "src/a.ts:1:password\nsrc/b.ts:2:token\n"],
    ["keys of YAML", "password: a\npassword_hash: b\n"],
    ["a listing without a name of a secret", "1: one\n2: two\n3: three\n"],
  ])("%s", (_, text) => {
    const names = [...text.matchAll(/password|token|secret/g)].map(({ index }) => index)
    expect(unprefixedView(text, names)).toBeUndefined()
  })

  test("strings with a line break at their end, and without names of secrets", () => {
    expect(writtenLinesView('print("password: \\n")')).toBeUndefined()
    expect(writtenLinesView('print("one\\ntwo\\n")')).toBeUndefined()
    expect(writtenLinesView("password\nx\n")).toBeUndefined()
  })
})

describe("what holds no secret yields none behind marks either", () => {
  const harmless = [
    "env:\n- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db",
    '{\n  "password":\n    "${DB_PASSWORD}"\n}',
    "db:\n  password: |\n    {{ .Values.password }}\n  port: 1",
    "kind: ConfigMap\ndata:\n  store: plain text of a setting",
    "kind: Secret\nstringData:\n  enabled: true\n  port: '5432'\n  host: {{ .Values.host }}",
    "user,password,role\nann,<password>,admin",
    "| option | token |\n|---|---|\n| name | string |",
  ]

  test.each(Object.entries(writings))("%s", (_, write) => {
    for (const text of harmless) expect(masked(write(text)).secrets).toEqual([])
  })
})
