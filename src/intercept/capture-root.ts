import { mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError, errorMessage } from "../base/errors.ts"
import { airlockPaths } from "../base/paths.ts"
import {
  assertOwnDir,
  assertOwnRoot,
  assertTrustedParents,
  canonical,
  isOwnDir,
  lstatOrUndefined,
  mkdirSafely,
  tighten,
} from "./trusted-directory.ts"

export { assertOwnRoot } from "./trusted-directory.ts"

const REPLACEMENT_PREFIX = "opencode-interceptor-"
const REPLACEMENT_NAME = /^opencode-interceptor-[A-Za-z0-9]{6}$/

/**
 * The directory that captures are written under. A shared temporary directory invites traps (a root made by
 * somebody else, a link into the home directory), so the root is proven before each use, and a private one of
 * random name takes its place where the proof fails: nothing is lost and the place is shown.
 */
export class CaptureRoot {
  #path: string
  readonly #anomalies: AnomalyLog

  constructor(path: string, anomalies: AnomalyLog) {
    this.#path = path
    this.#anomalies = anomalies
  }

  /** Where captures go as far as is known now. */
  get path(): string {
    return this.#path
  }

  /**
   * Creates the root where it is missing and proves it. An unsafe one becomes a `capture/path-safety` anomaly and
   * is replaced. A few system calls; synchronous, so that `/intercept on` names the root that will be used.
   *
   * @throws what the file system says (ENOTDIR, EROFS, ENOSPC) where no directory can be had, and AirlockError
   * FILE_UNSAFE where every place for one is open to others.
   */
  secure(): string {
    this.#secure()
    return this.#path
  }

  /**
   * Directory of a session under the proven root, created 0700. Its path has no links.
   *
   * @throws as `secure`.
   */
  secureSession(name: string): string {
    const root = this.#secure()
    try {
      return secureSessionDir(join(root, name))
    } catch (error) {
      return secureSessionDir(join(this.#replace(error), name))
    }
  }

  /**
   * Proves once more that a session's directory is what it was: an exchange may run for minutes, and whoever cleans up the
   * temporary directory meanwhile makes room for a trap.
   *
   * @throws AirlockError FILE_UNSAFE; ENOENT where it is gone.
   */
  prove(directory: string): void {
    assertOwnRoot(dirname(directory))
    assertOwnDir(directory)
  }

  /** Directory of a session if there is one, proven as `prove` does. Creates nothing. */
  existingSession(name: string): string | undefined {
    if (lstatOrUndefined(this.#path) === undefined) return undefined
    const directory = join(assertOwnRoot(this.#path), name)
    if (lstatOrUndefined(directory) === undefined) return undefined
    assertOwnDir(directory)
    return directory
  }

  #secure(): string {
    try {
      return secureRoot(this.#path)
    } catch (error) {
      return this.#replace(error)
    }
  }

  /** @returns the new root by a path without links */
  #replace(error: unknown): string {
    if (!(error instanceof AirlockError)) throw error
    const refused = errorMessage(error)
    this.#path = mkdtempSync(join(replacementBase(error), REPLACEMENT_PREFIX))
    this.#anomalies.add("capture/path-safety", `${refused} Captures go to ${this.#path} instead.`)
    return secureRoot(this.#path)
  }
}

/** Private roots of ours that took the place of an unsafe one, in this process or an earlier one. Never throws. */
export function replacementRoots(): string[] {
  return replacementBases().flatMap((base) => {
    try {
      const names = readdirSync(base).filter((name) => REPLACEMENT_NAME.test(name))
      return names.map((name) => join(base, name)).filter(isOwnDir)
    } catch {
      return []
    }
  })
}

// Where everybody may rename what lies in the temporary directory, a random name protects from nothing.
function replacementBases(): readonly string[] {
  return [tmpdir(), airlockPaths().state]
}

function replacementBase(refused: AirlockError): string {
  const [shared = "", own = ""] = replacementBases()
  if (isTrusted(shared)) return shared
  mkdirSafely(own, true)
  if (isTrusted(own)) return own
  throw refused
}

function isTrusted(base: string): boolean {
  try {
    assertTrustedParents(canonical(join(base, REPLACEMENT_PREFIX)))
    return true
  } catch {
    return false
  }
}

function secureRoot(path: string): string {
  mkdirSafely(dirname(path), true)
  const real = canonical(path)
  // Before anything is made there, whose place somebody else could take.
  assertTrustedParents(real)
  mkdirSafely(real, false)
  assertOwnDir(real)
  tighten(real)
  return real
}

function secureSessionDir(path: string): string {
  mkdirSafely(path, false)
  assertOwnDir(path)
  tighten(path)
  return path
}
