import { describe, expect, test } from "vitest"
import { ALNUM, fakePem, fakeToken } from "../../../support/fake-token.ts"
import { masked } from "./masking.ts"
import { reveals } from "./reader.ts"
import { wrapped } from "./transforms.ts"

const password = fakeToken(ALNUM, 18)
const other = fakeToken(ALNUM, 24, 2)
const pem = fakePem("PRIVATE KEY", 8)
const keyLine = pem.split("\n")[3] ?? ""
const base64 = (text: string): string => Buffer.from(text).toString("base64")
const json = (value: unknown): string => JSON.stringify(value, null, 2)

const dockerConfig = json({
  auths: { "registry.example.test": { auth: base64(`ann:${password}`), email: "ann@example.test" } },
})
const kubeconfig = [
  "apiVersion: v1",
  "kind: Config",
  "users:",
  "- name: admin",
  "  user:",
  `    client-key-data: ${base64(pem)}`,
  `    password: ${password}`,
].join("\n")
const serviceAccount = json({
  type: "service_account",
  project_id: "example-project",
  private_key: `${pem}\n`,
  client_email: "robot@example-project.iam.example.test",
})

/** Documents as they are met, and what of them must not be read out of what is left. */
const documents: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a Kubernetes secret of files",
    `apiVersion: v1\nkind: Secret\ndata:\n  .env: ${base64(`DB_HOST=db\nDB_PASSWORD=${password}\nMODE=x\n`)}\n  tls.key: ${base64(pem)}\n`,
    [password, keyLine],
  ],
  ["a Docker configuration in a secret", `data:\n  .dockerconfigjson: ${base64(dockerConfig)}\n`, [password]],
  [
    "a kubeconfig in a variable of a pipeline",
    `KUBE_CONFIG_B64=${base64(kubeconfig)}\n`,
    [password, keyLine],
  ],
  [
    "a service account in an environment",
    `GOOGLE_CREDENTIALS=${base64(serviceAccount)}\nPORT=80\n`,
    [keyLine],
  ],
  ["a service account, wrapped", wrapped(base64(serviceAccount), 76, "\n"), [keyLine]],
  ["a key after base64 -w0", `$ base64 -w0 key.pem\n${base64(pem)}$ `, [keyLine]],
  ["a command that decodes", `echo '${base64(`export API_TOKEN=${other}`)}' | base64 -d | sh`, [other]],
  [
    "a PowerShell command",
    `powershell -enc ${Buffer.from(`$env:DB_PASSWORD = "${password}"`, "utf16le").toString("base64")}`,
    [password],
  ],
  [
    "a callback in a query",
    `GET /login?next=${encodeURIComponent(`/cb?client_secret=${other}&state=1`)} HTTP/1.1`,
    [other],
  ],
  [
    "JSON escaped for HTML",
    `<div data-props="${json({ apiKey: other, user: "ann" }).replaceAll('"', "&quot;")}"></div>`,
    [other],
  ],
  [
    "JSON as .NET writes it",
    `{"config":"{\\u0022Password\\u0022:\\u0022${password}\\u0022,\\u0022n\\u0022:1}"}`,
    [password],
  ],
  ["a dump of hex", `payload=${Buffer.from(json({ password })).toString("hex")}`, [password]],
  ["a name in another script's digits", `API\u200b_TOKEN=${other}`, [other]],
  [
    "an e-mail in quoted-printable",
    `Your token: ghp_${other.slice(0, 8)}=\r\n${fakeToken(ALNUM, 28)}=\r\n\r\nBye=21`,
    [other.slice(0, 8)],
  ],
]

describe("nothing of a secret can be read out of what is left of", () => {
  test.each(documents)("%s", (_, text, secrets) => {
    const { text: left } = masked(text)
    expect(secrets.filter((secret) => !reveals(text, secret, 6) && !text.includes(secret))).toEqual([])
    expect(secrets.filter((secret) => reveals(left, secret, 6))).toEqual([])
  })
})
