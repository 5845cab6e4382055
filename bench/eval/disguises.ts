import type { Adversarial } from "./corpus.ts"

type Disguise = (secret: string) => Omit<Adversarial, "transform">

const whole =
  (write: (secret: string) => string): Disguise =>
  (secret) => {
    const text = write(secret)
    return { parts: [text], forbidden: [text.includes(secret) ? secret : text] }
  }

function halves(secret: string): [string, string] {
  const middle = Math.ceil(secret.length / 2)
  return [secret.slice(0, middle), secret.slice(middle)]
}

const hex = (text: string): string => Buffer.from(text).toString("hex")
const base64 = (text: string): string => Buffer.from(text).toString("base64")
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Ways in which a secret reaches a model without standing in a text as it is. */
export const DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: whole((secret) => `here it is: ${secret} ok`),
  "json-string": whole((secret) => JSON.stringify({ note: secret, n: 1 })),
  "json-in-json": whole((secret) => JSON.stringify({ body: JSON.stringify({ note: secret }) })),
  yaml: whole((secret) => `app:\n  value: ${secret}\n  port: 80`),
  "diff-added-line": whole((secret) => `@@ -1 +1 @@\n-old\n+  "value": "${secret}",`),
  "read-tool-line-numbers": whole((secret) => `00001| # config\n00002| value=${secret}\n00003| end`),
  "markdown-code-fence": whole((secret) => `\`\`\`sh\nrun ${secret}\n\`\`\``),
  "ansi-colour": whole((secret) => `\u001b[32m${secret}\u001b[0m done`),
  "html-escaped": whole((secret) => `&lt;td&gt;${secret}&lt;/td&gt; &quot;${secret}&quot;`),
  base64: whole(base64),
  "base64-in-sentence": whole((secret) => `decode ${base64(`value ${secret} end`)} first`),
  "base64-twice": whole((secret) => base64(base64(secret))),
  hex: whole(hex),
  percent: whole((secret) => secret.replace(/[^]/g, (char) => `%${hex(char)}`)),
  "unicode-escapes": whole((secret) =>
    secret.replace(/[^]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ),
  "base64-of-json": whole((secret) => base64(`{"note":"${quoted(secret)}"}`)),
  "zero-width-inside": (secret) => {
    const [head, tail] = halves(secret)
    return { parts: [`${head}\u200b${tail}`], forbidden: [tail] }
  },
  "line-wrapped": (secret) => {
    const [head, tail] = halves(secret)
    return { parts: [`${head}\n${tail}`], forbidden: [tail] }
  },
  "split-parts": (secret) => {
    const [head, tail] = halves(secret)
    return { parts: [`it begins with ${head}`, `${tail} and ends`], forbidden: [tail] }
  },
}

/** PEM blocks as tools show them. */
export function pemDisguises(pem: string): Adversarial[] {
  const lines = pem.split("\n")
  const body = lines.slice(1, -1)
  const numbered = lines.map((line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`)
  return [
    { transform: "pem-escaped", parts: [`{"key": "${lines.join("\\n")}"}`], forbidden: body },
    { transform: "cut-off-no-END", parts: [lines.slice(0, -4).join("\n")], forbidden: body.slice(0, -3) },
    { transform: "tail-only-no-BEGIN", parts: [lines.slice(4).join("\n")], forbidden: body.slice(3) },
    { transform: "pem-numbered", parts: [numbered.join("\n")], forbidden: body },
    { transform: "pem-base64", parts: [base64(pem)], forbidden: [base64(pem)] },
    { transform: "pem-one-line", parts: [`KEY="${lines.join("\\n")}"`], forbidden: body },
  ]
}

/** Forms in which a name and its value stand on different lines. */
function multiLineForms(secret: string): Readonly<Record<string, string>> {
  const encoded = base64(secret)
  return {
    "name-value": `env:\n- name: DB_PASSWORD\n  value: ${secret}\n- name: PORT`,
    "json-lines": `{\n  "host": "db",\n  "password":\n    "${secret}",\n  "port": 1\n}`,
    xml: `<db>\n<password>\n${secret}\n</password>\n</db>`,
    plist: `<dict>\n\t<key>apiSecret</key>\n\t<string>${secret}</string>\n</dict>`,
    "block-scalar": `db:\n  password: |\n    ${secret}\n  port: 1`,
    "kubernetes-data": `apiVersion: v1\nkind: Secret\ndata:\n  store: ${encoded}`,
    "kubernetes-string-data": `apiVersion: v1\nkind: Secret\nstringData:\n  store: ${secret}`,
    csv: `id,user,password\n1,ann,${secret}`,
    "markdown-table": `| user | password |\n|------|------|\n| ann | ${secret} |`,
    "sql-insert": `INSERT INTO users (name, password) VALUES\n  ('bob', NULL),\n  ('ann', '${secret}');`,
  }
}

const LISTINGS: Readonly<Record<string, (line: string, index: number) => string>> = {
  numbered: (line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`,
  diff: (line) => `+${line}`,
  grep: (line, index) => `config/app.conf:${index + 1}:${line}`,
}

/** What spans several lines, with the marks that tools write before each of them. */
export function multiLineDisguises(secret: string): Adversarial[] {
  return Object.entries(multiLineForms(secret)).flatMap(([form, text]) => {
    const forbidden = [text.includes(secret) ? secret : base64(secret)]
    return Object.entries(LISTINGS).map(([listing, mark]) => ({
      transform: `${form}-${listing}`,
      parts: [text.split("\n").map(mark).join("\n")],
      forbidden,
    }))
  })
}
