import { backslashEdits, type Edit, editsAt, editsOf } from "./edit.ts"

/**
 * Control sequences and strings of ECMA-48 (sections 5.4 and 5.6): colours, cursor moves, hyperlinks (OSC 8), and the
 * two-character escapes of VT100.
 */
const SEQUENCE =
  /(?:\u001b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|[\]P_^X][^\u0007\u001b\u009c\n]{0,2048}(?:\u0007|\u001b\\|\u009c)|[()#][0-9A-Z]|[78=>cDEHMNOZ]))+/y
/** The same colours as source code and logs write them. */
const WRITTEN = /\\{1,8}(?:u001b|u\{1b\}|x1b|033|e)\[[0-9;?]{0,32}[A-Za-z]/iy
/** A character struck over: what terminals make of bold and underlined text. */
const OVERSTRUCK = /[^\n\u0008]\u0008/g

/** Every second byte of UTF-16 that was read as if it were ASCII. */
const WIDE = /\u0000(?=[^\u0000]\u0000)|(?<=\u0000[^\u0000])\u0000/g

/** Leaves out what only tells a terminal how to show the rest: lists in ascending order, one for each kind. */
export function ansiEdits(text: string): readonly (readonly Edit[])[] {
  const unseen = (): string => ""
  return [
    editsAt(text, "\u001b", SEQUENCE, unseen),
    text.includes("\b") ? editsOf(text, OVERSTRUCK, unseen) : [],
    text.includes("\u0000") ? editsOf(text, WIDE, unseen) : [],
    backslashEdits(text, WRITTEN, "uUxX0eE", unseen),
  ]
}
