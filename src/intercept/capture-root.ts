import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  type Stats,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError, errorMessage } from "../base/errors.ts"

const OWN_UID = process.getuid?.()
const ROOT_UID = 0
const GROUP_OR_OTHER_WRITE = 0o022
const OTHER_WRITE = 0o002
const PRIVATE_DIR = 0o700
const STICKY = 0o1000
const REPLACEMENT_PREFIX = "opencode-interceptor-"
const REPLACEMENT_NAME = /^opencode-interceptor-[A-Za-z0-9]{6}$/

/**
 * The directory that captures are written under. A shared temporary directory invites traps (a root made by
 * somebody else, a link into the home directory), so the root is proven before each use, and a private one of
 * random name takes its place where the proof fails: nothing is lost and the place is shown.
 */
export class CaptureRoot {
  #path: string
  #replaced = false
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
   * @throws what the file system says (ENOTDIR, EROFS, ENOSPC) where no directory can be had.
   */
  secure(): string {
    try {
      secureRoot(this.#path, this.#replaced)
    } catch (error) {
      this.#replace(error)
    }
    return this.#path
  }

  /**
   * Directory of a session under the proven root, created 0700.
   *
   * @throws as `secure`.
   */
  secureSession(name: string): string {
    this.secure()
    try {
      return secureSessionDir(join(this.#path, name))
    } catch (error) {
      this.#replace(error)
      return secureSessionDir(join(this.#path, name))
    }
  }

  #replace(error: unknown): void {
    if (!(error instanceof AirlockError)) throw error
    const refused = errorMessage(error)
    this.#replaced = true
    this.#path = mkdtempSync(join(tmpdir(), REPLACEMENT_PREFIX))
    this.#anomalies.add("capture/path-safety", `${refused} Captures go to ${this.#path} instead.`)
  }
}

/** Private roots of ours that took the place of an unsafe one, in this process or an earlier one. Never throws. */
export function replacementRoots(): string[] {
  try {
    const names = readdirSync(tmpdir()).filter((name) => REPLACEMENT_NAME.test(name))
    return names.map((name) => join(tmpdir(), name)).filter(isOwnDir)
  } catch {
    return []
  }
}

function isOwnDir(path: string): boolean {
  const stats = lstatOrUndefined(path)
  return stats?.isDirectory() === true && (OWN_UID === undefined || stats.uid === OWN_UID)
}

/**
 * Proves that an existing directory is nobody else's: not a link, ours, not writable by others, and under parents
 * in which nobody else can swap it.
 *
 * @throws AirlockError FILE_UNSAFE; what `lstat` throws where it is missing; ENOTDIR where it is no directory.
 */
export function assertOwnRoot(path: string): void {
  assertOwnDir(path)
  assertTrustedParents(path)
}

function assertOwnDir(path: string): void {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) throw unsafe(path, "is a link")
  if (!stats.isDirectory()) throw notDirectory(path)
  if (OWN_UID === undefined) return
  if (stats.uid !== OWN_UID) throw unsafe(path, "belongs to another user")
  if ((stats.mode & GROUP_OR_OTHER_WRITE) !== 0) throw unsafe(path, "can be written by other users")
}

// The replacement lies in the same temporary directory at worst: its parents cannot be chosen any better.
function secureRoot(path: string, anyParents: boolean): void {
  mkdirSafely(path, true)
  assertOwnDir(path)
  if (!anyParents) assertTrustedParents(path)
  tighten(path)
}

function secureSessionDir(path: string): string {
  mkdirSafely(path, false)
  assertOwnDir(path)
  tighten(path)
  return path
}

// A link that stands in the way answers EEXIST too: lstat tells. Parents are made one by one, because Node's
// `recursive` calls a read-only file system ENOENT.
function mkdirSafely(path: string, withParents: boolean): void {
  if (lstatOrUndefined(path) !== undefined) return
  if (withParents) mkdirSafely(dirname(path), true)
  try {
    mkdirSync(path, { mode: PRIVATE_DIR })
  } catch (error) {
    if (lstatOrUndefined(path) === undefined) throw error
  }
}

function lstatOrUndefined(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** Mode 0700 whatever the umask was, through a handle: a link put there meanwhile is not followed. */
function tighten(path: string): void {
  if (OWN_UID === undefined || (lstatSync(path).mode & 0o777) === PRIVATE_DIR) return
  const handle = openForChmod(path)
  try {
    const stats = fstatSync(handle)
    if (stats.uid !== OWN_UID) throw unsafe(path, "belongs to another user")
    fchmodSync(handle, PRIVATE_DIR)
  } finally {
    closeSync(handle)
  }
}

function openForChmod(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
}

/**
 * Whoever can rename entries of a parent can put another directory in our place. Each parent must belong to us or
 * to the system and be closed to others, or be sticky as /tmp is.
 */
function assertTrustedParents(path: string): void {
  if (OWN_UID === undefined) return
  let parent = realpathSync(dirname(path))
  // `/` itself cannot be swapped, and inside a user namespace it may belong to nobody.
  while (dirname(parent) !== parent) {
    const { mode, uid } = lstatSync(parent)
    if (uid !== OWN_UID && uid !== ROOT_UID) throw unsafe(path, "lies in another user's directory")
    const open = (mode & OTHER_WRITE) !== 0 && (mode & STICKY) === 0
    if (open) throw unsafe(path, "lies in a directory that other users can change")
    parent = dirname(parent)
  }
}

function unsafe(path: string, why: string): AirlockError {
  return new AirlockError("FILE_UNSAFE", `${path} ${why}.`)
}

function notDirectory(path: string): Error {
  return Object.assign(new Error(`ENOTDIR: ${path} is not a directory; move it away`), {
    code: "ENOTDIR",
    syscall: "mkdir",
  })
}
