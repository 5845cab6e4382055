import { remainder97 } from "./check-digits.ts"
import { endsNumber, matchAt, type NumberMatch } from "./number-context.ts"

/** ISO 13616 registry of SWIFT: country and length. */
const LENGTHS =
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"
/** Together or in groups of four. */
const IBAN = /[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?/iy

function lengthOf(country: string): number {
  const at = LENGTHS.indexOf(country)
  return at === -1 || at % 4 !== 0 ? 0 : Number(LENGTHS.slice(at + 2, at + 4))
}

/** An IBAN (ISO 13616): known country, its length, and a remainder of 1 by 97. */
export function ibanAt(text: string, start: number): NumberMatch | undefined {
  const length = lengthOf(text.slice(start, start + 2).toUpperCase())
  const match = length === 0 ? null : matchAt(IBAN, text, start)
  if (match === null) return undefined
  const end = endOf(text, start, length)
  if (end > start + match[0].length || !endsNumber(text, end)) return undefined
  const plain = text.slice(start, end).replace(/[ -]/g, "").toUpperCase()
  const digits = `${plain.slice(4)}${plain.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return remainder97(digits) === 1 ? { ruleId: "iban", start, end } : undefined
}

/** Where the first `length` characters that are no separators end. */
function endOf(text: string, start: number, length: number): number {
  let end = start
  for (let count = 0; count < length && end < start + 64; end++) if (!/[ -]/.test(text.charAt(end))) count++
  return end
}
