import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync, statSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { isJsonObject, type JsonObject, parseJson } from "../../../src/base/json.ts"
import { createMasker } from "../../../src/redact/index.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"
import { chatEvent, ExchangeLab, PLAIN, sleep } from "./exchange-lab.ts"

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => lab.close())

const DONE = `${chatEvent({}, { finish_reason: "stop" })}data: [DONE]\n\n`
const HEAD = { "content-type": "text/event-stream" }

/** The lines of the only file of events. */
function eventLines(session = "ses_1"): JsonObject[] {
  const name = readdirSync(join(lab.root, session)).find((file) => file.endsWith(".events.jsonl"))
  if (name === undefined) return []
  return readFileSync(join(lab.root, session, name), "utf8")
    .split("\n")
    .flatMap((line) => {
      const value = parseJson(line)
      return isJsonObject(value) ? [value] : []
    })
}

const saidIn = (lines: readonly JsonObject[]): string =>
  lines
    .map(({ data }) => {
      const text = JSON.stringify(data ?? null)
      return /"content":("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '""'
    })
    .map((literal): unknown => parseJson(literal))
    .join("")

/** A provider that says what it is told when it is told. */
async function talkative(): Promise<{ url: string; replies: ServerResponse[] }> {
  const replies: ServerResponse[] = []
  const url = await lab.provider((request, response) => {
    request.resume()
    replies.push(response)
  })
  return { url, replies }
}

async function until(what: () => boolean, ms: number): Promise<number> {
  const startedAt = performance.now()
  while (!what()) {
    if (performance.now() - startedAt > ms) throw new Error(`not within ${ms} ms`)
    await sleep(5)
  }
  return performance.now() - startedAt
}

describe("while an exchange runs", () => {
  test("its request is on disk before the provider has said a byte", async () => {
    const interceptor = lab.interceptor()
    const { url, replies } = await talkative()
    const capture = lab.begin(interceptor, url)
    const response = fetch(url, { method: "POST", body: "{}" })
    await until(() => replies.length === 1, 2000)
    await until(
      () => readdirSync(join(lab.root, "ses_1")).some((name) => name.endsWith(".request.json")),
      2000,
    )
    const names = readdirSync(join(lab.root, "ses_1"))
    expect(names.filter((name) => name.endsWith(".json"))).toHaveLength(1)
    replies[0]?.writeHead(200, { "content-type": "application/json" }).end("{}")
    await capture.observe(await response).text()
    await interceptor.settled()
    expect(lab.only().request.body).toEqual({ model: "m-1", messages: [{ role: "user", content: "hi" }] })
  })

  test("events are appended within a quarter of a second, with their times, in a private file", async () => {
    const interceptor = lab.interceptor({ live: PLAIN })
    const { url, replies } = await talkative()
    const capture = lab.begin(interceptor, url)
    const fetched = fetch(url, { method: "POST", body: "{}" })
    await until(() => replies.length === 1, 2000)
    replies[0]?.writeHead(200, HEAD).write(chatEvent({ content: "first words " }))
    const reader = capture.observe(await fetched).body?.getReader()
    await reader?.read()
    expect(await until(() => saidIn(eventLines()).includes("first words"), 2000)).toBeLessThan(250)
    replies[0]?.write(chatEvent({ content: "and then " }))
    await reader?.read()
    expect(await until(() => saidIn(eventLines()).includes("and then"), 2000)).toBeLessThan(250)
    replies[0]?.end(DONE)
    while (!(await reader?.read())?.done);
    await interceptor.settled()
    const lines = eventLines()
    expect(lines[0]).toMatchObject({ status: 200, contentType: "text/event-stream" })
    expect(lines.at(-1)).toMatchObject({ end: "complete" })
    const times = lines.map(({ ms }) => Number(ms))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(lab.files().map((name) => statSync(join(lab.root, "ses_1", name)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600, 0o600,
    ])
  })

  test("no secret is in the file of events, also where it is split over deltas", async () => {
    const masker = createMasker()
    const interceptor = lab.interceptor({ scrubText: (text) => masker.mask(text).text, live: masker })
    const secret = `ghp_${fakeToken(ALNUM, 36, 12)}`
    const password = fakeToken(ALNUM, 14, 13)
    const said = `Use ${secret} there.\nDB_PASSWORD=${password}\nDone.`
    const { trio } = await lab.exchange(interceptor, (_request, response) => {
      response.writeHead(200, HEAD)
      for (const character of Array.from(said)) response.write(chatEvent({ content: character }))
      const call = (text: string): unknown => ({
        tool_calls: [{ index: 0, id: "call_1", function: { name: "write", arguments: text } }],
      })
      for (const piece of JSON.stringify({ path: "a", token: `${password}-b` }).match(/.{1,4}/g) ?? [])
        response.write(chatEvent(call(piece)))
      response.end(DONE)
    })
    expect(trio.response.body).not.toContain(secret)
    const lines = eventLines()
    const all = JSON.stringify(lines)
    expect(saidIn(lines) + JSON.stringify(lines.filter(({ rest }) => rest))).not.toContain(
      password.slice(0, 8),
    )
    const restored = saidIn(lines).replace(/<REDACTED:[0-9a-f]{14}>/, "")
    expect(restored).toMatch(/^Use {2}there\.\nDB_PASSWORD=/)
    const joined = [...all.matchAll(/"arguments":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join("")
    expect(joined).not.toContain(password.slice(0, 8))
    expect(all).not.toContain(secret.slice(4, 20))
  })

  test("its meta file has the first token, tokens, attempt and masks by rule", async () => {
    const masker = createMasker()
    const placeholder = masker.mask(`key ghp_${fakeToken(ALNUM, 36, 14)}`).text.slice(4)
    const interceptor = lab.interceptor({
      ruleOf: (given) => (given === placeholder ? "github-pat" : undefined),
    })
    const bodyText = JSON.stringify({
      model: "m-1",
      messages: [{ role: "user", content: `${placeholder} ${placeholder}` }],
    })
    const failing = await lab.exchange(
      interceptor,
      (_request, response) => response.writeHead(503, { "content-type": "application/json" }).end("{}"),
      { bodyText, messageId: "msg_1", agent: "build" },
    )
    expect(failing.trio.meta).toMatchObject({ attempt: 1, messageId: "msg_1", usage: null })
    const usage = { prompt_tokens: 9, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } }
    const url = await lab.provider((_request, response) => {
      response.writeHead(200, HEAD).write(chatEvent({ role: "assistant" }))
      setTimeout(() => response.write(chatEvent({ content: "hi" })), 40)
      setTimeout(() => response.end(`data: ${JSON.stringify({ choices: [], usage })}\n\n${DONE}`), 60)
    })
    const capture = lab.begin(interceptor, url, { bodyText, messageId: "msg_1", agent: "build" })
    await capture.observe(await fetch(url, { method: "POST", body: "{}" })).text()
    await interceptor.settled()
    const meta = lab.trios()[1]?.meta
    expect(meta).toMatchObject({ attempt: 2, masks: { "github-pat": 2 } })
    expect(meta?.usage).toMatchObject({ inputTokens: 9, outputTokens: 2, cacheReadTokens: 4 })
    expect(meta?.firstTokenMs).toBeGreaterThanOrEqual((meta?.firstByteMs ?? 0) + 20)
    expect(meta?.durationMs).toBeGreaterThanOrEqual(meta?.firstTokenMs ?? 0)
  })

  test("a stream faster than its events can be kept says so and loses nothing of the reply", async () => {
    const interceptor = lab.interceptor({ maxBodyBytes: 20_000 })
    const { text } = await lab.exchange(interceptor, (_request, response) => {
      response.writeHead(200, HEAD)
      for (let i = 0; i < 500; i++) response.write(chatEvent({ content: `word ${i} ${"x".repeat(60)} ` }))
      response.end(DONE)
    })
    expect(text).toContain("word 499 ")
    const lines = eventLines()
    expect(lines.at(-2)).toMatchObject({ truncated: true })
    expect(lines.at(-1)).toMatchObject({ end: "complete" })
  })
})

describe("after a crash", () => {
  test("the next start finishes the trio as aborted, with what had come of the reply", async () => {
    const child = join(lab.base, "child.mjs")
    await build({
      entryPoints: [fileURLToPath(new URL("crash-child.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: child,
      logLevel: "error",
    })
    const { url, replies } = await talkative()
    const running = spawn(process.execPath, [child, lab.root, url], { stdio: ["ignore", "pipe", "inherit"] })
    await until(() => replies.length === 1, 10_000)
    replies[0]
      ?.writeHead(200, HEAD)
      .write(chatEvent({ content: "half of the " }) + chatEvent({ content: "reply" }))
    await until(() => saidIn(eventLines()).includes("half of the "), 10_000)
    const alive = lab.interceptor()
    await alive.prune()
    expect(lab.files().filter((name) => name.endsWith(".meta.json"))).toEqual([])
    running.kill("SIGKILL")
    await once(running, "exit")
    expect(lab.files().some((name) => name.endsWith(".reserved"))).toBe(true)
    await Promise.all([alive.prune(), lab.interceptor().prune()])
    const { meta, response, request } = lab.only()
    expect(request.body).toMatchObject({ model: "m-1" })
    expect(meta).toMatchObject({ end: "aborted", status: 200, sessionId: "ses_1", dialect: "openai-chat" })
    expect(response).toMatchObject({
      bodyFormat: "replay-text",
      bodyReadError: "OpenCode ended before the reply did",
    })
    expect(response.body).toContain("half of the")
    expect(lab.files().filter((name) => name.startsWith("."))).toEqual([])
  })
})
