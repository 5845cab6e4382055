import { LAST_STATUS_LABEL } from "../intercept/status.ts"
import { CONSOLE_MODEL, CONSOLE_PROVIDER, type ConsoleModel, type ConsoleProvider } from "./console-model.ts"

/** A slash command that Airlock answers itself. */
export interface ConsoleCommand {
  readonly name: string
  readonly description: string
  /** Resolves to the reply, Markdown. */
  run(args: string, sessionId: string): Promise<string>
}

export interface ModelRef {
  providerID: string
  modelID: string
}

/** A message of the person's, as far as the console changes it. */
interface ConsoleMessage {
  id?: string
  time?: { created: number }
  agent?: string
  model?: ModelRef
}

/** The parts of OpenCode's configuration that the console writes. */
export interface ConsoleConfigTarget {
  command?: { [name: string]: { template: string; description?: string; model?: string } }
  provider?: { [id: string]: unknown }
  enabled_providers?: string[]
  disabled_providers?: string[]
}

/** A message of the console's. */
export interface ConsoleReply {
  readonly id: string
  readonly createdAtMs: number
}

/** How a session goes on after a command. */
export interface WayBack {
  readonly messageId: string
  readonly agent: string | undefined
  readonly model: ModelRef | undefined
}

/** Answers slash commands through the console model and keeps them out of the rest of the conversation. */
export class ConsoleCommands {
  readonly #console: ConsoleModel
  readonly #commands: readonly ConsoleCommand[]
  readonly #pending = new Set<string>()
  readonly #lastModel = new Map<string, ModelRef>()
  /** Sessions whose last message was a command, with the agent it was given to. */
  readonly #atCommand = new Map<string, string | undefined>()
  /** The console's last message in a session. */
  readonly #lastReply = new Map<string, ConsoleReply>()
  /** Messages by which we lead sessions back to their models, with the time they are to have. */
  readonly #leaving = new Map<string, number>()

  constructor(console: ConsoleModel, commands: readonly ConsoleCommand[]) {
    this.#console = console
    this.#commands = commands
  }

  /** `config` hook: adds the commands and the model that answers them. */
  configure(config: ConsoleConfigTarget): void {
    config.command ??= {}
    for (const { name, description } of this.#commands) {
      config.command[name] = {
        template: `/${name}`,
        description,
        model: `${CONSOLE_PROVIDER}/${CONSOLE_MODEL}`,
      }
    }
    const provider: ConsoleProvider = this.#console.provider()
    config.provider = { ...config.provider, [CONSOLE_PROVIDER]: provider }
    // A person's list of providers must not switch the replies off.
    if (config.enabled_providers && !config.enabled_providers.includes(CONSOLE_PROVIDER)) {
      config.enabled_providers.push(CONSOLE_PROVIDER)
    }
    if (config.disabled_providers) {
      config.disabled_providers = config.disabled_providers.filter((id) => id !== CONSOLE_PROVIDER)
    }
  }

  /**
   * `command.execute.before`: runs the command and leaves its reply with the console.
   *
   * @param parts parts of the person's message; marked as synthetic, so that OpenCode still makes a title from the
   *   first message that is meant for a model
   * @param findModel the model of the session's last message for one, asked for when this process has not seen it
   */
  async run(
    name: string,
    args: string,
    sessionId: string,
    parts: readonly { synthetic?: boolean }[],
    findModel: () => Promise<ModelRef | undefined>,
  ): Promise<void> {
    const command = this.#commands.find((one) => one.name === name)
    if (!command) return
    for (const part of parts) part.synthetic = true
    const model = this.#lastModel.get(sessionId) ?? (await findModel())
    if (model) this.#lastModel.set(sessionId, model)
    this.#console.leave(sessionId, await command.run(args, sessionId))
    this.#pending.add(sessionId)
  }

  /**
   * `chat.message`: OpenCode and its TUI go on with the model of a session's last message, which after a command is the
   * console. Gives the message to the model used before; nobody talks to the console on purpose.
   *
   * @param fallback finds a model for a session that has had none
   */
  async keepModel(
    sessionId: string,
    message: ConsoleMessage,
    fallback: () => Promise<ModelRef | undefined>,
  ): Promise<void> {
    if (this.#isLeaving(message)) return
    if (this.#pending.delete(sessionId)) {
      this.#atCommand.set(sessionId, message.agent)
      return
    }
    this.#atCommand.delete(sessionId)
    if (message.model && message.model.providerID !== CONSOLE_PROVIDER) {
      this.#lastModel.set(sessionId, message.model)
      return
    }
    const model = this.#lastModel.get(sessionId) ?? (await fallback())
    if (model) message.model = model
  }

  /**
   * `message.updated`: what front ends are shown of a command's message. The TUI takes over the model of the first
   * message it sees in a session; without one it keeps what the person chose.
   */
  showModel(sessionId: string, message: ConsoleMessage): void {
    if (message.model?.providerID !== CONSOLE_PROVIDER) return
    const model = this.#lastModel.get(sessionId)
    if (model) message.model = model
    else delete message.model
  }

  /** `message.updated`: the console's reply is complete. */
  replied(sessionId: string, reply: ConsoleReply): void {
    this.#lastReply.set(sessionId, reply)
  }

  /**
   * How a session that is at a command gets back to its model: with a message of this id, agent and model. OpenCode
   * answers the last message, by time and then by id; this one sorts right behind the console's reply, so that what the
   * person sends meanwhile stays the last.
   */
  wayBack(sessionId: string): WayBack | undefined {
    const reply = this.#lastReply.get(sessionId)
    if (!this.#atCommand.has(sessionId) || reply === undefined) return undefined
    this.#lastReply.delete(sessionId)
    const messageId = successorOf(reply.id)
    if (messageId === undefined) return undefined
    this.#leaving.set(messageId, reply.createdAtMs)
    return { messageId, agent: this.#atCommand.get(sessionId), model: this.#lastModel.get(sessionId) }
  }

  #isLeaving(message: ConsoleMessage): boolean {
    const createdAtMs = message.id === undefined ? undefined : this.#leaving.get(message.id)
    if (message.id === undefined || createdAtMs === undefined) return false
    this.#leaving.delete(message.id)
    if (message.time) message.time.created = createdAtMs
    return true
  }

  /**
   * Whether the session is at a command, so that a title request now would be made for the command alone: OpenCode
   * asks again as long as the title it asked for with the message before has not come.
   */
  isAtCommand(sessionId: string): boolean {
    return this.#atCommand.has(sessionId)
  }

  /** `experimental.text.complete`: whether a text is a reply of ours that the session has just got. */
  isReply(sessionId: string, text: string): boolean {
    return this.#console.takeSaid(sessionId, text)
  }

  /** Replaces what the console said in a text that is about to leave by a neutral phrase. */
  hideReplies(text: string): string {
    return this.#commands.some(({ name }) => text === `/${name}` || text.startsWith(`/${name}\n`)) ||
      REPLY_HEADING.test(text)
      ? "(local command)"
      : text
  }
}

// Every reply of a command begins so; the title request carries it raw, because no hook sees that request.
const REPLY_HEADING = new RegExp(
  `^## Interceptor (?:Status|Enabled|Disabled|Last|Open|Purged|Usage)\\n[\\s\\S]*\\n- Dump root: [\\s\\S]*\\n${LAST_STATUS_LABEL}: .*$`,
)

/**
 * The id next to one of OpenCode's: `msg_`, 12 hex digits of milliseconds times 4096 plus a counter, and random
 * characters (1.18). Ids of other forms have no successor.
 */
function successorOf(messageId: string): string | undefined {
  const match = /^(msg_)([0-9a-f]{12})(.+)$/.exec(messageId)
  if (!match) return undefined
  const [, prefix = "", digits = "", rest = ""] = match
  return prefix + (BigInt(`0x${digits}`) + 1n).toString(16).padStart(12, "0") + rest
}
