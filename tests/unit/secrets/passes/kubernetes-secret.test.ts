import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { secretPasses } from "../../../../src/secrets/passes/index.ts"
import { BASE64, fakeToken } from "../../../support/fake-token.ts"

const others = secretPasses.flatMap(({ detectors }) => detectors.map(({ id }) => id))
const scanner = createScanner({ rules: [], disable: others.filter((id) => id !== "kubernetes-secret") })
const password = `${fakeToken(BASE64, 22)}==`
const settings = fakeToken(BASE64, 40)

function found(text: string): string[] {
  return scanner.scan(text).map(({ start, end }) => text.slice(start, end))
}

describe("values of a Kubernetes Secret", () => {
  test("are found in YAML, whether data comes before the kind or behind it", () => {
    const data = `data:\n  # base64\n  password: ${password}\n  .dockercfg: '${settings}'\n`
    expect(found(`apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n${data}`)).toEqual([
      password,
      settings,
    ])
    expect(found(`apiVersion: v1\n${data}kind: "Secret"\nmetadata:\n  name: db\n`)).toEqual([
      password,
      settings,
    ])
  })

  test("are found in block scalars, line by line", () => {
    const text = `kind: Secret\ndata:\n  config: |\n    ${settings}\n    ${password}\n  flag: "yes"\n`
    expect(found(text)).toEqual([settings, password])
  })

  test("are found in JSON", () => {
    const manifest = { data: { password, settings }, kind: "Secret", metadata: { name: settings } }
    expect(found(JSON.stringify(manifest, null, 2))).toEqual([password, settings])
    expect(found(JSON.stringify(manifest))).toEqual([password, settings])
  })

  test("are found in stringData as they are written, in YAML and in JSON", () => {
    const text = `kind: Secret\nstringData:\n  a: correct horse # note\n  b: "p w#${password}"\n  c: |\n    x=${settings}\n`
    expect(found(text)).toEqual(["correct horse", `p w#${password}`, `x=${settings}`])
    const manifest = {
      kind: "Secret",
      stringData: { a: "correct horse", on: "true" },
      data: { b: "correct horse" },
    }
    expect(found(JSON.stringify(manifest, null, 2))).toEqual(["correct horse"])
    expect(found(JSON.stringify(manifest))).toEqual(["correct horse"])
  })

  test("are no switches, numbers, short names and templates in stringData", () => {
    const text = `kind: Secret\nstringData:\n  a: true\n  b: "5432"\n  c: {{ .Values.c }}\n  d: root\n  e: ''\n`
    expect(found(text)).toEqual([])
    expect(found("kind: ConfigMap\nstringData:\n  a: correct horse\n")).toEqual([])
  })

  test("end with the mapping: what follows data is not taken", () => {
    const text = `kind: Secret\ndata:\n  a: ${password}\nmetadata:\n  uid: ${settings}\n`
    expect(found(text)).toEqual([password])
  })

  test("are not looked for in other kinds, other documents, short values and templates", () => {
    const data = `data:\n  password: ${password}\n`
    for (const kind of ["ConfigMap", "SecretStore", "ExternalSecret", "SecretList"])
      expect(found(`kind: ${kind}\n${data}`)).toEqual([])
    expect(found(`kind: Secret\n---\nkind: ConfigMap\n${data}`)).toEqual([])
    expect(found("kind: Secret\ndata:\n  a: YmFyCg==\n  b: {{ .Values.b }}\n  c: ''\n")).toEqual([])
  })

  test("cost the same for each of many manifests", () => {
    const one = `kind: Secret\ndata:\n  a: ${password}\n---\n`
    expect(found(one.repeat(200))).toHaveLength(200)
    expect(found("kind: secret\n".repeat(5000))).toEqual([])
  })
})
