import { isPlaceholder, placeholderOf } from "../base/placeholder.ts"
import type { Masker, RestoredText } from "./masker.ts"

/** How a model writes `<`, `:` and `>` in the format of the file it is writing. */
interface Escaping {
  readonly open: RegExp
  readonly close: RegExp
  /** Writes a secret so that reading the file gives the secret itself. */
  readonly escape: (secret: string) => string
}

const ESCAPINGS: readonly Escaping[] = [
  { open: /^<?$/, close: /^>?$/, escape: (secret) => secret },
  { open: /^&(?:lt|#60|#x3c);$/i, close: /^(?:&(?:gt|#62|#x3e);)?$/i, escape: escapeXml },
  { open: /^\\u003c$/i, close: /^(?:\\u003e)?$/i, escape: (secret) => JSON.stringify(secret).slice(1, -1) },
  { open: /^%3c$/i, close: /^(?:%3e)?$/i, escape: encodeUtf8 },
]

/**
 * Placeholders as they are issued and as models alter them: upper-case digits, other case, one digit lost or added,
 * brackets lost or escaped. Text that merely names the format has no digits and does not match.
 */
function lenientPattern(): RegExp {
  const open = String.raw`<|&(?:lt|#60|#x3c);|\\+u003c|\\x3c|%(?:25)*3c`
  const close = String.raw`>|&(?:gt|#62|#x3e);|\\+u003e|\\x3e|%(?:25)*3e`
  const colon = String.raw`:|&(?:colon|#58|#x3a);|\\+u003a|\\x3a|%(?:25)*3a`
  // Without an opening it must be a word of its own.
  const start = String.raw`(?:(${open}) ?|(?<![a-z0-9_]))`
  return new RegExp(`${start}REDACTED(?:${colon}) ?([0-9a-f]{12,15})(?![0-9a-z])(?: ?(${close}))?`, "gi")
}

/** Placeholders in `text`, altered ones too. */
export function countLenient(text: string): number {
  return text.match(lenientPattern())?.length ?? 0
}

/**
 * Restores like `masker.restore`, and altered placeholders too where it is beyond doubt which is meant. The others
 * are among the unresolved, as they stand in the text: in a file they would be nothing but damage.
 */
export function restoreLenient(text: string, masker: Pick<Masker, "restore">): RestoredText {
  let restored = 0
  const unresolved = new Set<string>()
  const whole = text.replace(
    lenientPattern(),
    (found: string, open: string | undefined, digits: string, close: string | undefined) => {
      const secret = secretFor(found, open ?? "", digits, close ?? "", masker)
      if (secret === undefined) unresolved.add(found)
      else restored += 1
      return secret ?? found
    },
  )
  return { text: whole, restored, unresolved: [...unresolved] }
}

function secretFor(
  found: string,
  open: string,
  digits: string,
  close: string,
  masker: Pick<Masker, "restore">,
): string | undefined {
  const escaping = ESCAPINGS.find((each) => each.open.test(open) && each.close.test(close))
  const placeholder = placeholderOf(digits.toLowerCase())
  if (!escaping || !isPlaceholder(placeholder)) return undefined
  const { text, restored } = masker.restore(placeholder)
  if (restored === 0) return undefined
  return isPlaceholder(found) ? text : escaping.escape(text)
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char)
}

function encodeUtf8(text: string): string {
  // By way of UTF-8, because encodeURIComponent throws on a lone surrogate.
  return encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"))
}
