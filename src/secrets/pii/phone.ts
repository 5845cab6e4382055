import { ALNUM, DIGIT, hasClass, HEX, skipRight } from "../charset.ts"
import { digitsOf, matchAt, nameBefore, type NumberMatch } from "./number-context.ts"

/** ITU-T E.164 country codes. */
const COUNTRY_CODE =
  /^(?:1|7|2[07]|2[1-69]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[789]\d|8[1246]|8[058]\d|9[0-58]|9[679]\d)/
/** `(415) 555-0100`, `415-555-0100`, `415.555.0100` with area and exchange as the NANP has them. */
const NORTH_AMERICA = /(?:\(([2-9]\d{2})\) ?|([2-9]\d{2})([ .-]))[2-9]\d{2}([ .-])\d{4}/y
/** Pairs after the trunk zero: `06 98 76 54 32`. */
const FRENCH = /0[1-9](?:([ .-])\d{2})(?:\1\d{2}){3}/y
/** E.164 allows fifteen digits. */
const MAX_DIGITS = 15
const SEPARATORS = " \u00a0.-/"
/** Words for telephones and calls, at the end of what stands before a number. */
const NAMED =
  /(?:^|[^a-z])(?:tele?fon[eo]?s?|telephone|t[ée]l[ée]phone|tel[ée]fono|t[ée]l|phones?|fone?|mobile?|mobil|handy|cell(?:ulare?|phone)?|m[óo]vil|celular|portable|fax|whats ?app|signal|sms|call(?: me)?|ruf(?:e|en|nummer)?|anruf(?:en)?|reach (?:me|us)|hotline|msisdn|телефон|тел|电话|手机|電話|携帯|전화|फोन|☎|📞|📱)$/iu
/** `number`, `No.`, `is`, `unter` between such a word and the number. */
const BETWEEN = /[-_ ](?:no|nr|num|number|nummer|num[ée]ro|n[uú]mero)$|number$|nummer$/i
const LINK = /\s(?:is|ist|es|est|è|lautet|unter|at|on|au|al)$/i
/** Separators, quotes and brackets before the number. */
const PUNCTUATION = " \t\"'`(:=#>.\\*_"

/** Dates, times, versions, addresses and decimals, which a national pattern would take. */
const NOT_A_NUMBER =
  /^(?:(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|\d{1,3}(?:\.\d{1,3}){3}$|\d{1,3}\.\d{1,3}$|\d{1,2}:\d\d)/

/**
 * Reads groups of digits, in brackets or not, with one separator between them: blank, hyphen, dot or slash, a blank
 * more after a bracket, a hyphen or a slash. Returns where the last group ends.
 */
function readGroups(text: string, start: number): number {
  let end = start
  let i = start
  for (let digits = 0; digits <= MAX_DIGITS; ) {
    const open = text.charAt(i) === "(" ? 1 : 0
    const groupEnd = skipRight(text, i + open, DIGIT, i + open + MAX_DIGITS + 1)
    if (groupEnd === i + open) return end
    digits += groupEnd - i - open
    const close = text.charAt(groupEnd) === ")" ? 1 : 0
    if (open !== close) return open === 1 ? end : groupEnd
    end = groupEnd + close
    i = end
    if (SEPARATORS.includes(text.charAt(i) || "x")) i++
    if ((close === 1 || "-/".includes(text.charAt(i - 1))) && text.charAt(i) === " ") i++
    if (text.charAt(i) === "(" && i === end + 2) return end
  }
  return end
}

/** A `+` or `00` and a country code, 8 to 15 digits; ten after `+1`, the first of them not 0 or 1. */
function internationalAt(text: string, start: number): NumberMatch | undefined {
  const isPlus = text.charAt(start) === "+"
  const end = readGroups(text, isPlus ? start + 1 : start)
  const found = text.slice(start, end)
  const digits = digitsOf(found).replace(/^00/, "")
  if (digits.length < 8 || digits.length > MAX_DIGITS || !COUNTRY_CODE.test(digits)) return undefined
  if (digits.startsWith("1") && !/^1[2-9]\d\d[2-9]\d{6}$/.test(digits)) return undefined
  if (!isUnmistakable(text, start, found) && !isCalled(text, start)) return undefined
  return whole(text, start, end)
}

/** In groups; or ten digits and more behind a plus that is not the mark of a line of a diff. */
function isUnmistakable(text: string, start: number, found: string): boolean {
  if (!found.startsWith("+")) return /^00\d{1,3}[ ./-]/.test(found)
  if (/\D/.test(found.slice(1))) return true
  return found.length > 10 && start > 0 && text.charAt(start - 1) !== "\n"
}

/** Whether a word for telephones stands before the number. */
function isCalled(text: string, start: number): boolean {
  let before = nameBefore(text, start)
  if (before === "") return false
  for (const between of [LINK, BETWEEN]) before = withoutPunctuation(before).replace(between, "")
  return NAMED.test(withoutPunctuation(before))
}

function withoutPunctuation(text: string): string {
  let end = text.length
  while (end > 0 && PUNCTUATION.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** A telephone number: E.164, North American, French; any other grouping beside a word that names it. */
export function phoneAt(text: string, start: number): NumberMatch | undefined {
  const before = text.charAt(start - 1)
  if (hasClass(text, start - 1, ALNUM) || (before !== "" && "_#$@%^&.".includes(before))) return undefined
  // A sum: `a[6]+4294967296`
  if (text.charAt(start) === "+" && /[\])}]/.test(before)) return undefined
  if (/[-/:]/.test(before) && hasClass(text, start - 2, DIGIT)) return undefined
  if (text.charAt(start) === "+" || text.startsWith("00", start)) {
    const international = internationalAt(text, start)
    if (international !== undefined || text.charAt(start) === "+") return international
  }
  return northAmericaAt(text, start) ?? frenchAt(text, start) ?? nationalAt(text, start)
}

function northAmericaAt(text: string, start: number): NumberMatch | undefined {
  const match = matchAt(NORTH_AMERICA, text, start)
  if (match === null || /[2-9]11/.test(match[1] ?? match[2] ?? "")) return undefined
  const isBlank = match[1] === undefined && (match[3] === " " || match[3] !== match[4])
  if (isBlank && !isCalled(text, start)) return undefined
  return whole(text, start, start + match[0].length)
}

function frenchAt(text: string, start: number): NumberMatch | undefined {
  const match = matchAt(FRENCH, text, start)
  if (match === null) return undefined
  const end = start + match[0].length
  // One row of many pairs is a dump of bytes
  if (hasClass(text, start - 2, HEX) || /^[ .-][0-9a-f]{2}(?![a-z])/i.test(text.slice(end, end + 4)))
    return undefined
  return whole(text, start, end)
}

function nationalAt(text: string, start: number): NumberMatch | undefined {
  if (hasClass(text, start - 1, DIGIT) || hasClass(text, start - 2, DIGIT)) return undefined
  const end = readGroups(text, start)
  if (end - start < 6) return undefined
  const found = text.slice(start, end)
  const digits = digitsOf(found)
  if (digits.length < 6 || digits.length > MAX_DIGITS || NOT_A_NUMBER.test(found)) return undefined
  if (/^(\d)\1+$/.test(digits) || !isCalled(text, start)) return undefined
  return whole(text, start, end)
}

function whole(text: string, start: number, end: number): NumberMatch | undefined {
  if (hasClass(text, end, ALNUM) || text.charAt(end) === "_") return undefined
  if ("-.:/".includes(text.charAt(end) || " ") && hasClass(text, end + 1, DIGIT)) return undefined
  return { ruleId: "phone", start, end }
}
