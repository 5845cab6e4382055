import type { IncomingMessage, ServerResponse } from "node:http"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Interceptor } from "../../../src/intercept/interceptor.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"
import { ALNUM, fakeToken, HEX } from "../../support/fake-token.ts"
import { dialect, ExchangeLab } from "./exchange-lab.ts"
import { BODY_KEYS, HEADERS, MASKER_KEYS, PARAMETERS, type Planted, TEXT_FORMATS } from "./planted/formats.ts"
import { Leaks } from "./planted/leaks.ts"
import { type Deltas, type Said, WIRES } from "./planted/wires.ts"

const DIALECTS = Object.keys(WIRES) as DialectId[]
const FORMATS = Object.entries(TEXT_FORMATS)

let lab: ExchangeLab
let leaks: Leaks
let interceptor: Interceptor
let server = ""
const answers: Answer[] = []
let seed = 0
beforeEach(async () => {
  lab = new ExchangeLab()
  leaks = new Leaks()
  const masker = createMasker()
  // As the plugin puts them together.
  const scrubText = (text: string, name?: string): string =>
    masker.mask(text, name === undefined ? {} : { name }).text
  interceptor = lab.interceptor({ scrubText, live: masker })
  server = await lab.provider((request, response) => {
    request.resume()
    answers.shift()?.(request, response)
  })
  seed = 0
})
afterEach(() => lab.close())

/** The next text of a format, noted under the place that it goes to. */
function plant(place: string, format: (seed: number) => Planted): string {
  seed += 1
  const { text, secrets } = format(seed * 101)
  leaks.plant(place, secrets)
  return text
}

/** A value without any form of its own. */
function value(place: string, alphabet = HEX): string {
  return plant(place, (from) => {
    const secret = fakeToken(alphabet, 40, from)
    return { text: secret, secrets: [secret] }
  })
}

const values = (place: string, names: readonly string[], alphabet = HEX): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, value(`${place}.${name}`, alphabet)]))

type Answer = (request: IncomingMessage, response: ServerResponse) => void
interface Sent {
  readonly body?: object
  readonly url?: string
  readonly headers?: readonly (readonly [string, string])[]
}

/** One exchange, observed and read to its end, in a session of its own. */
async function exchange(
  id: DialectId,
  answer: Answer,
  { body = {}, url, headers }: Sent = {},
): Promise<void> {
  answers.push(answer)
  const capture = lab.begin(interceptor, url?.replace("http://host", new URL(server).origin) ?? server, {
    dialect: dialect(id),
    sessionId: `ses_${seed}`,
    bodyText: JSON.stringify(body),
    ...(headers === undefined ? {} : { headers }),
  })
  await capture.observe(await fetch(server, { method: "POST", body: "{}" })).text()
}

async function expectNoLeak(atLeast: number): Promise<void> {
  await interceptor.settled()
  expect(leaks.count).toBeGreaterThanOrEqual(atLeast)
  expect(leaks.in(lab.root)).toEqual([])
  // Everything was written, or there could be no leak.
  expect(lab.anomalies.recent.filter(({ phase }) => phase === "capture/dump-write")).toEqual([])
}

/** Ways to cut a text into the deltas of a stream, some of them in the middle of what stands at `at`. */
const CUTS: readonly ((text: string, at: number) => readonly string[])[] = [
  (text) => [text],
  (text) => text.split(""),
  (text) => text.match(/[\s\S]{1,3}/gu) ?? [],
  (text, at) => pieces(text, at),
  (text, at) => pieces(text, at + 1),
  (text, at) => pieces(text, at + 4, at + 5, at + 9),
  (text, at) => pieces(text, at - 1, at + 12),
]

function pieces(text: string, ...ends: readonly number[]): readonly string[] {
  const cuts = [0, ...ends.map((end) => Math.min(Math.max(end, 0), text.length)), text.length]
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end))
}

function cut(text: string, kind: number): readonly string[] {
  const at = /[\w+/-]{12,}/.exec(text)?.index ?? text.length >> 1
  return CUTS[kind % CUTS.length]?.(text, at) ?? [text]
}

/** Dialects that stream the input of a tool whole. */
const OBJECT_INPUT: ReadonlySet<DialectId> = new Set(["google-generate-content", "generic-messages"])

/** Where the last word of a text stands that could be a secret. */
function lastWord(text: string): { start: number; end: number } {
  const words = [...text.matchAll(/[\w+/=-]{12,}/g)]
  const { index: start = 0, 0: word = text } = words.at(-1) ?? {}
  return { start, end: start + word.length }
}

/** Answers with the frames one by one, so that they arrive as the stream has them. */
const streaming =
  (id: DialectId, deltas: Deltas): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-type": WIRES[id].streamType })
    for (const frame of WIRES[id].frames(deltas)) response.write(frame)
    response.end()
  }

test("there are as many formats and places as promised", () => {
  expect(FORMATS.length).toBeGreaterThanOrEqual(40)
  expect(BODY_KEYS.length + HEADERS.length + PARAMETERS.length).toBeGreaterThanOrEqual(60)
})

describe.each(DIALECTS)("%s", (id) => {
  test("texts of a conversation, and of a reply cut anywhere", async () => {
    for (const [index, [name, format]] of FORMATS.entries()) {
      const here = (place: string): string => plant(`${name}, ${place}`, format)
      const said: Said = {
        system: here("system"),
        user: here("user"),
        input: { command: here("input"), inner: JSON.stringify({ content: here("inner") }) },
        result: here("result"),
        properties: { note: { type: "string", default: here("default"), examples: [here("example")] } },
      }
      const input = JSON.stringify({
        command: here("streamed input"),
        inner: JSON.stringify({ content: here("streamed inner") }),
      })
      const deltas: Deltas = {
        text: cut(here("text"), index),
        reasoning: cut(here("reasoning"), index + 1),
        input: cut(input, index + 2),
        refusal: cut(here("refusal"), index + 3),
        error: here("streamed error"),
      }
      await exchange(id, streaming(id, deltas), { body: WIRES[id].request(said) })
    }
    await expectNoLeak(FORMATS.length * 12)
  }, 30_000)

  test("values under secret names, in objects, in JSON inside of texts, in schemas", async () => {
    const schemas = BODY_KEYS.map((key) => [
      key,
      { type: "string", description: "What to use", default: value(`default.${key}`) },
    ])
    const said: Said = {
      system: "s",
      user: "u",
      input: {
        ...values("input", BODY_KEYS),
        ...values("input", MASKER_KEYS, ALNUM),
        login: { type: "oauth", access: value("input.access"), refresh: value("input.refresh") },
        deep: [{ inner: JSON.stringify(values("inner", BODY_KEYS)) }],
      },
      result: JSON.stringify(values("result", BODY_KEYS), null, 2),
      properties: Object.fromEntries(schemas),
    }
    await exchange(
      id,
      (_request, response) => {
        response.writeHead(400, { "content-type": "application/json" })
        response.end(JSON.stringify({ error: { message: "no", ...values("error", BODY_KEYS) } }))
      },
      { body: WIRES[id].request(said) },
    )
    await expectNoLeak(200)
  }, 30_000)

  test("values under secret names in arguments that are cut into deltas", async () => {
    for (const kind of CUTS.keys()) {
      const input = JSON.stringify({
        path: "a.txt",
        ...values(`cut ${kind}`, BODY_KEYS),
        ...values(`cut ${kind}`, MASKER_KEYS, ALNUM),
      })
      const unfinished = { credentials: { user: "u", inner: [value(`unfinished ${kind}`)] } }
      const texts = OBJECT_INPUT.has(id) ? [input] : [input, JSON.stringify(unfinished).slice(0, -4)]
      for (const text of texts) {
        const deltas = { text: ["t"], reasoning: ["r"], input: cut(text, kind), refusal: [], error: "e" }
        await exchange(id, streaming(id, deltas))
      }
    }
    await expectNoLeak(250)
  }, 30_000)

  test("a reply that breaks off inside of a secret, between two frames and inside of one", async () => {
    for (const [index, [name, format]] of FORMATS.entries()) {
      const head = (place: string): string => {
        const text = plant(`${name}, ${place}`, format)
        const { start, end } = lastWord(text)
        return text.slice(0, start + Math.ceil((end - start) * (0.5 + (index % 5) / 10)))
      }
      const input = JSON.stringify({ command: head("broken input") }).slice(0, -2)
      const deltas: Deltas = {
        text: [head("broken text")],
        reasoning: [head("broken reasoning")],
        input: [OBJECT_INPUT.has(id) ? "{}" : input],
        refusal: [],
        error: "e",
      }
      const whole = (index + DIALECTS.indexOf(id)) % 2 === 0
      await exchange(id, (_request, response) => {
        const bytes = Buffer.concat(WIRES[id].frames(deltas).map((frame) => Buffer.from(frame)))
        response.writeHead(200, { "content-type": WIRES[id].streamType })
        response.end(whole ? bytes : bytes.subarray(0, Math.floor(bytes.length * (0.3 + (index % 4) / 10))))
      })
    }
    await expectNoLeak(FORMATS.length * 3)
  }, 30_000)

  test("whole replies and error bodies, also under other types", async () => {
    const types = ["application/json", WIRES[id].streamType, "x/y"]
    for (const [index, [name, format]] of FORMATS.entries()) {
      const type = types[index % types.length] ?? ""
      const here = (place: string): string => plant(`${name}, ${place} as ${type}`, format)
      await exchange(id, (_request, response) => {
        response.writeHead(502, { "content-type": type })
        response.end(JSON.stringify({ error: { message: here("message"), detail: [here("detail")] } }))
      })
    }
    await expectNoLeak(FORMATS.length * 2)
  }, 30_000)
})

describe("around the bodies", () => {
  test("request headers, by name and by form", async () => {
    const ok: Answer = (_request, response) => void response.end("{}")
    const headers = HEADERS.flatMap((name): [string, string][] => [
      [name, value(`header ${name}`)],
      [name.toUpperCase(), `Bearer ${value(`header ${name}, again`)}`],
      [`x-${name}-2`, value(`header x-${name}-2`)],
    ])
    const basic = plant("basic authorization", (from) => {
      const secret = fakeToken(HEX, 24, from)
      return { text: `Basic ${Buffer.from(`app:${secret}`).toString("base64")}`, secrets: [secret] }
    })
    await exchange("openai-chat", ok, {
      headers: [...headers, ["x-forwarded-credentials", basic], ["x-basic", basic]],
    })
    // No header holds more than one line.
    for (const [name, format] of FORMATS.filter(([, write]) => !write(1).text.trim().includes("\n"))) {
      await exchange("openai-chat", ok, { headers: [["x-note", plant(`header, ${name}`, format).trim()]] })
    }
    await expectNoLeak(100)
  }, 30_000)

  test("the query, the fragment, the path and the user information of the URL", async () => {
    const ok: Answer = (_request, response) => void response.end("{}")
    for (const name of PARAMETERS) {
      const query = `${encodeURIComponent(name)}=${value(`?${name}`)}&a=1&${name}=${value(`?…&${name}`)}`
      await exchange("openai-chat", ok, { url: `http://host/v1?${query}#${name}=${value(`#${name}`)}` })
    }
    await exchange("openai-chat", ok, { url: `http://ci:${value("user information")}@h.test/v1` })
    for (const [name, format] of FORMATS) {
      const here = (place: string): string => encodeURIComponent(plant(`${name}, ${place}`, format))
      await exchange("openai-chat", ok, {
        url: `http://host/v1/${here("path")}/x?q=${here("query")}&${here("bare")}`,
      })
    }
    await expectNoLeak(150)
  }, 30_000)

  test("what a server says beside the body: content type, status text", async () => {
    for (const [name, format] of FORMATS) {
      const here = (place: string): string =>
        plant(`${name}, ${place}`, format).replaceAll(/[^\x20-\x7e]+/g, " ")
      await exchange("openai-chat", (_request, response) => {
        response.writeHead(500, here("status text"), {
          "content-type": `application/json; note=${here("content type")}`,
        })
        response.end("not JSON")
      })
    }
    await expectNoLeak(80)
  }, 30_000)

  test("error bodies that are no JSON", async () => {
    for (const [name, format] of FORMATS) {
      for (const type of ["text/html; charset=utf-8", "text/plain", "application/json"]) {
        const text = plant(`${name}, ${type}`, format)
        await exchange("openai-chat", (_request, response) => {
          response.writeHead(502, { "content-type": type })
          response.end(type.startsWith("text/html") ? `<html><body>${text}</body></html>` : `Sorry. ${text}`)
        })
      }
    }
    await expectNoLeak(FORMATS.length * 3)
  }, 30_000)

  test("errors of the network, of the caller, and their causes", async () => {
    for (const [name, format] of FORMATS) {
      const here = (place: string): string => plant(`${name}, ${place}`, format)
      const cause = Object.assign(new Error(here("cause")), { code: "ECONNRESET" })
      lab.begin(interceptor, "http://h.test/").failed(new Error(here("message"), { cause }))
      lab.begin(interceptor, "http://h.test/").failed(here("thrown text"))
    }
    await expectNoLeak(120)
    const shown = lab.anomalies.recent.map(({ message }) => message).join("\n")
    expect(shown).not.toMatch(/ghp_\w{10}/)
  }, 30_000)

  test("what names the conversation: agent, model", async () => {
    for (const [name, format] of FORMATS) {
      lab
        .begin(interceptor, "http://h.test/", {
          agent: plant(`${name}, agent`, format),
          model: plant(`${name}, model`, format),
        })
        .failed(new Error("gone"))
    }
    await expectNoLeak(80)
  }, 30_000)
})
