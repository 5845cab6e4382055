/** Check digits of identifiers. All take the bare digits (letters where the scheme has them), check digit included. */

function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += Number(digits.charAt(i)) * (weights[i] ?? 0)
  return sum
}

/** ISO/IEC 7812-1 annex B (Luhn). */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits.charCodeAt(i) - 48
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}

/** Remainder by 97 of a long number. */
export function remainder97(digits: string): number {
  let rest = 0
  for (let i = 0; i < digits.length; i += 7) rest = Number(`${rest}${digits.slice(i, i + 7)}`) % 97
  return rest
}

/** ISO 7064 MOD 11,10: the last digit of the German tax number. */
export function mod11and10(digits: string): boolean {
  let product = 10
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (Number(digits.charAt(i)) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}

/** ISO 7064 MOD 11-2: the last character, perhaps `X`, of the Chinese resident number. */
export function mod11radix2(text: string): boolean {
  let rest = 0
  for (const char of text.slice(0, -1)) rest = ((rest + Number(char)) * 2) % 11
  const check = (12 - rest) % 11
  return text.at(-1)?.toUpperCase() === (check === 10 ? "X" : String(check))
}

const VERHOEFF_PRODUCT =
  "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210"
const VERHOEFF_PERMUTATION =
  "01234567891576283094580379614289160435279453126870428657390127938064157046913258"

/** Verhoeff's dihedral check: the last digit of Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i))
    const permuted = Number(VERHOEFF_PERMUTATION.charAt((i % 8) * 10 + digit))
    check = Number(VERHOEFF_PRODUCT.charAt(check * 10 + permuted))
  }
  return check === 0
}

/** Brazil's CPF: two digits modulo 11 at the end. */
export function cpf(digits: string): boolean {
  if (/^(\d)\1{10}$/.test(digits)) return false
  const first = (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11
  const second = (weighted(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11
  return first % 10 === Number(digits.charAt(9)) && second % 10 === Number(digits.charAt(10))
}

/** The "eleven test" of the Dutch BSN. */
export function elevenTest(digits: string): boolean {
  return Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
}

/** Poland's PESEL. */
export function pesel(digits: string): boolean {
  return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
}

/** The NHS number of England, Wales and the Isle of Man: modulo 11. */
export function nhsNumber(digits: string): boolean {
  const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return check !== 10 && check % 11 === Number(digits.charAt(9))
}

/** EAN-13, which the Swiss AHV number uses. */
export function ean13(digits: string): boolean {
  return weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
}

const ODD: readonly number[] = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]

/** The last letter of an Italian codice fiscale (upper case). */
export function codiceFiscale(code: string): boolean {
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const unit = code.charCodeAt(i)
    const value = unit >= 65 ? unit - 65 : unit - 48
    sum += i % 2 === 0 ? (ODD[value] ?? 0) : value
  }
  return code.charCodeAt(15) === 65 + (sum % 26)
}

/** The letter of a Spanish DNI or NIE; X, Y and Z at the start count as 0, 1 and 2. */
export function dniLetter(code: string): boolean {
  const number = code.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)))
  return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Number(number) % 23) === code.at(-1)
}
