import type { Hooks, PluginInput, PluginModule } from "@opencode-ai/plugin"
import { AirlockError, errorMessage } from "../base/errors.ts"
import type { ModelRef } from "./console-commands.ts"
import { recentModel } from "./recent-model.ts"
import { CONSOLE_AGENT_HEADER, CONSOLE_PROVIDER, dropConsoleMessages } from "./console-model.ts"
import { createInstance, type Instance } from "./instance.ts"
import type { Capabilities } from "./instance-config.ts"
import type { AnnouncedCall } from "./transport-guard.ts"

/** What OpenCode 1.x loads: `export default` of an entry point. */
export type V1Module = PluginModule

/**
 * A plugin module whose instances are bound to the hooks of OpenCode 1.x. Hooks change OpenCode's objects in place:
 * it ignores replaced ones.
 *
 * @param entry URL of the module that OpenCode loaded
 * @param offers what this entry point brings; configuration can switch off, never add
 */
export function v1Module(
  id: string,
  entry: string,
  offers: Capabilities = { redact: true, intercept: true },
): V1Module {
  return {
    id,
    server: async (input, options) => {
      const instance = await createInstance({
        directory: input.directory,
        worktree: input.worktree,
        projectId: input.project.id,
        entry,
        offers,
        options,
        env: process.env,
        log: logTo(input),
      })
      return hooksOf(instance, input)
    },
  }
}

function hooksOf(instance: Instance, input: PluginInput): Hooks {
  return {
    dispose: () => instance.dispose(),
    ...configHook(instance),
    ...turnHooks(instance, input),
    ...redactHooks(instance),
    "command.execute.before": async ({ command, sessionID, arguments: args }, output) => {
      instance.meet(sessionID)
      const parts = output.parts.filter((part) => part.type === "text")
      await instance.commands?.run(command, args, sessionID, parts, () => sessionModel(input, sessionID))
    },
    "experimental.chat.messages.transform": async (_input, { messages }) => {
      dropConsoleMessages(messages)
      instance.redact?.messages(messages)
    },
    event: async ({ event }) => {
      // Nothing may be awaited before this: the event object is live, and only a synchronous change is seen.
      instance.redact?.event(event.type, event.properties)
      if (event.type === "message.part.updated") await storeMasked(instance, input, event.properties.part)
      if (event.type === "session.created" || event.type === "session.updated") {
        const { id, parentID } = event.properties.info
        if (parentID !== undefined) instance.adopt(id, parentID)
      }
      if (event.type === "session.idle") await leaveConsole(instance, input, event.properties.sessionID)
      if (event.type !== "message.updated") return
      const { info } = event.properties
      if (info.role === "user") instance.commands?.showModel(info.sessionID, info)
      if (info.role !== "assistant" || info.time.completed === undefined) return
      if (info.providerID === CONSOLE_PROVIDER) {
        instance.commands?.replied(info.sessionID, { id: info.id, createdAtMs: info.time.created })
      }
      instance.guard.finish({
        sessionId: info.sessionID,
        messageId: info.parentID,
        agent: info.mode,
        failed: info.error !== undefined,
      })
    },
  }
}

/**
 * OpenCode has stored the restored arguments of a tool call. Replaces them there by their placeholders, because a value
 * that only its context gave away cannot be recognised in an old conversation once the vault is gone.
 */
async function storeMasked(instance: Instance, { client }: PluginInput, part: unknown): Promise<void> {
  if (!instance.redact?.isFirstSightOfRestored(part)) return
  const { id, messageID, sessionID } = part
  const stored = await succeeded(() =>
    rawClient(client).patch({
      url: "/session/{sessionID}/message/{messageID}/part/{id}",
      path: { id, messageID, sessionID },
      body: structuredClone(part),
      headers: { "Content-Type": "application/json" },
    }),
  )
  if (stored) return
  instance.report(
    "redact/store-masked",
    "What OpenCode stored of a restored tool call could not be replaced by its placeholders; after a restart its value may not be recognised",
  )
}

/** Whether a call of OpenCode's API worked: its client answers an `error` where another would throw. */
async function succeeded(call: () => Promise<{ readonly error?: unknown }>): Promise<boolean> {
  try {
    return (await call()).error === undefined
  } catch {
    return false
  }
}

/** A subagent's session that was made before this process started is known to OpenCode only. */
async function findParent(instance: Instance, { client }: PluginInput, sessionId: string): Promise<void> {
  try {
    const { data } = await client.session.get({ path: { id: sessionId } })
    if (data?.parentID !== undefined) instance.adopt(sessionId, data.parentID)
  } catch {
    // Then the conversation is its own.
  }
}

interface RawClient {
  patch(request: { url: string; path: object; body: unknown; headers: object }): Promise<{ error?: unknown }>
}

/** The generated client below the v1 SDK, which has no method for `PATCH …/part/:id`. */
function rawClient(client: PluginInput["client"]): RawClient {
  const raw: RawClient = Reflect.get(client, "_client")
  return raw
}

/**
 * OpenCode keeps the model of a session's last message as the session's own, and cannot open a session whose model is
 * gone. So a session does not stay at the console: a message that nobody sees and no model gets brings the model back.
 */
async function leaveConsole(instance: Instance, input: PluginInput, sessionId: string): Promise<void> {
  const back = instance.commands?.wayBack(sessionId)
  if (!back) return
  const model = back.model ?? (await defaultModel(input))
  if (!model) return
  const left = await succeeded(() =>
    input.client.session.prompt({
      path: { id: sessionId },
      body: {
        messageID: back.messageId,
        noReply: true,
        model,
        ...(back.agent === undefined ? {} : { agent: back.agent }),
        parts: [{ type: "text", text: "(local command)", synthetic: true, ignored: true }],
      },
    }),
  )
  if (left) return
  instance.report(
    "console/model",
    "A session could not be led back to its model after a command; choose the model again",
  )
}

function configHook({ commands, redact, credentials }: Instance): Hooks {
  return {
    config: async (config) => {
      credentials?.configured(config)
      commands?.configure(config)
      redact?.configure(Object.keys(config.mcp ?? {}))
    },
  }
}

/** Hooks around one model call: refuse it, mark it, keep the conversation's model. */
function turnHooks(instance: Instance, input: PluginInput): Hooks {
  const { commands, configError, guard } = instance
  return {
    "chat.message": async ({ sessionID, messageID }, output) => {
      instance.meet(sessionID)
      if (instance.isCapturing) await findParent(instance, input, sessionID)
      await commands?.keepModel(sessionID, output.message, () => anyModel(input, sessionID))
      instance.redact?.message(output.parts, { sessionID, messageID })
    },
    "chat.params": async (call) => {
      const { sessionID, agent, model } = call
      instance.meet(sessionID)
      if (model.providerID === CONSOLE_PROVIDER) return
      if (configError !== undefined)
        throw new AirlockError("CONFIG_INVALID", `Airlock stopped this turn. ${configError}`)
      // OpenCode drops a title that fails without a word, and a command must not cost a provider call.
      if (agent === "title" && commands?.isAtCommand(sessionID))
        throw new Error("No title for a local command")
      await guard.check(callOf(call))
    },
    "chat.headers": async (call, output) => {
      const local = call.model.providerID === CONSOLE_PROVIDER
      Object.assign(
        output.headers,
        local ? { [CONSOLE_AGENT_HEADER]: call.agent } : guard.announce(callOf(call)),
      )
    },
  }
}

function redactHooks({ redact, commands }: Instance): Hooks {
  if (!redact) return {}
  return {
    "experimental.chat.system.transform": async ({ sessionID }, { system }) => {
      redact.system(system, { sessionID })
    },
    "tool.execute.before": async ({ tool, sessionID, callID }, { args }) => {
      redact.toolBefore(tool, args, { sessionID, callID })
    },
    "tool.execute.after": async ({ tool, sessionID, callID }, output) => {
      redact.toolAfter(tool, output, { sessionID, callID })
    },
    "experimental.text.complete": async ({ sessionID, messageID }, output) => {
      // A rule of the person's own may match anything, also what Airlock itself says.
      if (commands?.isReply(sessionID, output.text)) return
      redact.textComplete(output, { sessionID, messageID })
    },
  }
}

interface HookCall {
  readonly sessionID: string
  readonly agent: string
  readonly model: {
    readonly id: string
    readonly providerID: string
    readonly api: { readonly id: string; readonly npm: string }
  }
  readonly provider: { readonly options?: Readonly<Record<string, unknown>> }
  readonly message: { readonly id: string }
}

function callOf({ sessionID, agent, model, provider, message }: HookCall): AnnouncedCall {
  return {
    sessionId: sessionID,
    agent,
    providerId: model.providerID,
    modelId: model.id,
    messageId: message.id,
    wireModel: model.api.id,
    ownFetch: typeof provider.options?.fetch === "function",
    signed: isSigned(model.api.npm, provider.options),
  }
}

/** Without a bearer key, the Bedrock SDK signs each request with AWS credentials before it calls fetch. */
function isSigned(npm: string, options: Readonly<Record<string, unknown>> = {}): boolean {
  if (npm !== "@ai-sdk/amazon-bedrock") return false
  return !options.apiKey && !process.env.AWS_BEARER_TOKEN_BEDROCK
}

/** The model of the session's last message that was meant for one. */
async function sessionModel({ client }: PluginInput, sessionId: string): Promise<ModelRef | undefined> {
  const { data: messages = [] } = await client.session.messages({ path: { id: sessionId } })
  for (const { info } of messages.toReversed()) {
    if (info.role === "user" && info.model.providerID !== CONSOLE_PROVIDER) return info.model
  }
  return undefined
}

/** The configured model, else the one chosen last in the TUI, else the default of a configured provider. */
async function defaultModel({ client }: PluginInput): Promise<ModelRef | undefined> {
  const { data: config } = await client.config.get()
  const [providerID, ...rest] = config?.model?.split("/") ?? []
  if (providerID && rest.length > 0) return { providerID, modelID: rest.join("/") }
  const recent = await recentModel(process.env)
  if (recent) return recent
  const { data: providers } = await client.config.providers()
  const first = Object.entries(providers?.default ?? {}).find(([id]) => id !== CONSOLE_PROVIDER)
  return first && { providerID: first[0], modelID: first[1] }
}

async function anyModel(input: PluginInput, sessionId: string): Promise<ModelRef | undefined> {
  return (await sessionModel(input, sessionId)) ?? defaultModel(input)
}

function logTo({ client }: PluginInput): (level: "info" | "warn" | "error", message: string) => void {
  return (level, message) => {
    // The log is for people; a host that cannot take a line must not harm what the line is about.
    client.app.log({ body: { service: "airlock", level, message } }).catch(errorMessage)
  }
}
