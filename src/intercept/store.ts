import { randomUUID } from "node:crypto"
import { readdir, rename, unlink } from "node:fs/promises"
import { join } from "node:path"
import { writeNewPrivateFile } from "../base/files.ts"
import type { ProviderLabel } from "../wire/dialect.ts"
import type { CaptureRoot } from "./capture-root.ts"
import { sessionName } from "./session-name.ts"
import { isTrioFile, reservationName, sequenceOf, TRIO_PARTS, type Trio, trioBaseName } from "./trio.ts"

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
   * Writes the three files, all or none; over the ones of an earlier `write` of the same reservation where there
   * are any.
   *
   * @throws what the file system says; then nothing of a first write is left.
   */
  async write(reservation: Reservation, trio: Trio): Promise<void> {
    const { directory, baseName } = reservation
    const parts = TRIO_PARTS.map((part) => ({
      temporary: join(directory, `.${randomUUID()}.tmp`),
      final: join(directory, `${baseName}.${part}.json`),
      value: trio[part],
    }))
    const existing = new Set(await readdir(directory))
    const appeared: string[] = []
    try {
      for (const { temporary, value } of parts) await writeNewPrivateFile(temporary, jsonFile(value))
      for (const { temporary, final } of parts) {
        await rename(temporary, final)
        appeared.push(final)
      }
    } catch (error) {
      const fresh = appeared.filter((final) => !existing.has(final.slice(directory.length + 1)))
      await Promise.all([...parts.map(({ temporary }) => temporary), ...fresh].map(remove))
      throw error
    }
  }

  /** Lets go of the marker; the number stays taken by the trio, or is burnt for this store. */
  async release({ directory, sequence }: Reservation): Promise<void> {
    await remove(join(directory, reservationName(sequence)))
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
      if (!(await this.#take(directory, sequence))) continue
      this.#lastSequences.set(directory, sequence)
      return { directory, sequence, baseName: trioBaseName(sequence, provider, timestamp) }
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
  async #take(directory: string, sequence: number): Promise<boolean> {
    const marker = join(directory, reservationName(sequence))
    try {
      await writeNewPrivateFile(marker, "")
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false
      throw error
    }
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

function jsonFile(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(() => undefined)
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined
}
