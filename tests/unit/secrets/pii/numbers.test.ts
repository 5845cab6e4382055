import { describe, expect, test } from "vitest"
import { createScanner, PII_KINDS, type PiiKind } from "../../../../src/secrets/index.ts"

const everything = createScanner({ rules: [], pii: PII_KINDS })

function found(kind: PiiKind, text: string): string[] {
  const scanner = createScanner({ rules: [], pii: [kind] })
  return scanner
    .scan(text)
    .filter(({ ruleId }) => ruleId === kind)
    .map(({ start, end }) => text.slice(start, end))
}

/** The same number with another last digit that no scheme below takes for the check digit of the first. */
function withOtherEnd(number: string): string {
  return number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
}

/** Numbers that standards and issuers publish as examples, in pieces so that none stands whole in this file. */
const join = (...pieces: readonly string[]): string => pieces.join("")

/** A number with its Luhn digit. */
function luhn(body: string): string {
  const last = "0123456789".split("").find((digit) => {
    const sum = `${body}${digit}`
      .split("")
      .toReversed()
      .map((char, i) => Number(char) * (1 + (i % 2)))
      .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
    return sum % 10 === 0
  })
  return body + (last ?? "")
}

const CARDS: readonly (readonly [string, string])[] = [
  ["Visa", luhn("431274650918273")],
  ["Mastercard", luhn("531274650918273")],
  ["Mastercard, 2-series", luhn("225674650918273")],
  ["American Express", luhn("37127465091827")],
  ["Discover", luhn("601174650918273")],
  ["JCB", luhn("353074650918273")],
  ["UnionPay", luhn("622274650918273")],
]

describe("payment cards", () => {
  test.each(CARDS)("%s: together, in groups, with hyphens", (_, number) => {
    const groups = number.length === 15 ? /^(.{4})(.{6})(.{5})$/ : /^(.{4})(.{4})(.{4})(.{4})$/
    for (const separator of ["", " ", "-"]) {
      const written = groups.exec(number)?.slice(1).join(separator) ?? ""
      expect(found("card", `paid with ${written}, thanks`)).toEqual([written])
      expect(found("card", `{"number":"${written}"}`)).toEqual([written])
      expect(found("card", `paid with ${withOtherEnd(written)}, thanks`)).toEqual([])
    }
  })

  test("in a row, or before another number", () => {
    const written = luhn("431274650918273").replace(/.{4}(?=.)/g, "$& ")
    expect(found("card", `${written} ${written} ${written} 12/27 123`)).toEqual([written, written, written])
  })

  test("of unusual length or issuer only beside its name", () => {
    for (const number of [luhn("431274650918"), luhn("501874650918273"), luhn("607474650918273")]) {
      expect(found("card", `span ${number}`)).toEqual([])
      expect(found("card", `card number: ${number}`)).toEqual([number])
    }
  })

  test.each([
    "0000 0000 0000 0000",
    luhn("931274650918273"),
    `id_${luhn("431274650918273")}`,
    `${luhn("431274650918273")}9`,
    `0.${luhn("431274650918273")}`,
  ])("left alone: %s", (text) => {
    expect(found("card", text)).toEqual([])
  })
})

const IBANS = [
  join("DE89", "3704", "0044", "0532", "0130", "00"),
  join("GB29", "NWBK", "6016", "1331", "9268", "19"),
  join("FR14", "2004", "1010", "0505", "0001", "3M02", "606"),
  join("NL91", "ABNA", "0417", "1643", "00"),
  join("NO93", "8601", "1117", "947"),
  join("CH93", "0076", "2011", "6238", "5295", "7"),
  join("MT84", "MALT", "0110", "0001", "2345", "MTLC", "AST0", "01S"),
]

describe("IBANs", () => {
  test.each(IBANS)("%#: together and in groups of four", (iban) => {
    const grouped = iban.replace(/.{4}(?=.)/g, "$& ")
    for (const written of [iban, grouped, iban.toLowerCase()]) {
      expect(found("iban", `to ${written} today`)).toEqual([written])
      expect(found("iban", `"iban":"${written}",`)).toEqual([written])
      expect(found("iban", withOtherEnd(written))).toEqual([])
    }
    expect(found("iban", `${iban}7`)).toEqual([])
    expect(found("iban", `XX${iban.slice(2)}`)).toEqual([])
  })
})

const SSN = join("219", "-", "38", "-", "4821")

describe("US Social Security numbers", () => {
  test("with hyphens anywhere, otherwise beside their name", () => {
    expect(found("ssn", `Ann, ${SSN}, DE`)).toEqual([SSN])
    const bare = SSN.replaceAll("-", "")
    expect(found("ssn", `Ann, ${bare}, DE`)).toEqual([])
    expect(found("ssn", `SSN: ${bare}`)).toEqual([bare])
    expect(found("ssn", `social security number is ${SSN.replaceAll("-", " ")}`)).toEqual([
      SSN.replaceAll("-", " "),
    ])
  })

  test.each([
    "000-38-4821",
    "666-38-4821",
    "919-38-4821",
    "219-00-4821",
    "219-38-0000",
    `1-${SSN}`,
    `${SSN}-1`,
    "2190-38-4821",
  ])("left alone: %s", (text) => {
    expect(found("ssn", text)).toEqual([])
  })
})

/** Country, number, the name that it needs; published examples of the authorities. */
const IDS: readonly (readonly [string, string, string])[] = [
  ["German Steuer-ID", join("86 095 ", "742 719"), ""],
  ["German Steuer-ID, together", join("8609", "5742719"), "Steuer-ID: "],
  ["French NIR", join("2 55 08 14 ", "168 025 38"), ""],
  ["French NIR, together", join("25508", "1416802538"), ""],
  ["Spanish DNI", join("1234", "5678Z"), ""],
  ["Spanish NIE", join("X12", "34567L"), ""],
  ["Italian codice fiscale", join("RSSMRA", "85T10A562S"), ""],
  ["British National Insurance number", join("AB 12 ", "34 56 C"), ""],
  ["British National Insurance number, together", join("AB12", "3456C"), "National Insurance number: "],
  ["NHS number", join("943 476 ", "5919"), "NHS number "],
  ["Brazilian CPF", join("529.982.", "247-25"), ""],
  ["Brazilian CPF, together", join("52998", "224725"), "CPF "],
  ["Dutch BSN", join("1112", "22333"), "BSN: "],
  ["Polish PESEL", join("44051", "401359"), "PESEL: "],
  ["Indian Aadhaar", join("2341 ", "2341 2346"), "Aadhaar: "],
  ["Chinese resident number", join("11010519", "491231002X"), ""],
  ["Swiss AHV number", join("756.9217.", "0769.85"), ""],
]

describe("national numbers", () => {
  test.each(IDS)("%s is found, and not with another digit", (_, number, name) => {
    expect(found("national-id", `record ${name}${number}; next`)).toEqual([number])
    const wrong = number.replace(/\d/, (digit) => (digit === "3" ? "2" : "3"))
    if (!/National Insurance/.test(_))
      expect(found("national-id", `record ${name}${wrong}; next`)).toEqual([])
  })

  test.each(IDS.filter(([, , name]) => name !== ""))("%s is not found without its name", (_, number) => {
    expect(found("national-id", `value ${number}; next`)).toEqual([])
  })
})

describe("telephone numbers", () => {
  test.each([
    ["+49 171 1234567", "Telefon: "],
    ["+49 (0)30 901820", ""],
    ["+1 (415) 555-2671", "call "],
    ["+1-415-555-2671", ""],
    ["+14155552671", "tel:"],
    ["+442079460958", "reach us: "],
    ["+33 6 98 76 54 32", ""],
    ["+39 333 987 6543", ""],
    ["+86 138 0013 8000", ""],
    ["+55 (11) 98765-4321", ""],
    ["0049 171 1234567", "ruf "],
    ["(555) 987-6543", "phone "],
    ["415-555-2671", "at "],
    ["06 98 76 54 32", "téléphone "],
    ["0171 1234567", "Handy: "],
    ["030/901820", "Tel.: "],
    ["020 7946 0958", "phone: "],
    ["333 9876543", "telefono "],
    ["612 345 678", "móvil: "],
    ["138 0013 8000", "手机: "],
    ["4155552671", '"phone":"'],
    ["01711234567", "phone_number="],
  ])("%s", (number, before) => {
    expect(found("phone", `Ann ${before}${number}`)).toEqual([number])
    expect(found("phone", `Ann ${before}${number}, Berlin`)).toEqual([number])
  })

  test.each([
    "2026-11-20 14:18:15",
    "1700000000000",
    "v10.20.30 and 1.2.3",
    "id 4155552671",
    "order 0171 1234567",
    "@@ -12,7 +1234567,8 @@",
    "a[6]+4294967296*b",
    "192.168.100.200",
    "123-456-7890",
    "+0200",
    "sha 4155552671abcdef",
    "00 05 64 69 66 66 09",
    "ISBN 978-3-16-148410-0",
    "uuid 12345678-1234-1234-1234-123456789012",
    "phone: 12",
    "telemetry: 1234567",
    "phone screen 2026-01-05",
  ])("left alone: %s", (text) => {
    expect(found("phone", text)).toEqual([])
  })
})

describe("IP addresses", () => {
  test.each([
    "81.169.145.78",
    "203.1.113.9",
    "185.199.108.153",
    "2a01:4f8:c17:b8f::2",
    "2003:e1:bf01:ff00:a5:6b3c:9d2e:1f",
  ])("public: %s", (address) => {
    expect(found("ip", `client ${address} connected`)).toEqual([address])
    expect(found("ip", `{"ip":"${address}"}`)).toEqual([address])
  })

  test("with a port, a prefix length, at the end of a sentence", () => {
    expect(found("ip", "81.169.145.78:443 81.169.145.79/32 81.169.145.80.")).toEqual([
      "81.169.145.78",
      "81.169.145.79",
      "81.169.145.80",
    ])
  })

  test("in columns, but not the numbers of a drawing", () => {
    expect(found("ip", "81.169.145.78 81.169.145.79 81.169.145.80 x")).toHaveLength(3)
    expect(found("ip", "M1.52-.87 2.83-2.12 3.51.98.32 2.03.5")).toEqual([])
  })

  test("of small numbers only beside a word that names it", () => {
    expect(found("ip", "see 1.2.3.4")).toEqual([])
    expect(found("ip", "client_ip=5.9.12.31")).toEqual(["5.9.12.31"])
  })

  test.each([
    "127.0.0.1 10.1.2.3 172.16.5.4 192.168.1.20 169.254.1.1 100.64.0.9 0.0.0.0 224.0.0.251 255.255.255.0",
    "192.0.2.44 198.51.100.7 203.0.113.9 198.18.0.5",
    "8.8.8.8 1.1.1.1 9.9.9.9",
    "version 81.169.145.78",
    "v81.169.145.78 pkg==81.169.145.78 lib-81.169.145.78 ^81.169.145.78",
    "upgrade V8 to 99.6.180.15",
    "Chrome/108.0.53.71",
    "1.3.6.1.4.1.311.60",
    "999.1.2.3 081.169.145.78",
    "::1 fe80::1 fd00::1 2001:db8::5 2001:0db8:0:0:0:0:0:5 ff02::1 2a01:4f8::/32",
    "12:34:56 10:20:30:40 std::vector a::b 2026:11:20",
  ])("left alone: %s", (text) => {
    expect(found("ip", text)).toEqual([])
  })
})

describe("MAC addresses", () => {
  test.each(["3c:22:fb:4a:9d:e1", "3C-22-FB-4A-9D-E1", "3c22.fb4a.9de1"])("%s", (address) => {
    expect(found("mac", `ether ${address} up`)).toEqual([address])
  })

  test.each([
    "00:00:00:00:00:00 ff:ff:ff:ff:ff:ff",
    "01:00:5e:00:00:fb 33:33:00:00:00:01",
    "SHA1 3c:22:fb:4a:9d:e1:3c:22:fb:4a:9d:e1",
    "3c:22:fb:4a:9d 12:34:56",
    "3c:22:fb-4a:9d:e1",
    "x3c:22:fb:4a:9d:e1",
  ])("left alone: %s", (text) => {
    expect(found("mac", text)).toEqual([])
  })
})

describe("by choice", () => {
  const text = `${CARDS[0]?.[1]} ${IBANS[0]} ${SSN} +49 171 1234567 81.169.145.78 3c:22:fb:4a:9d:e1`

  test("nothing but e-mail is looked for by default", () => {
    expect(createScanner({ rules: [] }).scan(text)).toEqual([])
  })

  test("all kinds at once find each under its own id", () => {
    expect(everything.scan(text).map(({ ruleId }) => ruleId)).toEqual([
      "card",
      "iban",
      "ssn",
      "phone",
      "ip",
      "mac",
    ])
  })

  test("a kind that is disabled as a rule is not reported", () => {
    const ids = createScanner({ rules: [], pii: PII_KINDS, disable: ["phone"] })
      .scan(text)
      .map(({ ruleId }) => ruleId)
    expect(ids).toEqual(["card", "iban", "ssn", "ip", "mac"])
  })

  test("spans are exact behind escapes, in quotes and in CSV", () => {
    expect(found("ssn", `"a\\n${SSN}\\n"`)).toEqual([SSN])
    expect(found("phone", `1,"+49 171 1234567","x"`)).toEqual(["+49 171 1234567"])
    expect(found("iban", `\u{1F600}${IBANS[0]}\u{1F600}`)).toEqual([IBANS[0]])
  })
})
