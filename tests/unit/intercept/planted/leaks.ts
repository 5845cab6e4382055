import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

const PIECE_CHARS = 12

/** Secrets by the place they were planted in, and what of them stands in the files below a directory. */
export class Leaks {
  readonly #planted: { readonly place: string; readonly secret: string }[] = []

  plant(place: string, secrets: readonly string[]): void {
    for (const secret of secrets) this.#planted.push({ place, secret })
  }

  get count(): number {
    return this.#planted.length
  }

  /**
   * Places of which a piece of 12 characters stands in a file or in its name: as it is, JSON-escaped, URL-encoded, or
   * in base64 at any offset. Never the secret itself, so that a failing test may print it.
   */
  in(directory: string): readonly string[] {
    const places = this.#places()
    const found = new Set<string>()
    for (const name of readdirSync(directory, { recursive: true }).map(String)) {
      const path = join(directory, name)
      const text = statSync(path).isFile() ? `${name}\n${readFileSync(path, "utf8")}` : name
      for (const piece of piecesOf(text)) {
        const place = places.get(piece)
        if (place !== undefined) found.add(`${place} in ${name.replace(/^.*Z\./, "")}`)
      }
    }
    return [...found].sort()
  }

  /** Where each piece of each form was planted. */
  #places(): ReadonlyMap<string, string> {
    const places = new Map<string, string>()
    for (const { place, secret } of this.#planted) {
      for (const [form, text] of formsOf(secret)) {
        for (const piece of piecesOf(text)) if (!places.has(piece)) places.set(piece, `${place}: ${form}`)
      }
    }
    return places
  }
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at + PIECE_CHARS <= text.length; at += 1) yield text.slice(at, at + PIECE_CHARS)
}

function formsOf(secret: string): readonly (readonly [name: string, text: string])[] {
  return [
    ["plain", secret],
    ["escaped", JSON.stringify(secret).slice(1, -1)],
    ["encoded", encodeURIComponent(secret)],
    ...[0, 1, 2].map((shift) => ["base64", base64Core(secret, shift)] as const),
  ]
}

/** The digits that hold nothing but bits of `secret` where `shift` bytes stand before it. */
function base64Core(secret: string, shift: number): string {
  const digits = Buffer.from("\0".repeat(shift) + secret)
    .toString("base64")
    .replace(/=+$/, "")
  return digits.slice(shift === 0 ? 0 : shift + 1, -1)
}
