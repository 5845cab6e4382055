import { createHash, createHmac } from "node:crypto"
import type { ProviderRequest } from "./provider/start-provider.ts"

/**
 * Whether a request's AWS Signature Version 4 fits its method, path, signed headers and body bytes, as AWS checks it
 * (AWS General Reference, "Create a signed AWS API request"). False also where there is no signature.
 */
export function hasValidSignature(request: ProviderRequest, secretAccessKey: string): boolean {
  const authorization = /Credential=[^/]+\/(.+?), ?SignedHeaders=(.+?), ?Signature=([0-9a-f]{64})/.exec(
    request.headers.authorization ?? "",
  )
  const [, scope = "", signedHeaders = "", signature] = authorization ?? []
  const [date = "", region = "", service = ""] = scope.split("/")
  const names = signedHeaders.split(";")
  const canonical = [
    request.method,
    // Each segment is encoded once more than it is on the wire (all services but S3).
    (request.url.split("?", 1)[0] ?? "").split("/").map(encodeURIComponent).join("/"),
    "",
    ...names.map((name) => `${name}:${(request.headers[name] ?? "").trim()}`),
    "",
    signedHeaders,
    sha256(request.body),
  ].join("\n")
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n")
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (previous, part) => createHmac("sha256", previous).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  return signature === createHmac("sha256", key).update(toSign).digest("hex")
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex")
}
