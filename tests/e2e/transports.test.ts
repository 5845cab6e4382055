import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { canary } from "../support/canary.ts"
import { messageError, messageText } from "../support/opencode/client.ts"
import type { IsolatedHome } from "../support/opencode/home.ts"
import { FAKE_API_KEY, opencodeConfig } from "../support/opencode/providers.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import type { ProviderRequest } from "../support/provider/start-provider.ts"
import { purposeOf } from "../support/script.ts"
import { hasValidSignature } from "../support/sigv4.ts"
import { waitFor } from "../support/wait.ts"
import { PLUGIN, type Rig, type RigOptions, startRig } from "./intercept/rig.ts"

const NATIVE = { OPENCODE_EXPERIMENTAL_NATIVE_LLM: "1" }

test("a body that AWS SigV4 has signed is masked before it is signed, or is not sent at all", async () => {
  const secretAccessKey = ["not", "a", "secret", "access", "key"].join("-")
  const env = {
    AWS_ACCESS_KEY_ID: canary("signer", "aws-key-id").value,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
  await withRig({ env: { ...env, AWS_EC2_METADATA_DISABLED: "true" } }, async (rig) => {
    const secret = canary("signed body")
    rig.provider.script("signed", () => ({ text: "Hello." }))
    const directory = await rig.home.project("signed", { "opencode.json": JSON.stringify(signedConfig(rig)) })
    const client = rig.server.client(directory)
    const session = await client.createSession()
    expect(messageText((await client.prompt(session, `My token is ${secret.value}.`)).json)).toBe("Hello.")
    expect(messageText((await client.prompt(session, "Thank you.")).json)).toBe("Hello.")

    const requests = rig.provider.lane("signed")
    expect(describeLeaks(findLeaks(requests, [secret]))).toBe("")
    const turns = requests.filter((request) => purposeOf(request) === "turn")
    expect(turns.map((request) => hasValidSignature(request, secretAccessKey))).toEqual([true, true])
    expect(turns.map((request) => request.text.includes("REDACTED:"))).toEqual([true, true])
    // No hook sees a title's text, so the signed title request holds the secret and has to stay at home.
    expect(requests.filter((request) => purposeOf(request) === "title")).toEqual([])

    // Title and turn ask for the same model, beside each other, and neither can carry a token.
    const named = await client.createSession()
    await rig.intercept(client, named, "on")
    await client.prompt(named, "Hello.")
    await expectNamed(rig, named, "signed")
    const agents = (await rig.dumps(named)).map(({ meta }) => meta.agent)
    expect(new Set(agents)).toEqual(new Set(["build", "title"]))
  })
}, 90_000)

test("the check of signatures can fail", () => {
  expect(hasValidSignature(requestWith({}), "any")).toBe(false)
})

describe.each(["openai-responses", "anthropic-messages"] as const)("the native runtime, %s", (dialect) => {
  test("is masked where its requests pass the wrapper", async () => {
    await withRig({ env: NATIVE }, async (rig) => {
      const secret = canary(`native ${dialect}`)
      const { client, name } = await rig.project("native", dialect, () => ({ text: "Hello." }))
      const session = await client.createSession()
      await rig.intercept(client, session, "on")
      const answers = [
        await client.prompt(session, `My token is ${secret.value}.`),
        await client.prompt(session, "Thank you."),
      ]
      expect(answers.map((answer) => messageText(answer.json))).toEqual(["Hello.", "Hello."])
      await waitFor(async () => /llm\.runtime=native/.test(await rig.home.log()))
      await expectNamed(rig, session, name)
      expect(describeLeaks(findLeaks(rig.provider.lane(name), [secret]))).toBe("")
      expect(rig.provider.lane(name).filter((request) => request.text.includes("x-airlock"))).toEqual([])
      expect(rig.provider.lane(name).flatMap((request) => Object.keys(request.headers))).not.toContain(
        "x-airlock-exchange",
      )
    })
  }, 90_000)

  test("is refused where its requests pass us by, and no secret leaves before that is known", async () => {
    // With OpenCode's model list fetched at start, the native runtime keeps the fetch from before any plugin.
    const env = { ...NATIVE, OPENCODE_DISABLE_MODELS_FETCH: "", OPENCODE_MODELS_PATH: "" }
    await withRig({ env, modelList: true }, async (rig) => {
      const secret = canary(`blind ${dialect}`)
      const { client, name } = await rig.project("blind", dialect, () => ({ text: "Hello." }))
      const session = await client.createSession()
      await client.prompt(session, `My token is ${secret.value}.`)
      await waitFor(async () => {
        const before = rig.provider.lane(name).length
        const error = messageError((await client.prompt(session, "And again.")).json)
        return /Airlock cannot see/.test(error) && rig.provider.lane(name).length === before
      })
      expect(rig.provider.lane("models").length, "OpenCode fetched its model list").toBeGreaterThan(0)
      expect(describeLeaks(findLeaks(rig.provider.lane(name), [secret]))).toBe("")
      expect(rig.provider.lane(name)).toEqual([])
    })
  }, 90_000)
})

test("the native runtime goes on, unseen, where the person allows it", async () => {
  const env = { ...NATIVE, OPENCODE_DISABLE_MODELS_FETCH: "", OPENCODE_MODELS_PATH: "" }
  const plugin: [string, object] = [PLUGIN, { allowUnseenTransport: true }]
  await withRig({ env, modelList: true, plugin: [plugin] }, async (rig) => {
    const { client } = await rig.project("allowed", "openai-responses", () => ({ text: "Hello." }))
    const session = await client.createSession()
    for (const say of ["One.", "Two."]) {
      expect(messageText((await client.prompt(session, say)).json)).toBe("Hello.")
    }
  })
}, 90_000)

test("OpenAI's WebSocket pool is told to use HTTP, so that every request passes the wrapper", async () => {
  const prepare = async (home: IsolatedHome): Promise<void> => {
    const data = join(home.path, ".local/share/opencode")
    await mkdir(data, { recursive: true })
    // The pool is used only where a credential is stored.
    const stored = { openai: { type: "api", key: FAKE_API_KEY } }
    await writeFile(join(data, "auth.json"), JSON.stringify(stored))
  }
  await withRig({ env: { OPENCODE_EXPERIMENTAL_WEBSOCKETS: "1" }, prepare }, async (rig) => {
    const secret = canary("websocket")
    const { client, name } = await rig.project("websocket", "openai-responses", () => ({ text: "Hello." }))
    const session = await client.createSession()
    for (const say of [`My token is ${secret.value}.`, "Thank you."]) {
      expect(messageText((await client.prompt(session, say)).json)).toBe("Hello.")
    }
    const turns = rig.provider.lane(name).filter((request) => purposeOf(request) === "turn")
    expect(turns.map((request) => request.method)).toEqual(["POST", "POST"])
    expect(describeLeaks(findLeaks(rig.provider.requests, [secret]))).toBe("")
    const names = rig.provider.requests.flatMap((request) => Object.keys(request.headers))
    expect(names).not.toContain("x-opencode-title")
    expect(names).not.toContain("x-airlock-exchange")
  })
}, 90_000)

test("disposing one project's instance leaves the others, and its next one, protected", async () => {
  await withRig({}, async (rig) => {
    const secret = canary("dispose")
    const [one, two] = [
      await rig.project("one", "openai-chat", () => ({ text: "Hello." })),
      await rig.project("two", "openai-chat", () => ({ text: "Hello." })),
    ]
    const say = async ({ client }: typeof one): Promise<void> => {
      const answer = await client.prompt(await client.createSession(), `My token is ${secret.value}.`)
      expect(messageText(answer.json)).toBe("Hello.")
    }
    await say(one)
    await say(two)
    expect((await two.client.dispose()).status).toBe(200)
    await say(one)
    await say(two)
    await one.client.dispose()
    await two.client.dispose()
    await say(one)
    expect(rig.provider.requests.filter((request) => purposeOf(request) === "turn")).toHaveLength(5)
    expect(describeLeaks(findLeaks(rig.provider.requests, [secret]))).toBe("")
  })
}, 90_000)

/** Every call of a lane is captured, and named by its announcement, though not each may carry a token. */
async function expectNamed(rig: Rig, session: string, lane: string): Promise<void> {
  const calls = (): readonly ProviderRequest[] =>
    rig.provider.lane(lane).filter((request) => request.sessionId === session)
  // The title is asked for beside the first turn and may come last.
  await waitFor(
    async () => calls().length > 0 && (await rig.dumps(session)).length === calls().length,
    30_000,
  )
  const metas = (await rig.dumps(session)).map(({ meta }) => meta)
  const titles = calls().filter((call) => purposeOf(call) === "title").length
  expect(metas.filter((meta) => meta.agent === "title")).toHaveLength(titles)
  expect(metas.filter((meta) => meta.agent === "build")).toHaveLength(calls().length - titles)
  expect(metas.every(({ messageId }) => typeof messageId === "string" && messageId.startsWith("msg_"))).toBe(
    true,
  )
  expect(metas.filter((meta) => meta.attribution === "turn").length).toBeGreaterThan(0)
  expect(metas.every((meta) => meta.attribution === "turn" || meta.attribution === "mark")).toBe(true)
}

/** The test configuration without a bearer key for Bedrock, so that the SDK signs with the AWS credentials. */
function signedConfig(rig: Rig): Record<string, unknown> {
  const config = opencodeConfig(rig.provider, "signed", "bedrock-converse")
  const models = { "amazon.scripted-v1": { name: "Scripted", tool_call: true } }
  const options = { baseURL: rig.provider.baseUrl("signed", "bedrock-converse"), region: "us-east-1" }
  const provider = { "amazon-bedrock": { npm: "@ai-sdk/amazon-bedrock", options, models } }
  return { ...config, small_model: "amazon-bedrock/amazon.scripted-v1", provider }
}

async function withRig(options: RigOptions, proof: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await startRig(options)
  try {
    await rig.prove(() => proof(rig))
  } finally {
    await rig.stop()
  }
}

function requestWith(headers: Record<string, string>): ProviderRequest {
  const empty = { system: "", messages: [], tools: [] }
  return {
    index: 0,
    atMs: 0,
    lane: "",
    method: "POST",
    url: "/",
    rawHeaders: [],
    headers,
    body: new Uint8Array(),
    text: "",
    json: {},
    dialect: undefined,
    streamed: false,
    sessionId: undefined,
    parentSessionId: undefined,
    view: empty,
  }
}
