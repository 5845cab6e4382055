import { randomUUID } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { readdir, rename, unlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { openNewPrivateFile, writeNewPrivatePieces, writePrivateFile } from "../base/files.ts"
import type { ProviderLabel } from "../wire/dialect.ts"
import type { CaptureRoot } from "./capture-root.ts"
import { jsonPieces } from "./json-text.ts"
import { openRecord } from "./open-record.ts"
import { sessionName } from "./session-name.ts"
import { WriterMark } from "./writers.ts"
import {
  eventsName,
  isTrioFile,
  type MetaFile,
  reservationName,
  sequenceOf,
  TRIO_PARTS,
  type Trio,
  trioBaseName,
} from "./trio.ts"

/** A number in a session's directory that no other exchange, process or restart gets. */
export interface Reservation {
  readonly directory: string
  readonly sequence: number
  readonly baseName: string
}

const MAX_ATTEMPTS = 10_000

/** Keeps trios on disk. Any number of stores, in any number of processes, may share one root. */
export class CaptureStore {
  readonly #root: CaptureRoot
  readonly #lastSequences = new Map<string, number>()
  readonly #queues = new Map<string, Promise<unknown>>()
  readonly #writers = new WriterMark()

  constructor(root: CaptureRoot) {
    this.#root = root
  }

  /**
   * Takes the next number of a session, in the order of the calls: after the highest on disk, whoever wrote it.
   *
   * @throws what the file system says where the directory cannot be had or written.
   */
  reserve(sessionId: string | undefined, provider: ProviderLabel, timestamp: string): Promise<Reservation> {
    const name = sessionName(sessionId)
    const before = this.#queues.get(name) ?? Promise.resolve()
    const reservation = this.#reserveAfter(before, name, provider, timestamp)
    this.#queues.set(name, reservation.catch(ignore))
    return reservation
  }

  /**
   * Writes parts of a trio, all or none; over those of an earlier `write` of the same reservation where there are any.
   *
   * @throws what the file system says; then nothing of a first write is left.
   */
  async write(reservation: Reservation, parts: Partial<Trio>): Promise<void> {
    const { directory, baseName } = reservation
    this.#root.prove(directory)
    const files: { temporary: string; final: string; value: object }[] = []
    for (const part of TRIO_PARTS) {
      const value = parts[part]
      if (value === undefined) continue
      const final = join(directory, `${baseName}.${part}.json`)
      files.push({ temporary: join(directory, `.${randomUUID()}.tmp`), final, value })
    }
    const existing = new Set(await readdir(directory))
    const appeared: string[] = []
    try {
      for (const { temporary, value } of files)
        await writeNewPrivatePieces(temporary, await jsonPieces(value))
      for (const { temporary, final } of files) {
        await rename(temporary, final)
        appeared.push(final)
      }
    } catch (error) {
      const fresh = appeared.filter((final) => !existing.has(final.slice(directory.length + 1)))
      await Promise.all([...files.map(({ temporary }) => temporary), ...fresh].map(remove))
      throw error
    }
  }

  /** Opens the file of a stream's events, empty. @throws what the file system says */
  async openEvents({ directory, baseName }: Reservation): Promise<FileHandle> {
    this.#root.prove(directory)
    return openNewPrivateFile(join(directory, eventsName(baseName)))
  }

  /**
   * Notes with the reservation what is known of its exchange, and that this process writes there.
   *
   * @throws what the file system says
   */
  async note({ directory, sequence, baseName }: Reservation, meta: MetaFile): Promise<void> {
    this.#root.prove(directory)
    await this.#writers.show(dirname(directory), basename(directory))
    const record = JSON.stringify(openRecord(baseName, meta))
    await writePrivateFile(join(directory, reservationName(sequence)), record)
  }

  /** Deletes all that an exchange has left so far. */
  async discard({ directory, baseName }: Reservation): Promise<void> {
    if (!this.#isProven(directory)) return
    const names = [...TRIO_PARTS.map((part) => `${baseName}.${part}.json`), eventsName(baseName)]
    await Promise.all(names.map((name) => remove(join(directory, name))))
  }

  /** Lets go of the marker; the number stays taken by the trio, or is burnt for this store. */
  async release({ directory, sequence }: Reservation): Promise<void> {
    if (this.#isProven(directory)) await remove(join(directory, reservationName(sequence)))
  }

  /** Takes back the mark by which this process shows where it writes. */
  close(): Promise<void> {
    return this.#writers.remove()
  }

  #isProven(directory: string): boolean {
    try {
      this.#root.prove(directory)
      return true
    } catch {
      return false
    }
  }

  async #reserveAfter(
    before: Promise<unknown>,
    ...request: [name: string, provider: ProviderLabel, timestamp: string]
  ): Promise<Reservation> {
    await before
    // The provider request is about to leave in this turn of the event loop; the disk can wait for the next.
    await new Promise<void>((resolve) => setImmediate(resolve))
    return this.#reserve(...request)
  }

  async #reserve(name: string, provider: ProviderLabel, timestamp: string): Promise<Reservation> {
    const directory = this.#root.secureSession(name)
    let sequence = this.#lastSequences.get(directory) ?? highest(await readdir(directory))
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      sequence += 1
      const baseName = trioBaseName(sequence, provider, timestamp)
      if (!(await this.#take(directory, sequence, baseName))) continue
      this.#lastSequences.set(directory, sequence)
      return { directory, sequence, baseName }
    }
    throw Object.assign(new Error(`EAGAIN: ${directory} has no free number after ${MAX_ATTEMPTS} attempts`), {
      code: "EAGAIN",
      syscall: "open",
    })
  }

  /**
   * Exclusive creation decides between those who hold a number now; a look afterwards finds one whose holder has
   * finished in between, because its trio appears before its marker goes.
   */
  async #take(directory: string, sequence: number, baseName: string): Promise<boolean> {
    const marker = join(directory, reservationName(sequence))
    let handle: FileHandle
    try {
      handle = await openNewPrivateFile(marker)
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false
      throw error
    }
    // A full disk has room for the number, if not for what is known of its holder.
    await handle.writeFile(JSON.stringify(openRecord(baseName))).catch(ignore)
    await handle.close()
    const names = await readdir(directory)
    if (!names.some((file) => isTrioFile(file) && sequenceOf(file) === sequence)) return true
    await remove(marker)
    return false
  }
}

// The one who asked for the reservation sees its failure; the next in line only waits for its turn.
function ignore(): undefined {
  return undefined
}

function highest(names: readonly string[]): number {
  return names.reduce((max, name) => Math.max(max, sequenceOf(name) ?? 0), 0)
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(() => undefined)
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined
}
