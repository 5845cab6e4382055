export type { Anomaly } from "../base/anomalies.ts"
export { AnomalyLog } from "../base/anomalies.ts"
export { judgeCache } from "./analysis/cache.ts"
export { type CacheCall, cacheCallOf } from "./analysis/cache-call.ts"
export type {
  CacheEvidence,
  CacheFinding,
  CacheMissCause,
  CacheVerdict,
  EvidenceCode,
} from "./analysis/cache-finding.ts"
export { cacheFindings } from "./analysis/cache-findings.ts"
export {
  type BreakCost,
  breakCost,
  type CostFacts,
  type CostParts,
  costFactsOf,
  type EstimateReason,
  type ExchangeCost,
  exchangeCost,
} from "./analysis/cost.ts"
export {
  type BlockChange,
  diffRequests,
  type FirstChange,
  type RequestDiff,
  type SegmentDiff,
} from "./analysis/diff.ts"
export {
  MODEL_PRICES,
  type ModelPrice,
  priceOf,
  PRICES_AS_OF,
  type PriceVendor,
  type TokenPrices,
} from "./analysis/prices.ts"
export { segmentsOf } from "./analysis/read-segments.ts"
export type { Block, CacheMark, RequestSegments, SegmentName } from "./analysis/segments.ts"
export { type TokenCounts, tokenCounts, usageOf, type UsageSource } from "./analysis/usage.ts"
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
