import { randomUUID } from "node:crypto"
import { constants } from "node:fs"
import { chmod, type FileHandle, lstat, mkdir, open, rename, unlink } from "node:fs/promises"
import { dirname, join } from "node:path"
import { AirlockError } from "./errors.ts"

const PRIVATE_DIR = 0o700
const PRIVATE_FILE = 0o600
const OWN_READ = 0o400
const BATCH_CHARS = 256 * 1024
// Windows has neither uids nor O_NOFOLLOW; its profile directories are private by ACL.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const NO_WAIT = constants.O_NONBLOCK ?? 0
const OWN_UID = process.getuid?.()

/**
 * Creates `path` (and missing parents) as a directory that only its owner can enter, or proves that it is one.
 *
 * @throws AirlockError FILE_UNSAFE when `path` is a link, not a directory, or belongs to someone else.
 */
export async function ensurePrivateDir(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_DIR })
  const stats = await lstat(path)
  if (stats.isSymbolicLink() || !stats.isDirectory()) throw unsafe(path, "is a link or not a directory")
  if (OWN_UID !== undefined && stats.uid !== OWN_UID) throw unsafe(path, "belongs to another user")
  if ((stats.mode & 0o777) === PRIVATE_DIR || OWN_UID === undefined) return
  // A umask can take rights from the owner too; what cannot be opened then is open to nobody else either.
  if ((stats.mode & OWN_READ) === 0) return chmod(path, PRIVATE_DIR)
  // Tightened through a handle, so that a link put there after lstat is never followed.
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | NO_FOLLOW)
  try {
    await handle.chmod(PRIVATE_DIR)
  } finally {
    await handle.close()
  }
}

/**
 * Writes `text` to `path` so that a reader sees the old file or the whole new one, mode 0600 at creation.
 * The directory must exist. A failed write leaves no temporary file behind.
 */
export async function writePrivateFile(path: string, text: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`)
  try {
    await writeNewPrivateFile(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

/** Creates `path` with mode 0600 and writes `text`; fails with EEXIST where anything, a link too, stands there. */
export async function writeNewPrivateFile(path: string, text: string | Uint8Array): Promise<void> {
  const handle = await openNewPrivateFile(path)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

/** `writeNewPrivateFile` for a text in pieces, of which none is copied together with all others. */
export async function writeNewPrivatePieces(path: string, pieces: readonly string[]): Promise<void> {
  const handle = await openNewPrivateFile(path)
  try {
    let batch: string[] = []
    let chars = 0
    for (const piece of pieces) {
      batch.push(piece)
      chars += piece.length
      if (chars < BATCH_CHARS) continue
      await handle.writeFile(batch.join(""))
      batch = []
      chars = 0
    }
    await handle.writeFile(batch.join(""))
  } finally {
    await handle.close()
  }
}

/**
 * Creates `path` with mode 0600 and opens it for appending; fails with EEXIST where anything, a link too, stands there. The
 * caller closes it.
 */
export async function openNewPrivateFile(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | NO_FOLLOW
  const handle = await open(path, flags, PRIVATE_FILE)
  try {
    // A umask can take rights from the owner too.
    await handle.chmod(PRIVATE_FILE)
  } catch (error) {
    await handle.close()
    throw error
  }
  return handle
}

/**
 * Appends `text` to `path` in one write, creating it with mode 0600.
 *
 * @throws AirlockError FILE_UNSAFE when `path` is not a regular file of ours; ELOOP when it is a link.
 */
export async function appendPrivateFile(path: string, text: string): Promise<void> {
  // Without O_NONBLOCK, opening a FIFO that someone left at the path would wait for a reader for ever.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | NO_FOLLOW | NO_WAIT
  await withHandle(path, flags, async (handle) => {
    const stats = await handle.stat()
    if (!stats.isFile()) throw unsafe(path, "is not a regular file")
    if (OWN_UID !== undefined && stats.uid !== OWN_UID) throw unsafe(path, "belongs to another user")
    // Where a umask has taken our own rights, the next append could not open it.
    if ((stats.mode & PRIVATE_FILE) !== PRIVATE_FILE) await handle.chmod(PRIVATE_FILE)
    await handle.write(text)
  })
}

async function withHandle(
  path: string,
  flags: number,
  use: (handle: FileHandle) => Promise<unknown>,
): Promise<void> {
  const handle = await open(path, flags, PRIVATE_FILE)
  try {
    await use(handle)
  } finally {
    await handle.close()
  }
}

function unsafe(path: string, why: string): AirlockError {
  return new AirlockError(
    "FILE_UNSAFE",
    `${path} ${why}; Airlock does not write there. Move it away and try again.`,
  )
}
