import type { CaptureStore } from "../../../src/intercept/store.ts"
import type { Trio } from "../../../src/intercept/trio.ts"

/** When the trios of these tests began. */
export const STAMP = "2026-04-19T06:15:00.123Z"

/** A trio that says `text`. */
export function trio(text = "hi"): Trio {
  return {
    request: { body: { text }, headers: {} },
    response: {
      status: 200,
      statusText: "OK",
      body: text,
      bodyFormat: "json",
      bodyReadError: null,
      bodyOmittedReason: null,
    },
    meta: {
      timestamp: STAMP,
      url: "http://h/",
      method: "POST",
      status: 200,
      contentType: null,
      durationMs: 1,
      requestBytes: 1,
      responseBytes: 1,
      capturedBytes: 2,
      sessionId: "ses_1",
      parentSessionId: null,
      agent: null,
      model: null,
      dialect: "openai-chat",
      provider: "openai",
      attribution: "mark",
      end: "complete",
      headersMs: 1,
      firstByteMs: 1,
      firstTokenMs: null,
      messageId: null,
      attempt: 1,
      usage: null,
      masks: {},
    },
  }
}

/** Keeps a trio; answers its number. */
export async function keep(store: CaptureStore, session = "ses_1"): Promise<number> {
  const reservation = await store.reserve(session, "openai", STAMP)
  await store.write(reservation, trio())
  await store.release(reservation)
  return reservation.sequence
}
