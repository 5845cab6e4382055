import { luhn } from "./check-digits.ts"
import { beginsNumber, digitsOf, endsNumber, isNamed, matchAt, type NumberMatch } from "./number-context.ts"

/** Written together, or in the groups that are embossed: 4-4-4-4, American Express 4-6-5, Diners Club 4-6-4. */
const CARD = /\d{12,19}|\d{4}([ -])(?:\d{4}\1\d{4}\1\d{1,4}|\d{6}\1\d{4,5})/y
/**
 * Issuer ranges of ISO/IEC 7812 that the schemes publish: Visa, Mastercard, American Express, Diners Club, Discover,
 * JCB, UnionPay; each with its lengths. Maestro, Mir and RuPay follow.
 */
const ISSUER =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]\d{11}|[689]\d{12,17})|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17})$/
/** Ranges that many other numbers share. */
const RARE_ISSUER =
  /^(?:(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}|220[0-4]\d{12}|(?:508|60\d|81\d|82\d)\d{13})$/
const NAMED =
  /(?:card|karte|carte|carta|tarjeta|cart[aã]o|kreditkort|visa|master ?card|maestro|amex|american express|discover|diners|jcb|union ?pay|credit|debit|\bpan\b|\bcc\b)[^\d\n]{0,24}$/i

/** A payment card number: issuer range, length, Luhn; unusual lengths and issuers ungrouped only beside its name. */
export function cardAt(text: string, start: number): NumberMatch | undefined {
  const match = matchAt(CARD, text, start)
  if (match === null) return undefined
  const end = start + match[0].length
  const digits = digitsOf(match[0])
  const isCommon = ISSUER.test(digits)
  if ((!isCommon && !RARE_ISSUER.test(digits)) || !luhn(digits) || /^(\d)\1+$/.test(digits)) return undefined
  if (!beginsNumber(text, start) || !endsNumber(text, end)) return undefined
  const isUsual = match[1] !== undefined || (isCommon && (digits.length === 15 || digits.length === 16))
  if (!isUsual && !isNamed(NAMED, text, start)) return undefined
  return { ruleId: "card", start, end }
}
