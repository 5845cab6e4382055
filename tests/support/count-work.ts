/** What one call of a pattern costs beside the characters it reads. */
const CALL = 20
/** What a pattern that is tried at one place reads before it fails, as far as can be told: its quantifiers are bounded. */
const STICKY_MISS = 30

type Method = (this: unknown, ...args: unknown[]) => unknown

/** Work of a call from the string it was called on, its arguments and its result. */
type Cost = (text: string, args: readonly unknown[], result: unknown) => number

const wholeText: Cost = (text) => text.length
const oneCharacter: Cost = () => 1
const newText: Cost = (_, __, result) => (typeof result === "string" ? result.length : 1)
const upToHit: Cost = (text, args, result) => {
  const from = typeof args[1] === "number" ? args[1] : 0
  return typeof result === "number" && result >= 0 ? result - from + 1 : Math.max(1, text.length - from)
}
const backToHit: Cost = (text, args, result) => {
  const from = typeof args[1] === "number" ? Math.min(Math.max(0, args[1]), text.length) : text.length
  return from - (typeof result === "number" ? Math.max(0, result) : 0) + 1
}

const COSTS: Readonly<Record<string, Cost>> = {
  charCodeAt: oneCharacter,
  codePointAt: oneCharacter,
  charAt: oneCharacter,
  at: oneCharacter,
  startsWith: oneCharacter,
  endsWith: oneCharacter,
  slice: newText,
  substring: newText,
  repeat: newText,
  toLowerCase: wholeText,
  toUpperCase: wholeText,
  trim: wholeText,
  trimStart: wholeText,
  trimEnd: wholeText,
  split: wholeText,
  includes: wholeText,
  indexOf: upToHit,
  lastIndexOf: backToHit,
}

function replace(owner: object, name: string, make: (original: Method) => Method): () => void {
  const known = Object.getOwnPropertyDescriptor(owner, name)
  const original: unknown = known?.value
  if (known === undefined || typeof original !== "function") throw new Error(`There is no method ${name}.`)
  Object.defineProperty(owner, name, {
    ...known,
    value: make((...args) => Reflect.apply(original, args[0], args.slice(1))),
  })
  return () => Object.defineProperty(owner, name, known)
}

/**
 * How many characters `run` looks at through the methods of strings and patterns, which does not depend on the machine
 * or its load. What a pattern does inside one call is not seen: recheck proves that linear.
 */
export function countWork(run: () => void): number {
  let work = 0
  const undo = Object.entries(COSTS).map(([name, cost]) =>
    replace(
      String.prototype,
      name,
      (original) =>
        function (...args) {
          const text = typeof this === "string" ? this : ""
          const result = original(text, ...args)
          work += cost(text, args, result)
          return result
        },
    ),
  )
  // `test`, `replace`, `match`, `matchAll`, `search` and `split` of a pattern all call `exec` where it is not the native one.
  undo.push(
    replace(
      RegExp.prototype,
      "exec",
      (original) =>
        function (...args) {
          if (!(this instanceof RegExp)) return original(this, ...args)
          const from = this.global || this.sticky ? this.lastIndex : 0
          const result = original(this, ...args)
          work += CALL + readBy(this, from, typeof args[0] === "string" ? args[0].length : 0, result)
          return result
        },
    ),
  )
  try {
    run()
  } finally {
    for (const restore of undo) restore()
  }
  return work
}

function readBy({ sticky }: RegExp, from: number, length: number, result: unknown): number {
  if (Array.isArray(result) && "index" in result && typeof result.index === "number")
    return result.index + String(result[0]).length - from
  return sticky ? STICKY_MISS : Math.max(0, length - from)
}
