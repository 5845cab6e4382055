import { describe, expect, test } from "vitest"
import {
  type CacheCall,
  cacheCallOf,
  cacheFindings,
  type CacheFinding,
  judgeCache,
  type Trio,
} from "../../../../src/intercept/index.ts"
import { requestWriters } from "../../../support/conversation-dialects.ts"
import { coding, editTool, nextRound, withDate } from "../../../support/conversations.ts"
import { claudePairs } from "./labelled-claude.ts"
import { openaiPairs } from "./labelled-openai.ts"
import { otherPairs } from "./labelled-others.ts"
import { sceneOf } from "./scene.ts"

const claude = sceneOf("anthropic-messages", { model: "claude-sonnet-4-5" })
const before = coding(4)
const after = nextRound(before, 4)
const first = claude({ at: 0, said: before, tokens: { prompt: 11_000, read: 10_200, write: 790 } })
const later = (said = after, read = 0, more: Partial<CacheCall> = {}): CacheCall => ({
  ...claude({ at: 20, said, tokens: { prompt: 11_700, read, write: 11_690 - read } }),
  ...more,
})
const codes = ({ evidence }: CacheFinding) => evidence.map(({ code }) => code)

describe("judgeCache", () => {
  test("names the changed block, the share that was kept, and what was read of what was left", () => {
    const said = editTool(after, "grep", (tool) => ({ ...tool, description: "Short." }))
    const found = judgeCache(later(said), first)
    expect(found.verdict).toBe("tools")
    expect(found.diff?.first).toMatchObject({ path: "tools[5].description", change: "changed", name: "grep" })
    expect(found.evidence.map(({ text }) => text)).toEqual([
      `tools[5].description (grep) changed at offset ${found.diff?.first?.offset}; 16 % of the earlier request kept`,
      "0 tokens read of 10990 that the earlier call left",
    ])
    expect(found).toMatchObject({ readTokens: 0, leftTokens: 10_990, lostTokens: 10_990, idleMs: 20_000 })
  })

  test("tells the idle time and how long a prefix is kept", () => {
    const found = judgeCache(later(after, 0, { startedAtMs: first.startedAtMs + 420_000 }), first)
    expect(found.verdict).toBe("time-to-live")
    expect(found.evidence[0]).toEqual({
      code: "idle",
      text: "420 s after the earlier call began; a prefix is kept for 300 s",
    })
  })

  test("a part that was read counts against what was lost", () => {
    const found = judgeCache(later(withDate(after, "Wed Dec 02 2026"), 4000), first)
    expect(found).toMatchObject({ verdict: "system", readTokens: 4000, lostTokens: 6990 })
  })

  test("a change behind the last breakpoint is no change of what was cached", () => {
    const body = (text: string) => ({
      system: [{ type: "text", text: "Be brief. ".repeat(3000), cache_control: { type: "ephemeral" } }],
      messages: [{ role: "user", content: text }],
    })
    const found = judgeCache({ ...later(), body: body("And this?") }, { ...first, body: body("Why?") })
    expect(found.verdict).toBe("server-side")
  })

  test("a name that is not known is no change of the model", () => {
    expect(judgeCache(later(after, 0, { model: null }), first).verdict).toBe("server-side")
  })

  test.each([
    ["no response", { status: null }, "error-reply"],
    ["an error", { status: 503 }, "error-reply"],
    ["another origin", { origin: "https://b.test" }, "origin"],
  ] as const)("%s is evidence enough for nothing", (_, more, code) => {
    const found = judgeCache(later(after, 0, more), { ...first, origin: "https://a.test" })
    expect(found.verdict).toBe("unknown")
    expect(codes(found)).toContain(code)
  })

  test("an earlier call that wrote nothing although it could have leaves the cause open", () => {
    const silent = claude({ at: 0, said: before, tokens: { prompt: 11_000, read: 0, write: 0 } })
    const found = judgeCache(later(), silent)
    expect(found.verdict).toBe("unknown")
    expect(codes(found)).toEqual(["nothing-written"])
  })

  test("an earlier call without usage leaves the cause open", () => {
    const found = judgeCache(later(), claude({ at: 0, said: before }))
    expect(found.verdict).toBe("unknown")
    expect(codes(found)).toEqual(["no-usage"])
  })

  test("evidence holds names, places and numbers, and no text of a request", () => {
    const texts = [...claudePairs, ...openaiPairs, ...otherPairs]
      .flatMap(({ calls }) => cacheFindings(calls))
      .flatMap(({ evidence }) => evidence.map(({ text }) => text))
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => /Note \d|REDACTED|Dec 0|password|cleared/.test(text))).toEqual([])
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(200)
  })
})

describe("cacheFindings", () => {
  test("judges a whole session, each call by the one that left its prefix", () => {
    const agent = (name: string) => ({ agent: name })
    const calls = [
      claude({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0, write: 8090 } }),
      claude({ at: 1, said: coding(0), ...agent("title"), model: "claude-haiku-4-5" }),
      claude({ at: 20, said: coding(1), tokens: { prompt: 8800, read: 8090, write: 700 } }),
      claude({ at: 40, said: coding(2), session: "ses_b", tokens: { prompt: 9500, read: 0, write: 9490 } }),
      claude({ at: 60, said: coding(2), tokens: { prompt: 9500, read: 8790, write: 700 } }),
      claude({ at: 600, said: coding(3), tokens: { prompt: 10_200, read: 0, write: 10_190 } }),
    ]
    expect(cacheFindings(calls).map(({ verdict }) => verdict)).toEqual([
      "initial",
      "unknown",
      "hit",
      "initial",
      "hit",
      "time-to-live",
    ])
  })

  test("says that calls side by side were still unanswered", () => {
    const said = coding(1)
    const tokens = { prompt: 8800, read: 0, write: 8790 }
    const found = cacheFindings([claude({ at: 0, said, tokens, waited: 9 }), claude({ at: 2, said, tokens })])
    expect(found.map(({ verdict }) => verdict)).toEqual(["initial", "initial"])
    expect(found.map(codes)).toEqual([["first-call"], ["first-call", "under-way"]])
  })

  test("answers nothing for nothing", () => {
    expect(cacheFindings([])).toEqual([])
  })

  test("judges a long session call by call", () => {
    const calls: CacheCall[] = []
    let said = coding(0)
    for (let round = 0; round < 80; round += 1) {
      const left = 8000 + round * 700
      const tokens = { prompt: left + 10, read: round === 0 ? 0 : left - 700, write: 700 }
      calls.push(claude({ at: round * 10, said, tokens }))
      said = nextRound(said, round)
    }
    const found = cacheFindings(calls)
    expect(found).toHaveLength(80)
    expect(found.slice(1).every(({ verdict }) => verdict === "hit")).toBe(true)
  })
})

describe("cacheCallOf", () => {
  const trio: Trio = {
    request: { body: requestWriters["openai-chat"](before, { model: "gpt-5.1" }), headers: {} },
    response: {
      status: 200,
      statusText: "OK",
      body: "Done.",
      bodyFormat: "replay-text",
      bodyReadError: null,
      bodyOmittedReason: null,
      replay: { usage: { inputTokens: 11_000, cacheReadTokens: 10_112 }, model: "gpt-5.1-2025-11-13" },
    },
    meta: {
      timestamp: "2026-12-01T09:00:00.000Z",
      url: "https://api.openai.com/v1/chat/completions?x=1",
      method: "POST",
      status: 200,
      contentType: "text/event-stream",
      durationMs: 900,
      requestBytes: 9,
      responseBytes: 9,
      capturedBytes: 18,
      sessionId: "ses_main",
      parentSessionId: null,
      agent: "build",
      model: null,
      dialect: "openai-chat",
      provider: "openai",
      attribution: "mark",
      end: "complete",
      headersMs: 300,
      firstByteMs: 310,
      firstTokenMs: null,
      messageId: null,
      attempt: 1,
      usage: null,
      masks: {},
    },
  }

  test("reads what counts from a capture", () => {
    expect(cacheCallOf(trio)).toEqual({
      sessionId: "ses_main",
      agent: "build",
      model: "gpt-5.1-2025-11-13",
      dialect: "openai-chat",
      startedAtMs: Date.UTC(2026, 11, 1, 9),
      replyBeganAtMs: Date.UTC(2026, 11, 1, 9) + 310,
      status: 200,
      origin: "https://api.openai.com",
      body: trio.request.body,
      usage: { inputTokens: 11_000, cacheReadTokens: 10_112 },
    })
  })

  test("leaves out what a failed exchange does not have", () => {
    const { replay: _, ...response } = trio.response
    const call = cacheCallOf({
      ...trio,
      response: { ...response, status: null, body: null, bodyFormat: "read-error" },
      meta: { ...trio.meta, status: null, headersMs: null, firstByteMs: null, url: "no url" },
    })
    expect(Object.keys(call)).not.toContain("usage")
    expect(Object.keys(call)).not.toContain("replyBeganAtMs")
    expect(Object.keys(call)).not.toContain("origin")
    expect(judgeCache(call).verdict).toBe("unknown")
  })
})
