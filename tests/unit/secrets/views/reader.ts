/** Reads a text in every way that the tests write one: what a patient reader gets out of what was left. */
function readings(text: string, depth = 3): string[] {
  const all = [text]
  if (depth === 0) return all
  const undone = withoutEscapes(text)
  if (undone !== text) all.push(...readings(undone, depth - 1))
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    for (const bytes of decodings(run)) all.push(...readings(bytes, depth - 1))
  }
  return all
}

function withoutEscapes(text: string): string {
  const char = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16))
  return text
    .replace(/\\+(?:u001b|033|x1b)\[[0-9;]*m/g, "")
    .replace(/\\+u\{?([0-9a-f]{1,4})\}?/g, char)
    .replace(/\\+x([0-9a-f]{2})/g, char)
    .replace(/%([0-9a-fA-F]{2})/g, char)
    .replace(/&#x([0-9a-f]+);/g, char)
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)))
    .replace(/0x([0-9a-f]{2})(?:,\s*|(?=\}))/g, char)
    .replace(/(?<=[[,]\s*)(\d{2,3})(?:,\s*|(?=\s*\]))/g, (_, digits: string) =>
      String.fromCharCode(Number(digits)),
    )
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\ud835[\udc00-\udfff]/g, (letter) => letter.normalize("NFKC"))
    .replace(/\u001b\][^\u001b]*\u001b\\|\u001b\[[0-9;?]*[A-Za-z]|.\u0008/g, "")
    .replace(/[^\n -~]|\u0000/g, "")
}

/** Base64 at four alignments and hex at two. */
function decodings(run: string): string[] {
  const found: Buffer[] = []
  for (let skip = 0; skip < 4; skip++) found.push(Buffer.from(run.slice(skip), "base64"))
  for (const [hex] of run.matchAll(/[0-9a-fA-F]{8,}/g))
    found.push(Buffer.from(hex, "hex"), Buffer.from(hex.slice(1), "hex"))
  return found.map((bytes) => bytes.toString("utf8").replaceAll("\u0000", "")).filter(isMostlyText)
}

function isMostlyText(bytes: string): boolean {
  return (
    bytes.length >= 4 && bytes.replace(/[\u0001-\u0006\u000e-\u001a\ufffd]/g, "").length > bytes.length * 0.7
  )
}

/** Whether any reading of `left` shows `width` characters in a row of `secret`. */
export function reveals(left: string, secret: string, width: number): boolean {
  const all = readings(left)
  for (let i = 0; i + width <= secret.length; i++) {
    const part = secret.slice(i, i + width)
    if (all.some((text) => text.includes(part))) return true
  }
  return false
}
