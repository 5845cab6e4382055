import type { ResponseFile } from "../../../src/intercept/trio.ts"
import { Tap } from "./captured-reply.ts"
import type { ComparableReply, ParityFixture } from "./fixture.ts"
import type { ReplyServer, ServedReply } from "./reply-server.ts"
import { sdkReply } from "./sdk-reply.ts"

export interface BothSides {
  /** What the SDK yields. */
  readonly sdk: ComparableReply
  /** What the capture of the very same response says. */
  readonly ours: ComparableReply
  readonly file: ResponseFile
}

/** One exchange of the SDK with `server`, recorded on its way. */
export async function bothSides(
  server: ReplyServer,
  fixture: ParityFixture,
  reply: ServedReply,
  streamed: boolean,
): Promise<BothSides> {
  const tap = new Tap(fixture.dialect)
  server.serve(reply)
  const sdk = await sdkReply(fixture, server.url, tap.fetch, streamed)
  const file = await tap.file()
  const ours = tap.replyOf(file)
  return { sdk: fixture.provider === "google" ? withoutMadeUpIds(sdk, ours) : sdk, ours, file }
}

/** The SDK gives every function call of Gemini an id of its own, whatever the reply says; a capture makes none up. */
function withoutMadeUpIds(sdk: ComparableReply, ours: ComparableReply): ComparableReply {
  const toolCalls = sdk.toolCalls.map((call, index) => ({ ...call, id: ours.toolCalls[index]?.id }))
  return { ...sdk, toolCalls }
}

/** `ours` with what the SDK does not pass on left out: Responses has no raw finish reason but those of a failure. */
export function asFarAsTold({ sdk, ours }: Pick<BothSides, "sdk" | "ours">): ComparableReply {
  return sdk.rawFinish === undefined ? { ...ours, rawFinish: undefined } : ours
}
