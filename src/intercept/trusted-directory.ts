import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  type Stats,
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { AirlockError } from "../base/errors.ts"

const OWN_UID = process.getuid?.()
const ROOT = 0
const GROUP_WRITE = 0o020
const OTHER_WRITE = 0o002
const PRIVATE_DIR = 0o700
const STICKY = 0o1000

/**
 * Proves that an existing directory is nobody else's: not a link, ours, not writable by others, and under parents
 * in which nobody else can swap it.
 *
 * @returns the same directory by a path without links, which nobody else can make lead elsewhere
 * @throws AirlockError FILE_UNSAFE; what `lstat` throws where it is missing; ENOTDIR where it is a file of ours.
 */
export function assertOwnRoot(path: string): string {
  const real = canonical(path)
  assertOwnDir(real)
  assertTrustedParents(real)
  return real
}

/** A path whose parents are no links. What it names itself may be one, or missing. */
export function canonical(path: string): string {
  return join(realpathSync(dirname(path)), basename(path))
}

/** The first half of that: for a directory in one that is proven already. */
export function assertOwnDir(path: string): void {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) throw unsafe(path, "is a link")
  const isForeign = OWN_UID !== undefined && stats.uid !== OWN_UID
  if (isForeign) throw unsafe(path, "belongs to another user")
  if (!stats.isDirectory()) throw notDirectory(path)
  const isOpen = (stats.mode & (GROUP_WRITE | OTHER_WRITE)) !== 0
  if (OWN_UID !== undefined && isOpen) throw unsafe(path, "can be written by other users")
}

/**
 * Whoever can rename entries of a parent can put another directory in our place. Each parent must belong to us or
 * to the system and be closed to others, or be sticky as /tmp is. `path` without links.
 */
export function assertTrustedParents(path: string): void {
  if (OWN_UID === undefined) return
  let parent = dirname(path)
  // `/` itself cannot be swapped, and inside a user namespace it may belong to nobody.
  while (dirname(parent) !== parent) {
    const stats = lstatSync(parent)
    if (stats.uid !== OWN_UID && stats.uid !== ROOT) throw unsafe(path, "lies in another user's directory")
    if (isOpenToOthers(stats)) throw unsafe(path, "lies in a directory that other users can change")
    parent = dirname(parent)
  }
}

// A group of the same number as its user, and the system's own, has no other members.
function isOpenToOthers({ mode, gid }: Stats): boolean {
  if ((mode & STICKY) !== 0) return false
  return (mode & OTHER_WRITE) !== 0 || ((mode & GROUP_WRITE) !== 0 && gid !== OWN_UID && gid !== ROOT)
}

/**
 * Creates a directory unless something stands there. A link in the way answers EEXIST, too: `lstat` tells. Parents
 * are made one by one, because Node's `recursive` calls a read-only file system ENOENT.
 */
export function mkdirSafely(path: string, withParents: boolean): void {
  if (lstatOrUndefined(path) !== undefined) return
  if (withParents) mkdirSafely(dirname(path), true)
  try {
    mkdirSync(path, { mode: PRIVATE_DIR })
  } catch (error) {
    if (lstatOrUndefined(path) === undefined) throw error
  }
}

/** Mode 0700 whatever the umask was. Through a handle, so that no link is followed; `path` is proven before. */
export function tighten(path: string): void {
  if (OWN_UID === undefined || (lstatSync(path).mode & 0o777) === PRIVATE_DIR) return
  const handle = openOrUndefined(path)
  if (handle === undefined) {
    // A umask took the right to read it from us: then nobody else could have made it, or can swap it.
    chmodSync(path, PRIVATE_DIR)
    return
  }
  try {
    if (fstatSync(handle).uid !== OWN_UID) throw unsafe(path, "belongs to another user")
    fchmodSync(handle, PRIVATE_DIR)
  } finally {
    closeSync(handle)
  }
}

function openOrUndefined(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") return undefined
    throw error
  }
}

/** Whether `path` is a directory of ours, and no link to one. */
export function isOwnDir(path: string): boolean {
  const stats = lstatOrUndefined(path)
  return stats?.isDirectory() === true && (OWN_UID === undefined || stats.uid === OWN_UID)
}

export function lstatOrUndefined(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
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
