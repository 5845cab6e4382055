import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { fakePem, fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): [string, string][] =>
  scanner.scan(text).map(({ ruleId, start, end }) => [ruleId, text.slice(start, end)])

const ACCOUNT = {
  type: "service_account",
  project_id: "acme-prod",
  private_key_id: fakeToken(HEX, 40),
  private_key: `${fakePem("PRIVATE KEY")}\n`,
  client_email: "deploy@acme-prod.iam.gserviceaccount.test",
  client_id: "123456789012345678901",
  auth_uri: "https://accounts.google.test/o/oauth2/auth",
  auth_provider_x509_cert_url: "https://www.googleapis.test/oauth2/v1/certs",
}

describe("a service account's key file", () => {
  const pretty = JSON.stringify(ACCOUNT, null, 2)

  test.each([
    ["pretty", pretty, pretty],
    ["on one line", JSON.stringify(ACCOUNT), JSON.stringify(ACCOUNT)],
    ["inside of another object", `{"a": {"credential": ${pretty}, "b": 1}}`, pretty],
    ["in an environment file", `KEY='${JSON.stringify(ACCOUNT)}'\nB=1`, JSON.stringify(ACCOUNT)],
  ])("%s is found whole", (_, text, account) => {
    expect(found(text)).toEqual([["google-service-account", account]])
  })

  test("inside of a JSON string is found whole", () => {
    const escaped = JSON.stringify(JSON.stringify(ACCOUNT)).slice(1, -1)
    expect(found(`{"file": "${escaped}"}`)).toEqual([["google-service-account", escaped]])
  })

  test("cut off before its end: the private key is found", () => {
    const cut = pretty.slice(0, pretty.indexOf('"auth_uri"'))
    expect(found(cut).map(([id]) => id)).toContain("private-key")
  })

  test("without its private key is no credential", () => {
    const { private_key: _, private_key_id: __, ...rest } = ACCOUNT
    expect(found(JSON.stringify(rest)).filter(([id]) => id === "google-service-account")).toEqual([])
  })

  test("a client's file of the same provider is left to the pass that reads keys", () => {
    const client = {
      installed: { client_id: "1.apps.test", auth_provider_x509_cert_url: "https://a.test/certs" },
    }
    expect(found(JSON.stringify(client))).toEqual([])
  })
})
