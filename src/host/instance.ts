import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError } from "../base/errors.ts"
import { parseJson } from "../base/json.ts"
import { type AirlockPaths, airlockPaths, type Env } from "../base/paths.ts"
import { VERSION } from "../base/version.ts"
import type { AirlockConfig } from "../config/schema.ts"
import { createHeartbeat, type Heartbeat } from "../health/heartbeat.ts"
import { createInterceptor, type Interceptor } from "../intercept/interceptor.ts"
import type { CaptureScope } from "../intercept/scope.ts"
import { type Installed, installTraffic } from "../pipeline/install.ts"
import type { Exchange, Stage } from "../pipeline/stage.ts"
import { captureStage } from "../pipeline/stages/capture.ts"
import { consoleStage } from "../pipeline/stages/console.ts"
import { type MaskedExchange, maskStage } from "../pipeline/stages/mask.ts"
import { refuseStage } from "../pipeline/stages/refuse.ts"
import { type Audit, createAudit } from "../redact/audit.ts"
import { type InstallKey, loadInstallKey } from "../redact/install-key.ts"
import { createMasker, type Masker } from "../redact/masker.ts"
import type { Vault } from "../redact/vault.ts"
import { ruleLabel } from "../secrets/index.ts"
import { sharedCaptureScope } from "./capture-scope.ts"
import { ConsoleCommands } from "./console-commands.ts"
import { ConsoleModel } from "./console-model.ts"
import { createHeldCredentials, type HeldCredentials } from "./held-credentials.ts"
import { withoutCredentials } from "./live-credentials.ts"
import { type Capabilities, readInstanceConfig } from "./instance-config.ts"
import { projectVault } from "./project-vault.ts"
import { RedactHooks } from "./redact-hooks.ts"
import { type NativeRuntime, TransportGuard } from "./transport-guard.ts"

/** What an OpenCode host tells a plugin instance, in host-neutral form. */
export interface InstanceInput {
  readonly directory: string
  readonly worktree: string
  /** OpenCode's project id; `global` outside a repository. */
  readonly projectId: string
  /** URL of the module OpenCode loaded, shown by `airlock doctor`. */
  readonly entry: string
  readonly offers: Capabilities
  /** Second element of the plugin tuple, untrusted. */
  readonly options: unknown
  readonly env: Env
  /** Writes a line to OpenCode's log. */
  readonly log: (level: "info" | "warn" | "error", message: string) => void
}

/** One plugin instance: everything that belongs to one project directory. */
export interface Instance {
  readonly config: AirlockConfig
  /** Why the configuration could not be used, if so: then masking is on and every turn is refused with this. */
  readonly configError: string | undefined
  readonly redact: RedactHooks | undefined
  readonly commands: ConsoleCommands | undefined
  readonly guard: TransportGuard
  /** Told what OpenCode was configured with, so that no capture holds a credential of it. */
  readonly credentials: HeldCredentials | undefined
  /** A hook met this session: requests that carry its id belong to this instance. */
  meet(sessionId: string): void
  /** A session is a subagent's of another. */
  adopt(sessionId: string, parentSessionId: string): void
  /** Whether any conversation is being captured. */
  readonly isCapturing: boolean
  /** Makes a failure that was survived visible. */
  report(phase: string, message: string): void
  /** Releases everything, writes out what is pending. Other instances are not touched. */
  dispose(): Promise<void>
}

const MAX_SESSIONS = 10_000
const SETTLE_MS = 500
const PRUNE_AFTER_MS = 50
const PRUNE_EVERY_MS = 3_600_000

/** Builds an instance and puts its stages into the pipeline. No network; files are read, none is required. */
export async function createInstance(input: InstanceInput): Promise<Instance> {
  const { env, log } = input
  const paths = airlockPaths(env)
  const health: { heartbeat?: Heartbeat } = {}
  const anomalies = new AnomalyLog(Date.now, ({ phase, message }) => {
    log("warn", `${phase}: ${message}`)
    health.heartbeat?.update({})
  })
  // Both only read files; OpenCode waits for us, so they wait together.
  const installKey = loadInstallKey(paths.data)
  const { config, configError, scanner, notices } = await readInstanceConfig(input, paths)
  for (const notice of notices) log("warn", notice)
  const instanceId = randomUUID()
  const installed = installTraffic()
  await installed.ensure()
  const nativeRuntime = nativeRuntimeOf(env)
  const heartbeat = createHeartbeat({
    dir: join(paths.state, "heartbeats"),
    anomalies,
    initial: {
      version: VERSION,
      instanceId,
      directory: input.directory,
      worktree: input.worktree,
      entry: input.entry,
      capabilities: { redact: config.redact.enabled, intercept: config.intercept.enabled },
      wrapper: "installed",
      nativeRuntime: nativeRuntime !== "off",
      config: configError === undefined ? "ok" : "invalid",
    },
  })
  health.heartbeat = heartbeat
  const vault = openVault(input, await installKey, anomalies)
  const masker = createMasker({ scanner, vault })
  const audit = buildAudit(config, anomalies)
  const credentials = config.intercept.enabled
    ? createHeldCredentials({ opencodeData: paths.opencodeData, env })
    : undefined
  const captureScope = sharedCaptureScope()
  const { scope } = captureScope
  const interceptor =
    credentials && buildInterceptor({ config, paths, masker, vault, credentials, anomalies, scope })
  const commands = interceptor && consoleCommands(interceptor)
  const sessions = new Set<string>()
  const unregister = installed.traffic.register({
    id: instanceId,
    directory: input.directory,
    stages: stagesOf({ config, configError, masker, audit, interceptor, credentials, commands, anomalies }),
    ownsSession: (sessionId) => sessions.has(sessionId),
    ...(config.redact.enabled ? { findSecrets: rulesFoundBy(masker) } : {}),
    onExchange: (_exchange, sent) => heartbeat.countExchange(sent),
  })
  // Not on the way of OpenCode's start.
  setTimeout(() => void interceptor?.prune(), PRUNE_AFTER_MS).unref()
  const hourly = setInterval(() => void interceptor?.prune(), PRUNE_EVERY_MS).unref()
  return {
    config,
    configError,
    redact: config.redact.enabled
      ? new RedactHooks({ masker, audit, maskLocal: config.redact.maskLocal })
      : undefined,
    commands,
    credentials,
    guard: buildGuard({ instanceId, installed, anomalies, nativeRuntime, config, heartbeat }),
    meet: (sessionId) => meet(sessions, sessionId),
    adopt: (sessionId, parentSessionId) => interceptor?.adopt(sessionId, parentSessionId),
    get isCapturing() {
      return interceptor?.enabled ?? false
    },
    report: (phase, message) => anomalies.add(phase, message),
    dispose: async () => {
      unregister()
      installed.undo()
      clearInterval(hourly)
      captureScope.release()
      await Promise.allSettled([interceptor?.close(), audit.flush(), heartbeat.end()])
    },
  }
}

function openVault(input: InstanceInput, { key, reason }: InstallKey, anomalies: AnomalyLog): Vault {
  if (reason !== undefined) anomalies.add("redact/install-key", reason)
  const project = input.projectId === "global" ? input.directory : input.projectId
  return projectVault(key, project)
}

function buildAudit(config: AirlockConfig, anomalies: AnomalyLog): Audit {
  return createAudit({ ...config.redact.audit, labelOf: ruleLabel, anomalies })
}

interface InterceptorParts {
  readonly config: AirlockConfig
  readonly paths: AirlockPaths
  readonly masker: Masker
  readonly vault: Vault
  readonly credentials: HeldCredentials
  readonly anomalies: AnomalyLog
  readonly scope: CaptureScope
}

function buildInterceptor({
  config: { intercept },
  paths,
  masker,
  vault,
  credentials,
  anomalies,
  scope,
}: InterceptorParts): Interceptor {
  const { enabled: _, ...limits } = intercept
  return createInterceptor({
    root: paths.captures,
    // Where masking is off, the person's secrets still have no business in a file. Whole credentials first: what a
    // rule finds inside of one would leave its rest.
    scrubText: (text, name) => masker.mask(credentials.scrub(text), name === undefined ? {} : { name }).text,
    live: withoutCredentials(masker, credentials),
    ruleOf: (placeholder) => vault.ruleOf(placeholder),
    scope,
    anomalies,
    ...limits,
  })
}

function consoleCommands(interceptor: Interceptor): ConsoleCommands {
  return new ConsoleCommands(new ConsoleModel(), [
    {
      name: "intercept",
      description: "Show what was captured of the traffic with the model, or switch capturing on or off",
      run: async (args, sessionId) => {
        // Captures are written behind the reply; the numbers of the last turn should be in the status.
        await Promise.race([interceptor.settled(), sleep(SETTLE_MS, undefined, { ref: false })])
        return interceptor.command(args, sessionId)
      },
    },
  ])
}

interface StageParts {
  readonly config: AirlockConfig
  readonly configError: string | undefined
  readonly masker: Masker
  readonly audit: Audit
  readonly interceptor: Interceptor | undefined
  readonly credentials: HeldCredentials | undefined
  readonly commands: ConsoleCommands | undefined
  readonly anomalies: AnomalyLog
}

function stagesOf({
  config,
  configError,
  masker,
  audit,
  interceptor,
  credentials,
  commands,
  anomalies,
}: StageParts): readonly Stage[] {
  return [
    ...(commands ? [consoleStage((text) => commands.hideReplies(text))] : []),
    ...(configError === undefined ? [] : [refuseStage(new AirlockError("CONFIG_INVALID", configError))]),
    ...(config.redact.enabled ? [maskStage({ masker, anomalies, onMasked: auditWith(audit) })] : []),
    ...(interceptor
      ? [captureStage({ interceptor, anomalies, onBegin: (exchange) => learn(credentials, exchange) })]
      : []),
  ]
}

/** The credential of a request may come from a keychain that no file or setting shows. */
function learn(credentials: HeldCredentials | undefined, { headers, url }: Exchange): void {
  credentials?.sent(headers, url)
}

/** One audit line for each request in which the wire layer found what no hook had masked. */
function auditWith(audit: Audit): (exchange: Exchange, result: MaskedExchange) => void {
  return ({ attribution }, result) =>
    audit.record({
      hook: "provider.request",
      ...result,
      sessionID: attribution.sessionId,
      messageID: attribution.messageId,
    })
}

interface GuardParts {
  readonly instanceId: string
  readonly installed: Installed
  readonly anomalies: AnomalyLog
  readonly nativeRuntime: NativeRuntime
  readonly config: AirlockConfig
  readonly heartbeat: Heartbeat
}

function buildGuard({ config, heartbeat, ...parts }: GuardParts): TransportGuard {
  return new TransportGuard({
    ...parts,
    // Without masking there is nothing that an unseen transport could leak.
    allowUnseen: config.allowUnseenTransport || !config.redact.enabled,
    onTurn: ({ mark, seen }) =>
      heartbeat.update({
        wrapper: seen ? "installed" : "missing",
        lastTurn: { atMs: Date.now(), sessionId: mark.sessionId, seen, provider: mark.providerId },
      }),
  })
}

/** Looks at a body as text and, where it is JSON, at its strings, whose escapes the text hides. */
function rulesFoundBy(masker: Masker): (text: string) => readonly string[] {
  return (text) => {
    const json = parseJson(text)
    const inside = json === undefined ? [] : masker.maskValue(json).findings
    return [...masker.mask(text).findings, ...inside].map((finding) => finding.ruleId)
  }
}

function meet(sessions: Set<string>, sessionId: string): void {
  sessions.add(sessionId)
  const oldest = sessions.values().next()
  if (sessions.size > MAX_SESSIONS && !oldest.done) sessions.delete(oldest.value)
}

function nativeRuntimeOf(env: Env): NativeRuntime {
  if (!isOn(env.OPENCODE_EXPERIMENTAL_NATIVE_LLM)) return "off"
  return isOn(env.OPENCODE_DISABLE_MODELS_FETCH) ? "wrapped" : "cached"
}

// OpenCode reads its switches so: "1" and "true" are on.
function isOn(value: string | undefined): boolean {
  return value === "1" || value?.toLowerCase() === "true"
}
