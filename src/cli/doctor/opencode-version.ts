import { execFile } from "node:child_process"
import type { Env } from "../../base/paths.ts"
import type { Check } from "./check.ts"

const SUPPORTED = ">=1.18.0 <2"
const TIMEOUT_MS = 5000

/** Whether the OpenCode on the PATH is one that this release works with (`engines.opencode` of package.json). */
export async function checkOpenCodeVersion(env: Env): Promise<Check> {
  const version = await installedVersion(env)
  if (version === undefined) {
    return {
      id: "opencode-version",
      status: "unknown",
      message: "No opencode on the PATH answers --version.",
    }
  }
  if (isSupported(version)) {
    return { id: "opencode-version", status: "ok", message: `OpenCode ${version} is installed.` }
  }
  return {
    id: "opencode-version",
    status: "fail",
    message: `OpenCode ${version} is installed; this Airlock works with ${SUPPORTED} and is not loaded by others from npm.`,
    fix: "Install an OpenCode of that range, or another Airlock.",
  }
}

/** Exported for its test. A pre-release or a build of a branch counts as its base version. */
export function isSupported(version: string): boolean {
  const [major, minor] = version.split(".").map(Number)
  // OpenCode does not check the range of a build without a version (0.0.0-…), nor do we.
  if (major === 0) return true
  return major === 1 && minor !== undefined && minor >= 18
}

function installedVersion(env: Env): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile("opencode", ["--version"], { env: { ...env }, timeout: TIMEOUT_MS }, (error, stdout) => {
      const version = /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout.trim())?.[1]
      resolve(error === null ? version : undefined)
    })
  })
}
