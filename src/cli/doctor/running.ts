import { realpath } from "node:fs/promises"
import { VERSION } from "../../base/version.ts"
import { isInside, type ProjectPlace, projectRoot } from "../../config/opencode-locations.ts"
import type { HeartbeatRecord } from "../../health/heartbeat-record.ts"
import type { HeartbeatSighting } from "../../health/heartbeat-store.ts"
import type { Check } from "./check.ts"
import type { OpenCodeProcess } from "./processes.ts"

export interface RunningInput {
  readonly place: ProjectPlace
  readonly heartbeats: readonly HeartbeatSighting[]
  /** Undefined where the system does not show processes. */
  readonly processes: readonly OpenCodeProcess[] | undefined
  readonly now: number
}

/** Heartbeats of the project that a place belongs to. */
export function heartbeatsHere(
  place: ProjectPlace,
  heartbeats: readonly HeartbeatSighting[],
): Promise<readonly HeartbeatSighting[]> {
  const root = projectRoot(place)
  return filterAsync(heartbeats, ({ record }) => isHere(root, record.directory))
}

/** Whether Airlock was loaded for this project, by which OpenCode, and whether it sees what that sends. */
export async function checkRunning(input: RunningInput): Promise<readonly Check[]> {
  const root = projectRoot(input.place)
  const here = await heartbeatsHere(input.place, input.heartbeats)
  const alive = here.filter((sighting) => sighting.alive).map(({ record }) => record)
  return [
    loadedCheck(here, alive, input.now),
    ...(alive.length > 0 ? [] : pastTurn(here, input.now)),
    ...alive.flatMap((record) => instanceChecks(record, alive, input)),
    ...(await processChecks(root, input)),
  ]
}

function loadedCheck(
  here: readonly HeartbeatSighting[],
  alive: readonly HeartbeatRecord[],
  now: number,
): Check {
  if (alive.length > 0) {
    const list = alive.map(({ pid, startedAtMs }) => `pid ${pid} (${ago(now - startedAtMs)})`).join(", ")
    return { id: "loaded", status: "ok", message: `Airlock was loaded for this project by OpenCode ${list}.` }
  }
  const latest = here[0]?.record
  if (latest === undefined) {
    const message = "Airlock has not yet been loaded for this project."
    return { id: "loaded", status: "unknown", message, fix: "Start OpenCode here and run this again." }
  }
  const message = `No running OpenCode has Airlock loaded for this project; the last one was pid ${latest.pid}, ${ago(now - latest.updatedAtMs)}.`
  return { id: "loaded", status: "unknown", message }
}

function instanceChecks(
  record: HeartbeatRecord,
  alive: readonly HeartbeatRecord[],
  { processes, now }: RunningInput,
): readonly Check[] {
  const subject = `pid ${record.pid}`
  const switches = processes?.find(({ pid }) => pid === record.pid)?.switches
  return [
    wrapperCheck(record, subject),
    lastTurnCheck(record, subject, now),
    ...settingsChecks(record, alive, subject),
    ...(record.nativeRuntime || switches?.nativeRuntime === true ? [nativeRuntime(subject)] : []),
    ...anomalyChecks(record, subject),
  ]
}

function wrapperCheck({ wrapper, exchanges, refused }: HeartbeatRecord, subject: string): Check {
  if (wrapper === "installed") {
    const message = `The fetch wrapper is in place; ${exchanges} requests sent, ${refused} refused.`
    return { id: "wrapper", status: "ok", subject, message }
  }
  const message = "The fetch wrapper is not in place: requests leave without Airlock."
  return { id: "wrapper", status: "fail", subject, message, fix: "Restart OpenCode." }
}

function lastTurnCheck({ lastTurn }: HeartbeatRecord, subject: string, now: number): Check {
  if (lastTurn === undefined) {
    return { id: "last-turn", status: "unknown", subject, message: "There has been no chat turn yet." }
  }
  const turn = `The last turn (${lastTurn.provider}, ${ago(now - lastTurn.atMs)})`
  if (lastTurn.seen) {
    return { id: "last-turn", status: "ok", subject, message: `${turn} passed the wrapper.` }
  }
  return {
    id: "last-turn",
    status: "fail",
    subject,
    message: `${turn} did not pass the wrapper: what it sent was not masked there.`,
    fix: "Use a provider and a runtime that send over fetch; see the anomalies.",
  }
}

/** What the last turn of the latest OpenCode that has ended came to. */
function pastTurn(here: readonly HeartbeatSighting[], now: number): readonly Check[] {
  const pid = here[0]?.record.pid
  const turns = here.flatMap(({ record }) => (record.pid === pid ? (record.lastTurn ?? []) : []))
  const [latest] = turns.toSorted((left, right) => right.atMs - left.atMs)
  if (pid === undefined || latest === undefined) return []
  const turn = `The last turn (${latest.provider}, ${ago(now - latest.atMs)}) of the OpenCode that has ended`
  const subject = `pid ${pid}`
  if (latest.seen) {
    return [{ id: "last-turn", status: "ok", subject, message: `${turn} passed the wrapper.` }]
  }
  const message = `${turn} did not pass the wrapper: what it sent was not masked there.`
  return [{ id: "last-turn", status: "unknown", subject, message }]
}

function settingsChecks(
  record: HeartbeatRecord,
  alive: readonly HeartbeatRecord[],
  subject: string,
): readonly Check[] {
  // The standalone interceptor masks nothing, and need not where the redactor stands beside it.
  const masked = alive.some(
    ({ pid, directory, capabilities }) =>
      pid === record.pid && directory === record.directory && capabilities.redact,
  )
  const found: Check[] = []
  if (record.config === "invalid") {
    const message = "It runs with a configuration that is not valid and refuses to send anything."
    found.push({
      id: "airlock-config",
      status: "fail",
      subject,
      message,
      fix: "Correct it and restart OpenCode.",
    })
  }
  if (!masked) {
    const message = "It runs with masking switched off."
    found.push({
      id: "airlock-config",
      status: "fail",
      subject,
      message,
      fix: "Switch it on and restart OpenCode.",
    })
  }
  if (record.version !== VERSION) {
    const message = `It runs Airlock ${record.version}; this is ${VERSION}.`
    found.push({ id: "loaded", status: "warn", subject, message, fix: "Restart OpenCode." })
  }
  return found
}

function nativeRuntime(subject: string): Check {
  return {
    id: "native-runtime",
    status: "fail",
    subject,
    message: "It uses the native runtime (OPENCODE_EXPERIMENTAL_NATIVE_LLM), which can bypass the wrapper.",
    fix: "Restart OpenCode without OPENCODE_EXPERIMENTAL_NATIVE_LLM.",
  }
}

function anomalyChecks({ anomalies }: HeartbeatRecord, subject: string): readonly Check[] {
  if (anomalies.count === 0) return []
  const latest = `${anomalies.latestPhase ?? "unknown"}: ${anomalies.latestMessage ?? ""}`
  return [
    { id: "anomalies", status: "warn", subject, message: `${anomalies.count} anomalies, last ${latest}` },
  ]
}

const START_GRACE_MS = 15_000

async function processChecks(
  root: string,
  { heartbeats, processes }: RunningInput,
): Promise<readonly Check[]> {
  if (processes === undefined) {
    const message = "This system does not show processes: an OpenCode without Airlock would go unnoticed."
    return [{ id: "process", status: "unknown", message }]
  }
  const known = new Set(heartbeats.filter(({ alive }) => alive).map(({ record }) => record.pid))
  const here = await filterAsync(processes, ({ cwd }) => isHere(root, cwd))
  return here.filter(({ pid, command }) => !known.has(pid) && command.kind !== "silent").map(unprotected)
}

function unprotected({ pid, command, switches, ageMs }: OpenCodeProcess): Check {
  const subject = `pid ${pid}`
  const { name, kind } = command
  if (switches.pure) {
    const message = `${name} runs here with --pure (or OPENCODE_PURE): it loads no plugin, nothing is masked.`
    return { id: "process", status: "fail", subject, message, fix: "Restart it without." }
  }
  if (kind === "lazy") {
    const message = `${name} runs here and has not loaded Airlock; it does so at the first request for a project.`
    return { id: "process", status: "unknown", subject, message, fix: "Open a session and run this again." }
  }
  if (ageMs < START_GRACE_MS) {
    const message = `${name} has just started and has not loaded Airlock yet.`
    return { id: "process", status: "unknown", subject, message, fix: "Run this again in a few seconds." }
  }
  const message = `${name} runs here without Airlock: nothing is masked.`
  const fix = 'Look for "failed to load plugin" in ~/.local/share/opencode/log/opencode.log and restart it.'
  return { id: "process", status: "fail", subject, message, fix }
}

async function isHere(root: string, directory: string): Promise<boolean> {
  return isInside(root, await realpath(directory).catch(() => directory))
}

async function filterAsync<T>(
  items: readonly T[],
  test: (item: T) => Promise<boolean>,
): Promise<readonly T[]> {
  const kept = await Promise.all(items.map(test))
  return items.filter((_, index) => kept[index])
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s ago`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h ago`
  return `${Math.round(seconds / 86_400)} days ago`
}
