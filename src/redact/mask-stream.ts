import type { Finding } from "../secrets/rule.ts"
import type { Masker } from "./masker.ts"

export interface MaskStreamOptions {
  readonly masker: Masker
  /**
   * Characters that are held back at most, at least 65,536: the longest secret that is masked as one. Of a longer one each piece
   * is masked, and so is a text without any blank or punctuation that is longer than this, because it may be one.
   * @default 131_072
   */
  readonly maxHoldChars?: number
}

/**
 * Masks a text that comes in chunks, cut anywhere. What comes out depends on the text alone, never on the cuts, and together it
 * is what masking the whole text gives, with one exception: a value that only a later context gives away is masked from
 * there on, and the stream cannot take back what it gave out before.
 */
export interface MaskStream {
  /**
   * Takes the next chunk; answers what can be given out by now, often nothing: the first 32 KiB are held back.
   *
   * @throws TypeError when the chunk is no text, and Error when the stream is over.
   * @throws AirlockError MASK_FAILED when a text cannot be looked at; nothing of it was given out, and the stream is over.
   */
  push(chunk: string): string
  /** Answers the rest, and ends the stream. Throws as `push` does. */
  end(): string
}

const DEFAULT_HOLD = 131_072
const MIN_HOLD = 65_536
/** What stays in sight behind a cut: no detector needs to see more of a secret to know that it begins. */
const AHEAD = 16_384
/** What was given out and stays in sight: keys, quotes and lines that what follows is judged by. */
const BEHIND = 4096
const STEP = 16_384
/** The beginning of a secret longer than the bound, by which its rest is known. */
const HEAD = 512
const UNBROKEN_RULE = "unbroken-run"

/** Behind which characters a text may be cut, best first. None of them stands inside a token or, but at its end, a placeholder. */
const CUTS: readonly string[] = ["\n", " \t\r", ",;{}()[]>\"'&|"]

export function createMaskStream({ masker, maxHoldChars = DEFAULT_HOLD }: MaskStreamOptions): MaskStream {
  const window = new Window(masker, Math.max(MIN_HOLD, maxHoldChars))
  /** Why nothing more can come. After a failure nothing can: what was held is lost, and what follows cannot be judged. */
  let over: Error | undefined
  const work = (step: () => string): string => {
    if (over !== undefined) throw over
    try {
      return step()
    } catch (error) {
      over = error instanceof Error ? error : new Error("Masking has failed.", { cause: error })
      throw over
    }
  }
  return {
    push: (chunk: unknown) =>
      work(() => {
        window.add(textOf(chunk))
        let out = ""
        while (window.isFull) out += window.advance()
        return out
      }),
    end: () => {
      const rest = work(() => window.rest())
      over = new Error("The mask stream has ended; make a new one for another text.")
      return rest
    },
  }
}

/** A chunk that is none is a mistake of the program, and one that was left out might be half of a secret. */
function textOf(chunk: unknown): string {
  if (typeof chunk === "string") return chunk
  throw new TypeError(
    `A chunk of a mask stream must be a string, not ${chunk === null ? "null" : typeof chunk}.`,
  )
}

/** The part of the text in sight: what was given out last, and what is held back. */
class Window {
  readonly #masker: Masker
  readonly #maxHold: number
  #behind = ""
  #held = ""
  /** How much must be held before the next look: fixed by the text, so that chunks make no difference. */
  #goal = AHEAD + STEP
  /** What was given out last is the middle of a secret. */
  #isInside = false

  constructor(masker: Masker, maxHold: number) {
    this.#masker = masker
    this.#maxHold = maxHold
  }

  get isFull(): boolean {
    return this.#held.length >= this.#goal
  }

  add(chunk: string): void {
    this.#held += chunk
  }

  /** Gives out what is safe with `#goal` characters in sight; nothing where more must be seen first. */
  advance(): string {
    const seen = this.#held.slice(0, this.#goal)
    const findings = this.#findIn(seen)
    const cut = safeCut(seen, findings)
    if (cut > 0) return this.#giveOut(seen, cut, findings)
    if (this.#goal < this.#maxHold) {
      this.#goal = Math.min(this.#goal + STEP, this.#maxHold)
      return ""
    }
    return this.#giveOutOverlong(seen, findings)
  }

  rest(): string {
    const findings = this.#findIn(this.#held)
    return this.#held === "" ? "" : this.#giveOut(this.#held, this.#held.length, findings)
  }

  /** In the offsets of what is held; what lies before it is left out. */
  #findIn(seen: string): readonly Finding[] {
    const shift = this.#behind.length
    const found = this.#masker
      .find(this.#behind + seen)
      .filter(({ end }) => end > shift)
      .map(({ ruleId, start, end }) => ({ ruleId, start: Math.max(0, start - shift), end: end - shift }))
    if (!this.#isInside || found.some(({ start }) => start === 0)) return found
    // The rest of a secret is not known as one by itself.
    const end = /\s|$/.exec(seen)?.index ?? seen.length
    return end === 0 ? found : [{ ruleId: UNBROKEN_RULE, start: 0, end }, ...found]
  }

  #giveOut(seen: string, length: number, findings: readonly Finding[]): string {
    const shift = this.#behind.length
    const goesOn = this.#isInside ? findings.filter(({ start }) => start === 0) : []
    const text = this.#behind + seen
    const masked = this.#masker.maskRange(text, {
      from: shift,
      until: shift + length,
      also: goesOn.map(({ ruleId, end }) => ({ ruleId, start: shift, end: shift + end })),
    })
    const taken = masked.end - shift
    this.#behind = text.slice(Math.max(0, masked.end - BEHIND), masked.end)
    this.#held = this.#held.slice(taken)
    this.#goal = AHEAD + STEP
    this.#isInside = false
    return masked.text
  }

  /** What is held begins with a secret, or with what may be one, that is longer than the bound. */
  #giveOutOverlong(seen: string, findings: readonly Finding[]): string {
    const first = findings.find(({ start }) => start === 0)
    if (first && first.end < seen.length) return this.#giveOut(seen, first.end, findings)
    const length = endsInPair(seen) ? seen.length - 1 : seen.length
    const shift = this.#behind.length
    const { text } = this.#masker.maskRange(this.#behind + seen.slice(0, length), {
      from: shift,
      until: shift + length,
      also: [{ ruleId: first?.ruleId ?? UNBROKEN_RULE, start: shift, end: shift + length }],
    })
    const head = this.#isInside ? this.#behind.slice(0, HEAD) : seen.slice(0, HEAD)
    this.#behind = head + seen.slice(Math.max(HEAD, length - BEHIND), length)
    this.#held = this.#held.slice(length)
    this.#goal = AHEAD + STEP
    this.#isInside = true
    return text
  }
}

/** The last place to cut at that leaves `AHEAD` characters in sight and every finding whole; 0 where there is none. */
function safeCut(seen: string, findings: readonly Finding[]): number {
  const limit = seen.length - AHEAD
  const isWhole = (cut: number): boolean => !findings.some(({ start, end }) => start < cut && cut < end)
  for (const characters of CUTS) {
    for (let cut = limit; cut > 0; cut -= 1) {
      if (characters.includes(seen.charAt(cut - 1)) && isWhole(cut)) return cut
    }
  }
  return 0
}

function endsInPair(text: string): boolean {
  return /[\ud800-\udbff]$/.test(text)
}
