export type { Anomaly } from "../base/anomalies.ts"
export { AnomalyLog } from "../base/anomalies.ts"
export type { Capture, CaptureStart } from "./capture.ts"
export { createInterceptor, type Interceptor, type InterceptorOptions } from "./interceptor.ts"
export {
  DEFAULT_RETENTION_HOURS,
  pruneCaptures,
  pruneReplacementRoots,
  type PruneOptions,
} from "./retention.ts"
export { createScrubber, type Scrubber, type ScrubText } from "./scrub.ts"
export { REDACTED } from "./secret-key.ts"
export { sessionName, UNKNOWN_SESSION } from "./session-name.ts"
export type {
  BodyFormat,
  BodyOmittedReason,
  ExchangeEnd,
  MetaFile,
  ReplayDetails,
  RequestFile,
  ResponseFile,
  Trio,
} from "./trio.ts"
