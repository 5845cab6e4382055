import { type Edit, editsOf } from "./edit.ts"

/**
 * Characters that leave no trace on the screen (Unicode 16, Default_Ignorable_Code_Point, the joiners and marks of
 * them that occur): soft hyphen, grapheme joiner, Arabic letter mark, vowel separator, zero-width ones, bidirectional
 * controls, variation selectors, tags.
 */
const UNSEEN =
  /(?:[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef])+/g
/** Whether a text holds any of them, or of the next. */
const ANY =
  /[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uff01-\uff5e\uffa0\ud835\udb40]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]/
/** Full-width ASCII, and the mathematical letters and digits that NFKC folds to ASCII. */
const LOOKALIKE = /[\uff01-\uff5e]|\ud835[\udc00-\udfff]/g

function asAscii(char: string): string | undefined {
  const folded = char.normalize("NFKC")
  return folded.length === 1 && folded < "\u007f" ? folded : undefined
}

/** Leaves out what cannot be seen and folds what only looks like ASCII. */
export function invisibleEdits(text: string): readonly Edit[] {
  if (!ANY.test(text)) return []
  const unseen = editsOf(text, UNSEEN, () => "")
  const folded = editsOf(text, LOOKALIKE, asAscii)
  if (folded.length === 0) return unseen
  return [...unseen, ...folded].sort((a, b) => a.start - b.start)
}

/** The patterns above, for the test that they run in linear time. */
export const invisiblePatterns: readonly RegExp[] = [UNSEEN, LOOKALIKE]
