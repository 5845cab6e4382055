import { LOCAL_HEADERS } from "./attribution.ts"
import type { FetchArguments, ReadBody } from "./request-reader.ts"

/**
 * The call that sends `text` in place of what was read, without Airlock's own headers. Answers the very same
 * arguments when nothing has to differ. A `Request` of the caller stays the input, and every extension of `init`
 * (`proxy`, `tls`, `timeout`, `signal`) reaches the host's fetch.
 *
 * @param read what `readBody` answered, `undefined` for a body that was not read
 * @param text the text to send, `undefined` to leave the body alone
 */
export function callToSend(
  call: FetchArguments,
  headers: Headers,
  read: ReadBody | undefined,
  text?: string,
): FetchArguments {
  const changed = read !== undefined && text !== undefined && text !== read.text
  const marked = LOCAL_HEADERS.some((name) => headers.has(name))
  if (!changed && !marked && read?.drained === undefined) return call
  const init: RequestInit = { ...call.init }
  if (marked || changed) init.headers = headersToSend(headers, changed)
  if (read?.drained !== undefined) init.body = read.drained
  // Bun's own option, which fetch takes from a Request only when it is given no init.
  if (call.input instanceof Request && Reflect.has(call.input, "timeout")) {
    Reflect.set(init, "timeout", Reflect.get(call.input, "timeout"))
  }
  if (changed) init.body = sameKind(call.init?.body, text)
  return { input: call.input, init }
}

/** `headers` without Airlock's own and, where the body changed, without its former length. */
function headersToSend(headers: Headers, bodyChanged: boolean): Headers {
  const kept = new Headers(headers)
  for (const name of LOCAL_HEADERS) kept.delete(name)
  if (bodyChanged) kept.delete("content-length")
  return kept
}

// A string body makes fetch add text/plain where no content-type is set; bytes and blobs do not.
function sameKind(body: unknown, text: string): BodyInit {
  if (body instanceof Blob) return new Blob([text], { type: body.type })
  if (typeof body === "string" || body === undefined || body === null) return text
  return new TextEncoder().encode(text)
}
