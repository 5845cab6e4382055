import { type Edit, editsOf } from "./edit.ts"

/**
 * Characters that leave no trace on the screen (Unicode 16, Default_Ignorable_Code_Point, the joiners and marks of
 * them that occur): soft hyphen, grapheme joiner, Arabic letter mark, vowel separator, zero-width ones, bidirectional
 * controls, variation selectors, tags.
 */
const UNSEEN =
  /(?:[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef])+/g
/** Mathematical letters and digits that NFKC folds to ASCII. */
const LOOKALIKE = /\ud835[\udc00-\udfff]/g
const FULL_WIDTH = /[\uff01-\uff5e]+/g
const FULL_WIDTH_SHIFT = 0xfee0

/** What full-width forms of ASCII stand for. */
function halfWidth(chars: string): string {
  let text = ""
  for (let i = 0; i < chars.length; i++) text += String.fromCharCode(chars.charCodeAt(i) - FULL_WIDTH_SHIFT)
  return text
}

/** The letters stand in alphabets of 52, the digits in tens, from these code points (Unicode 16, U+1D400 to U+1D7FF). */
const LETTERS_FROM = 0x1d400
const LETTERS_TO = 0x1d6a3
const DIGITS_FROM = 0x1d7ce

function asAscii(char: string): string | undefined {
  const code = char.codePointAt(0) ?? 0
  if (code >= DIGITS_FROM) return String.fromCharCode(48 + ((code - DIGITS_FROM) % 10))
  if (code > LETTERS_TO) return undefined
  const letter = (code - LETTERS_FROM) % 52
  return String.fromCharCode(letter < 26 ? 65 + letter : 71 + letter)
}

/** Leaves out what cannot be seen and folds what only looks like ASCII. */
export function invisibleEdits(text: string): readonly Edit[] {
  const unseen = editsOf(text, UNSEEN, () => "")
  const wide = editsOf(text, FULL_WIDTH, halfWidth, true)
  const folded = editsOf(text, LOOKALIKE, asAscii)
  if (wide.length + folded.length === 0) return unseen
  return [...unseen, ...wide, ...folded].sort((a, b) => a.start - b.start)
}
