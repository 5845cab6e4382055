import { randomBytes, randomUUID } from "node:crypto"
import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync } from "node:fs"
import { link, open, unlink } from "node:fs/promises"
import { join } from "node:path"
import { errorMessage } from "../base/errors.ts"
import { ensurePrivateDir, writeNewPrivateFile } from "../base/files.ts"

/** The secret that placeholders are derived from. */
export interface InstallKey {
  /** 32 random bytes. */
  readonly key: Uint8Array
  /** `false`: the key lives as long as this process, so the next one issues other placeholders. */
  readonly persisted: boolean
  /** Why the key is not kept on disk and what to do; present exactly where `persisted` is false. */
  readonly reason?: string
}

const KEY_BYTES = 32
const FILE_NAME = "install-key"
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
// Without it, opening a FIFO somebody left at the path would wait for a writer for ever.
const NON_BLOCK = constants.O_NONBLOCK ?? 0
const OWN_UID = process.getuid?.()

/**
 * Reads the key of this installation from `<dataDir>/install-key`, or creates it (0600, in a 0700 directory).
 * Processes that start together agree on one key: each writes its own temporary file and links it into place,
 * which fails where a key already stands, and the loser reads the winner's.
 *
 * Never rejects and never overwrites: a link, a foreign or a damaged file stays as it is, and an ephemeral key
 * with the reason is answered instead.
 */
export async function loadInstallKey(dataDir: string): Promise<InstallKey> {
  const path = join(dataDir, FILE_NAME)
  try {
    await ensurePrivateDir(dataDir)
    const key = readKey(path) ?? (await createKey(dataDir, path))
    return { key, persisted: true }
  } catch (error) {
    const reason = `The install key ${path} cannot be used: ${errorMessage(error)}. Placeholders change with every start of OpenCode until this is solved; move the file away to get a new key.`
    return { key: randomBytes(KEY_BYTES), persisted: false, reason }
  }
}

/** Answers `undefined` where there is no file. Synchronous: OpenCode's start waits for these few system calls. */
function readKey(path: string): Uint8Array | undefined {
  const file = openExisting(path)
  if (file === undefined) return undefined
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new Error("it is not a regular file")
    if (OWN_UID !== undefined && stats.uid !== OWN_UID) throw new Error("it belongs to another user")
    if (stats.size !== KEY_BYTES) throw new Error(`it has ${stats.size} bytes instead of ${KEY_BYTES}`)
    if (OWN_UID !== undefined && (stats.mode & 0o077) !== 0) fchmodSync(file, 0o600)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

function openExisting(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | NO_FOLLOW | NON_BLOCK)
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined
    if (hasCode(error, "ELOOP")) throw new Error("it is a link", { cause: error })
    throw error
  }
}

async function createKey(dataDir: string, path: string): Promise<Uint8Array> {
  const key = randomBytes(KEY_BYTES)
  const temporary = join(dataDir, `.${randomUUID()}.tmp`)
  try {
    await writeNewPrivateFile(temporary, key)
    await syncFile(temporary)
    await link(temporary, path)
    return key
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error
    const winner = readKey(path)
    if (!winner) throw new Error("it vanished while it was being read", { cause: error })
    return winner
  } finally {
    await unlink(temporary).catch(() => undefined)
  }
}

// A power cut must not leave a linked but empty key behind: the name is only given to bytes that are on disk.
async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}
