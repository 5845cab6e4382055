import { contextBefore, endsNumber, isNamed, matchAt, type NumberMatch } from "./number-context.ts"

const IPV4 = /(?:\d{1,3}\.){3}\d{1,3}/y
const OCTET = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/
/** Not of the public internet, not of a person, or for documentation (RFC 6890, RFC 5737); resolvers that all use. */
const NOT_PUBLIC_V4 =
  /^(?:0|10|127|22[4-9]|2[345]\d)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.[02]\.|^192\.88\.99\.|^198\.1[89]\.|^198\.51\.100\.|^203\.0\.113\.|^(?:8\.8\.(?:8\.8|4\.4)|1\.1\.1\.1|1\.0\.0\.1|9\.9\.9\.9|149\.112\.112\.112|208\.67\.22[02]\.22[02]|(?:\d{1,3}\.){3}0)$/
/** A version and no address: `v1.2.3.4`, `version = 1.2.3.4`, `pkg==1.2.3.4`, `lib-1.2.3.4`. */
const VERSION_BEFORE =
  /(?:(?:^|[^a-z])v|version|ver\.?|release|rev|build|[=<>~^]=|[@^~<>]|[a-z][-/]|assembly|chrome|firefox|safari|edge?|opera|\d\.|section|clause|chapter|§)\s?["']?[:=]?\s?["']?$/i
/** A line about releases: `upgrade V8 to 9.5.172.25`. */
const RELEASE_LINE = /(?:upgrad|updat|bump|downgrad|patch|version|releas|semver|changelog|deps)[^\n]{0,40}$/i
/** Small octets are a version or a section more often than an address. */
const NAMED_V4 =
  /(?:(?:^|[^a-z])ip|ip[-_ ]?addr\w*|addr(?:ess)?|host|client|remote|peer|server|source|src|dst|forwarded(?:-for)?|inet|listen|bind|connect\w*|ping|ssh|gateway|dns)\b[^\d\n]{0,24}$/i
const IPV6 = /(?:[0-9a-f]{1,4}:){1,7}(?:(?::[0-9a-f]{1,4}){1,7}|[0-9a-f]{1,4}|:)/iy
/**
 * Global unicast is 2000::/3; 2001::/23 and some others have a special use, 2001:db8::/32 and 3fff::/20
 * are for documentation (RFC 3849, RFC 9637), and an address that ends in `::` is a network.
 */
const PUBLIC_V6 = /^[23][0-9a-f]{3}:(?!:*$)/i
const NOT_PUBLIC_V6 =
  /^(?:2001:(?:0?db8|0{0,2}[01]?[0-9a-f]{1,2}|0{4})?:|2002:|3fff:0|2001:4860:4860:|2606:4700:4700:|2620:fe:|2620:4f:)|::$/i
const MAC = /[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}/iy
/** No device: null, broadcast, multicast of IP and bridges, RFC 7042's range for documentation. */
const NOT_A_DEVICE =
  /^(?:0{12}|f{12}|01005e|3333|0180c2|00005e0053|(?:([0-9a-f])\1){6}$|001122334455|aabbccddeeff|123456789abc|deadbeef|0123456789ab)/i

/** A public IPv4 address: not private, reserved, a netmask, a network, or a version with four numbers. */
export function ipv4At(text: string, start: number): NumberMatch | undefined {
  if (/[.\w-]/.test(text.charAt(start - 1))) return undefined
  const found = matchAt(IPV4, text, start)?.[0]
  if (found === undefined) return undefined
  const end = start + found.length
  const octets = found.split(".")
  if (!endsAddress(text, end)) return undefined
  if (octets.every((octet) => octet.length < 3 && Number(octet) < 32) && !isNamed(NAMED_V4, text, start))
    return undefined
  if (!octets.every((octet) => OCTET.test(octet)) || NOT_PUBLIC_V4.test(found)) return undefined
  const before = contextBefore(text, start)
  // Numbers without blanks between them, as in the path of a drawing
  if (/[\s,a-z-]\d*\.\d+\s$/i.test(before.slice(-9)) && /^[ ,-]\.?\d/.test(text.slice(end, end + 3)))
    return undefined
  if (VERSION_BEFORE.test(before.slice(-16)) || RELEASE_LINE.test(before)) return undefined
  return { ruleId: "ip", start, end }
}

/** A port, a prefix length or the end of a sentence may follow. */
function endsAddress(text: string, end: number): boolean {
  return !/^(?:\w|[.-]\w)/.test(text.slice(end, end + 2))
}

/** A global unicast IPv6 address, not one for documentation. */
export function ipv6At(text: string, start: number): NumberMatch | undefined {
  const found = matchAt(IPV6, text, start)?.[0]
  if (found === undefined || !PUBLIC_V6.test(found) || NOT_PUBLIC_V6.test(found)) return undefined
  const end = start + found.length
  const [head = "", tail] = found.split("::")
  const groups = found.split(/::?/).filter((group) => group !== "").length
  if (tail === undefined ? groups !== 8 || head === "" : groups > 7) return undefined
  if (/[\w:]/.test(text.charAt(end)) || /[\w:.-]/.test(text.charAt(start - 1))) return undefined
  return { ruleId: "ip", start, end }
}

/** A MAC address (EUI-48) with colons, hyphens, or in Cisco's groups; not a part of a longer fingerprint. */
export function macAt(text: string, start: number): NumberMatch | undefined {
  const isCisco = text.charAt(start + 4) === "."
  if (!isCisco && text.charAt(start + 2) !== text.charAt(start + 5)) return undefined
  const found = matchAt(MAC, text, start)?.[0]
  if (found === undefined || NOT_A_DEVICE.test(found.replace(/[^0-9a-f]/gi, ""))) return undefined
  const end = start + found.length
  if (/[:.-]/.test(text.charAt(start - 1)) && /[0-9a-f]/i.test(text.charAt(start - 2))) return undefined
  if (!endsNumber(text, end) || /^[:.-][0-9a-f]/i.test(text.slice(end, end + 2))) return undefined
  return { ruleId: "mac", start, end }
}
