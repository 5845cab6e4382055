import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { AirlockError } from "../../../src/base/errors.ts"
import { parseJson } from "../../../src/base/json.ts"
import { createInterceptor } from "../../../src/intercept/interceptor.ts"
import type { Exchange, Next } from "../../../src/pipeline/stage.ts"
import { captureStage } from "../../../src/pipeline/stages/capture.ts"
import { consoleStage } from "../../../src/pipeline/stages/console.ts"
import { maskStage } from "../../../src/pipeline/stages/mask.ts"
import { refuseStage } from "../../../src/pipeline/stages/refuse.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import type { Scanner } from "../../../src/secrets/rule.ts"
import { dialects } from "../../../src/wire/dialects/index.ts"
import { openaiChat } from "../../../src/wire/dialects/openai-chat.ts"

const SECRET = ["hunter", "2", "Xy9", "qLmZ"].join("")

function exchangeOf(content: string, extra: Partial<Exchange> = {}): Exchange {
  const body = { model: "m", stream: true, messages: [{ role: "user", content }] }
  return {
    dialect: openaiChat,
    url: "http://127.0.0.1/v1/chat/completions",
    method: "POST",
    headers: new Headers({ "x-session-id": "ses_1" }),
    body,
    bodyText: JSON.stringify(body),
    signed: false,
    attribution: { source: "header", sessionId: "ses_1" },
    ...extra,
  }
}

/** A `next` that remembers what it was given. */
function recordNext(): { sent: Exchange[]; next: Next } {
  const sent: Exchange[] = []
  return {
    sent,
    next: (exchange) => {
      sent.push(exchange)
      return Promise.resolve(new Response('{"ok":true}', { headers: { "content-type": "application/json" } }))
    },
  }
}

describe("maskStage", () => {
  test("hands on the masked body, and the same exchange when there is nothing to mask", async () => {
    const stage = maskStage({ masker: createMasker(), anomalies: new AnomalyLog() })
    const { sent, next } = recordNext()
    await stage.run(exchangeOf(`password = "${SECRET}"`), next)
    const clean = exchangeOf("hello")
    await stage.run(clean, next)
    expect(sent[0]?.bodyText).not.toContain(SECRET)
    expect(sent[0]?.bodyText).toContain("<REDACTED:")
    expect(parseJson(sent[0]?.bodyText ?? "")).toEqual(sent[0]?.body)
    expect(sent[1]).toBe(clean)
  })

  test("answers a body it cannot mask with an error of the provider's shape, in all six dialects", async () => {
    const broken: Scanner = {
      ruleIds: [],
      scan: (text) => {
        throw new Error(`cannot look at ${text}`)
      },
    }
    for (const dialect of dialects) {
      const anomalies = new AnomalyLog()
      const stage = maskStage({ masker: createMasker({ scanner: broken }), anomalies })
      const { sent, next } = recordNext()
      const body = {
        messages: [{ role: "user", content: SECRET }],
        input: SECRET,
        contents: [{ parts: [{ text: SECRET }] }],
      }
      const response = await stage.run(
        exchangeOf("", { dialect, body, bodyText: JSON.stringify(body) }),
        next,
      )
      const text = await response.text()
      expect(response.status).toBe(400)
      expect(text).toContain("Airlock stopped this request before it left your machine")
      expect(text).not.toContain(SECRET)
      expect(sent).toHaveLength(0)
      expect(anomalies.latest).toMatchObject({ phase: "mask/refused" })
      expect(anomalies.latest?.message).not.toContain(SECRET)
      // What OpenCode 1.18 takes for temporary would be sent again and again.
      expect(text).not.toMatch(/429|50[0-4]|524|rate.?limit|overloaded|try again|timed? ?out|exhausted/i)
    }
  })

  test("stops a signed body that holds a secret, and passes one that does not", async () => {
    const stage = maskStage({ masker: createMasker(), anomalies: new AnomalyLog() })
    const { sent, next } = recordNext()
    const refused = await stage.run(exchangeOf(`password = "${SECRET}"`, { signed: true }), next)
    expect(refused.headers.get("x-airlock")).toBe("MASK_BODY_SIGNED")
    expect(await refused.text()).toContain("AWS_BEARER_TOKEN_BEDROCK")
    await stage.run(exchangeOf("hello", { signed: true }), next)
    expect(sent).toHaveLength(1)
  })

  test("tells what was masked by rule", async () => {
    const rules: string[] = []
    const stage = maskStage({
      masker: createMasker(),
      anomalies: new AnomalyLog(),
      onMasked: (_exchange, { findings }) => rules.push(...findings.map((finding) => finding.ruleId)),
    })
    await stage.run(exchangeOf(`password = "${SECRET}"`), recordNext().next)
    expect(rules).toHaveLength(1)
  })
})

describe("refuseStage", () => {
  test("lets no provider request pass and says why", async () => {
    const { sent, next } = recordNext()
    const stage = refuseStage(new AirlockError("CONFIG_INVALID", "redact must be true or false"))
    const response = await stage.run(exchangeOf("hello"), next)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("redact must be true or false")
    expect(sent).toHaveLength(0)
  })
})

describe("consoleStage", () => {
  const stage = consoleStage((text) => (text === "local" ? "(hidden)" : text))

  test("takes the console's texts out of title requests only", async () => {
    const { sent, next } = recordNext()
    const attribution = { source: "mark", agent: "title" } as const
    await stage.run(exchangeOf("local", { attribution }), next)
    await stage.run(exchangeOf("local"), next)
    expect(sent[0]?.bodyText).toContain("(hidden)")
    expect(sent[1]?.bodyText).toContain("local")
  })
})

describe("captureStage", () => {
  let root = ""
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "airlock-stage-"))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  test("does nothing while capturing is off, and writes a trio while it is on", async () => {
    const anomalies = new AnomalyLog()
    const interceptor = createInterceptor({
      root: join(root, "captures"),
      scrubText: (text) => text,
      anomalies,
    })
    const stage = captureStage({ interceptor, anomalies })
    const { next } = recordNext()
    await stage.run(exchangeOf("hello"), next)
    await interceptor.command("on", "ses_1")
    const response = await stage.run(exchangeOf("hello"), next)
    expect(await response.json()).toEqual({ ok: true })
    await interceptor.settled()
    expect((await readdir(join(root, "captures", "ses_1"))).filter((name) => /^\d/.test(name))).toHaveLength(
      3,
    )
    expect(anomalies.count).toBe(0)
  })

  test("leaves the exchange alone when the interceptor throws", async () => {
    const anomalies = new AnomalyLog()
    const broken = {
      ...createInterceptor({ root, scrubText: (text: string) => text, anomalies }),
      enabled: true,
      covers: () => true,
      beginLater: () => {
        throw new Error("broken")
      },
    }
    const stage = captureStage({ interceptor: broken, anomalies })
    const response = await stage.run(exchangeOf("hello"), recordNext().next)
    expect(await response.json()).toEqual({ ok: true })
    expect(anomalies.latest).toMatchObject({ phase: "capture/observe", message: "broken" })
  })

  test("passes on what the host's fetch throws", async () => {
    const anomalies = new AnomalyLog()
    const interceptor = createInterceptor({
      root: join(root, "captures"),
      scrubText: (text) => text,
      anomalies,
    })
    await interceptor.command("on", "ses_1")
    const refused = new AirlockError("FILE_UNSAFE", "the very error")
    const call = captureStage({ interceptor, anomalies }).run(exchangeOf("x"), () => Promise.reject(refused))
    await expect(call).rejects.toBe(refused)
    await interceptor.settled()
  })
})
