import { Buffer } from "node:buffer"

// How much is dropped at a time, so that dropping costs little per character.
const MAX_STEP_CHARS = 16_384
const MIN_BUFFER_BYTES = 65_536
// Characters for each note of whose text a stretch of the tail is.
const CHARS_PER_STRETCH = 32
const MIN_STRETCHES = 1024
// After `+=` engines keep every piece apart, which costs many times its characters.
const MAX_LOOSE_PIECES = 256
// How far a cut moves to fall on the end of a line or of a word: half a token must not be left where nobody knows it again.
const MAX_SHIFT = 1024

/** What stands in a text where its middle is missing; a line of its own. */
export function gapMark(leftOutBytes: number): string {
  return `\n[… ${leftOutBytes} bytes left out …]\n`
}

/** What is kept of one text: all of it, or its head, a `gapMark` and its tail. */
export interface Kept {
  readonly text: string
  readonly leftOutBytes: number
}

/**
 * Texts that grow piece by piece and share one limit: of all that came, the first and the last half are kept, whatever text
 * they belong to.
 *
 * The tail is kept as bytes, not as strings: strings that live for a while before they are dropped pile up until an engine
 * collects its old ones, which takes many times their size.
 */
export class KeptTexts {
  #headRoom: number
  #tailChars: number
  readonly #stepChars: number
  readonly #maxStretches: number
  /** UTF-16 code units of the tails, one piece after the other, from `#start` to before `#end`. */
  #buffer = Buffer.alloc(0)
  #start = 0
  #end = 0
  /** Whose they are. Those before `#oldest` are gone. */
  #stretches: { readonly owner: KeptText; chars: number }[] = []
  #oldest = 0

  constructor(maxChars: number) {
    this.#headRoom = Math.ceil(maxChars / 2)
    this.#tailChars = Math.floor(maxChars / 2)
    this.#stepChars = Math.max(1, Math.min(MAX_STEP_CHARS, Math.floor(this.#tailChars / 4)))
    this.#maxStretches = Math.max(MIN_STRETCHES, Math.floor(this.#tailChars / CHARS_PER_STRETCH))
  }

  text(): KeptText {
    return new KeptText()
  }

  /** Adds `piece` to `target`, dropping of the oldest tails what exceeds the limit. */
  add(target: KeptText, piece: string): void {
    if (piece === "") return
    target.isEmpty = false
    const first = wholeChars(piece, this.#headRoom)
    target.head.add(first)
    this.#headRoom -= first.length
    const rest = piece.slice(first.length)
    if (rest === "") return
    // A character that did not fit leaves its room to the tails.
    this.#tailChars += this.#headRoom
    this.#headRoom = 0
    this.#addToTail(target, rest)
  }

  /** Answers what is kept of each text now. */
  read(): (text: KeptText) => Kept {
    this.#drop(this.#heldChars - this.#tailChars)
    const tails = new Map<KeptText, string[]>()
    let at = this.#start
    for (const { owner, chars } of this.#stretches.slice(this.#oldest)) {
      const tail = tails.get(owner) ?? []
      tail.push(this.#buffer.toString("utf16le", at, at + chars * 2))
      tails.set(owner, tail)
      at += chars * 2
    }
    return (text) => text.kept((tails.get(text) ?? []).join(""))
  }

  get #heldChars(): number {
    return (this.#end - this.#start) / 2
  }

  #addToTail(owner: KeptText, piece: string): void {
    // Of a piece beyond the limit only the end can stay, and nothing of what came before.
    const surplus = wholeChars(piece, piece.length - this.#tailChars)
    if (surplus !== "") this.#drop(this.#heldChars)
    owner.leaveOut(surplus)
    const kept = piece.slice(surplus.length)
    this.#reserve(kept.length * 2)
    this.#end += this.#buffer.write(kept, this.#end, "utf16le")
    const last = this.#stretches.at(-1)
    if (last !== undefined && last.owner === owner && this.#oldest < this.#stretches.length) {
      last.chars += kept.length
    } else {
      this.#stretches.push({ owner, chars: kept.length })
    }
    const tooMany = this.#stretches.length - this.#oldest > this.#maxStretches
    const excess = this.#heldChars - this.#tailChars
    if (excess >= this.#stepChars || tooMany) this.#drop(Math.max(excess, tooMany ? 1 : 0))
  }

  /** Makes room for `bytes` more at the end of the buffer. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.length) return
    const held = this.#buffer.subarray(this.#start, this.#end)
    const size = (held.length + bytes) * 2
    const target = size > this.#buffer.length ? Buffer.alloc(Math.max(MIN_BUFFER_BYTES, size)) : this.#buffer
    target.set(held)
    this.#buffer = target
    this.#start = 0
    this.#end = held.length
  }

  /** Lets go of the oldest `count` characters, one more where a pair would be split. */
  #drop(count: number): void {
    for (let left = count; left > 0; ) {
      const stretch = this.#stretches[this.#oldest]
      if (stretch === undefined) return
      const seen = Math.min(stretch.chars, left + 1)
      const text = this.#buffer.toString("utf16le", this.#start, this.#start + seen * 2)
      const dropped = text.slice(0, isLow(text, left) ? left + 1 : left)
      stretch.owner.leaveOut(dropped)
      stretch.chars -= dropped.length
      this.#start += dropped.length * 2
      left -= dropped.length
      if (stretch.chars === 0) this.#oldest += 1
    }
    if (this.#oldest < MIN_STRETCHES) return
    this.#stretches = this.#stretches.slice(this.#oldest)
    this.#oldest = 0
  }
}

/** One of the texts of a `KeptTexts`. */
export class KeptText {
  readonly head: Pieces = new Pieces()
  /** Nothing came yet. */
  isEmpty: boolean = true
  #leftOutBytes = 0

  leaveOut(text: string): void {
    this.#leftOutBytes += Buffer.byteLength(text)
  }

  /** The text, given its tail; cut at the end of a line or word where one is near. */
  kept(tail: string): Kept {
    const head = this.head.joined()
    if (this.#leftOutBytes === 0) return { text: head + tail, leftOutBytes: 0 }
    const first = headOfLines(head)
    const last = tailOfLines(tail)
    const shifted = head.slice(first.length) + tail.slice(0, tail.length - last.length)
    const leftOutBytes = this.#leftOutBytes + Buffer.byteLength(shifted)
    return { text: first + gapMark(leftOutBytes) + last, leftOutBytes }
  }
}

/** A text that comes in pieces. */
class Pieces {
  #whole = ""
  #rest: string[] = []

  add(piece: string): void {
    if (piece === "") return
    this.#rest.push(piece)
    if (this.#rest.length >= MAX_LOOSE_PIECES) this.joined()
  }

  joined(): string {
    if (this.#rest.length > 0) this.#whole += this.#rest.join("")
    this.#rest = []
    return this.#whole
  }
}

/** The beginning of `text` without the line, or the word, that was cut at its end. */
export function headOfLines(text: string): string {
  const start = Math.max(0, text.length - MAX_SHIFT)
  const end = text.slice(start)
  const line = end.lastIndexOf("\n")
  const cut = line >= 0 ? line : Math.max(end.lastIndexOf(" "), end.lastIndexOf("\t"))
  return cut >= 0 ? text.slice(0, start + cut + 1) : wholeChars(text, text.length)
}

/** The end of `text` without the line, or the word, that was cut at its beginning. */
export function tailOfLines(text: string): string {
  const start = text.slice(0, MAX_SHIFT)
  const line = start.indexOf("\n")
  const cut = line >= 0 ? line : start.search(/[ \t]/)
  if (cut >= 0) return text.slice(cut + 1)
  return isLow(text, 0) ? text.slice(1) : text
}

/** The first `count` characters, one less where a pair would be split. */
function wholeChars(text: string, count: number): string {
  if (count <= 0) return ""
  if (text.length < count) return text
  const last = text.charCodeAt(count - 1)
  const splits = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splits ? count - 1 : count)
}

function isLow(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= 0xdc00 && code <= 0xdfff
}
