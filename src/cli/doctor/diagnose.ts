import { homedir } from "node:os"
import { join } from "node:path"
import { airlockPaths } from "../../base/paths.ts"
import { VERSION } from "../../base/version.ts"
import type { ProjectPlace } from "../../config/opencode-locations.ts"
import { pruneHeartbeats, readHeartbeats } from "../../health/heartbeat-store.ts"
import { airlockDeclarations } from "../effective-config.ts"
import type { Check } from "./check.ts"
import { checkConfigured, effective } from "./configured.ts"
import { checkLoadable } from "./loadable.ts"
import { checkOpenCodeVersion } from "./opencode-version.ts"
import { openCodeProcesses } from "./processes.ts"
import { checkRunning, heartbeatsHere } from "./running.ts"
import { checkSettings, checkShell } from "./settings.ts"

/** The whole answer of `airlock doctor`; its JSON form is stable within a schema number. */
export interface Diagnosis {
  readonly schema: 1
  readonly version: string
  readonly directory: string
  readonly worktree: string
  /** Whether no check failed. */
  readonly ok: boolean
  readonly checks: readonly Check[]
}

/** Looks at one project from all sides. Reads only, except that heartbeats of long dead processes are removed. */
export async function diagnose(place: ProjectPlace): Promise<Diagnosis> {
  const { env, directory, worktree } = place
  const heartbeatDir = join(airlockPaths(env).state, "heartbeats")
  await pruneHeartbeats(heartbeatDir)
  const [found, heartbeats, processes, version] = await Promise.all([
    airlockDeclarations(place),
    readHeartbeats(heartbeatDir),
    openCodeProcesses(),
    checkOpenCodeVersion(env),
  ])
  const loaded = effective(found.declarations)
  const home = env.HOME || homedir()
  const entries = (await heartbeatsHere(place, heartbeats))
    .filter(({ alive }) => alive)
    .map(({ record }) => record.entry)
  const checks = [
    ...checkConfigured(found, place, entries),
    ...(await Promise.all(loaded.map((declaration) => checkLoadable(declaration, env, home)))),
    ...(await checkSettings(place, found.declarations)),
    ...checkShell(place),
    version,
    ...(await checkRunning({ place, heartbeats, processes, now: Date.now() })),
  ]
  const ok = checks.every(({ status }) => status !== "fail")
  return { schema: 1, version: VERSION, directory, worktree, ok, checks }
}
