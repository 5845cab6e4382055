import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { canary, type CanaryKind } from "../../support/canary.ts"
import { describeLeaks, findLeaks, type SentRequest } from "../../support/oracle.ts"

const secret = canary("oracle", "password-assignment")
const { value } = secret

function sent(body: string | Uint8Array, extra: Partial<SentRequest> = {}): SentRequest {
  return { index: 7, method: "POST", url: "/v1/messages", rawHeaders: [], body: Buffer.from(body), ...extra }
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

describe("the oracle finds a canary that is", () => {
  const forms: readonly (readonly [string, string])[] = [
    ["plain", value],
    ["in a JSON string", escaped(`"${value}"`)],
    ["in JSON inside JSON", escaped(escaped(`"${value}"`))],
    [
      "in unicode escapes",
      Array.from(value, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    ],
    ["percent-encoded", encodeURIComponent(value)],
    ["in hex", Buffer.from(value).toString("hex").toUpperCase()],
    ["reversed", Array.from(value).toReversed().join("")],
    ["in base64 after 0 bytes", Buffer.from(`${value} and more`).toString("base64")],
    ["in base64 after 1 byte", Buffer.from(`x${value} and more`).toString("base64")],
    ["in base64 after 2 bytes", Buffer.from(`xx${value}`).toString("base64")],
    ["in base64url", Buffer.from(`xyz${value}?>~`).toString("base64url")],
  ]

  test.each(forms)("%s", (_form, text) => {
    expect(findLeaks([sent(`{"text":"before ${text} after"}`)], [secret]).length).toBeGreaterThan(0)
  })

  test("in a compressed body", () => {
    expect(findLeaks([sent(gzipSync(`{"text":"${value}"}`))], [secret])).not.toEqual([])
  })

  test("in a header or the URL", () => {
    const leaks = findLeaks(
      [sent("{}", { url: `/v1?q=${encodeURIComponent(value)}`, rawHeaders: ["X-Note", value] })],
      [secret],
    )
    expect(leaks.map((leak) => leak.where)).toEqual(expect.arrayContaining(["url", "header X-Note"]))
  })
})

test("the oracle is silent where there is no canary", () => {
  const body = `{"text":"<REDACTED:00112233445566> ${value.slice(0, -1)} ${value.slice(1)}"}`
  expect(findLeaks([sent(body)], [secret])).toEqual([])
})

test("a leak says where and in what form, and never the value", () => {
  const text = describeLeaks(findLeaks([sent(`ab${value}`)], [secret]))
  expect(text).toBe("oracle: request 7, body@2, plain")
  expect(text).not.toContain(value)
})

test.each<CanaryKind>(["aws-key-id", "github-token", "password-assignment"])(
  "a %s belongs to its name: always the same, never another's",
  (kind) => {
    expect(canary("one", kind).value).toBe(canary("one", kind).value)
    const values = Array.from({ length: 200 }, (_, index) => canary(`name ${index}`, kind).value)
    expect(new Set(values).size).toBe(200)
  },
)
